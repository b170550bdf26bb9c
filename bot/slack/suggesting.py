"""Suggest a question, in Slack: the form that everybody can send, and what admins answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.blocks import (
    menu,
    notices,
    report,
    report_ids as ids,
    report_review,
    suggestion,
    suggestion_review,
)
from bot.blocks.kit import Element
from bot.blocks.suggestion import FIRST_OPTIONS, FormNote
from bot.play.permissions import NotAllowed
from bot.play.scheduling import Actor
from bot.play.solo import Solo
from bot.play.suggesting import Suggesting
from bot.quiz.question import Quiz, Slug
from bot.quiz.report import Enough
from bot.quiz.suggestion import Answer, Mistakes, SuggestionId
from bot.slack.effect import ChangeForm, Effect, Later, OpenForm, Tell
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import Listening, OnWords, Taken, Wrong

BETWEEN: Final = "\n"


@dataclass(frozen=True, slots=True)
class TakingSuggestions:
    """`solo` knows the quizzes that can be chosen."""

    suggesting: Suggesting
    solo: Solo
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"suggest": self.open_by_words}

    def register(self, listening: Listening) -> None:
        listening.click(ids.SUGGEST, self.open)
        listening.click(ids.MORE_OPTIONS, self.longer)
        listening.choices(ids.QUIZ, self.quizzes)
        listening.form(ids.SUGGEST_FORM, self.take)
        listening.click(ids.ACCEPT, self.accept)
        listening.click(ids.DECLINE, self.ask_why)
        listening.form(ids.DECLINE_FORM, self.decline)

    # The form

    async def open_by_words(self, words: Words) -> Effect:
        if not words.trigger:
            return Tell(suggestion.open_message())
        return self._open(words.trigger, words.address)

    async def open(self, click: Click) -> Effect:
        return self._open(click.trigger, click.address)

    def _open(self, trigger: str, address: Address) -> Effect:
        view = suggestion.suggest_view(FormNote(FIRST_OPTIONS, address.pack()))
        return OpenForm(trigger, view, notices.sentence(suggestion.LATE))

    async def longer(self, click: Click) -> Effect:
        """What was filled in stays."""
        return ChangeForm(click.form, suggestion.suggest_view(FormNote.unpack(click.value)))

    def quizzes(self, typed: str) -> list[Element]:
        return menu.quiz_groups(self.solo.suggestions(typed))

    async def take(self, form: Click) -> Wrong | Taken:
        note = FormNote.unpack(form.value)
        wish = suggestion.read_wish(form.state)
        if isinstance(wish, Mistakes):
            return Wrong(suggestion.complaints(form.state, wish))
        wish = replace(wish, slug=self._whole(wish.slug))
        outcome = await self.suggesting.suggest(form.player, wish, form.attempt)
        if isinstance(outcome, Mistakes):
            return Wrong(suggestion.complaints(form.state, outcome))
        if isinstance(outcome, Enough):
            wait = outcome.until - self.suggesting.now()
            return Wrong({ids.QUESTION: report.enough_words(wait)})
        to = Address.unpack(note.opened, form.player.user)
        return Taken(Tell(suggestion.sent_message(outcome)), to)

    def _whole(self, slug: Slug) -> Slug:
        """A menu carries short forms of long slugs."""
        found = self.solo.quiz(slug)
        return found.slug if isinstance(found, Quiz) else slug

    # What admins answer

    async def accept(self, click: Click) -> Effect:
        name = SuggestionId(click.value)
        return Later(partial(self._answer, click, name, Answer.ACCEPTED, ""))

    async def ask_why(self, click: Click) -> Effect:
        """Whoever may not learns it when the form is sent: a form cannot wait for Slack."""
        view = suggestion_review.decline_view(f"{click.value}{BETWEEN}{click.address.pack()}")
        return OpenForm(click.trigger, view, notices.sentence(suggestion_review.LATE))

    async def decline(self, form: Click) -> Taken:
        name, _, opened = form.value.partition(BETWEEN)
        reason = suggestion_review.read_reason(form.state)
        work = partial(self._answer, form, SuggestionId(name), Answer.DECLINED, reason)
        return Taken(Later(work), Address.unpack(opened, form.player.user))

    async def _answer(
        self, click: Click, name: SuggestionId, answer: Answer, reason: str
    ) -> Effect:
        actor = Actor(click.player, click.team)
        outcome = await self.suggesting.answer(actor, name, answer, reason, click.attempt)
        if isinstance(outcome, NotAllowed):
            words = report_review.refused_words(outcome, self.command)
            return Tell(notices.sentence(words))
        return Tell(notices.sentence(suggestion_review.answering_words(outcome)))
