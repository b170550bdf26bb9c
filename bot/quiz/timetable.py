"""When a channel gets its question of the day, in every zone and on every clock change.

A post belongs to the local date it was meant for, whatever the clock shows when it goes out:
storage keys it by that date, so that no change of clock can double or drop one. Dates are
counted one by one; twenty-four hours are not always a day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final, TypeAlias

from bot.quiz.local_time import DAY, day_after, exists, in_utc, instant, zone_named

IsWorkday: TypeAlias = Callable[[date], bool]

WORKING_WEEK: Final = frozenset(range(5))
LATE: Final = timedelta(hours=4)
"""How much too late a post may still go out."""

SHORTEST: Final = timedelta(minutes=10)
"""How long a question is open at least."""

LONGEST_BREAK: Final = 366
"""After so many days without a working day a calendar counts as one that never works."""


class Reason(StrEnum):
    """Why a question was not asked; a day is over once the post of a newer one is due."""

    LATE = "late"
    CLOSED = "closed"
    DAY_OVER = "day over"


@dataclass(frozen=True, slots=True)
class Post:
    """`day` is the local date the post is meant for, `planned` its moment in UTC."""

    day: date
    planned: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    day: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class Skipped:
    """Dates that will not be asked any more, oldest first; never empty."""

    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`; None if no working day is in sight."""

    until: datetime | None


Due: TypeAlias = Post | Skipped | Wait


@dataclass(frozen=True, slots=True)
class Timetable:
    """Ask at `at` o'clock in `zone` (an IANA key) on `weekdays` (Monday is 0) but for `days_off`.

    The question closes at `closes`: on the next day if that is not later than `at`, and at `at`
    of the next day if it is None. ValueError for an unknown zone, for no weekday or one that
    does not exist, for times with a zone of their own, and for a closing time that leaves less
    than `SHORTEST`.
    """

    at: time
    zone: str
    weekdays: frozenset[int] = WORKING_WEEK
    closes: time | None = None
    days_off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError(f"weekdays are some of 0 to 6, not {sorted(self.weekdays)}")
        if self.at.tzinfo or self._closes.tzinfo:
            raise ValueError("the time zone belongs into `zone`, not into a time")
        open_for = (_since_midnight(self._closes) - _since_midnight(self.at)) % DAY
        if timedelta() < open_for < SHORTEST:
            raise ValueError(f"a question stays open for at least {SHORTEST}")

    def workdays(self, is_holiday: Callable[[date], bool]) -> IsWorkday:
        """Join weekdays, own days off and public holidays to one rule."""

        def is_workday(day: date) -> bool:
            wanted = day.weekday() in self.weekdays and day not in self.days_off
            return wanted and not is_holiday(day)

        return is_workday

    def moment(self, day: date) -> datetime | None:
        """The moment, in UTC, of the post that is meant for `day`; None if there is no such date.

        `instant` tells what clock changes do to it. Moments grow with their dates.
        """
        zone = zone_named(self.zone)
        return instant(day, self.at, zone) if exists(day, zone) else None

    def closing(self, day: date, posted: datetime | None = None) -> datetime | None:
        """The moment, in UTC, at which the question of `day` closes; None if `moment` is None.

        Never earlier than `SHORTEST` after the planned post, nor after the actual one if `posted`
        is given: a clock change or a late post must not close a question that nobody has seen.
        """
        planned = self.moment(day)
        if planned is None:
            return None
        zone = zone_named(self.zone)
        last = day if self._closes > self.at else day_after(day, zone)
        shown = planned if posted is None else max(planned, in_utc(posted))
        return max(instant(last, self._closes, zone), shown + SHORTEST)

    def next_posts(self, after: datetime, is_workday: IsWorkday, n: int) -> tuple[Post, ...]:
        """The first `n` posts later than `after`; fewer if the calendar stops working."""
        after = in_utc(after)
        # A post can fall on the date after its own.
        start = after.astimezone(zone_named(self.zone)).date() - DAY
        posts = self._posts(start, is_workday)
        return tuple(islice((post for post in posts if post.planned > after), n))

    def settled(self, now: datetime) -> date:
        """The newest date whose moment has come: what `last_day` is for a new timetable, a
        changed one or one that wakes from a pause, so that nothing is asked in retrospect.
        """
        now = in_utc(now)
        # A clock that goes back over midnight shows yesterday when today's moment has come.
        day = now.astimezone(zone_named(self.zone)).date() + DAY
        while (planned := self.moment(day)) is None or planned > now:
            day -= DAY
        return day

    def due(
        self, now: datetime, last_day: date, is_workday: IsWorkday, late: timedelta = LATE
    ) -> Due:
        """What to do now, when `last_day` is the newest date that was asked or skipped.

        Skipped comes first: record its dates, then ask again. So an outage ends with one post at
        most, the newest, and only if that is at most `late` after its moment, on the same local
        date and before it would close; there is never a backlog.
        """
        now = in_utc(now)
        pending: list[Post] = []
        upcoming: datetime | None = None
        for post in self._posts(last_day + DAY, is_workday):
            if post.planned > now:
                upcoming = post.planned
                break
            pending.append(post)
        if not pending:
            return Wait(upcoming)
        newest = pending.pop()
        missed = [Missed(post.day, Reason.DAY_OVER) for post in pending]
        if reason := self._too_late(newest, now, late):
            missed.append(Missed(newest.day, reason))
        return Skipped(tuple(missed)) if missed else newest

    @property
    def _closes(self) -> time:
        return self.at if self.closes is None else self.closes

    def _posts(self, start: date, is_workday: IsWorkday) -> Iterator[Post]:
        day, idle = start, 0
        while idle < LONGEST_BREAK:
            idle += 1
            if is_workday(day) and (planned := self.moment(day)):
                idle = 0
                yield Post(day, planned)
            day += DAY

    def _too_late(self, post: Post, now: datetime, late: timedelta) -> Reason | None:
        zone = zone_named(self.zone)
        if now.astimezone(zone).date() > post.planned.astimezone(zone).date():
            return Reason.DAY_OVER
        closing = self.closing(post.day)
        if closing and now >= closing:
            return Reason.CLOSED
        return Reason.LATE if now - post.planned > late else None


def _since_midnight(at: time) -> timedelta:
    return timedelta(0, at.second, at.microsecond, 0, at.minute, at.hour)
