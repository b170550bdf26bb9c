"""What the use cases need from the outside, in their own words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.quiz.player import Player, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.session import (
    Answered,
    AttemptId,
    Given,
    Progress,
    Result,
    Session,
    SessionId,
    Stale,
    Started,
    StillOpen,
)


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Tell the current moment, in UTC."""


class Chance(Protocol):
    def token(self) -> str:
        """A new name that nobody can guess, of at most 32 characters."""

    def shuffle(self, positions: list[int]) -> None:
        """Put the positions into an order of its own, in place."""


class Store(Protocol):
    """Keeps sessions and counts. Every method raises `MemoryAway` when it cannot in time."""

    async def start(
        self,
        player: Player,
        session: Session,
        attempt: AttemptId,
        *,
        replaces: SessionId | None = None,
    ) -> Started | StillOpen: ...

    async def answer(
        self,
        player: Player,
        session_id: SessionId,
        number: int,
        given: Given,
        attempt: AttemptId,
        at: datetime,
    ) -> Answered | Stale: ...

    async def skip(self, player: Player, session_id: SessionId, number: int) -> bool: ...

    async def stop(
        self, player: Player, attempt: AttemptId, session_id: SessionId | None = None
    ) -> bool: ...

    async def load(self, player: Player) -> Session | None: ...

    async def result(self, workspace: Workspace, session_id: SessionId) -> Result | None: ...

    async def claim_share(
        self, workspace: Workspace, session_id: SessionId, attempt: AttemptId
    ) -> bool: ...

    async def release_share(self, workspace: Workspace, session_id: SessionId) -> None: ...

    async def answered_before(
        self, player: Player, questions: Sequence[QuestionId]
    ) -> frozenset[QuestionId]: ...

    async def progress(self, player: Player) -> Progress: ...

    async def hold_reply(
        self, player: Player, session_id: SessionId, number: int, url: str
    ) -> None: ...

    async def held_reply(
        self, player: Player, session_id: SessionId, number: int
    ) -> str | None: ...

    async def claim_welcome(self, player: Player) -> bool: ...

    async def claim_event(self, workspace: Workspace, attempt: AttemptId, token: str) -> bool: ...
