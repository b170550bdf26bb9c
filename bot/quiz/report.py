"""What people say is wrong with a question, and what its authors decide about it.

All reports about one version of a question are one case: a corrected question is another version,
and what was said about the old one no longer counts against it.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from bot.quiz.player import ChannelId, UserId
from bot.quiz.prose import plain
from bot.quiz.question import Place, Question, Slug

CaseId = NewType("CaseId", str)

OUT_AT: Final = 3
"""So many people take a question out of the daily pool, until an admin decides."""

MOST_A_DAY: Final = 10
"""Reports and suggestions of one person within `FILING_WINDOW`."""

FILING_WINDOW: Final = timedelta(days=1)
MOST_WORDS: Final = 1_000
OPTION_KEPT: Final = 100
"""Characters of an option that are kept with a report, to know it again by."""


class Complaint(StrEnum):
    """What is wrong."""

    KEY = "key"
    ALSO = "also"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    TYPO = "typo"
    OTHER = "other"


class Verdict(StrEnum):
    """How a case was settled."""

    FIXED = "fixed"
    KEPT = "kept"


def case_of(question: Question) -> CaseId:
    """Name a version of a question: whatever its author changes in its text, its key or its
    explanation is another one; the order in which options are shown, its level and its place are
    not.
    """
    parts = (
        str(question.id),
        repr(question.prompt),
        *sorted(repr((o.text, o.correct, o.feedback)) for o in question.options),
        repr(question.blanks),
        repr(question.explanation),
    )
    return CaseId(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16])


def named_options(question: Question) -> tuple[str, ...]:
    """The beginnings of its options, in their order, as reports keep them."""
    texts = (" ".join(plain(option.text).split()) for option in question.options)
    return tuple(text[:OPTION_KEPT] for text in texts)


@dataclass(frozen=True, slots=True)
class Report:
    """What one person said. `words` may be empty; `options` are those of the question in the order
    in which this person saw them, for people name letters. It is empty where that is not known.
    """

    user: UserId
    complaint: Complaint
    words: str
    at: datetime
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report as it is kept: `told` the authors, in the thread; `heard` of the verdict."""

    report: Report
    told: bool = False
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All reports of one version of a question, from the first to the verdict.

    `question` is in the author's order where the bank still had it. `turn` counts how often it
    was opened: a report after a verdict opens it once more. `people` are those of this turn, and
    `reports` what is kept of them, the earliest first. `out` tells that this version is out of
    the daily pool, `by_hand` that an admin has decided so or otherwise in this turn. `revision`
    grows with all that its message has to show, which shows `shown`. `channel` and `posted` name
    the message, empty while there is none.
    """

    id: CaseId
    question: Question
    slug: Slug
    title: str
    turn: int = 1
    people: int = 0
    reports: tuple[HeldReport, ...] = ()
    verdict: Verdict | None = None
    decider: UserId | None = None
    out: bool = False
    by_hand: bool = False
    revision: int = 0
    shown: int = 0
    channel: ChannelId = field(default=ChannelId(""))
    posted: str = ""


# What comes of a report


@dataclass(frozen=True, slots=True)
class Filed:
    """It is kept. `again` tells that it took the place of what the same person had said before;
    `out` that the question is out of the daily pool.
    """

    people: int
    again: bool = False
    out: bool = False


@dataclass(frozen=True, slots=True)
class Enough:
    """The person has filed as much as they may within a day; `until` when they may again."""

    until: datetime


Filing: TypeAlias = Filed | Enough


# What comes of a decision


@dataclass(frozen=True, slots=True)
class Settled:
    """By this press; so many people will hear of it."""

    verdict: Verdict
    people: int


@dataclass(frozen=True, slots=True)
class AlreadySettled:
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pooled:
    """Whether this version of the question is out of the daily pool now."""

    out: bool


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """It is too old, or the button belongs to an earlier turn of it."""


Settling: TypeAlias = Settled | AlreadySettled | NoSuchCase


# What is known of a question from its answers


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """How a question stands in its file, or as it would be written. `edit` is an address, or
    empty.
    """

    markdown: str
    place: Place
    edit: str = ""
