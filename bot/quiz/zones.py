"""Time zones as people look for them: by city, country code or offset."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.quiz.local_time import in_utc, zone_named

AREAS: Final = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)
"""Zones elsewhere are older names of the same ones."""

_SIGNED: Final = re.compile(r"(?:utc|gmt)?\s*([+-−])\s*(\d{1,2})(?::?(\d{2}))?")  # noqa: RUF001  a minus sign


@dataclass(frozen=True, slots=True)
class Zone:
    """`key` is the IANA name, `offset` what it is ahead of UTC at the moment asked for."""

    key: str
    offset: timedelta


def described(key: str, at: datetime) -> Zone:
    """ValueError for an unknown zone."""
    return Zone(key, in_utc(at).astimezone(zone_named(key)).utcoffset() or timedelta())


def search_zones(words: str, at: datetime, limit: int = 100) -> tuple[Zone, ...]:
    """Zones whose names have all the words, or that have the offset; those where a part of the
    name begins with the first word come first. Without words it is all of them, by name.
    """
    wanted = words.strip().casefold()
    offset = _offset(wanted)
    if offset is not None:
        zones = (described(key, at) for key in _keys())
        return tuple(zone for zone in zones if zone.offset == offset)[:limit]
    parts = wanted.replace("_", " ").replace("/", " ").split()
    found = [key for key in _keys() if all(part in _readable(key) for part in parts)]
    if parts:
        found.sort(key=lambda key: f" {parts[0]}" not in f" {_readable(key)}")
    return tuple(described(key, at) for key in found[:limit])


def _readable(key: str) -> str:
    return key.casefold().replace("_", " ").replace("/", " ")


def _offset(wanted: str) -> timedelta | None:
    found = _SIGNED.fullmatch(wanted)
    if not found:
        return None
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return span if found[1] == "+" else -span


@cache
def _keys() -> tuple[str, ...]:
    """Read from disk once: the list does not change while we run."""
    known = available_timezones()
    return ("UTC", *sorted(key for key in known if key.partition("/")[0] in AREAS and _loads(key)))


def _loads(key: str) -> bool:
    """Opened here, so that the first search by offset need not open six hundred files."""
    return bool(ZoneInfo(key))
