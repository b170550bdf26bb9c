"""A question that a channel was asked, from the intention to post it to its result."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Kind, Question, Quiz, Slug
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


OPEN: Final = frozenset({OccurrenceState.CLAIMED, OccurrenceState.SENT, OccurrenceState.UNKNOWN})
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
class Attempt:
    """One try to do a thing that only one may do. `name` is new for each; whoever tries at `at`
    counts as gone after `until`.
    """

    name: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """Only this attempt may go on."""


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
    """An answer that counts. Where people are told at the close, it is not judged before.

    `again` tells that it stood before this press, `proved` that this press showed a post of
    unknown fate to be in the channel. `week_points` are all that the person has earned this week.
    """

    answer: Answer
    again: bool
    proved: bool
    week_points: int


@dataclass(frozen=True, slots=True)
class TooLate:
    """It was closed already: nothing is kept. `proved` as in `Kept`."""

    proved: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such question any more, or it was withdrawn."""


Keeping: TypeAlias = Kept | TooLate | Gone


@dataclass(frozen=True, slots=True)
class HintTaken:
    """A hint to show. It `is_free` after the person's answer, and once the question is closed;
    else their answer earns half. `proved` as in `Kept`.
    """

    is_free: bool
    proved: bool


@dataclass(frozen=True, slots=True)
class PostNote:
    """What became of one date: `reason` is of `timetable.Reason` for a skipped one, Slack's for a
    refused one; `late` how much after its moment it was posted; `suppressed` counts second posts
    that were not made.
    """

    day: date
    state: OccurrenceState
    reason: str
    late: timedelta
    suppressed: int


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """What `/quiz doctor` tells of all channels of a workspace, since it began."""

    posted: int
    unknown: int
    refused: int
    skipped: int
    voided: int
    suppressed: int
    last_late: timedelta
    most_late: timedelta


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
class Resolved:
    """A question that is closed, with all that its result says; `quiz` is None when its page is
    gone. `runners` are the longest first.
    """

    occurrence: Occurrence
    tally: Tally
    runners: tuple[Runner, ...]
    quiz: Quiz | None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that stands, and what is still to be done about its points."""

    user: UserId
    answer: Answer
    at: datetime
    earned: bool
    revoked: bool
