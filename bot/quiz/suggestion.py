"""A question that somebody would like to see in the bank, and what its authors answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Slug
from bot.quiz.report import Enough

SuggestionId = NewType("SuggestionId", str)

MOST_REASON: Final = 500
KEPT_FOR: Final = timedelta(days=180)
"""How long a report or a suggestion is kept once it is settled."""


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in, as it was typed: Markdown, but for the source, which is an address.

    `options` are in their order, each with whether it is right; without any, the question has
    its answers in double brackets.
    """

    slug: Slug
    question: str
    options: tuple[tuple[str, bool], ...] = ()
    explanation: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A wish that can be asked: `markdown` is the block to paste, `remarks` are the warnings of
    the lint.
    """

    markdown: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What is wrong with a wish: a sentence by the name of its field; options are `option0`."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`user` and `draft` are None once whoever suggested it wants to be forgotten. `revision`,
    `shown`, `channel` and `posted` are as those of a case.
    """

    id: SuggestionId
    slug: Slug
    user: UserId | None
    draft: Draft | None
    answer: Answer | None = None
    reason: str = ""
    decider: UserId | None = None
    heard: bool = False
    revision: int = 0
    shown: int = 0
    channel: ChannelId = field(default=ChannelId(""))
    posted: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """It is kept."""


@dataclass(frozen=True, slots=True)
class Answered:
    """By this press."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    answer: Answer


@dataclass(frozen=True, slots=True)
class NoSuchSuggestion:
    """It is too old."""


Suggesting: TypeAlias = Suggested | Enough
Answering: TypeAlias = Answered | AlreadyAnswered | NoSuchSuggestion
