"""How the bot is: what Slack, Redis and the clock say about themselves."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Membership(StrEnum):
    """Whether the bot may post in a channel; `UNKNOWN` where Slack does not say."""

    MEMBER = "member"
    OUTSIDE = "outside"
    ARCHIVED = "archived"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SlackState:
    """`scopes` is None where Slack does not tell them; `ahead` is how much our clock is before
    Slack's, which is told to the second.
    """

    scopes: frozenset[str] | None
    ahead: timedelta | None
    took: timedelta


@dataclass(frozen=True, slots=True)
class MemoryState:
    """`limit` is 0 for none; `keeps` tells whether answers outlive a crash of the server, None
    where it does not say. `warnings` are sentences for the operator.
    """

    server: str
    keeps: bool | None
    used: int
    limit: int
    took: timedelta
    warnings: tuple[str, ...] = ()
