"""Public holidays, as the library knows them, in the shape that we ask for them."""

from datetime import date, time

import pytest

from bot.calendars import WorldCalendars
from bot.quiz.days_off import workdays
from bot.quiz.player import ChannelId, UserId
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable

CALENDARS = WorldCalendars()


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        pytest.param("DE", "2026-10-03", "German Unity Day", id="Germany"),
        pytest.param("DE", "2026-04-03", "Good Friday", id="a holiday that moves"),
        pytest.param("US", "2026-07-03", "Independence Day (observed)", id="observed on Friday"),
        pytest.param("US", "2026-11-26", "Thanksgiving Day", id="United States"),
        pytest.param("DE", "2026-07-04", None, id="not theirs"),
        pytest.param("DE", "2026-01-06", None, id="only in some of its regions"),
        pytest.param("", "2026-12-25", None, id="no country"),
        pytest.param("XX", "2026-12-25", None, id="a country that is not known"),
    ],
)
def test_a_holiday_has_its_name(country: str, day: str, name: str | None) -> None:
    assert CALENDARS.holiday(country, date.fromisoformat(day)) == name
    assert CALENDARS(country, date.fromisoformat(day)) is (name is not None)


def test_every_country_has_a_name_a_code_and_a_calendar() -> None:
    countries = CALENDARS.countries()
    assert len(countries) > 200
    assert len({country.code for country in countries}) == len(countries)
    names = {country.name for country in countries}
    assert len(names) == len(countries)
    assert {"Germany", "United States", "Türkiye", "Isle of Man", "Guinea-Bissau"} <= names
    assert not any("_" in name for name in names)
    for country in countries[::25]:
        CALENDARS.holiday(country.code, date(2026, 1, 1))


def test_a_channel_works_on_its_weekdays_but_for_holidays_and_its_own_days_off() -> None:
    table = Timetable(time(9), "Europe/Berlin", days_off=frozenset({date(2026, 12, 24)}))
    schedule = Schedule(ChannelId("C1"), UserId("U1"), table, date(2026, 1, 1), country="DE")
    is_workday = workdays(schedule, CALENDARS)
    days = [date(2026, 12, day) for day in range(21, 32)]
    assert [day.day for day in days if is_workday(day)] == [21, 22, 23, 28, 29, 30, 31]
