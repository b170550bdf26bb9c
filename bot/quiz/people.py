"""Who people are to us: what Slack lists about them, what they chose, and their own streak."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.quiz.local_time import zone_named
from bot.quiz.player import ChannelId, TeamId, UserId
from bot.quiz.streaks import Streak, settle

USUAL_ZONE: Final = "UTC"
NO_CHANNEL: Final = ChannelId("")
SATURDAY: Final = 5
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Member:
    """A person as Slack lists them. `team` is the workspace they belong to; it is another one than
    the bot's for a stranger, who came through Slack Connect.
    """

    user: UserId
    team: TeamId
    name: str
    zone: str = ""
    is_admin: bool = False
    is_guest: bool = False
    is_gone: bool = False
    is_bot: bool = False
    is_stranger: bool = False


class Schedulers(StrEnum):
    """Who may set up questions for a channel."""

    ADMINS = "admins"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """`zone` is the calendar of the boards; `allowed` may schedule besides admins. Reports about
    questions and suggestions go to the channel `review`, and wait while it is empty.
    """

    zone: str = USUAL_ZONE
    schedulers: Schedulers = Schedulers.ADMINS
    allowed: frozenset[UserId] = frozenset()
    review: ChannelId = NO_CHANNEL


@dataclass(frozen=True, slots=True)
class Personal:
    """A person's choices: `zone` is the one that holds for them, chosen or not."""

    is_hidden: bool = False
    zone: str = USUAL_ZONE
    streak: Streak = field(default_factory=Streak)


def is_zone(key: str) -> bool:
    try:
        zone_named(key)
    except ValueError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Monday to Friday: outside of a channel nobody's holidays are known."""
    return day.weekday() < SATURDAY


def never(_: date) -> bool:
    """One's own streak excuses no day: one can always answer."""
    return False


def own_streak(state: Streak, at: datetime, zone: str) -> Streak:
    """A person's own streak as it stands at a moment on their calendar.

    An unfinished today counts against nobody.
    """
    return settle(state, at.astimezone(zone_named(zone)).date(), is_workday, never)


def plain_name(name: str) -> str:
    """A name on one line, without signs that turn the direction of what follows."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    short = kept if len(kept) <= LONGEST_NAME else f"{kept[: LONGEST_NAME - 1].rstrip()}…"
    return short or "Somebody"
