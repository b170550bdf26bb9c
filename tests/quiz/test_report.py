"""Which question is which version, and what its figures say."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from bot.quiz.item import LEAST_COMPARED, correlation, pick_name
from bot.quiz.prose import prose
from bot.quiz.question import Blank, Option, Place, Question, QuestionId
from bot.quiz.report import case_of

SKY = Question(
    QuestionId("sky"),
    prose("What colour is it?"),
    (Option(prose("Blue"), correct=True), Option(prose("Red"), correct=False, feedback=())),
    explanation=prose("It scatters."),
)


OTHERS = {
    "words": replace(SKY, prompt=prose("What colour was it?")),
    "key": replace(SKY, options=tuple(replace(o, correct=not o.correct) for o in SKY.options)),
    "option": replace(SKY, options=(*SKY.options, Option(prose("Green"), correct=False))),
    "feedback": replace(
        SKY, options=tuple(replace(o, feedback=prose("Why not?")) for o in SKY.options)
    ),
    "explanation": replace(SKY, explanation=prose("It does not.")),
    "id": replace(SKY, id=QuestionId("heaven")),
    "kind": replace(SKY, options=(), blanks=(Blank(("blue",)),)),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_corrected_question_is_another_version(other: Question) -> None:
    assert case_of(other) != case_of(SKY)


def test_order_level_and_place_make_no_version() -> None:
    shown = replace(SKY, options=SKY.options[::-1], level="hard", place=Place("b.md", 9), points=5)
    assert case_of(shown) == case_of(SKY)


def test_an_option_is_known_by_its_words() -> None:
    names = [pick_name(option) for option in SKY.options]
    assert len(set(names)) == 2
    assert pick_name(replace(SKY.options[0], correct=False)) == names[0]


PEOPLE = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 1000)), min_size=LEAST_COMPARED, max_size=60
)


@given(PEOPLE)
def test_a_correlation_is_between_minus_one_and_one(people: list[tuple[int, int]]) -> None:
    found = correlation(
        len(people),
        sum(x for x, _ in people),
        sum(y for _, y in people),
        sum(y * y for _, y in people),
        sum(x * y for x, y in people),
    )
    assert found is None or -1.000001 <= found <= 1.000001


def test_who_knows_more_and_is_right_more_makes_a_sharp_question() -> None:
    half = LEAST_COMPARED // 2
    able, weak = 900, 100
    total = half * (able + weak)
    squares = half * (able * able + weak * weak)
    assert correlation(2 * half, half, total, squares, half * able) == pytest.approx(1)
    assert correlation(2 * half, half, total, squares, half * weak) == pytest.approx(-1)


def test_few_people_or_equal_ones_say_nothing() -> None:
    assert correlation(LEAST_COMPARED - 1, 5, 900, 90_000, 500) is None
    assert correlation(LEAST_COMPARED, LEAST_COMPARED, 900, 90_000, 900) is None
