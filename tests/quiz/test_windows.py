from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.quiz.windows import Kind, dates, kind_of, previous, window, window_of

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
BOUND = st.sampled_from([Kind.DAY, Kind.WEEK, Kind.MONTH])


@pytest.mark.parametrize(
    ("moment", "kind", "zone", "expected"),
    [
        pytest.param("2026-11-23T12:00Z", Kind.DAY, "UTC", "2026-11-23", id="a day"),
        pytest.param("2026-11-23T12:00Z", Kind.WEEK, "UTC", "2026-W48", id="a week"),
        pytest.param("2026-11-23T12:00Z", Kind.MONTH, "UTC", "2026-11", id="a month"),
        pytest.param("2026-11-23T12:00Z", Kind.ALL, "UTC", "all", id="all"),
        pytest.param(
            "2026-11-22T23:30Z", Kind.WEEK, "Europe/Berlin", "2026-W48", id="Monday in Berlin"
        ),
        pytest.param(
            "2026-12-01T04:30Z", Kind.MONTH, "America/New_York", "2026-11", id="November still"
        ),
        pytest.param("2026-11-23T18:15Z", Kind.DAY, "Asia/Kathmandu", "2026-11-24", id="ahead"),
        pytest.param("2027-01-01T12:00Z", Kind.WEEK, "UTC", "2026-W53", id="the old year's week"),
        pytest.param("2024-12-30T12:00Z", Kind.WEEK, "UTC", "2025-W01", id="the new year's week"),
    ],
)
def test_a_moment_is_in_the_window_of_its_local_date(
    moment: str, kind: Kind, zone: str, expected: str
) -> None:
    assert window(datetime.fromisoformat(moment), kind, zone) == expected


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("2026-03-01", "2026-02-28"),
        ("2024-03-01", "2024-02-29"),
        ("2026-01-01", "2025-12-31"),
        ("2026-W10", "2026-W09"),
        ("2027-W01", "2026-W53"),
        ("2026-W01", "2025-W52"),
        ("2026-03", "2026-02"),
        ("2026-01", "2025-12"),
        ("all", None),
    ],
)
def test_the_window_before(name: str, before: str | None) -> None:
    assert previous(name) == before


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_window_has_a_first_and_a_last_date(name: str, first: str, last: str) -> None:
    assert dates(name) == (date.fromisoformat(first), date.fromisoformat(last))


def test_all_time_has_no_dates() -> None:
    assert dates("all") is None


@given(DAYS, BOUND)
def test_windows_follow_each_other_without_a_hole(day: date, kind: Kind) -> None:
    name = window_of(day, kind)
    assert kind_of(name) is kind
    span, before = dates(name), previous(name)
    assert span
    assert before
    assert before < name
    first, last = span
    assert first <= day <= last
    assert window_of(first, kind) == window_of(last, kind) == name
    earlier = dates(before)
    assert earlier
    assert earlier[1] == first - timedelta(days=1)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy adds the zone
def test_in_utc_a_moment_is_in_the_window_of_its_date(moment: datetime) -> None:
    for kind in Kind:
        assert window(moment, kind, "UTC") == window_of(moment.date(), kind)


def test_every_kind_is_known_by_its_name() -> None:
    assert {kind_of(window_of(date(2026, 3, 2), kind)) for kind in Kind} == set(Kind)


@pytest.mark.parametrize(
    "name",
    [
        *("", "ever", "ALL", "2026", "2026-13", "2026-1", "2026-W54", "2025-W53", "2026-W5"),
        *("2026-W48-2", "2026W48", "20261123", "2026-02-30", "2026-3-1", "-", "W", " 2026-11"),
    ],
)
def test_a_text_that_is_no_window_is_refused(name: str) -> None:
    for ask in (kind_of, previous, dates):
        with pytest.raises(ValueError, match=r"."):
            ask(name)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        window(datetime(2026, 1, 1), Kind.DAY, "UTC")  # noqa: DTZ001 - what the test is about
