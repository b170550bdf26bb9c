"""What the use cases need from the outside, in their own words."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.quiz.board import TOP, Board, BoardQuery
from bot.quiz.people import Member, Personal, WorkspaceSettings
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.regrading import Corrected
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
from bot.quiz.teams import TeamScore


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

    async def take_hint(self, player: Player, session_id: SessionId, number: int) -> bool: ...

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

    async def personal(self, player: Player, at: datetime) -> Personal: ...

    async def hold_reply(
        self, player: Player, session_id: SessionId, number: int, url: str
    ) -> None: ...

    async def held_reply(
        self, player: Player, session_id: SessionId, number: int
    ) -> str | None: ...

    async def claim_welcome(self, player: Player) -> bool: ...

    async def claim_event(self, workspace: Workspace, attempt: AttemptId, token: str) -> bool: ...


# Leaderboards, names and people's settings


class BoardStore(Protocol):
    async def board(
        self, player: Player, query: BoardQuery, at: datetime, most: int = TOP
    ) -> Board: ...

    async def names_of(
        self, workspace: Workspace, users: Sequence[UserId]
    ) -> Mapping[UserId, str]: ...

    async def claim_event(self, workspace: Workspace, attempt: AttemptId, token: str) -> bool: ...

    async def news_of_keys(
        self, workspace: Workspace, channel: ChannelId | None, now: datetime
    ) -> tuple[Corrected, ...]: ...


class TeamScores(Protocol):
    """Teams on a leaderboard; without one of these nobody is offered teams."""

    async def teams(
        self, player: Player, query: BoardQuery, at: datetime
    ) -> tuple[TeamScore, ...]: ...


class RosterStore(Protocol):
    async def note_name(self, player: Player, name: str) -> bool: ...

    async def list_members(
        self, workspace: Workspace, members: Sequence[Member], at: datetime
    ) -> None: ...

    async def suggest_zone(self, workspace: Workspace, zone: str) -> None: ...

    async def claim_event(self, workspace: Workspace, attempt: AttemptId, token: str) -> bool: ...


class Directory(Protocol):
    """Slack's own list of people. Raises `SlackRefused` and `SlackAway`."""

    def members(self, workspace: Workspace) -> AsyncIterator[Sequence[Member]]:
        """Everybody, page by page."""

    async def member(self, player: Player) -> Member: ...


class SettingsStore(Protocol):
    async def workspace_settings(self, workspace: Workspace) -> WorkspaceSettings: ...

    async def decide(self, workspace: Workspace, settings: WorkspaceSettings) -> None: ...

    async def suggest_zone(self, workspace: Workspace, zone: str) -> None: ...


class PrivacyStore(Protocol):
    async def personal(self, player: Player, at: datetime) -> Personal: ...

    async def hide(self, player: Player, at: datetime, *, hidden: bool) -> None: ...

    async def choose_zone(self, player: Player, zone: str) -> None: ...

    async def traces(self, player: Player) -> Mapping[str, Any]: ...

    async def forget(self, player: Player) -> None: ...
