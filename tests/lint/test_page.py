from collections.abc import Sequence

import pytest

from bot.lint.limits import Limits, LongestRight, PositionBias
from bot.lint.page import (
    PAGE_CHECKS,
    lengths_that_tell_nothing,
    places,
    places_that_tell_nothing,
    right_is_longest,
    right_is_shortest,
    single_answer,
)
from bot.quiz.prose import prose
from bot.quiz.question import Option, Question, QuestionId


def question(*lengths: int, right: int = 0, also: int = -1) -> Question:
    options = tuple(
        Option(prose("x" * length), correct=at in {right, also})
        for at, length in enumerate(lengths)
    )
    return Question(QuestionId("q"), prose("Which?"), options)


def at_places(counts: Sequence[int], options: int = 4) -> list[Question]:
    return [
        question(*[5] * options, right=place) for place, n in enumerate(counts) for _ in range(n)
    ]


@pytest.mark.parametrize(
    ("lengths", "longest", "shortest"),
    [((3, 2, 1), True, False), ((3, 3, 1), False, False), ((1, 2, 2), False, True)],
)
def test_only_strictly_the_longest_counts(
    lengths: tuple[int, ...], *, longest: bool, shortest: bool
) -> None:
    assert right_is_longest(question(*lengths)) == longest
    assert right_is_shortest(question(*lengths)) == shortest


def test_what_has_no_single_right_option_takes_no_part() -> None:
    alone, several = question(9), question(9, 1, 1, also=1)
    assert single_answer([alone, several, question(1, 2)]) == [question(1, 2)]


@pytest.mark.parametrize(
    ("longest", "others", "told"), [(4, 4, True), (3, 5, False), (4, 3, False), (8, 12, False)]
)
def test_a_page_on_which_the_longest_is_right_too_often_is_told(
    longest: int, others: int, *, told: bool
) -> None:
    questions = [question(9, 1, 1)] * longest + [question(1, 9, 1)] * others
    found = list(lengths_that_tell_nothing(questions, Limits()))
    count = f"The right option is the longest in {longest} of {longest + others} questions."
    assert found == ([count] if told else [])


def test_the_share_and_the_number_can_be_set() -> None:
    limits = Limits(longest_right=LongestRight(most_share=0.2, least_questions=2))
    assert list(lengths_that_tell_nothing([question(9, 1), question(1, 9)], limits))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((5, 5, 5, 5), False),
        ((7, 5, 4, 4), False),
        ((9, 4, 4, 3), False),
        ((12, 4, 2, 2), True),
        ((20, 0, 0, 0), True),
        ((0, 0, 0, 20), True),
        ((2, 2, 2, 1), False),
        ((7, 0, 0, 0), False),
        ((8, 0, 0, 0), True),
    ],
)
def test_uneven_places_are_told_when_chance_would_not_make_them(
    counts: tuple[int, ...], *, told: bool
) -> None:
    assert bool(list(places_that_tell_nothing(at_places(counts), Limits()))) == told


def test_the_places_are_counted_by_letter() -> None:
    (what,) = places_that_tell_nothing(at_places((8, 0, 1, 0)), Limits())
    assert what == "Right options stand at A 8 times, B 0 times, C 1 times, D 0 times."


def test_a_place_that_few_questions_have_counts_with_the_one_before() -> None:
    """One question of five options expects a fifth of a right option at the fifth place."""
    questions = [*at_places((3, 3, 3, 3)), question(5, 5, 5, 5, 5, right=4)]
    assert places(questions) == [3, 3, 3, 3, 1]
    assert not list(places_that_tell_nothing(questions, Limits()))


def test_a_stricter_chance_tells_less() -> None:
    questions = at_places((11, 4, 3, 2))
    told = {
        chance: bool(list(places_that_tell_nothing(questions, limits)))
        for chance in (0.0001, 0.05)
        for limits in [Limits(position_bias=PositionBias(least_chance=chance))]
    }
    assert told == {0.0001: False, 0.05: True}


@pytest.mark.parametrize("check", PAGE_CHECKS.values())
def test_an_empty_page_has_nothing_to_tell(check: object) -> None:
    assert callable(check)
    assert list(check((), Limits())) == []
