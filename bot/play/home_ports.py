"""What the Home tab and reminders need from the outside, in their own words."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.play.channel_ports import Delivery
from bot.quiz.board import TOP, Board, BoardQuery
from bot.quiz.occurrence import Occurrence, OccurrenceId, Tally
from bot.quiz.people import Personal
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.schedule import Schedule
from bot.quiz.session import Answer


class MemberStore(Protocol):
    """Every method raises `MemoryAway` when it cannot in time; so do those below."""

    async def claim_asking(
        self, workspace: Workspace, channels: Sequence[ChannelId]
    ) -> tuple[ChannelId, ...]: ...

    async def ask_again(
        self, workspace: Workspace, channel: ChannelId, after: timedelta
    ) -> None: ...

    async def keep_members(
        self, workspace: Workspace, channel: ChannelId, members: Collection[UserId]
    ) -> None: ...

    async def channels_of(
        self, player: Player, channels: Sequence[ChannelId]
    ) -> tuple[ChannelId, ...]: ...

    async def link(self, workspace: Workspace, occurrence_id: OccurrenceId) -> str: ...

    async def keep_link(
        self, workspace: Workspace, occurrence_id: OccurrenceId, link: str
    ) -> None: ...


class ReminderChoice(Protocol):
    async def wants_reminders(self, player: Player) -> bool: ...

    async def choose_reminders(self, player: Player, *, wanted: bool) -> None: ...


class HomeStore(ReminderChoice, Protocol):
    async def schedules(self, workspace: Workspace) -> tuple[Schedule, ...]: ...

    async def newest(
        self, player: Player, channels: Sequence[ChannelId]
    ) -> tuple[tuple[Occurrence, Answer | None], ...]: ...

    async def board(
        self, player: Player, query: BoardQuery, at: datetime, most: int = TOP
    ) -> Board: ...

    async def personal(self, player: Player, at: datetime) -> Personal: ...


class ReviewStore(Protocol):
    async def to_review(self, player: Player) -> tuple[QuestionId, ...]: ...


class ReminderStore(ReminderChoice, Protocol):
    async def occurrence(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> tuple[Occurrence, Tally] | None: ...

    async def personal(self, player: Player, at: datetime) -> Personal: ...

    async def to_remind(
        self, workspace: Workspace, occurrence: Occurrence
    ) -> tuple[UserId, ...]: ...

    async def claim_reminder(self, player: Player, day: date) -> bool: ...

    async def release_reminder(self, player: Player, day: date) -> None: ...


class Rooms(Protocol):
    """What Slack tells about channels. Raises `SlackRefused` and `SlackAway`."""

    def members(self, workspace: Workspace, channel: ChannelId) -> AsyncIterator[Sequence[UserId]]:
        """Everybody in it, page by page; bots too."""

    async def link(self, workspace: Workspace, channel: ChannelId, ts: str) -> str:
        """The address of a message."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`link` is the address of the question, empty where it is not known."""

    occurrence: Occurrence
    link: str


class ReminderChat(Protocol):
    async def remind(self, player: Player, reminder: Reminder) -> Delivery:
        """In their own conversation. Slack cannot tell a second one: at most once."""
