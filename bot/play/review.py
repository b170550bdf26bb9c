"""The questions that a person missed, asked again until they are answered right."""

from dataclasses import dataclass
from typing import Final

from bot.play.home_ports import ReviewStore
from bot.play.solo import Solo
from bot.play.steps import Begun, NothingMissed, Practice
from bot.quiz.player import Player
from bot.quiz.question import Question, Slug
from bot.quiz.session import AttemptId, SessionId

REVIEW: Final = Slug("~review")
"""Stands for a page, and is none: no page of the bank can have such a slug."""

TITLE: Final = "Missed questions"
AT_ONCE: Final = 10


@dataclass(frozen=True, slots=True)
class Review:
    store: ReviewStore
    solo: Solo

    async def waiting(self, player: Player) -> tuple[Question, ...]:
        """All that are to be asked again and still are in the bank, the longest waiting first."""
        return self.solo.known(await self.store.to_review(player))

    async def start(
        self, player: Player, attempt: AttemptId, replaces: SessionId | None = None
    ) -> Begun | NothingMissed:
        """Practise the first few of them. What is answered wrong again waits at the end."""
        questions = (await self.waiting(player))[:AT_ONCE]
        if not questions:
            return NothingMissed()
        practice = Practice(REVIEW, TITLE, questions)
        return await self.solo.practise(player, practice, attempt, replaces)
