"""The stretches of time that leaderboards count: their names, their order and their dates."""

from datetime import date, datetime
from enum import StrEnum

from bot.quiz.local_time import DAY, in_utc, zone_named


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


def window(moment: datetime, kind: Kind, zone: str) -> str:
    """The window of a moment on the calendar of `zone`, as storage and sorting like it.

    `2026-11-23`, `2026-W48` (ISO 8601: weeks begin on Monday and belong to the year of their
    Thursday, so 1 January 2027 is in `2026-W53`), `2026-11` or `all`.
    """
    return window_of(in_utc(moment).astimezone(zone_named(zone)).date(), kind)


def window_of(day: date, kind: Kind) -> str:
    """The window of a local date; `window` tells how it looks."""
    match kind:
        case Kind.DAY:
            return day.isoformat()
        case Kind.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case Kind.MONTH:
            return day.isoformat()[:7]
        case Kind.ALL:
            return "all"


def kind_of(name: str) -> Kind:
    """ValueError for a text that is no window."""
    return _read(name)[0]


def previous(name: str) -> str | None:
    """The window before; None before `all`."""
    kind, first = _read(name)
    return None if kind is Kind.ALL else window_of(first - DAY, kind)


def dates(name: str) -> tuple[date, date] | None:
    """The first and the last date of a window; None for `all`, which has neither."""
    kind, first = _read(name)
    if kind is Kind.ALL:
        return None
    after = first
    while window_of(after, kind) == name:
        after += DAY
    return first, after - DAY


def _read(name: str) -> tuple[Kind, date]:
    if name == "all":
        return Kind.ALL, date.min
    kind, text = Kind.DAY, name
    if "W" in name:
        kind = Kind.WEEK
    elif name.count("-") == 1:
        kind, text = Kind.MONTH, f"{name}-01"
    first = date.fromisoformat(text)
    if window_of(first, kind) != name:  # ISO 8601 knows more ways to write the same
        raise ValueError(f"{name!r} is no window")
    return kind, first
