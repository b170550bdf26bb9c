from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.quiz.timetable import (
    LATE,
    SHORTEST,
    Missed,
    Post,
    Reason,
    Skipped,
    Timetable,
    Wait,
)

BERLIN: Final = Timetable(time(9), "Europe/Berlin", closes=time(17))
ST_JOHNS: Final = Timetable(time(0), "America/St_Johns", frozenset(range(7)))
"""Until 2011 its clocks went back at 00:01, from one date to the one before."""

NUUK: Final = Timetable(time(23, 30), "America/Nuuk", frozenset(range(7)))
APIA: Final = Timetable(time(9), "Pacific/Apia", frozenset(range(7)))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def on(day: str) -> date:
    return date.fromisoformat(day)


def no_holiday(_: date) -> bool:
    return False


def every_day(_: date) -> bool:
    return True


def never(_: date) -> bool:
    return False


def days(posts: tuple[Post, ...]) -> list[str]:
    return [post.day.isoformat() for post in posts]


def test_a_date_that_does_not_exist_has_no_moment() -> None:
    assert APIA.moment(on("2011-12-30")) is None
    assert APIA.closing(on("2011-12-30")) is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param("2026-03-02T07:59Z", "2026-03-02T08:00Z", id="later today"),
        pytest.param("2026-03-02T08:00Z", "2026-03-03T08:00Z", id="never twice"),
        pytest.param("2026-03-02T09:00+01:00", "2026-03-03T08:00Z", id="asked in another zone"),
        pytest.param("2026-03-27T08:00Z", "2026-03-30T07:00Z", id="weekend and summer time"),
        pytest.param("2026-10-23T07:00Z", "2026-10-26T08:00Z", id="weekend and winter time"),
        pytest.param("2026-04-02T07:00Z", "2026-04-07T07:00Z", id="Easter"),
        pytest.param("2026-05-13T07:00Z", "2026-05-18T07:00Z", id="holiday and own day off"),
    ],
)
def test_nine_in_berlin(after: str, expected: str) -> None:
    easter_and_ascension = {on("2026-04-03"), on("2026-04-06"), on("2026-05-14")}
    timetable = Timetable(time(9), "Europe/Berlin", days_off=frozenset({on("2026-05-15")}))
    is_workday = timetable.workdays(easter_and_ascension.__contains__)
    (post,) = timetable.next_posts(at(after), is_workday, 1)
    assert post.planned == at(expected)


@pytest.mark.parametrize(
    ("timetable", "after", "expected"),
    [
        pytest.param(
            NUUK, "2024-03-29T12:00Z", ["2024-03-29", "2024-03-30", "2024-03-31"], id="Nuuk"
        ),
        pytest.param(
            NUUK, "2024-03-31T01:29Z", ["2024-03-30", "2024-03-31", "2024-04-01"], id="in the gap"
        ),
        pytest.param(
            NUUK, "2024-10-26T12:00Z", ["2024-10-26", "2024-10-27", "2024-10-28"], id="Nuuk back"
        ),
        pytest.param(
            NUUK, "2024-10-27T00:45Z", ["2024-10-27", "2024-10-28", "2024-10-29"], id="second 23h"
        ),
        pytest.param(
            APIA, "2011-12-28T00:00Z", ["2011-12-28", "2011-12-29", "2011-12-31"], id="Apia"
        ),
    ],
)
def test_posts_belong_to_the_dates_they_are_meant_for(
    timetable: Timetable, after: str, expected: list[str]
) -> None:
    assert days(timetable.next_posts(at(after), every_day, 3)) == expected


def test_a_calendar_that_never_works_has_no_posts() -> None:
    assert BERLIN.next_posts(at("2026-03-02T08:00Z"), never, 3) == ()
    assert BERLIN.due(at("2026-03-02T08:00Z"), on("2026-03-01"), never) == Wait(None)


def test_a_calendar_that_stops_working_has_fewer_posts() -> None:
    posts = BERLIN.next_posts(at("2026-03-02T08:00Z"), lambda d: d < on("2026-03-04"), 3)
    assert days(posts) == ["2026-03-03"]


def test_a_year_without_work_is_not_the_end() -> None:
    last, first = on("2026-03-03"), on("2027-03-01")
    posts = BERLIN.next_posts(at("2026-03-02T08:00Z"), lambda d: d <= last or d >= first, 2)
    assert days(posts) == ["2026-03-03", "2027-03-01"]


