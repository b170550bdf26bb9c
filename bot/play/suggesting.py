"""Somebody suggests a question, and admins accept or decline it."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.bank.shelf import Library
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Chance, Clock
from bot.play.report_ports import Drafting, SuggestionStore
from bot.play.reporting import review_job
from bot.play.scheduling import Actor
from bot.quiz.job import JobKind
from bot.quiz.people import NO_CHANNEL
from bot.quiz.player import Player
from bot.quiz.report import Enough
from bot.quiz.session import AttemptId
from bot.quiz.suggestion import (
    Answer,
    Answering,
    Mistakes,
    NoSuchSuggestion,
    Suggestion,
    SuggestionId,
    Wish,
)

NO_QUIZ = "Choose the quiz that it fits best."


@dataclass(frozen=True, slots=True)
class Sent:
    """`waits` as in `Reported`."""

    waits: bool


Sending: TypeAlias = Sent | Enough | Mistakes


@dataclass(frozen=True, slots=True)
class Suggesting:
    store: SuggestionStore
    catalogue: Library
    drafting: Drafting
    permissions: Permissions
    now: Clock
    chance: Chance

    async def suggest(self, player: Player, wish: Wish, attempt: AttemptId) -> Sending:
        """Read it as the bank would, and keep it if it could be asked as it is."""
        draft = self.drafting(wish)
        mistakes = draft.fields if isinstance(draft, Mistakes) else {}
        if self.catalogue.get(wish.slug) is None:
            mistakes = {"quiz": NO_QUIZ, **mistakes}
        if mistakes or isinstance(draft, Mistakes):
            return Mistakes(mistakes)
        workspace, now = player.workspace, self.now()
        name = SuggestionId(self.chance.token())
        await self.store.know_workspace(workspace)
        suggestion = Suggestion(name, wish.slug, player.user, draft)
        outcome = await self.store.suggest(player, suggestion, attempt, now)
        if isinstance(outcome, Enough):
            return outcome
        await self.store.put_job(review_job(workspace, JobKind.SUGGESTION, name), now)
        settings = await self.store.workspace_settings(workspace)
        return Sent(waits=settings.review == NO_CHANNEL)

    async def may_answer(self, actor: Actor) -> NotAllowed | None:
        """None for yes."""
        return await self.permissions.may_review(actor.player, actor.team)

    async def answer(
        self,
        actor: Actor,
        suggestion_id: SuggestionId,
        answer: Answer,
        reason: str,
        attempt: AttemptId,
    ) -> Answering | NotAllowed:
        """Once; the person is told afterwards."""
        if refused := await self.may_answer(actor):
            return refused
        player = actor.player
        outcome = await self.store.answer_suggestion(
            player, suggestion_id, answer, reason.strip(), attempt
        )
        if not isinstance(outcome, NoSuchSuggestion):
            job = review_job(player.workspace, JobKind.SUGGESTION, suggestion_id)
            await self.store.put_job(job, self.now())
        return outcome
