"""Teams in Redis: who is in which, and what they earned together, all in one step each."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from bot.quiz.board import BoardQuery
from bot.quiz.membership import (
    MOST_OWN_TEAMS,
    Already,
    Creating,
    Joined,
    Joining,
    NoSuchTeam,
    Taken,
    TeamLists,
    TeamSize,
    TooManyTeams,
    UserGroup,
    own_team_id,
)
from bot.quiz.player import Player, UserId, Workspace
from bot.quiz.teams import GroupId, Team
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.wire import text

JOIN: Final = Script("join_team", uses=("own_team",))
CREATE: Final = Script("create_team", uses=("own_team",))
LEAVE: Final = Script("leave_team", uses=("own_team",))
DELETE: Final = Script("delete_team", uses=("own_team",))
LIST: Final = Script("list_teams", uses=("own_team",))
KEEP_GROUPS: Final = Script("keep_groups")
READ: Final = Script("read_teams")


class Teams(Part):
    async def join_team(self, player: Player, team: GroupId) -> Joining:
        status, *rest = await self._change_own(JOIN, player.workspace, player.user, team)
        return NoSuchTeam() if status == b"unknown" else _joined(status, rest)

    async def create_team(self, player: Player, name: str) -> Creating:
        """`name` is as `team_name` gives it. Whoever makes a team is in it."""
        status, *rest = await self._change_own(
            CREATE, player.workspace, player.user, own_team_id(name), name, MOST_OWN_TEAMS
        )
        match status:
            case b"full":
                return TooManyTeams()
            case b"taken":
                return Taken(_size(rest[0]))
            case _:
                return _joined(status, rest, is_new=True)

    async def leave_team(self, player: Player) -> str:
        """The name of the team that was left; empty for none."""
        return text(await self._change_own(LEAVE, player.workspace, player.user))

    async def delete_team(self, workspace: Workspace, team: GroupId) -> TeamSize | None:
        """The team as it was; None when there is none."""
        found = await self._change_own(DELETE, workspace, team)
        return _size(found) if found else None

    async def team_lists(self, player: Player) -> TeamLists:
        workspace = player.workspace
        async with in_time(self._deadline):
            mine, own, groups = await LIST(
                self._redis, [*_own_keys(workspace), keys.groups(workspace)], [player.user]
            )
        return TeamLists(
            own=tuple(team for team in _sizes(own) if team.people),
            groups=_sizes(groups),
            mine=GroupId(text(mine)) if mine else None,
        )

    # User groups of Slack

    async def chosen_groups(self, workspace: Workspace) -> frozenset[GroupId]:
        async with in_time(self._deadline):
            found = await self._redis.hkeys(keys.groups(workspace))
        return frozenset(GroupId(text(group)) for group in found)

    async def choose_groups(self, workspace: Workspace, groups: Iterable[UserGroup]) -> None:
        """Put these on the leaderboard, and no others."""
        await self._keep_groups(workspace, "choose", groups)

    async def refresh_groups(self, workspace: Workspace, groups: Iterable[UserGroup]) -> None:
        """Take over names and members of those that are chosen; one that is not listed stays
        chosen, without members.
        """
        await self._keep_groups(workspace, "refresh", groups)

    async def _keep_groups(
        self, workspace: Workspace, way: str, groups: Iterable[UserGroup]
    ) -> None:
        packed = json.dumps([[g.id, g.name, sorted(g.members)] for g in groups])
        async with in_time(self._deadline):
            await KEEP_GROUPS(
                self._redis, [keys.groups(workspace), keys.members(workspace)], [way, packed]
            )

    async def keep_group_list(self, workspace: Workspace, groups: Sequence[UserGroup]) -> None:
        """Remember for a day what can be chosen."""
        packed = json.dumps([[g.id, g.name, g.handle] for g in groups])
        key = keys.group_list(workspace)
        async with in_time(self._deadline):
            await self._redis.set(key, packed, ex=keys.KEEP_GROUP_LIST)

    async def group_list(self, workspace: Workspace) -> tuple[UserGroup, ...]:
        """What can be chosen, without members; nothing when it is not known any more."""
        async with in_time(self._deadline):
            packed = await self._redis.get(keys.group_list(workspace))
        rows = json.loads(packed) if packed else []
        return tuple(UserGroup(GroupId(group), name, handle) for group, name, handle in rows)

    # On a board

    async def teams_on(
        self, player: Player, query: BoardQuery, at: datetime
    ) -> tuple[tuple[Team, ...], dict[UserId, int]]:
        """All teams that have people, and what each of these who is on the board earned.

        Of a team's people those who are on the board are named, and the player; see `Team`.
        """
        workspace = player.workspace
        async with in_time(self._deadline):
            zones = await self._ledger.zones(player, at)
            name = query.name(at, zones.workspace)
            packed, scores, teams = await READ(
                self._redis,
                [
                    *_own_keys(workspace),
                    keys.groups(workspace),
                    keys.board(workspace, name),
                    keys.shade(workspace, name),
                ],
                [player.user],
            )
        users = [UserId(user) for user in text(packed).split()]
        points = {
            user: int(score)
            for user, score in zip(users, text(scores).split(), strict=True)
            if score != "-"
        }
        return tuple(
            Team(
                GroupId(text(team)),
                text(name),
                frozenset(users[int(place)] for place in places.split()),
                others,
            )
            for team, name, others, places in teams
        ), points

    async def _change_own(self, script: Script, workspace: Workspace, *args: str | int) -> Any:
        async with in_time(self._deadline):
            return await script(self._redis, _own_keys(workspace), args)


def _own_keys(workspace: Workspace) -> list[str]:
    return [keys.own_teams(workspace), keys.members(workspace), keys.people(workspace)]


def _joined(status: bytes, rest: Sequence[Any], *, is_new: bool = False) -> Joined | Already:
    team = _size(rest[0])
    return Already(team) if status == b"already" else Joined(team, text(rest[1]), is_new)


def _size(row: Sequence[Any]) -> TeamSize:
    team, name, people = row
    return TeamSize(GroupId(text(team)), text(name), int(people))


def _sizes(rows: Iterable[Sequence[Any]]) -> tuple[TeamSize, ...]:
    teams = map(_size, rows)
    return tuple(sorted(teams, key=lambda team: (team.name.casefold(), team.name, team.id)))