@pytest.mark.parametrize(
    ("hour", "closes", "day", "expected"),
    [
        pytest.param("09:00", "17:00", "2026-03-02", "2026-03-02T16:00Z", id="the same day"),
        pytest.param("09:00", "08:00", "2026-03-02", "2026-03-03T07:00Z", id="the next morning"),
        pytest.param("09:00", "09:00", "2026-03-02", "2026-03-03T08:00Z", id="a day later"),
        pytest.param("09:00", None, "2026-03-02", "2026-03-03T08:00Z", id="no closing time"),
        pytest.param("09:00", None, "2026-03-28", "2026-03-29T07:00Z", id="23 hours later"),
        pytest.param("01:30", "02:15", "2026-03-29", "2026-03-29T01:15Z", id="closes in a gap"),
        pytest.param(
            "02:30", "03:15", "2026-03-29", "2026-03-29T01:40Z", id="a gap moves it past"
        ),
        pytest.param("23:55", "00:05", "2026-03-02", "2026-03-02T23:05Z", id="over midnight"),
    ],
)
def test_a_question_closes_at_its_time(
    hour: str, closes: str | None, day: str, expected: str
) -> None:
    end = time.fromisoformat(closes) if closes else None
    timetable = Timetable(time.fromisoformat(hour), "Europe/Berlin", closes=end)
    assert timetable.closing(on(day)) == at(expected)


def test_the_next_day_of_a_closing_time_is_one_that_exists() -> None:
    assert APIA.closing(on("2011-12-29")) == APIA.moment(on("2011-12-31"))


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        pytest.param("2026-03-02T08:00:01Z", "2026-03-02T16:00Z", id="in time"),
        pytest.param("2026-03-02T15:45Z", "2026-03-02T16:00Z", id="still long enough"),
        pytest.param("2026-03-02T15:59Z", "2026-03-02T16:09Z", id="too short"),
        pytest.param("2026-03-02T07:00Z", "2026-03-02T16:00Z", id="early"),
    ],
)
def test_a_late_post_stays_open_for_a_while(posted: str, expected: str) -> None:
    assert BERLIN.closing(on("2026-03-02"), at(posted)) == at(expected)


def test_an_early_post_closes_no_earlier() -> None:
    on_a_clock_change = Timetable(time(2, 30), "Europe/Berlin", closes=time(3, 15))
    early, planned = at("2026-03-29T00:30Z"), on_a_clock_change.closing(on("2026-03-29"))
    assert on_a_clock_change.closing(on("2026-03-29"), early) == planned


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        pytest.param(
            "2026-03-03T07:59Z", "2026-03-02", Wait(at("2026-03-03T08:00Z")), id="not yet"
        ),
        pytest.param(
            "2026-03-03T08:00Z",
            "2026-03-02",
            Post(on("2026-03-03"), at("2026-03-03T08:00Z")),
            id="to the second",
        ),
        pytest.param(
            "2026-03-03T08:00Z", "2026-03-03", Wait(at("2026-03-04T08:00Z")), id="done today"
        ),
        pytest.param(
            "2026-03-03T07:00Z", "2026-03-03", Wait(at("2026-03-04T08:00Z")), id="done early"
        ),
        pytest.param(
            "2026-03-03T12:00Z",
            "2026-03-02",
            Post(on("2026-03-03"), at("2026-03-03T08:00Z")),
            id="four hours late",
        ),
        pytest.param(
            "2026-03-03T12:00:01Z",
            "2026-03-02",
            Skipped((Missed(on("2026-03-03"), Reason.LATE),)),
            id="more than four hours late",
        ),
        pytest.param(
            "2026-03-03T16:00Z",
            "2026-03-02",
            Skipped((Missed(on("2026-03-03"), Reason.CLOSED),)),
            id="closed meanwhile",
        ),
        pytest.param(
            "2026-03-03T08:10Z",
            "2026-02-27",
            Skipped((Missed(on("2026-03-02"), Reason.DAY_OVER),)),
            id="yesterday first",
        ),
        pytest.param(
            "2026-03-08T10:00Z",
            "2026-03-04",
            Skipped(
                (
                    Missed(on("2026-03-05"), Reason.DAY_OVER),
                    Missed(on("2026-03-06"), Reason.DAY_OVER),
                )
            ),
            id="days of an outage",
        ),
        pytest.param(
            "2026-03-08T10:00Z", "2026-03-06", Wait(at("2026-03-09T08:00Z")), id="the weekend"
        ),
    ],
)
def test_what_is_due(now: str, last: str, expected: object) -> None:
    assert BERLIN.due(at(now), on(last), BERLIN.workdays(no_holiday)) == expected


@pytest.mark.parametrize(
    ("now", "last", "late", "expected"),
    [
        pytest.param(
            "2024-03-31T01:30Z",
            "2024-03-29",
            LATE,
            Post(on("2024-03-30"), at("2024-03-31T01:30Z")),
            id="in time, on the date after its own",
        ),
        pytest.param(
            "2024-03-31T05:30Z",
            "2024-03-29",
            LATE,
            Post(on("2024-03-30"), at("2024-03-31T01:30Z")),
            id="late on that date",
        ),
        pytest.param(
            "2024-04-01T00:30Z",
            "2024-03-29",
            timedelta(days=2),
            Skipped((Missed(on("2024-03-30"), Reason.DAY_OVER),)),
            id="overtaken by the next",
        ),
        pytest.param(
            "2024-06-02T01:00Z",
            "2024-05-31",
            LATE,
            Skipped((Missed(on("2024-06-01"), Reason.DAY_OVER),)),
            id="past midnight on any other day",
        ),
    ],
)
def test_a_date_in_nuuk_is_over_when_the_date_of_its_post_is(
    now: str, last: str, late: timedelta, expected: object
) -> None:
    assert NUUK.due(at(now), on(last), every_day, late) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-03-03T07:59Z", "2026-03-02", id="today is to come"),
        pytest.param("2026-03-03T08:00Z", "2026-03-03", id="today has begun"),
        pytest.param("2026-03-07T23:30Z", "2026-03-07", id="a day off counts too"),
    ],
)
def test_a_new_timetable_asks_nothing_in_retrospect(now: str, expected: str) -> None:
    assert BERLIN.settled(at(now)) == on(expected)
    assert isinstance(BERLIN.due(at(now), BERLIN.settled(at(now)), every_day), Wait)


