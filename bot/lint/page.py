"""What the questions of a page give away together, though each for itself is fine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final, TypeAlias

from bot.lint.limits import Limits
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Question

_LEAST_EXPECTED: Final = 1.0

PageCheck: TypeAlias = Callable[[Sequence[Question], Limits], Iterator[str]]


def single_answer(questions: Sequence[Question]) -> list[Question]:
    """Those with several options of which one is right."""
    return [q for q in questions if q.kind is Kind.SINGLE and len(q.options) > 1]


def right_place(question: Question) -> int:
    """Place of the one right option in the file, from 0."""
    (place,) = question.key
    return place


def right_is_longest(question: Question) -> bool:
    """Whether the one right option is strictly the longest, in characters of its plain text."""
    lengths = [len(plain(option.text)) for option in question.options]
    longest = max(lengths)
    return lengths[right_place(question)] == longest and lengths.count(longest) == 1


def right_is_shortest(question: Question) -> bool:
    lengths = [len(plain(option.text)) for option in question.options]
    shortest = min(lengths)
    return lengths[right_place(question)] == shortest and lengths.count(shortest) == 1


def lengths_that_tell_nothing(questions: Sequence[Question], limits: Limits) -> Iterator[str]:
    """Of four options the right one is strictly the longest in a quarter of cases by chance."""
    single = single_answer(questions)
    limit = limits.longest_right
    longest = sum(map(right_is_longest, single))
    if len(single) >= limit.least_questions and longest > limit.most_share * len(single):
        yield f"The right option is the longest in {longest} of {len(single)} questions."


def places_that_tell_nothing(questions: Sequence[Question], limits: Limits) -> Iterator[str]:
    """A test of the even spread of right options over the places: Pearson's chi-square."""
    single = single_answer(questions)
    limit = limits.position_bias
    if len(single) < limit.least_questions:
        return
    cells = _cells(single)
    value = sum((found - expected) ** 2 / expected for found, expected in cells)
    if len(cells) > 1 and value > _critical(len(cells) - 1, limit.least_chance):
        yield f"Right options stand at {_tally(single)}."


PAGE_CHECKS: Final[Mapping[str, PageCheck]] = {
    "longest-right": lengths_that_tell_nothing,
    "position-bias": places_that_tell_nothing,
}


def places(single: Sequence[Question]) -> list[int]:
    """How many right options stand at each place, from the first to the last."""
    found = [right_place(question) for question in single]
    return [found.count(place) for place in range(max(len(q.options) for q in single))]


def _cells(single: Sequence[Question]) -> list[tuple[float, float]]:
    """Found and expected for each place; places that few questions have count with the one before.

    A chi-square of cells that expect less than one is no good.
    """
    cells: list[tuple[float, float]] = []
    for place, found in enumerate(places(single)):
        expected = sum(1 / len(q.options) for q in single if len(q.options) > place)
        if expected < _LEAST_EXPECTED and cells:
            before = cells.pop()
            cells.append((before[0] + found, before[1] + expected))
        else:
            cells.append((found, expected))
    return cells


def _critical(freedom: int, chance: float) -> float:
    """What a chi-square exceeds by chance so seldom.

    E. B. Wilson and M. M. Hilferty, "The distribution of chi-square", PNAS 17, 1931.
    """
    spread = 2 / (9 * freedom)
    return freedom * (1 - spread + NormalDist().inv_cdf(1 - chance) * sqrt(spread)) ** 3


def _tally(single: Sequence[Question]) -> str:
    counts = zip(LETTERS, places(single), strict=False)
    return ", ".join(f"{letter} {count} times" for letter, count in counts)
