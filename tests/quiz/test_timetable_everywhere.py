"""One post for each local date that exists, in every zone there is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.quiz.timetable import Timetable

Change: TypeAlias = tuple[datetime, timedelta | None, timedelta | None]

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
FIRST: Final = datetime(2005, 1, 1, 12, tzinfo=UTC)
LAST: Final = datetime(2035, 1, 1, 12, tzinfo=UTC)
WEEKS: Final = [FIRST + i * DAY for i in range(0, (LAST - FIRST).days, 7)]
HOURS: Final = (time(0), time(2, 30), time(9), time(23, 30))
ALWAYS: Final = frozenset(range(7))


def changes(zone: ZoneInfo) -> Iterator[Change]:
    """The first minute with another offset, in each week that ends with one; both offsets.

    The very first moment counts as well, so that a zone without changes is not left out.
    """
    yield FIRST, None, FIRST.astimezone(zone).utcoffset()
    offsets = [week.astimezone(zone).utcoffset() for week in WEEKS]
    for number, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            low, high = WEEKS[number], WEEKS[number + 1]
            while high - low > MINUTE:
                middle = low + (high - low) // 2 // MINUTE * MINUTE
                is_old = middle.astimezone(zone).utcoffset() == before
                low, high = (middle, high) if is_old else (low, middle)
            yield high, before, after


@pytest.fixture(scope="module")
def different_changes() -> dict[Change, str]:
    """Every clock change of every zone for thirty years, with one of the zones that have it.

    Between two changes a zone is a fixed offset, where every day is like the next, and zones that
    change together by the same are one zone for these days: the few thousand changes stand for
    the twenty-six million posts of all zones, and take seconds instead of minutes.
    """
    zones = sorted(available_timezones())
    return {change: key for key in zones for change in changes(ZoneInfo(key))}


def dates_on_the_clock(zone: ZoneInfo, around: datetime) -> list[date]:
    """The dates somebody sees who looks at the clock every hour for a week; without the first and
    the last, which may have been seen in part.
    """
    looks = (around + timedelta(hours=hour) for hour in range(-84, 84))
    return sorted({look.astimezone(zone).date() for look in looks})[1:-1]


@pytest.mark.parametrize("hour", HOURS, ids=str)
def test_each_date_on_the_clock_has_one_post_and_they_come_in_its_order(
    hour: time, different_changes: dict[Change, str]
) -> None:
    for (moment, *_), key in different_changes.items():
        timetable = Timetable(hour, key, ALWAYS)
        seen = dates_on_the_clock(ZoneInfo(key), moment)
        first = timetable.moment(seen[0])
        assert first
        posts = timetable.next_posts(first - MINUTE, lambda _: True, len(seen))
        assert [post.day for post in posts] == seen, (key, moment)
        assert all(a.planned < b.planned for a, b in pairwise(posts)), (key, moment)


def test_the_law_looks_at_many_changes_and_at_lost_days(
    different_changes: dict[Change, str],
) -> None:
    """It would hold for nothing at all, too."""
    assert len(different_changes) > 1000
    lost = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert [change[0] for change in changes(ZoneInfo("Pacific/Apia"))].count(lost) == 1
    assert date(2011, 12, 30) not in dates_on_the_clock(ZoneInfo("Pacific/Apia"), lost)
    assert date(2011, 12, 31) in dates_on_the_clock(ZoneInfo("Pacific/Apia"), lost)
