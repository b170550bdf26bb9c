"""A corrected key: which answers given before it are right now, and which cannot be judged anew.

A question that keeps its id is the same question. Its key is what decides right or wrong: of
options their texts, of gaps the answers that fill them. Order, feedback and everything around it
are not part of it, so whoever mends a typo there makes no new version.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from bot.quiz.grading import normalise
from bot.quiz.item import pick_name
from bot.quiz.player import UserId
from bot.quiz.question import Kind, Question, QuestionId
from bot.quiz.session import Choice, Fill, Given


@dataclass(frozen=True, slots=True)
class Key:
    """`names` are those of all options (`pick_name`), `right` those that have to be chosen;
    `blanks` has the normalised answers for each gap. Two questions of one version judge alike.
    """

    names: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    blanks: tuple[frozenset[str], ...] = ()

    @property
    def version(self) -> str:
        parts = [sorted(self.names), sorted(self.right), [sorted(gap) for gap in self.blanks]]
        return sha256(json.dumps(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Picked:
    """The names of the options that were chosen; `only_one` where no more could be."""

    names: frozenset[str]
    only_one: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the gaps, normalised."""

    texts: tuple[str, ...]


Remembered: TypeAlias = Picked | Typed
"""An answer by its content, whatever order the options were shown in."""


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """A person's first answer to a question; `right` as it counts now. `kept` is how it lies in
    the store, which tells whether it has changed since.
    """

    user: UserId
    given: Remembered
    right: bool
    kept: str


@dataclass(frozen=True, slots=True)
class Correction:
    """The key by which first answers to a question count from now on; `stem` is its prompt in
    plain words.
    """

    question: QuestionId
    stem: str
    key: Key


@dataclass(frozen=True, slots=True)
class Corrected:
    """So many answers to a question have been marked again since its key was corrected."""

    question: QuestionId
    stem: str
    answers: int


def key_of(question: Question) -> Key:
    if question.kind is Kind.BLANK:
        gaps = (frozenset(map(normalise, blank.answers)) for blank in question.blanks)
        return Key(blanks=tuple(gaps))
    names = frozenset(map(pick_name, question.options))
    return Key(names, frozenset(pick_name(o) for o in question.options if o.correct))


def remembered(question: Question, given: Given) -> Remembered:
    """An answer to this question as it is kept."""
    match given:
        case Choice(chosen):
            names = frozenset(pick_name(question.options[i]) for i in chosen)
            return Picked(names, only_one=question.kind is Kind.SINGLE)
        case Fill(filled):
            return Typed(tuple(map(normalise, filled)))


def judge(key: Key, given: Remembered) -> bool | None:
    """Whether an answer is right by a key. None where nobody can tell, and it stays as it is: it
    was given to options that are worded otherwise by now, or to other gaps.

    Whoever could choose only one, and chose one of several that are right now, is right.
    """
    match given:
        case Picked(names, only_one):
            if not names <= key.names:
                return None
            return names <= key.right if only_one else names == key.right
        case Typed(texts):
            if len(texts) != len(key.blanks):
                return None
            return all(text in gap for text, gap in zip(texts, key.blanks, strict=True))


def to_mark(key: Key, answers: Sequence[FirstAnswer]) -> list[tuple[FirstAnswer, bool]]:
    """The answers that count otherwise than the key says, and what they are by it."""
    judged = ((answer, judge(key, answer.given)) for answer in answers)
    return [(a, right) for a, right in judged if right is not None and right != a.right]
