"""Dates and times in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.blocks import moments
from bot.quiz.timetable import Timetable

NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))


def posts(table: Timetable, now: datetime = NOW) -> list[str]:
    found = table.next_posts(now, lambda day: day.weekday() in table.weekdays, 3)
    return moments.posts_words(found, table, now=now)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param(
            Timetable(time(9), "Europe/Berlin"),
            ["Mon 30 March at 09:00", "Tue 31 March at 09:00", "Wed 1 April at 09:00"],
            id="over a clock change on a weekend",
        ),
        pytest.param(
            Timetable(time(2, 30), "Europe/Berlin", EVERY_DAY),
            [
                "Sat 28 March at 02:30",
                "Sun 29 March at 03:30 (the clocks skip 02:30)",
                "Mon 30 March at 02:30",
            ],
            id="a moment that the clocks skip",
        ),
        pytest.param(
            Timetable(time(23, 30), "America/Nuuk", EVERY_DAY),
            [
                "Fri 27 March at 23:30",
                "Sun 29 March at 00:30 (the clocks skip 23:30)",
                "Sun 29 March at 23:30",
            ],
            id="a skipped moment that falls on the next date",
        ),
    ],
)
def test_posts_are_told_as_clocks_there_show_them(table: Timetable, words: list[str]) -> None:
    assert posts(table) == words


def test_a_year_is_told_only_when_it_is_another_one() -> None:
    assert moments.day_words(date(2026, 12, 31), near=date(2026, 1, 1)) == "Thu 31 December"
    assert moments.day_words(date(2027, 1, 1), near=date(2026, 12, 31)) == "Fri 1 January 2027"
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert moments.moment_words(late, "Asia/Tokyo", now=late) == "Fri 1 January at 08:30"


def test_a_clock_change_between_posts_has_a_word() -> None:
    table = Timetable(time(9), "America/New_York")
    before = datetime(2026, 3, 5, 20, tzinfo=UTC)
    found = table.next_posts(before, lambda day: day.weekday() < 5, 3)
    assert "it stays at 09:00 local time" in moments.change_words(found, table)
    assert moments.change_words(found[1:], table) == ""


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        pytest.param({0, 1, 2, 3, 4}, "Monday to Friday", id="the working week"),
        pytest.param(set(range(7)), "every day", id="all"),
        pytest.param({4}, "Friday", id="one"),
        pytest.param({4, 0, 2}, "Monday, Wednesday and Friday", id="some"),
    ],
)
def test_weekdays_in_words(weekdays: set[int], words: str) -> None:
    assert moments.weekdays_words(weekdays) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "UTC+00:00"), (345, "UTC+05:45"), (-210, "UTC-03:30"), (840, "UTC+14:00")],
)
def test_offsets_in_words(minutes: int, words: str) -> None:
    assert moments.offset_words(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "1 minute"),
        (3_600, "1 hour"),
        (200_000, "2 days"),
    ],
)
def test_spans_in_words(seconds: int, words: str) -> None:
    assert moments.span_words(timedelta(seconds=seconds)) == words
