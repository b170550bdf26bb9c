"""Days on which a channel is not asked: a country's holidays, and its own, as people write them.

Which day is a holiday is knowledge of the world, so it comes in through `Calendars`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol, TypeAlias

from bot.quiz.local_time import DAY
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import IsWorkday

LONGEST_RANGE: Final = 366
"""In days: a longer one is rather a slip of the finger in the year."""

MOST_DAYS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is that of ISO 3166-1, such as `DE`; `name` is plain English."""

    code: str
    name: str


class Calendars(Protocol):
    def holiday(self, country: str, day: date) -> str | None:
        """The holiday's name, None for a common day. No country, or one that is not known (any
        more), has no holidays.
        """

    def countries(self) -> Sequence[Country]:
        """All that have a calendar, by name."""


IsHoliday: TypeAlias = Callable[[date], bool]


def workdays(schedule: Schedule, calendars: Calendars) -> IsWorkday:
    """When a channel is asked: on its weekdays, but for its own days off and its country's."""
    return schedule.timetable.workdays(
        lambda day: calendars.holiday(schedule.country, day) is not None
    )


class Flaw(StrEnum):
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_DATE = "no such date"
    BACKWARDS = "backwards"
    TOO_LONG = "too long"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class BadLine:
    """What is wrong with a line; the first one is number 1."""

    number: int
    text: str
    flaw: Flaw


_ISO: Final = r"(?P<{0}y>\d{{4}})-(?P<{0}m>\d{{1,2}})-(?P<{0}d>\d{{1,2}})"
_DOTTED: Final = r"(?P<{0}d>\d{{1,2}})\.\s?(?P<{0}m>\d{{1,2}})\.\s?(?P<{0}y>\d{{4}})"
_NAMED: Final = r"(?P<{0}d>\d{{1,2}})\.?\s+(?P<{0}m>[a-z]{{3,9}})\.?,?\s+(?P<{0}y>\d{{4}})"
_DATES: Final = (_ISO, _DOTTED, _NAMED)
_BETWEEN: Final = r"\s*(?:\bto\b|\buntil\b|\.\.+|…|[-–—])\s*"  # noqa: RUF001  as people type them
_SLASHES: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_LINES: Final = tuple(
    re.compile(written.format("a") + f"(?:{_BETWEEN}{written.format('b')})?") for written in _DATES
)
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_days_off(text: str) -> tuple[frozenset[date], tuple[BadLine, ...]]:
    """Dates and ranges, one on each line; whatever follows a `#` is a note of the author.

    A date is `2026-12-24`, `24.12.2026` or `24 Dec 2026`, and a range has `to`, dashes or dots
    between two of one kind, both included. Every line with a flaw is told, not just the first.
    """
    days: set[date] = set()
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].strip().rstrip(",;").rstrip()
        found = _read(words.casefold()) if words else ()
        if not isinstance(found, Flaw) and len(days | set(found)) > MOST_DAYS:
            found = Flaw.TOO_MANY
        if isinstance(found, Flaw):
            bad.append(BadLine(number, words, found))
        else:
            days.update(found)
    return frozenset(days), tuple(bad)


def write_days_off(days: Iterable[date]) -> str:
    """The text that `read_days_off` makes these days of, with ranges where days follow another."""
    return "\n".join(
        first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
        for first, last in _ranges(sorted(days))
    )


def _ranges(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    if not days:
        return
    first = days[0]
    for day, following in pairwise(days):
        if following != day + DAY or (following - first).days >= LONGEST_RANGE:
            yield first, day
            first = following
    yield first, days[-1]


def _read(words: str) -> Sequence[date] | Flaw:
    written = next(filter(None, (line.fullmatch(words) for line in _LINES)), None)
    if written is None:
        return Flaw.AMBIGUOUS if _SLASHES.search(words) else Flaw.UNREADABLE
    first = _date(written, "a")
    last = _date(written, "b") if written["by"] else first
    if first is None or last is None:
        return Flaw.NO_SUCH_DATE
    length = (last - first).days + 1
    if length < 1:
        return Flaw.BACKWARDS
    if length > LONGEST_RANGE:
        return Flaw.TOO_LONG
    return [first + DAY * i for i in range(length)]


def _date(written: re.Match[str], which: str) -> date | None:
    month = _month(written[f"{which}m"])
    try:
        return date(int(written[f"{which}y"]), month, int(written[f"{which}d"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """0, which no date has, for a word that begins no month."""
    if name.isdecimal():
        return int(name)
    return next((i for i, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
