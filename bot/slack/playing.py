"""Buttons of a quiz that one person plays: what was pressed -> use case -> what to show."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, assert_never

from bot.bank.catalogue import Ambiguous, Unknown
from bot.blocks import browse, browse_ids, ids, menu, notices, progress, question, result, summary
from bot.blocks.authors import ABOUT
from bot.blocks.kit import Message
from bot.play.solo import USUAL_COUNT, Solo
from bot.play.steps import (
    AlreadyShared,
    Asking,
    Begun,
    ContinueOrReplace,
    Finished,
    Marked,
    NoSuchQuestion,
    NothingMissed,
    NothingOpen,
    Shared,
    Stopped,
)
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.question import QuestionId, Slug
from bot.quiz.session import AttemptId, Choice, Given, SessionId, Stale
from bot.slack.effect import Announce, Effect, OpenForm, Show, Tell
from bot.slack.gaps import read_gaps
from bot.slack.incoming import Address, Click
from bot.slack.listening import Listening, Taken, Wrong

OnReport: TypeAlias = Callable[[Click, str], Awaitable[Effect]]
Outcome = Begun | Marked | Stale | NothingOpen | Stopped | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class Playing:
    """`report` opens the form in which somebody says what is wrong with a question."""

    solo: Solo
    command: str
    report: OnReport
    edits: EditLinks = NO_LINKS

    def register(self, listening: Listening) -> None:
        listening.click(re.compile(rf"^{ids.ANSWER}:\d+$"), self.answer)
        listening.click(ids.SUBMIT, self.submit)
        listening.click(ids.FILL_IN, self.fill_in)
        listening.click(ids.SKIP, self.skip)
        listening.click(ids.HINT, self.hint)
        listening.click(ids.NEXT, self.go_on)
        listening.click(ids.RESUME, self.resume)
        listening.click(ids.MORE, self.more)
        listening.click(ids.RETRY, self.retry)
        listening.click(ids.SHARE, self.share)
        listening.click(ids.START, self.start)
        listening.click(ids.START_PICKED, self.start_picked)
        listening.click(browse_ids.ASK, self.ask_one)
        listening.click(ids.MENU, self.menu)
        listening.click(ids.PROGRESS, self.progress)
        listening.click(ids.HELP, self.help)
        listening.quietly((ids.TICKS, ids.PICK_QUIZ, ids.PICK_COUNT))
        listening.form(ids.BLANKS, self.fill)

    async def answer(self, click: Click) -> Effect:
        pressed = ids.AnswerButton.unpack(click.value)
        given = Choice(frozenset({pressed.option}))
        return await self._answer(
            click, ids.QuestionButton(pressed.session_id, pressed.number), given
        )

    async def submit(self, click: Click) -> Effect:
        pressed = ids.QuestionButton.unpack(click.value)
        chosen = _ticked(click, pressed)
        if not chosen:
            return Tell(notices.sentence(notices.PICK_SOMETHING))
        return await self._answer(click, pressed, Choice(chosen))

    async def _answer(self, click: Click, pressed: ids.QuestionButton, given: Given) -> Effect:
        outcome = await self.solo.answer(
            click.player, pressed.session_id, pressed.number, given, click.attempt
        )
        return self.shown(outcome, click.address)

    async def fill_in(self, click: Click) -> Effect:
        pressed = ids.QuestionButton.unpack(click.value)
        outcome = await self.solo.open_blank(
            click.player, pressed.session_id, pressed.number, click.address.pack()
        )
        if isinstance(outcome, Stale):
            return self.shown(outcome, click.address)
        late = notices.sentence(notices.MODAL_LATE)
        return OpenForm(click.trigger, question.blanks_view(outcome), late)

    async def fill(self, form: Click) -> Wrong | Taken:
        """The modal's answer; gaps left empty are pointed out."""
        pressed = ids.QuestionButton.unpack(form.value)
        filled = read_gaps(form)
        if isinstance(filled, Wrong):
            return filled
        outcome, reply = await asyncio.gather(
            self.solo.answer(
                form.player, pressed.session_id, pressed.number, filled, form.attempt
            ),
            self.solo.store.held_reply(form.player, pressed.session_id, pressed.number),
        )
        to = Address.unpack(reply, form.player.user)
        return Taken(self.shown(outcome, to), to)

    async def skip(self, click: Click) -> Effect:
        pressed = ids.QuestionButton.unpack(click.value)
        outcome = await self.solo.skip(click.player, pressed.session_id, pressed.number)
        return self.shown(outcome, click.address)

    async def hint(self, click: Click) -> Effect:
        """The message is drawn anew with it; what was ticked stays ticked."""
        pressed = ids.QuestionButton.unpack(click.value)
        outcome = await self.solo.take_hint(click.player, pressed.session_id, pressed.number)
        if isinstance(outcome, Asking):
            outcome = replace(outcome, ticked=_ticked(click, pressed))
        return self.shown(outcome, click.address)

    async def go_on(self, click: Click) -> Effect:
        pressed = ids.SessionButton.unpack(click.value)
        outcome = await self.solo.go_on(click.player, pressed.session_id)
        return self.shown(outcome, click.address)

    async def resume(self, click: Click) -> Effect:
        return self.shown(await self.solo.resume(click.player), click.address)

    async def more(self, click: Click) -> Effect:
        if click.value.startswith(ABOUT):
            return await self.report(click, click.value.removeprefix(ABOUT))
        pressed = ids.MoreOption.unpack(click.value)
        if pressed.action == ids.HELP:
            return Tell(notices.help_message(self.command))
        outcome = await self.solo.stop(click.player, click.attempt, pressed.session_id)
        return self.shown(outcome, click.address)

    async def retry(self, click: Click) -> Effect:
        pressed = ids.SessionButton.unpack(click.value)
        outcome = await self.solo.retry(
            click.player, pressed.session_id, click.attempt, pressed.replaces
        )
        if isinstance(outcome, NothingMissed):
            return Tell(notices.missed_are_gone(self.command))
        return self.shown(outcome, click.address)

    async def share(self, click: Click) -> Effect:
        """A name of its own for each delivery: Slack may repeat a press, Redis a command, and
        only the latter may post.
        """
        session_id = ids.SessionButton.unpack(click.value).session_id
        delivery = AttemptId(self.solo.chance.token())
        outcome = await self.solo.share(click.player, session_id, delivery)
        match outcome:
            case AlreadyShared():
                return Tell(notices.sentence(notices.ALREADY_SHARED))
            case NothingOpen():
                return Tell(notices.too_old(self.command))
            case Shared(shared, finished):
                return Announce(
                    summary.shared_message(shared, click.name),
                    then=summary.summary_message(finished, may_share=False) if finished else None,
                    refused=notices.sentence(notices.NOT_SHARED),
                    unsure=notices.sentence(notices.MAYBE_SHARED),
                    release=partial(
                        self.solo.store.release_share, click.player.workspace, session_id
                    ),
                )
            case _:
                assert_never(outcome)

    async def start(self, click: Click) -> Effect:
        pressed = ids.StartButton.unpack(click.value)
        outcome = await self.solo.start_by_slug(
            click.player, pressed.slug, pressed.count, click.attempt, pressed.replaces
        )
        return self.shown(outcome, click.address)

    async def start_picked(self, click: Click) -> Effect:
        """Start, with what the two menus beside it say: a quiz, or a question that was found."""
        picked = click.state.get(menu.PICK, {})
        quiz = picked.get(ids.PICK_QUIZ, {}).get("selected_option")
        number = picked.get(ids.PICK_COUNT, {}).get("selected_option")
        if not quiz:
            return Tell(notices.sentence(notices.PICK_QUIZ))
        if one := browse.picked_question(quiz["value"]):
            return await self._ask_one(click, QuestionId(one))
        outcome = await self.solo.start_by_slug(
            click.player,
            Slug(quiz["value"]),
            int(number["value"]) if number else USUAL_COUNT,
            click.attempt,
        )
        return self.shown(outcome, click.address)

    async def ask_one(self, click: Click) -> Effect:
        pressed = browse_ids.AskButton.unpack(click.value)
        return await self._ask_one(click, pressed.question_id, pressed.replaces)

    async def _ask_one(
        self, click: Click, question_id: QuestionId, replaces: SessionId | None = None
    ) -> Effect:
        outcome = await self.solo.ask_one(click.player, question_id, click.attempt, replaces)
        if isinstance(outcome, NoSuchQuestion):
            return Tell(notices.with_menu(browse.GONE, self.command))
        return self.shown(outcome, click.address)

    async def menu(self, click: Click) -> Effect:
        return Show(menu.menu_message(await self.solo.menu(click.player), self.command))

    async def progress(self, click: Click) -> Effect:
        mine = await self.solo.my_progress(click.player)
        return Tell(progress.progress_message(mine, self.command))

    async def help(self, _: Click) -> Effect:
        return Tell(notices.help_message(self.command))

    def shown(self, outcome: Outcome, to: Address, asked: str = "", count: int = 0) -> Effect:
        """The screen of an outcome; `asked` is what somebody typed for it."""
        if isinstance(outcome, Stale):
            return Tell(notices.stale_message(outcome, self.command))
        if isinstance(outcome, NothingOpen):
            return Tell(notices.nothing_open(self.command))
        return Show(self._message(outcome, to, asked, count or USUAL_COUNT))

    def _message(
        self,
        outcome: Asking | Finished | Marked | Stopped | ContinueOrReplace | Ambiguous | Unknown,
        to: Address,
        asked: str,
        count: int,
    ) -> Message:
        match outcome:
            case Asking():
                return question.question_message(outcome)
            case Marked():
                edit = self.edits.of(outcome.answered.question.place)
                return result.result_message(outcome, edit)
            case Finished():
                return summary.summary_message(outcome, may_share=not to.is_direct)
            case Stopped(session):
                return summary.stopped_message(session)
            case ContinueOrReplace():
                return menu.continue_or_replace_message(outcome)
            case Ambiguous(closest) | Unknown(closest):
                return menu.closest_message(asked, closest, count, self.command)
            case _:
                assert_never(outcome)


def _ticked(click: Click, pressed: ids.QuestionButton) -> frozenset[int]:
    """The options that are ticked in the message of a click."""
    ticks = click.state.get(f"ticks:{pressed.pack()}", {}).get(ids.TICKS, {})
    return frozenset(int(option["value"]) for option in ticks.get("selected_options") or ())
