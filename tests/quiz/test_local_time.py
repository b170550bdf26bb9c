from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.quiz.local_time import day_after, exists, in_utc, instant, zone_named


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        pytest.param("UTC", "2026-03-29T02:30", "2026-03-29T02:30Z", id="nothing ever changes"),
        pytest.param("Europe/Berlin", "2026-03-28T09:00", "2026-03-28T08:00Z", id="winter"),
        pytest.param("Europe/Berlin", "2026-03-29T09:00", "2026-03-29T07:00Z", id="summer"),
        pytest.param("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30Z", id="Berlin gap"),
        pytest.param("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30Z", id="Berlin twice"),
        pytest.param("Europe/Berlin", "2026-10-25T09:00", "2026-10-25T08:00Z", id="winter again"),
        pytest.param(
            "America/New_York", "2026-03-08T02:30", "2026-03-08T07:30Z", id="New York gap"
        ),
        pytest.param(
            "America/New_York", "2026-11-01T01:30", "2026-11-01T05:30Z", id="New York twice"
        ),
        pytest.param(
            "America/Nuuk", "2024-03-30T23:30", "2024-03-31T01:30Z", id="a gap over midnight"
        ),
        pytest.param(
            "America/Nuuk", "2024-10-26T23:30", "2024-10-27T00:30Z", id="twice before midnight"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45Z", id="half an hour gap"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45Z", id="half an hour twice"
        ),
        pytest.param("Asia/Kathmandu", "2026-01-01T09:00", "2026-01-01T03:15Z", id="odd minutes"),
        pytest.param(
            "Africa/Casablanca", "2025-02-23T02:30", "2025-02-23T01:30Z", id="Ramadan begins"
        ),
        pytest.param(
            "Africa/Casablanca", "2025-03-10T09:00", "2025-03-10T09:00Z", id="during Ramadan"
        ),
        pytest.param(
            "Africa/Casablanca", "2025-04-06T02:30", "2025-04-06T02:30Z", id="Ramadan is over"
        ),
        pytest.param(
            "Pacific/Apia", "2011-12-29T09:00", "2011-12-29T19:00Z", id="before the jump"
        ),
        pytest.param("Pacific/Apia", "2011-12-31T09:00", "2011-12-30T19:00Z", id="after the jump"),
    ],
)
def test_a_local_time_is_one_moment(zone: str, local: str, expected: str) -> None:
    meant = datetime.fromisoformat(local)
    moment = instant(meant.date(), meant.time(), ZoneInfo(zone))
    assert moment == datetime.fromisoformat(expected)
    assert moment.tzinfo is UTC


def test_a_time_marked_as_the_second_of_two_is_the_first_all_the_same() -> None:
    second = time(2, 30, fold=1)
    moment = instant(date(2026, 10, 25), second, ZoneInfo("Europe/Berlin"))
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "there"),
    [
        pytest.param("Pacific/Apia", "2011-12-29", True, id="before the jump"),
        pytest.param("Pacific/Apia", "2011-12-30", False, id="Samoa jumps over the date line"),
        pytest.param("Pacific/Apia", "2011-12-31", True, id="after the jump"),
        pytest.param("Pacific/Fakaofo", "2011-12-30", False, id="Tokelau goes along"),
        pytest.param("Pacific/Kwajalein", "1993-08-21", False, id="Kwajalein"),
        pytest.param("Europe/Berlin", "2026-03-29", True, id="a gap at night"),
        pytest.param("America/Nuuk", "2024-03-30", True, id="a gap at the end"),
        pytest.param("America/Havana", "2026-03-08", True, id="a gap at the beginning"),
    ],
)
def test_a_date_exists_unless_it_was_jumped_over(zone: str, day: str, there: bool) -> None:  # noqa: FBT001 - a column of the table
    assert exists(date.fromisoformat(day), ZoneInfo(zone)) is there


def test_the_day_after_is_one_that_exists() -> None:
    assert day_after(date(2011, 12, 29), ZoneInfo("Pacific/Apia")) == date(2011, 12, 31)
    assert day_after(date(2011, 12, 29), ZoneInfo("UTC")) == date(2011, 12, 30)


@pytest.mark.parametrize(
    "key", ["Europe/Bielefeld", "America", "../etc/passwd", "/etc", "", "\0", 300 * "x"]
)
def test_a_name_of_no_zone_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone_named(key)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        in_utc(datetime(2026, 1, 1))  # noqa: DTZ001 - what the test is about


def test_any_zone_is_turned_into_utc() -> None:
    nine = datetime(2026, 1, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert in_utc(nine).isoformat() == "2026-01-01T08:00:00+00:00"
