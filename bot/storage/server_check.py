"""Is a server fit to keep people's answers? Judged by what it says about itself."""

import re
from collections.abc import Mapping
from typing import Any, Final

Version = tuple[int, ...]

# The first releases in which a script can no longer break out of its sandbox (CVE-2025-49844).
OLDEST: Final[Mapping[str, Version]] = {"valkey": (8, 1, 4), "redis": (8, 2, 2)}
FULL: Final = 0.8  # share of maxmemory from which an operator should act


def version(text: str) -> Version:
    """The first number with dots in a text, as `(8, 1, 4)`; empty if there is none."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(map(int, found[0].split("."))) if found else ()


def dotted(numbers: Version) -> str:
    return ".".join(map(str, numbers))


def check_server(info: Mapping[str, Any]) -> list[str]:
    """Warnings for the operator, from the reply to INFO; an empty list is a good sign.

    A figure that the server leaves out, as hosted ones do, is not held against it.
    """
    return [*_age(info), *_eviction(info), *_durability(info), *_room(info)]


def _age(info: Mapping[str, Any]) -> list[str]:
    kind = "valkey" if "valkey_version" in info else "redis"
    found = version(str(info.get(f"{kind}_version", "")))
    if not found or found >= OLDEST[kind]:
        return []
    return [
        (
            f"The server is {kind.title()} {dotted(found)}, which has known security holes. "
            f"Update it to {dotted(OLDEST[kind])} or newer."
        )
    ]


def _eviction(info: Mapping[str, Any]) -> list[str]:
    policy = info.get("maxmemory_policy", "noeviction")
    if policy == "noeviction":
        return []
    return [
        (
            f"The server throws answers away when its memory is full (maxmemory-policy {policy}). "
            "Set maxmemory-policy to noeviction."
        )
    ]


def _durability(info: Mapping[str, Any]) -> list[str]:
    if int(info.get("aof_enabled", 1)):
        return []
    return [
        (
            "The server may forget the newest answers when it stops (appendonly is off). "
            "Set appendonly to yes and appendfsync to always."
        )
    ]


def _room(info: Mapping[str, Any]) -> list[str]:
    limit = int(info.get("maxmemory", 0))
    used = int(info.get("used_memory", 0))
    if not limit or used <= FULL * limit:
        return []
    return [
        (
            f"The server's memory is {used * 100 // limit} % full. "
            "Raise maxmemory soon: a full server cannot take answers."
        )
    ]
