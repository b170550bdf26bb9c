"""What a question is: the values that the bank makes and everything else uses."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from bot.quiz.level import level_points
from bot.quiz.prose import Prose, plain

QuestionId = NewType("QuestionId", str)
Slug = NewType("Slug", str)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_OPTIONS = len(LETTERS)
MOST_SLUG = 75
"""What fits into an entry of a Slack menu."""


def short_slug(slug: Slug) -> str:
    """The slug, or for a long one a name of exactly `MOST_SLUG` characters that stands for it."""
    if len(slug) < MOST_SLUG:
        return slug
    digest = hashlib.sha256(slug.encode()).hexdigest()[:16]
    return f"{slug[: MOST_SLUG - 17]}~{digest}"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SEVERAL = "several"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Option:
    text: Prose
    correct: bool
    feedback: Prose = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """One gap of the prompt: the answers that fill it, the author's favourite first."""

    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an author finds a thing: `path` as it was opened, `line` counting from 1; `inside` is
    the path below the bank's folder, with slashes, empty where that is not known.
    """

    path: str
    line: int
    inside: str = ""

    @property
    def folder(self) -> str:
        """The name of the bank's folder; empty where it is not known."""
        root = self.path.replace("\\", "/").removesuffix(self.inside).rstrip("/")
        return root.rpartition("/")[2] if self.inside else ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Question:
    """Either `options` or `blanks` is filled, never both.

    A gap stands in the prompt as the text `____`, one for each blank, in their order. `points`
    is the author's weight, a whole number from 1; see `worth`. `hint` and `level` may be empty.
    `checked` is the day on which somebody last compared the claims with their sources.
    """

    id: QuestionId
    prompt: Prose
    options: tuple[Option, ...] = ()
    blanks: tuple[Blank, ...] = ()
    explanation: Prose = ()
    hint: Prose = ()
    points: int = 1
    level: str = ""
    place: Place = field(default=Place("", 0), compare=False)
    checked: date | None = None

    @property
    def kind(self) -> Kind:
        if self.blanks:
            return Kind.BLANK
        return Kind.SINGLE if len(self.key) == 1 else Kind.SEVERAL

    @property
    def key(self) -> frozenset[int]:
        """Positions of the correct options in the order of `options`."""
        return frozenset(i for i, option in enumerate(self.options) if option.correct)

    @property
    def worth(self) -> int:
        """What a right first answer earns: by its level, times the author's weight. What is in
        play keeps what it was worth when it was asked.
        """
        return level_points(self.level) * self.points

    @property
    def has_hint(self) -> bool:
        """Whether there is anything to read in the hint."""
        return bool(plain(self.hint).strip())

    @property
    def stem(self) -> str:
        """The prompt in plain words."""
        return plain(self.prompt)


@dataclass(frozen=True, slots=True)
class StudyLink:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A page of questions. `slug` is its path (`aws/ml-engineer/intermediate`), `track` the
    folder part of it (`aws/ml-engineer`, empty for a page at the top), `level` may be empty.
    """

    slug: Slug
    title: str
    questions: tuple[Question, ...]
    track: str = ""
    level: str = ""
    intro: Prose = ()
    links: tuple[StudyLink, ...] = ()
    path: str = field(default="", compare=False)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def levelled(self, question: Question) -> Question:
        """A question of this page as it is asked: with the page's level if it has none itself."""
        return question if question.level else replace(question, level=self.level)
