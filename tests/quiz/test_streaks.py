from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.quiz.streaks import MILESTONES, WINDOW, IsDay, Streak, advance, reached, settle, streak

DAY: Final = timedelta(days=1)
MONDAY: Final = date(2026, 3, 2)

# One letter per day, from a Monday on: a answered, m missed, o off, O off but answered,
# x excused, X excused but answered.
SIGNS: Final = "amoOxX"


def run_of(signs: str, today: int | None = None) -> Streak:
    """What the letters make, as the day with the number `today` begins and its answer is in."""
    answered, is_workday, is_excused = read(signs)
    end = len(signs) if today is None else today
    return streak(answered, MONDAY + end * DAY, is_workday, is_excused)


def read(signs: str) -> tuple[set[date], IsDay, IsDay]:
    def having(letters: Collection[str]) -> set[date]:
        return {MONDAY + i * DAY for i, sign in enumerate(signs) if sign in letters}

    return having("aOX"), lambda day: day not in having("oO"), lambda day: day in having("xX")


@pytest.mark.parametrize(
    ("signs", "length"),
    [
        pytest.param("", 0, id="nothing yet"),
        pytest.param("mmm", 0, id="only missed"),
        pytest.param("a", 1, id="one"),
        pytest.param("aaa", 3, id="three"),
        pytest.param("aaaaaooaa", 7, id="a weekend does not break"),
        pytest.param("aaaaaOOaa", 7, id="nor does it count"),
        pytest.param("ooOOa", 1, id="off before the first"),
        pytest.param("aaxxxxa", 3, id="an outage does not break"),
        pytest.param("aaXXa", 5, id="who answered all the same is not forgotten"),
        pytest.param("aam", 2, id="one missed is forgiven"),
        pytest.param("aama", 3, id="and does not count"),
        pytest.param("aamm", 0, id="two in a row are not"),
        pytest.param("aamma", 1, id="a new run after two"),
        pytest.param("aamoomaa", 2, id="two in a row over a weekend"),
        pytest.param("aamxxma", 1, id="two in a row over an outage"),
        pytest.param("amaaaaaama", 1, id="six days between are too few"),
        pytest.param("amaaaaaaama", 9, id="seven days between"),
        pytest.param("amaaaaooaama", 1, id="days off are not among the seven"),
        pytest.param("amaaaaxxaama", 1, id="nor are excused days"),
        pytest.param("amaaaaXXaama", 1, id="even with an answer"),
        pytest.param("amaaaaaaamaaaaaaama", 16, id="one in eight for ever"),
        pytest.param("aamaamaama", 3, id="a new run is not held against by the old one"),
        pytest.param("mmama", 2, id="nor by what was before the first answer"),
    ],
)
def test_a_run_is_counted_in_working_days(signs: str, length: int) -> None:
    assert run_of(signs).length == length


@pytest.mark.parametrize(
    ("signs", "today", "length"),
    [
        pytest.param("aam", 2, 2, id="nothing yet"),
        pytest.param("aaa", 2, 3, id="answered already"),
        pytest.param("aamm", 3, 2, id="the second bad day is not over"),
        pytest.param("aamm", 4, 0, id="now it is"),
        pytest.param("aaa", 0, 1, id="days to come do not count"),
    ],
)
def test_today_is_not_missed_before_it_is_over(signs: str, today: int, length: int) -> None:
    assert run_of(signs, today).length == length


def test_the_longest_run_is_kept() -> None:
    assert run_of("aaaammaa") == Streak(2, best=4, last=MONDAY + 7 * DAY)


def test_a_forgiven_day_is_known() -> None:
    assert run_of("aama") == Streak(3, 3, MONDAY + 3 * DAY, repaired=MONDAY + 2 * DAY)


def test_the_second_answer_of_a_day_changes_nothing() -> None:
    _, is_workday, is_excused = read("aa")
    once = advance(Streak(), MONDAY, is_workday, is_excused)
    assert advance(once, MONDAY, is_workday, is_excused) == once
    assert advance(once, MONDAY - DAY, is_workday, is_excused) == once


def test_an_answer_to_a_day_that_was_forgiven_comes_too_late() -> None:
    _, is_workday, is_excused = read("am")
    state = advance(Streak(), MONDAY, is_workday, is_excused)
    settled = settle(state, MONDAY + 2 * DAY, is_workday, is_excused)
    assert settled.repaired == MONDAY + DAY
    assert advance(settled, MONDAY + DAY, is_workday, is_excused) == settled


HISTORIES: Final = st.text(SIGNS, max_size=60) | st.text("aaaam", max_size=60)


def counted_day_by_day(signs: str) -> tuple[int, int]:
    """The rule as it is told: the run after the last day, and the longest ever."""
    length = best = 0
    run: list[str] = []  # the due days since the run began
    for sign in signs:
        if sign in "aX":
            length += 1
        if sign == "a":
            run.append("a")
        if sign == "m" and length:
            if "m" in run[-7:]:
                length, run = 0, []
            else:
                run.append("m")
        best = max(best, length)
    return length, best


@given(HISTORIES)
def test_a_history_is_counted_like_day_by_day(signs: str) -> None:
    state = run_of(signs)
    assert (state.length, state.best) == counted_day_by_day(signs)


@given(HISTORIES, st.data())
def test_a_state_kept_on_the_way_agrees_with_the_history(signs: str, data: st.DataObject) -> None:
    """Whether it is settled and stored each morning, now and then or never."""
    answered, is_workday, is_excused = read(signs)
    mornings = data.draw(st.sets(st.integers(0, len(signs))))
    state = Streak()
    for number in range(len(signs)):
        day = MONDAY + number * DAY
        if number in mornings:
            state = settle(state, day, is_workday, is_excused)
        if day in answered:
            state = advance(state, day, is_workday, is_excused)
        shown = settle(state, day, is_workday, is_excused)
        assert shown == streak(answered, day, is_workday, is_excused)


@given(HISTORIES, st.integers(0, 60), st.text("oOx", max_size=9))
def test_days_off_and_outages_change_nothing(signs: str, at: int, pause: str) -> None:
    longer = signs[:at] + pause + signs[at:]
    before, after = run_of(signs), run_of(longer)
    assert (after.length, after.best) == (before.length, before.best)


@given(HISTORIES, st.integers(0, 59))
def test_an_answer_more_on_the_last_day_never_hurts(signs: str, ago: int) -> None:
    history = signs[:ago]
    assert run_of(history + "a").length >= run_of(history + "m").length


@given(st.text("aoOx", max_size=40))
def test_who_misses_nothing_keeps_every_day(signs: str) -> None:
    assert run_of(signs).length == run_of(signs).best == signs.count("a")


def test_the_window_is_the_promised_one() -> None:
    assert WINDOW == 7
    assert run_of("a" + ("m" + WINDOW * "a") * 5).length == 1 + WINDOW * 5


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        (4, 5, 5),
        (5, 6, None),
        (5, 5, None),
        (0, 4, None),
        (9, 10, 10),
        (4, 30, 25),
        (99, 100, 100),
        (100, 200, None),
        (10, 0, None),
    ],
)
def test_a_milestone_is_reached_once(before: int, after: int, mark: int | None) -> None:
    assert reached(before, after) == mark


def test_day_by_day_every_milestone_is_reached() -> None:
    marks = [reached(length, length + 1) for length in range(120)]
    assert tuple(mark for mark in marks if mark) == MILESTONES
