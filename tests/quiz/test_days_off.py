"""Days off as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.quiz.days_off import (
    LONGEST_RANGE,
    MOST_DAYS,
    BadLine,
    Flaw,
    read_days_off,
    write_days_off,
)


def days(*texts: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", days(), id="nothing"),
        pytest.param("2026-12-24", days("2026-12-24"), id="ISO"),
        pytest.param("2026-5-1", days("2026-05-01"), id="ISO without zeros"),
        pytest.param("24.12.2026", days("2026-12-24"), id="dots"),
        pytest.param("24. 12. 2026", days("2026-12-24"), id="dots and spaces"),
        pytest.param("24 Dec 2026", days("2026-12-24"), id="a month's name in short"),
        pytest.param("1. september, 2026", days("2026-09-01"), id="a month's name"),
        pytest.param(" 2026-12-24 , ", days("2026-12-24"), id="spaces and a comma"),
        pytest.param("2026-12-24 # Christmas", days("2026-12-24"), id="a note"),
        pytest.param("# only a note", days(), id="only a note"),
        pytest.param(
            "2026-12-24\n\n2026-12-31", days("2026-12-24", "2026-12-31"), id="several lines"
        ),
        pytest.param(
            "2026-12-30 to 2027-01-01",
            days("2026-12-30", "2026-12-31", "2027-01-01"),
            id="a range over the year",
        ),
        pytest.param("2026-05-01..2026-05-02", days("2026-05-01", "2026-05-02"), id="two dots"),
        pytest.param("1.5.2026 – 2.5.2026", days("2026-05-01", "2026-05-02"), id="a dash"),  # noqa: RUF001  as people type it
        pytest.param("1 May 2026 until 2 May 2026", days("2026-05-01", "2026-05-02"), id="words"),
        pytest.param("2026-05-01 to 2026-05-01", days("2026-05-01"), id="a range of one day"),
    ],
)
def test_a_line_is_a_date_or_a_range(text: str, expected: frozenset[date]) -> None:
    assert read_days_off(text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param("tomorrow", Flaw.UNREADABLE, id="words"),
        pytest.param("2026-12", Flaw.UNREADABLE, id="a month"),
        pytest.param("24 Dec", Flaw.UNREADABLE, id="no year"),
        pytest.param("2026-05-01 to", Flaw.UNREADABLE, id="half a range"),
        pytest.param("03/04/2026", Flaw.AMBIGUOUS, id="March or April"),
        pytest.param("2026-02-30", Flaw.NO_SUCH_DATE, id="30 February"),
        pytest.param("2026-13-01", Flaw.NO_SUCH_DATE, id="a 13th month"),
        pytest.param("1 Foo 2026", Flaw.NO_SUCH_DATE, id="no month"),
        pytest.param("0000-01-01", Flaw.NO_SUCH_DATE, id="year zero"),
        pytest.param("2026-05-02 to 2026-05-01", Flaw.BACKWARDS, id="backwards"),
        pytest.param("2026-05-01 to 2027-05-02", Flaw.TOO_LONG, id="more than a year"),
    ],
)
def test_a_flaw_is_named(text: str, flaw: Flaw) -> None:
    assert read_days_off(text) == (frozenset(), (BadLine(1, text, flaw),))


def test_all_bad_lines_are_told_and_good_ones_are_kept() -> None:
    found, bad = read_days_off("x\n2026-05-01\n\n1/2/2026")
    assert found == days("2026-05-01")
    assert [(line.number, line.flaw) for line in bad] == [
        (1, Flaw.UNREADABLE),
        (4, Flaw.AMBIGUOUS),
    ]


def test_there_is_an_end_to_days_off() -> None:
    years = "\n".join(f"{year}-01-01 to {year}-12-31" for year in range(2026, 2030))
    found, bad = read_days_off(years)
    assert len(found) <= MOST_DAYS
    assert {line.flaw for line in bad} == {Flaw.TOO_MANY}


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 20)), max_size=30
    )
)
def test_what_is_written_is_read_again(starts: list[tuple[date, int]]) -> None:
    off = frozenset(day + timedelta(days=i) for day, more in starts for i in range(more))
    assert read_days_off(write_days_off(off)) == (off, ())


def test_a_range_that_is_written_can_be_read() -> None:
    first = date(2026, 1, 1)
    off = frozenset(first + timedelta(days=i) for i in range(LONGEST_RANGE + 10))
    written = write_days_off(off)
    assert written.splitlines() == ["2026-01-01 to 2027-01-01", "2027-01-02 to 2027-01-11"]
    assert read_days_off(written) == (off, ())
