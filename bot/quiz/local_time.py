"""Local dates and times of day as moments in UTC, on every clock change the same way."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)


def zone_named(key: str) -> ZoneInfo:
    """The zone of an IANA key such as `Europe/Berlin`; ValueError if there is none."""
    try:
        return ZoneInfo(key)
    except (KeyError, OSError, ValueError) as error:  # unknown, a folder, no relative path
        raise ValueError(f"there is no time zone {key!r}") from error


def in_utc(moment: datetime) -> datetime:
    """ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)


def exists(day: date, zone: tzinfo) -> bool:
    """Whether the local date was or will be: Samoa went from 29 to 31 December 2011."""
    # A gap that swallows the first and the last instant of a day has swallowed what is between.
    return any(_is_on_the_clock(datetime.combine(day, t, zone)) for t in (time.min, time.max))


def day_after(day: date, zone: tzinfo) -> date:
    """The next local date that exists."""
    day += DAY
    return day if exists(day, zone) else day_after(day, zone)


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment, in UTC, of a time of day on a local date that exists.

    A time that a clock change skips is read with the offset before the gap, so the moment comes
    later by the size of the gap and may fall on the next date (23:30 in Nuuk); of a time that is
    there twice, the first counts (RFC 5545, section 3.3.5).
    """
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def _is_on_the_clock(local: datetime) -> bool:
    shown = local.astimezone(UTC).astimezone(local.tzinfo)
    return shown.replace(tzinfo=None) == local.replace(tzinfo=None)
