"""What a check-up says of the bot in a workspace, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.quiz.health import Membership, MemoryState, SlackState
from bot.quiz.occurrence import DailyCounts, PostNote
from bot.quiz.player import ChannelId
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Post

TOO_LATE: Final = timedelta(minutes=2)
DRIFT: Final = timedelta(seconds=30)
"""Slack refuses requests whose clock is minutes off, and a drift grows."""

SLOW: Final = timedelta(milliseconds=100)
UNABLE: Final = frozenset({Membership.OUTSIDE, Membership.ARCHIVED, Membership.GONE})


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """`next` is None for a schedule that is paused or finds no day; `skipped` are the latest
    dates without a question, the newest first; `overdue` is how late the next post already is.
    `gone` are topics that have left the bank, and `is_empty` tells that nothing is left to ask.
    """

    schedule: Schedule
    next: Post | None
    last: PostNote | None
    skipped: tuple[PostNote, ...]
    suppressed: int
    membership: Membership
    overdue: timedelta
    gone: tuple[str, ...] = ()
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class MissingScopes:
    """The manifest asks for them, and the workspace has not granted them."""

    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlackSilent:
    """Slack did not answer."""


@dataclass(frozen=True, slots=True)
class ClockOff:
    ahead: timedelta


@dataclass(frozen=True, slots=True)
class MemoryTrouble:
    """What the server's own figures say, in a sentence with the way out."""

    advice: str


@dataclass(frozen=True, slots=True)
class MemorySlow:
    took: timedelta


@dataclass(frozen=True, slots=True)
class Outside:
    """The bot is not in a channel that it is to ask."""

    channel: ChannelId
    membership: Membership


@dataclass(frozen=True, slots=True)
class Paused:
    channel: ChannelId
    reason: str


@dataclass(frozen=True, slots=True)
class Overdue:
    channel: ChannelId
    span: timedelta


@dataclass(frozen=True, slots=True)
class NoDayLeft:
    """Days off leave no day to ask on."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class TopicsGone:
    """What a channel is asked about has left the bank, in part or all of it (`is_empty`)."""

    channel: ChannelId
    topics: tuple[str, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class NoReview:
    """Reports and suggestions wait for a channel of the authors."""

    waiting: int


@dataclass(frozen=True, slots=True)
class ReviewOutside:
    """The bot is not in the channel of the authors."""

    channel: ChannelId


Finding: TypeAlias = (
    MissingScopes
    | SlackSilent
    | ClockOff
    | MemoryTrouble
    | MemorySlow
    | Outside
    | Paused
    | Overdue
    | NoDayLeft
    | TopicsGone
    | NoReview
    | ReviewOutside
)


@dataclass(frozen=True, slots=True)
class Checkup:
    """`more` is how many further schedules there are."""

    now: datetime
    channels: tuple[ChannelReport, ...]
    more: int
    counts: DailyCounts
    slack: SlackState | None
    memory: MemoryState
    findings: tuple[Finding, ...]


def review_findings(
    channel: ChannelId, membership: Membership | None, waiting: int
) -> Iterator[Finding]:
    """Of the authors' channel; `membership` is None where none is chosen."""
    if membership is None and waiting:
        yield NoReview(waiting)
    if membership in UNABLE:
        yield ReviewOutside(channel)


def findings(
    channels: Sequence[ChannelReport],
    slack: SlackState | None,
    memory: MemoryState,
    wanted: frozenset[str],
) -> tuple[Finding, ...]:
    """All that is wrong; `wanted` are the scopes that the manifest asks for."""
    return (
        *(_of_slack(slack, wanted) if slack else [SlackSilent()]),
        *_of_memory(memory),
        *(finding for channel in channels for finding in _of_channel(channel)),
    )


def _of_slack(slack: SlackState, wanted: frozenset[str]) -> Iterator[Finding]:
    missing = wanted - slack.scopes if slack.scopes is not None else frozenset[str]()
    if missing:
        yield MissingScopes(tuple(sorted(missing)))
    if slack.ahead is not None and abs(slack.ahead) > DRIFT:
        yield ClockOff(slack.ahead)


def _of_memory(memory: MemoryState) -> Iterator[Finding]:
    yield from map(MemoryTrouble, memory.warnings)
    if memory.took > SLOW:
        yield MemorySlow(memory.took)


def _of_channel(report: ChannelReport) -> Iterator[Finding]:
    channel = report.schedule.channel
    if report.schedule.paused:
        yield Paused(channel, report.schedule.paused)
    elif report.next is None:
        yield NoDayLeft(channel)
    if report.gone or report.is_empty:
        yield TopicsGone(channel, report.gone, report.is_empty)
    if report.membership in UNABLE:
        yield Outside(channel, report.membership)
    if report.overdue > TOO_LATE:
        yield Overdue(channel, report.overdue)
