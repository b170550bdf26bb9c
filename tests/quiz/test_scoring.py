from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.quiz.question import Question
from bot.quiz.scoring import FULL, MOST_BONUS, Timing, points, swiftness
from tests.quiz.samples import FLAG, SEA, SKY

POSTED: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIMIT: Final = timedelta(seconds=20)
MEDIUM: Final = replace(SKY, level="medium")
HARD_SEA: Final = replace(SEA, level="Hard")


def after(seconds: float) -> Timing:
    return Timing(POSTED, POSTED + timedelta(seconds=seconds), LIMIT)


@pytest.mark.parametrize(
    ("question", "right", "hinted", "expected"),
    [
        pytest.param(SKY, True, False, 100, id="right"),
        pytest.param(SKY, False, False, 0, id="wrong"),
        pytest.param(FLAG, True, False, 200, id="worth two"),
        pytest.param(SEA, True, False, 300, id="worth three"),
        pytest.param(SKY, True, True, 50, id="with a hint"),
        pytest.param(SEA, True, True, 150, id="worth three, with a hint"),
        pytest.param(SKY, False, True, 0, id="wrong even with a hint"),
        pytest.param(MEDIUM, True, False, 150, id="of medium level"),
        pytest.param(MEDIUM, True, True, 75, id="of medium level, with a hint"),
        pytest.param(HARD_SEA, True, False, 600, id="hard and worth three"),
        pytest.param(HARD_SEA, True, True, 300, id="hard and worth three, with a hint"),
        pytest.param(HARD_SEA, False, False, 0, id="hard and wrong"),
    ],
)
def test_knowing_counts(question: Question, right: bool, hinted: bool, expected: int) -> None:  # noqa: FBT001 - columns of the table
    assert points(question, right=right, hinted=hinted) == expected


@pytest.mark.parametrize(
    ("seconds", "bonus", "left"),
    [
        pytest.param(0, 50, 1000, id="at once"),
        pytest.param(10, 25, 500, id="half the time"),
        pytest.param(0.001, 49, 999, id="rounded down"),
        pytest.param(19.6, 1, 20, id="one point left"),
        pytest.param(19.7, 0, 15, id="rounded down to nothing"),
        pytest.param(20, 0, 0, id="at the limit"),
        pytest.param(25, 0, 0, id="too late"),
        pytest.param(-2, 50, 1000, id="clocks differ"),
    ],
)
def test_speed_is_worth_less_and_less_until_the_limit(
    seconds: float, bonus: int, left: int
) -> None:
    assert points(SKY, right=True, fast=after(seconds)) == 100 + bonus
    assert after(seconds).left == left


def test_speed_is_worth_nothing_with_a_wrong_answer() -> None:
    assert points(SKY, right=False, fast=after(0)) == 0


def test_the_bonus_does_not_grow_with_the_question_and_a_hint_halves_it_too() -> None:
    assert points(SEA, right=True, fast=after(0)) == 350
    assert points(SEA, right=True, hinted=True, fast=after(0)) == 175
    assert points(SKY, right=True, hinted=True, fast=after(0.001)) == 74


@given(st.integers(-5_000, 30_000), st.integers(-5_000, 30_000))
def test_the_faster_answer_is_never_worth_less(one: int, other: int) -> None:
    slow, fast = after(max(one, other) / 1000), after(min(one, other) / 1000)
    assert points(SKY, right=True, fast=slow) <= points(SKY, right=True, fast=fast)
    assert swiftness([slow]) <= swiftness([fast])


@given(seconds=st.floats(-100, 100), limit=st.floats(0.1, 90), hinted=st.booleans())
def test_knowing_is_worth_more_than_speed(seconds: float, limit: float, hinted: bool) -> None:  # noqa: FBT001 - given by name
    timing = Timing(POSTED, POSTED + timedelta(seconds=seconds), timedelta(seconds=limit))
    plain = points(SKY, right=True, hinted=hinted)
    earned = points(SKY, right=True, hinted=hinted, fast=timing)
    assert plain <= earned <= plain + MOST_BONUS
    assert earned - plain <= plain // 2
    assert 0 <= timing.left <= FULL


def test_ties_are_ordered_by_all_the_time_left() -> None:
    assert swiftness([]) == 0
    assert swiftness([after(10), after(0), after(30)]) == 1500


def test_any_zone_will_do() -> None:
    elsewhere = (POSTED + timedelta(seconds=10)).astimezone()
    assert Timing(POSTED, elsewhere, LIMIT).left == 500


def test_moments_without_a_zone_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - what the test is about
    for posted, answered in ((naive, POSTED), (POSTED, naive)):
        with pytest.raises(ValueError, match="no time zone"):
            Timing(posted, answered, LIMIT)


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_limit_of_no_time_is_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        Timing(POSTED, POSTED, timedelta(seconds=seconds))
