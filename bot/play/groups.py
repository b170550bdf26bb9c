"""User groups of Slack as teams: admins choose some, and their members are kept up to date.

A leaderboard never asks Slack. One list of all groups is fetched every hour, and soon after an
event that says that one has changed; a burst of events is one list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from bot.errors import SlackAway, SlackRefused
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Clock
from bot.quiz.job import Again, Done, Job, JobKind, Next
from bot.quiz.membership import MOST_GROUPS, MOST_MEMBERS, TeamLists, UserGroup
from bot.quiz.player import ChannelId, Player, TeamId, Workspace
from bot.quiz.teams import GroupId

EVERY: Final = timedelta(hours=1)
SOON: Final = timedelta(seconds=5)
"""After an event, so that a burst of them is one call: Slack allows twenty a minute."""
AFTER_A_FAILURE: Final = timedelta(minutes=1)
NO_GROUPS: Final = frozenset({"paid_teams_only", "plan_upgrade_required", "paid_only"})
NO_SCOPE: Final = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})


class Problem(StrEnum):
    """Why there are no user groups to choose from."""

    NONE = "none"
    NO_SCOPE = "no scope"
    AWAY = "away"


class GroupDirectory(Protocol):
    async def groups(self, workspace: Workspace) -> Sequence[UserGroup]:
        """All that are in use. Raises `SlackRefused`, and soon `SlackAway`: people wait for it."""


class GroupStore(Protocol):
    """Raises `MemoryAway` when it cannot in time."""

    async def team_lists(self, player: Player) -> TeamLists: ...

    async def chosen_groups(self, workspace: Workspace) -> frozenset[GroupId]: ...

    async def choose_groups(self, workspace: Workspace, groups: Iterable[UserGroup]) -> None: ...

    async def refresh_groups(self, workspace: Workspace, groups: Iterable[UserGroup]) -> None: ...

    async def keep_group_list(self, workspace: Workspace, groups: Sequence[UserGroup]) -> None: ...

    async def group_list(self, workspace: Workspace) -> Sequence[UserGroup]: ...

    async def know_workspace(self, workspace: Workspace) -> None: ...

    async def put_job(self, job: Job, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """What an admin sees. With a `problem` there is nothing to choose from."""

    lists: TeamLists
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the form begins with: all groups that can be chosen, and those that are."""

    groups: Sequence[UserGroup]
    chosen: frozenset[GroupId]


@dataclass(frozen=True, slots=True)
class TooOld:
    """What could be chosen is forgotten: ask for it once more."""


Chosen: TypeAlias = TeamLists | Problem | NotAllowed


@dataclass(frozen=True, slots=True)
class Groups:
    store: GroupStore
    directory: GroupDirectory
    permissions: Permissions
    now: Clock

    async def look(self, player: Player, actor_team: TeamId | None) -> Choice | NotAllowed:
        """Fetch what an admin can choose from, before the form: that has to open at once."""
        allowed = await self.permissions.settings(player, actor_team)
        if isinstance(allowed, NotAllowed):
            return allowed
        listed = await self._listed(player.workspace)
        if not isinstance(listed, Problem):
            await self.store.keep_group_list(player.workspace, listed)
        problem = listed if isinstance(listed, Problem) else None if listed else Problem.NONE
        return Choice(await self.store.team_lists(player), problem)

    async def open(self, player: Player) -> Choosing | TooOld:
        """Everybody may see the form: it shows nothing secret, and `choose` asks who may."""
        listed = await self.store.group_list(player.workspace)
        if not listed:
            return TooOld()
        lists = await self.store.team_lists(player)
        chosen = frozenset(group.id for group in lists.groups)
        return Choosing(_with_gone(listed, lists), chosen)

    async def choose(
        self, player: Player, actor_team: TeamId | None, wanted: Sequence[GroupId]
    ) -> Chosen:
        """Put these groups on the leaderboard, at most `MOST_GROUPS` of them, with the members
        that they have now.
        """
        workspace = player.workspace
        allowed = await self.permissions.settings(player, actor_team)
        if isinstance(allowed, NotAllowed):
            return allowed
        listed = await self._listed(workspace) if wanted else ()
        if isinstance(listed, Problem):
            return listed
        before = await self.store.team_lists(player)
        found = [group for group in _with_gone(listed, before) if group.id in wanted]
        await self.store.choose_groups(workspace, found[:MOST_GROUPS])
        if found:
            await self.store.know_workspace(workspace)
            await self.store.put_job(_job(workspace), self.now() + EVERY)
        return await self.store.team_lists(player)

    async def hear(self, workspace: Workspace) -> None:
        """Slack says that a group has changed; whoever has chosen none need not care."""
        if await self.store.chosen_groups(workspace):
            await self.store.put_job(_job(workspace), self.now() + SOON)

    async def run(self, job: Job) -> Next:
        """Take over who is in the chosen groups. What Slack does not say stays as it was."""
        workspace = job.workspace
        chosen = await self.store.chosen_groups(workspace)
        if not chosen:
            return Done()
        try:
            listed = await self._teams(workspace)
        except SlackAway:
            return Again(self.now() + AFTER_A_FAILURE)
        except SlackRefused as error:  # not `Parked`: that would delay questions for nothing
            span = AFTER_A_FAILURE if error.code == "ratelimited" else EVERY
            return Again(self.now() + span)
        await self.store.refresh_groups(workspace, [g for g in listed if g.id in chosen])
        return Again(self.now() + EVERY)

    async def _teams(self, workspace: Workspace) -> Sequence[UserGroup]:
        groups = await self.directory.groups(workspace)
        return [group for group in groups if len(group.members) <= MOST_MEMBERS]

    async def _listed(self, workspace: Workspace) -> Sequence[UserGroup] | Problem:
        try:
            return await self._teams(workspace)
        except SlackAway:
            return Problem.AWAY
        except SlackRefused as error:
            if error.code in NO_GROUPS:
                return Problem.NONE
            return Problem.NO_SCOPE if error.code in NO_SCOPE else Problem.AWAY


def _with_gone(listed: Sequence[UserGroup], lists: TeamLists) -> tuple[UserGroup, ...]:
    """Also those that are chosen but that Slack does not list now: they stay, until somebody
    chooses them away.
    """
    known = {group.id for group in listed}
    gone = (UserGroup(g.id, g.name) for g in lists.groups if g.id not in known)
    return (*listed, *gone)


def _job(workspace: Workspace) -> Job:
    return Job(JobKind.GROUPS, workspace, ChannelId(""))
