"""Where teams come from: Slack's user groups, and teams that people make themselves."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2s
from typing import Final, TypeAlias

from bot.quiz.player import UserId
from bot.quiz.teams import GroupId

MOST_GROUPS: Final = 40
"""User groups on one board. With all own teams it still is one table of Slack's."""
MOST_MEMBERS: Final = 5_000
"""Of a user group that can be a team. One of the whole company is none, and would be slow."""
MOST_OWN_TEAMS: Final = 50
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group as Slack lists it; `handle` is what it is mentioned by, without the sign."""

    id: GroupId
    name: str
    handle: str = ""
    members: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamSize:
    """A team with the number of its people."""

    id: GroupId
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamLists:
    """Teams by name. `mine` is the own team that the person is in: one at a time, so that nobody
    counts for two teams that they chose themselves.
    """

    own: tuple[TeamSize, ...] = ()
    groups: tuple[TeamSize, ...] = ()
    mine: GroupId | None = None

    @property
    def my_team(self) -> TeamSize | None:
        return next((team for team in self.own if team.id == self.mine), None)


# Own teams


class Misnamed(StrEnum):
    NAMELESS = "nameless"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Joined:
    """`left` is the team they were in until now, empty for none."""

    team: TeamSize
    left: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Already:
    """They are in it."""

    team: TeamSize


@dataclass(frozen=True, slots=True)
class Taken:
    """There is a team of that name; who wants to be in it joins it."""

    team: TeamSize


@dataclass(frozen=True, slots=True)
class NoSuchTeam:
    """It does not exist, or no longer: it goes with the last of its people."""


@dataclass(frozen=True, slots=True)
class TooManyTeams:
    """There are `MOST_OWN_TEAMS`."""


Joining: TypeAlias = Joined | Already | NoSuchTeam
Creating: TypeAlias = Joined | Already | Taken | TooManyTeams


def team_name(typed: str) -> str | Misnamed:
    """A name as it is shown: on one line, without signs that turn the direction of what follows,
    and without those that would make it look like a mention.

    Letters that only look different (full width, ligatures) become the usual ones.
    """
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):  # as Slack sends them
        typed = typed.replace(escaped, sign)
    usual = unicodedata.normalize("NFKC", typed)
    line = " ".join("".join(c if c.isprintable() else " " for c in usual).split())
    name = line.strip("\"'“”„«»` ").lstrip("@# ")
    if not any(c.isalnum() for c in name):
        return Misnamed.NAMELESS
    return name if len(name) <= LONGEST_NAME else Misnamed.TOO_LONG


def own_team_id(name: str) -> GroupId:
    """The same for names that differ only in case: that makes a second one impossible."""
    key = unicodedata.normalize("NFKC", name.casefold())
    return GroupId(f"own-{blake2s(key.encode(), digest_size=8).hexdigest()}")
