"""Dates and times in words, where Slack's own date tokens cannot go: in a zone that is named."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.blocks.result import listed
from bot.quiz.local_time import zone_named
from bot.quiz.timetable import WORKING_WEEK, Post, Timetable

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date, *, near: date) -> str:
    """`Mon 2 March`, with the year if it is not that of the date it is looked at from."""
    words = f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == near.year else f"{words} {day.year}"


def time_words(at: time) -> str:
    return at.strftime("%H:%M")


def moment_words(moment: datetime, zone: str, *, now: datetime) -> str:
    """`Mon 2 March at 09:00`, as clocks in the zone show it."""
    there = zone_named(zone)
    local = moment.astimezone(there)
    day = day_words(local.date(), near=now.astimezone(there).date())
    return f"{day} at {time_words(local.time())}"


def posts_words(posts: Sequence[Post], timetable: Timetable, *, now: datetime) -> list[str]:
    """The moments of posts, with a word where a clock change moves one."""
    return [_post_words(post, timetable, now) for post in posts]


def _post_words(post: Post, timetable: Timetable, now: datetime) -> str:
    local = post.planned.astimezone(zone_named(timetable.zone))
    words = moment_words(post.planned, timetable.zone, now=now)
    if local.time() == timetable.at and local.date() == post.day:
        return words
    return f"{words} (the clocks skip {time_words(timetable.at)})"


def change_words(posts: Sequence[Post], timetable: Timetable) -> str:
    """A word on a clock change between posts; empty if there is none."""
    zone = zone_named(timetable.zone)
    offsets = {post.planned.astimezone(zone).utcoffset() for post in posts}
    if len(offsets) < 2:  # noqa: PLR2004  before and after
        return ""
    return f"The clocks change in between; it stays at {time_words(timetable.at)} local time."


def weekdays_words(weekdays: Collection[int]) -> str:
    """`Monday to Friday`, `every day`, `Monday and Thursday`."""
    if len(weekdays) == len(DAYS):
        return "every day"
    if set(weekdays) == WORKING_WEEK:
        return "Monday to Friday"
    return listed([DAYS[number] for number in sorted(weekdays)])


def offset_words(offset: timedelta) -> str:
    """`UTC+05:45`, `UTC-03:00`; to the minute."""
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def span_words(span: timedelta) -> str:
    """`3 seconds`, `2 minutes`, `5 hours`, `3 days`: in the largest unit that is full."""
    seconds = int(span.total_seconds())
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60))
    for unit, size in units:
        if seconds >= size:
            return _counted(seconds // size, unit)
    return _counted(seconds, "second")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