def test_a_clock_that_goes_back_over_midnight_does_not_bring_a_date_again() -> None:
    midnight, later = at("2010-11-07T02:30Z"), at("2010-11-07T02:45Z")
    today = on("2010-11-07")
    assert ST_JOHNS.due(later, on("2010-11-06"), every_day) == Post(today, midnight)
    assert ST_JOHNS.settled(later) == today
    assert days(ST_JOHNS.next_posts(later, every_day, 1)) == ["2010-11-08"]


def test_a_date_that_never_was_is_neither_asked_nor_missed() -> None:
    noon = at("2011-12-30T22:00Z")
    wanted = Post(on("2011-12-31"), at("2011-12-30T19:00Z"))
    assert APIA.due(noon, on("2011-12-29"), every_day) == wanted


STEPS: Final = st.lists(
    st.integers(1, 12 * 60) | st.integers(1, 6 * 24 * 60), min_size=1, max_size=30
)


@given(
    steps=STEPS,
    timetable=st.sampled_from([BERLIN, NUUK, APIA, ST_JOHNS]),
    start=st.sampled_from(
        ["2011-12-27T12:00Z", "2024-03-27T12:00Z", "2024-10-23T12:00Z", "2010-11-05T12:00Z"]
    ),
)
def test_whenever_the_scheduler_wakes_each_working_day_is_asked_or_skipped_once(
    steps: list[int], timetable: Timetable, start: str
) -> None:
    now = at(start)
    first = last = timetable.settled(now)
    is_workday = timetable.workdays(no_holiday)
    handled: list[date] = []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        posts = 0
        while not isinstance(due := timetable.due(now, last, is_workday), Wait):
            new = [m.day for m in due.missed] if isinstance(due, Skipped) else [due.day]
            handled += new
            last = new[-1]
            if isinstance(due, Post):
                posts += 1
                assert due.planned <= now <= due.planned + LATE
        assert posts <= 1
        assert due.until == timetable.next_posts(now, is_workday, 1)[0].planned
    calendar = (first + timedelta(days=i) for i in range(1, (now.date() - first).days + 2))
    planned = {day: timetable.moment(day) for day in calendar if is_workday(day)}
    assert handled == [day for day, moment in planned.items() if moment and moment <= now]


@given(day=st.dates(date(2000, 1, 1), date(2035, 1, 1)), hour=st.times(), closes=st.times())
def test_a_question_is_open_for_a_while_and_for_a_day_at_most(
    day: date, hour: time, closes: time
) -> None:
    try:
        timetable = Timetable(hour, "America/New_York", closes=closes)
    except ValueError:
        return  # too short on any day; a table has it
    planned, closing = timetable.moment(day), timetable.closing(day)
    assert planned
    assert closing
    assert SHORTEST <= closing - planned <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param({"zone": "Europe/Bielefeld"}, "time zone", id="no such zone"),
        pytest.param({"weekdays": frozenset()}, "weekdays", id="no day"),
        pytest.param({"weekdays": frozenset({7})}, "weekdays", id="an eighth day"),
        pytest.param({"at": time(9, tzinfo=UTC)}, "time zone", id="a zone in the time"),
        pytest.param({"closes": time(17, tzinfo=UTC)}, "time zone", id="a zone in the end"),
        pytest.param({"closes": time(9, 9)}, "open for", id="too short"),
        pytest.param(
            {"at": time(23, 55), "closes": time(0, 4)}, "open for", id="too short over midnight"
        ),
    ],
)
def test_a_timetable_that_cannot_work_is_refused(arguments: dict[str, object], words: str) -> None:
    fields: dict[str, object] = {"at": time(9), "zone": "Europe/Berlin"} | arguments
    with pytest.raises(ValueError, match=words):
        Timetable(**fields)  # type: ignore[arg-type]  # one table for fields of many types


def test_moments_without_a_zone_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - what the test is about
    day = on("2026-03-02")
    for ask in (
        lambda: BERLIN.next_posts(naive, every_day, 1),
        lambda: BERLIN.due(naive, day, every_day),
        lambda: BERLIN.settled(naive),
        lambda: BERLIN.closing(day, naive),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            ask()
