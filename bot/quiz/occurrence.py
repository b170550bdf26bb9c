"""A question that a channel was asked, from the intention to post it to its result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NewType, TypeAlias

from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Kind, Question, Slug
from bot.quiz.session import Answer

OccurrenceId = NewType("OccurrenceId", str)


def daily_id(channel: ChannelId, day: date) -> OccurrenceId:
    """There is one name for the question that a channel gets for a local date, whoever posts it:
    that alone makes a second post of the same date impossible to miss.
    """
    return OccurrenceId(f"{channel}.{day.isoformat()}")


class OccurrenceState(StrEnum):
    """`CLAIMED` until it is known what Slack did, then what became of it.

    `UNKNOWN`: Slack's answer was lost. It may be in the channel, so it is not posted again; a
    click on it proves that it is. `SKIPPED` and `REFUSED` were certainly not posted.
    """

    CLAIMED = "claimed"
    SENT = "sent"
    UNKNOWN = "unknown"
    CLOSING = "closing"
    CLOSED = "closed"
    SKIPPED = "skipped"
    REFUSED = "refused"
    VOIDED = "voided"


OPEN: Final = frozenset(
    {OccurrenceState.CLAIMED, OccurrenceState.SENT, OccurrenceState.UNKNOWN}
)
"""In these an answer counts, until the moment of closing: who sees the question may be quicker
than the news that it was posted."""

OVER: Final = frozenset({OccurrenceState.CLOSING, OccurrenceState.CLOSED})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`day` is the local date that it is meant for and `question` a snapshot in the order shown.

    `planned` and `closes` are moments in UTC. `posted` is the timestamp of the message, empty
    while it is not known. `counts` tells whether the day is a working day of the channel, so that
    it is due for streaks.
    """

    id: OccurrenceId
    channel: ChannelId
    day: date
    question: Question
    slug: Slug
    title: str
    planned: datetime
    closes: datetime
    level: str = ""
    track: str = ""
    instant: bool = False
    counts: bool = True
    posted: str = ""
    state: OccurrenceState = OccurrenceState.CLAIMED

    def is_open(self, now: datetime) -> bool:
        return self.state in OPEN and now < self.closes


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answered, how many of them right, and how many chose each option as shown."""

    answered: int = 0
    right: int = 0
    per_option: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """This attempt, and no other, may post the question once."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Another worker is at it; it counts as gone after `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Stands:
    """It is decided already what became of that date."""

    state: OccurrenceState


@dataclass(frozen=True, slots=True)
class Outdated:
    """The schedule is no longer what it was read as: decide anew."""


Claim: TypeAlias = Claimed | Busy | Stands | Outdated


class Settlement(StrEnum):
    """What Slack made of a post."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that counts. `again` tells that it stood before this press, `proved` that this
    press showed a post of unknown fate to be in the channel.
    """

    answer: Answer
    tally: Tally
    again: bool
    proved: bool = False


@dataclass(frozen=True, slots=True)
class TooLate:
    """It was closed already: nothing is kept."""


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such question any more, or it was withdrawn."""


Keeping: TypeAlias = Kept | TooLate | Gone


@dataclass(frozen=True, slots=True)
class Closing:
    """This attempt closes the question. `may_announce` tells whether the result still has to be,
    and may be, posted as a message of its own when the question's message is not known.
    """

    occurrence: Occurrence
    tally: Tally
    may_announce: bool


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """What `/quiz doctor` tells of a workspace: numbers of days since it was installed, and how
    late the latest post and the latest of all were, in seconds.
    """

    posted: int = 0
    unknown: int = 0
    refused: int = 0
    skipped: int = 0
    suppressed: int = 0
    last_late: float = 0.0
    most_late: float = 0.0


def blank_tally(question: Question) -> Tally:
    options = 0 if question.kind is Kind.BLANK else len(question.options)
    return Tally(0, 0, (0,) * options)


@dataclass(frozen=True, slots=True)
class Runner:
    """Somebody whose run of working days goes on: `name` is plain text."""

    user: UserId
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a question got, by person."""

    given: Mapping[UserId, Answer] = field(default_factory=lambda: MappingProxyType({}))
