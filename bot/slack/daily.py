"""Buttons under the question of a channel: what was pressed -> use case -> a private word."""

import re
from dataclasses import dataclass

from bot.blocks import daily_words, ids, notices
from bot.play.daily import Daily, NoSuchQuestion, Withdrawn
from bot.play.ports import Store
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.session import Choice, Given, SessionId
from bot.slack.effect import Effect, OpenForm, Tell
from bot.slack.gaps import read_gaps
from bot.slack.incoming import Address, Click
from bot.slack.listening import Listening, Taken, Wrong


@dataclass(frozen=True, slots=True)
class AnsweringDaily:
    """`store` keeps, for the time a form is open, where its answer is told."""

    daily: Daily
    store: Store
    command: str
    edits: EditLinks = NO_LINKS

    def register(self, listening: Listening) -> None:
        listening.click(re.compile(rf"^{ids.DAILY}:\d+$"), self.answer)
        listening.click(ids.DAILY_SUBMIT, self.submit)
        listening.click(ids.DAILY_FILL_IN, self.fill_in)
        listening.click(ids.DAILY_HINT, self.hint)
        listening.form(ids.DAILY_BLANKS, self.fill)

    async def answer(self, click: Click) -> Effect:
        pressed = ids.DailyAnswerButton.unpack(click.value)
        return await self._answer(
            click, pressed.occurrence_id, Choice(frozenset({pressed.option}))
        )

    async def submit(self, click: Click) -> Effect:
        pressed = ids.DailyButton.unpack(click.value)
        ticks = click.state.get(f"ticks:{pressed.pack()}", {}).get(ids.TICKS, {})
        chosen = [int(option["value"]) for option in ticks.get("selected_options") or []]
        if not chosen:
            return Tell(notices.sentence(notices.PICK_SOMETHING))
        return await self._answer(click, pressed.occurrence_id, Choice(frozenset(chosen)))

    async def hint(self, click: Click) -> Effect:
        pressed = ids.DailyButton.unpack(click.value)
        taken = await self.daily.take_hint(click.player, pressed.occurrence_id, click.message)
        return Tell(daily_words.reply(taken, self.command))

    async def fill_in(self, click: Click) -> Effect:
        pressed = ids.DailyButton.unpack(click.value)
        found = await self.daily.look(click.player, pressed.occurrence_id)
        if isinstance(found, Withdrawn | NoSuchQuestion):
            return Tell(daily_words.reply(found, self.command))
        held = SessionId(pressed.occurrence_id)
        await self.store.hold_reply(click.player, held, 0, click.address.pack())
        late = notices.sentence(notices.MODAL_LATE)
        return OpenForm(click.trigger, daily_words.daily_blanks_view(found), late)

    async def fill(self, form: Click) -> Wrong | Taken:
        pressed = ids.DailyButton.unpack(form.value)
        filled = read_gaps(form)
        if isinstance(filled, Wrong):
            return filled
        held = SessionId(pressed.occurrence_id)
        reply = await self.store.held_reply(form.player, held, 0)
        effect = await self._answer(form, pressed.occurrence_id, filled)
        return Taken(effect, Address.unpack(reply, form.player.user))

    async def _answer(self, click: Click, occurrence_id: OccurrenceId, given: Given) -> Effect:
        outcome = await self.daily.answer(
            click.player, occurrence_id, given, click.attempt, click.message
        )
        return Tell(daily_words.reply(outcome, self.command, self.edits))
