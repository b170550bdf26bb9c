"""A bank in numbers: how well its questions are written, as far as one can count it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

from bot.lint.alike import near_duplicates
from bot.lint.item import has_feedback, has_source
from bot.lint.limits import Limits
from bot.lint.page import places, right_is_longest, right_is_shortest, single_answer
from bot.lint.words import reading_grade, text_of, words
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Question

NO_LEVEL: Final = "none"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.percent:.0f} % ({self.count:,} of {self.of:,})"


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some numbers, and what nine of ten do not exceed."""

    median: float
    p90: float

    def __str__(self) -> str:
        return f"{self.median:.1f} in the middle, {self.p90:.1f} at 90 %"


@dataclass(frozen=True, slots=True)
class Statistics:
    """`positions` are by letter, of the right options of single-answer questions.

    Grades and words are those of the question without its code; see `words.reading_grade`.
    """

    questions: int
    kinds: Mapping[str, int]
    levels: Mapping[str, int]
    longest_right: Share
    shortest_right: Share
    positions: Mapping[str, Share]
    options: Mapping[int, int]
    explained: Share
    sourced: Share
    feedback: Share
    checked: Share
    hints: Share
    grade: Spread
    stem_words: Spread
    near_duplicates: int

    def rows(self) -> list[tuple[str, str]]:
        """Names and values for people."""
        return [
            ("Questions", f"{self.questions:,}"),
            ("Kinds", _listed(self.kinds)),
            ("Levels", _listed(self.levels)),
            ("Options", _listed({f"with {n}": count for n, count in self.options.items()})),
            ("Right option strictly the longest", str(self.longest_right)),
            ("Right option strictly the shortest", str(self.shortest_right)),
            *((f"Right option at {place}", str(share)) for place, share in self.positions.items()),
            ("With an explanation", str(self.explained)),
            ("With a source", str(self.sourced)),
            ("With feedback on a wrong option", str(self.feedback)),
            ("With a day of checking", str(self.checked)),
            ("With a hint", str(self.hints)),
            ("Reading grade", str(self.grade)),
            ("Words of the question", str(self.stem_words)),
            ("Near duplicates", f"{self.near_duplicates:,}"),
        ]

    def to_dict(self) -> dict[str, object]:
        """Shares are percentages with one decimal."""
        shares = {
            "longest_right": self.longest_right,
            "shortest_right": self.shortest_right,
            "explained": self.explained,
            "sourced": self.sourced,
            "feedback": self.feedback,
            "checked": self.checked,
            "hints": self.hints,
        }
        return {
            "questions": self.questions,
            "kinds": dict(self.kinds),
            "levels": dict(self.levels),
            "options": {str(n): count for n, count in self.options.items()},
            "positions": {place: share.count for place, share in self.positions.items()},
            "single_answer": self.longest_right.of,
            **{name: round(share.percent, 1) for name, share in shares.items()},
            "grade": {"median": self.grade.median, "p90": self.grade.p90},
            "stem_words": {"median": self.stem_words.median, "p90": self.stem_words.p90},
            "near_duplicates": self.near_duplicates,
        }


def statistics(questions: Sequence[Question]) -> Statistics:
    """Count; levels that are not given count as "none"."""
    single = single_answer(questions)
    choice = [question for question in questions if question.options]
    stems = [text_of(question.prompt) for question in questions]
    every = len(questions)
    return Statistics(
        questions=every,
        kinds=_counted((question.kind.value for question in questions), [k.value for k in Kind]),
        levels=_counted(question.level or NO_LEVEL for question in questions),
        longest_right=Share(sum(map(right_is_longest, single)), len(single)),
        shortest_right=Share(sum(map(right_is_shortest, single)), len(single)),
        positions=_positions(single),
        options=dict(sorted(Counter(len(question.options) for question in choice).items())),
        explained=Share(sum(bool(plain(q.explanation).strip()) for q in questions), every),
        sourced=Share(sum(map(has_source, questions)), every),
        feedback=Share(sum(map(has_feedback, choice)), len(choice)),
        checked=Share(sum(q.checked is not None for q in questions), every),
        hints=Share(sum(bool(plain(q.hint).strip()) for q in questions), every),
        grade=_spread([reading_grade([stem]) for stem in stems if words(stem)]),
        stem_words=_spread([len(words(stem)) for stem in stems]),
        near_duplicates=_alike(questions),
    )


def _alike(questions: Sequence[Question]) -> int:
    return sum(1 for _ in near_duplicates(questions, Limits().near_duplicate.least_likeness))


def _positions(single: Sequence[Question]) -> dict[str, Share]:
    counts = places(single) if single else []
    return {
        letter: Share(count, len(single)) for letter, count in zip(LETTERS, counts, strict=False)
    }


def _counted(values: Iterable[str], first: Sequence[str] = ()) -> dict[str, int]:
    """Those of `first` in their order, then the others from the most frequent on."""
    counts = Counter(values)
    known = {name: counts.pop(name) for name in first if name in counts}
    return known | dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "0"


def _spread(values: Sequence[float]) -> Spread:
    if not values:
        return Spread(0.0, 0.0)
    last = quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]
    return Spread(round(float(median(values)), 1), round(float(last), 1))
