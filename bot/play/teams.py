"""Teams against each other, and the teams that people make themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeAlias

from bot.play.permissions import NotAllowed, Permissions
from bot.quiz.board import BoardQuery
from bot.quiz.membership import (
    Creating,
    Joining,
    Misnamed,
    NoSuchTeam,
    TeamLists,
    TeamSize,
    own_team_id,
    team_name,
)
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.teams import GroupId, Team, TeamScore, team_standings


class TeamStore(Protocol):
    """Raises `MemoryAway` when it cannot in time."""

    async def join_team(self, player: Player, team: GroupId) -> Joining: ...

    async def create_team(self, player: Player, name: str) -> Creating: ...

    async def leave_team(self, player: Player) -> str: ...

    async def delete_team(self, workspace: Workspace, team: GroupId) -> TeamSize | None: ...

    async def team_lists(self, player: Player) -> TeamLists: ...

    async def teams_on(
        self, player: Player, query: BoardQuery, at: datetime
    ) -> tuple[Sequence[Team], dict[UserId, int]]: ...


@dataclass(frozen=True, slots=True)
class TeamTable:
    """Gives a leaderboard its teams (`ports.TeamScores`).

    A team's score is (n * mean + k * overall) / (n + k): its n active members' mean points, drawn
    towards the mean of all active people of all teams as if k of them, who earned just that,
    had joined; k, the prior, is `quiz.teams.PRIOR_WEIGHT`. Active is who is on this very board:
    in its window, its place and its topic. People who hide count for their team, unnamed.
    """

    store: TeamStore

    async def teams(
        self, player: Player, query: BoardQuery, at: datetime
    ) -> tuple[TeamScore, ...]:
        """All teams with people, the best first; none where the workspace has no teams."""
        teams, points = await self.store.teams_on(player, query, at)
        return team_standings(teams, points)


@dataclass(frozen=True, slots=True)
class Unknown:
    """No team is called `name`; `lists` are those there are."""

    name: str
    lists: TeamLists


@dataclass(frozen=True, slots=True)
class Left:
    """They are in no own team now; `name` is of the one they were in, empty for none."""

    name: str


@dataclass(frozen=True, slots=True)
class ToDelete:
    """An admin may delete it, and has to say so once more."""

    team: TeamSize


@dataclass(frozen=True, slots=True)
class Deleted:
    team: TeamSize


Going: TypeAlias = Joining | Misnamed | Unknown
Deleting: TypeAlias = ToDelete | Deleted | NotAllowed | NoSuchTeam | Unknown | Misnamed

OWN: Final = GroupId("own-")


@dataclass(frozen=True, slots=True)
class OwnTeams:
    """Anybody may make a team, join one and leave it. A person is in one own team at a time:
    joining another leaves the first, and a team goes with the last of its people.
    """

    store: TeamStore
    permissions: Permissions

    async def lists(self, player: Player) -> TeamLists:
        return await self.store.team_lists(player)

    async def create(self, player: Player, typed: str) -> Creating | Misnamed:
        name = team_name(typed)
        if isinstance(name, Misnamed):
            return name
        return await self.store.create_team(player, name)

    async def join(self, player: Player, typed: str) -> Going:
        name = team_name(typed)
        if isinstance(name, Misnamed):
            return name
        outcome = await self.store.join_team(player, own_team_id(name))
        if isinstance(outcome, NoSuchTeam):
            return Unknown(name, await self.lists(player))
        return outcome

    async def join_by_id(self, player: Player, team: GroupId) -> Joining:
        """Only an own team can be joined: who is in a user group is decided in Slack."""
        if not team.startswith(OWN):
            return NoSuchTeam()
        return await self.store.join_team(player, team)

    async def leave(self, player: Player) -> Left:
        return Left(await self.store.leave_team(player))

    async def ask_to_delete(
        self, player: Player, actor_team: TeamId | None, typed: str
    ) -> Deleting:
        name = team_name(typed)
        if isinstance(name, Misnamed):
            return name
        if refused := await self._refused(player, actor_team):
            return refused
        lists = await self.lists(player)
        team = _find(lists.own, own_team_id(name))
        return ToDelete(team) if team else Unknown(name, lists)

    async def delete(self, player: Player, actor_team: TeamId | None, team: GroupId) -> Deleting:
        """Asked again whether they may: the question may have stood there for long."""
        if refused := await self._refused(player, actor_team):
            return refused
        deleted = await self.store.delete_team(player.workspace, team)
        return Deleted(deleted) if deleted else NoSuchTeam()

    async def _refused(self, player: Player, actor_team: TeamId | None) -> NotAllowed | None:
        found = await self.permissions.settings(player, actor_team)
        return found if isinstance(found, NotAllowed) else None


def _find(teams: Iterable[TeamSize], wanted: GroupId) -> TeamSize | None:
    return next((team for team in teams if team.id == wanted), None)
