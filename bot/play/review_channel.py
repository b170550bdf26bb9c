"""Admins decide about the workspace, and with it where reports about questions go."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from bot.play.doctor import Surroundings
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Clock
from bot.play.report_ports import Jobs
from bot.play.reporting import wake_reviews
from bot.play.scheduling import Actor
from bot.quiz.health import Membership
from bot.quiz.people import WorkspaceSettings
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.schedule import Schedule


class ChannelStore(Jobs, Protocol):
    async def schedule(self, workspace: Workspace, channel: ChannelId) -> Schedule | None: ...


class Unfit(StrEnum):
    """Why reports cannot go to a channel."""

    ASKED = "asked"
    OUTSIDE = "outside"
    ARCHIVED = "archived"
    UNSURE = "unsure"


UNFIT: Final = {
    Membership.OUTSIDE: Unfit.OUTSIDE,
    Membership.GONE: Unfit.OUTSIDE,
    Membership.ARCHIVED: Unfit.ARCHIVED,
    Membership.UNKNOWN: Unfit.UNSURE,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """`sent` things had waited for a channel, and go there now."""

    sent: int


Deciding: TypeAlias = Decided | Unfit | NotAllowed


@dataclass(frozen=True, slots=True)
class ReviewChannel:
    store: ChannelStore
    permissions: Permissions
    surroundings: Surroundings
    now: Clock

    async def decide(self, actor: Actor, wanted: WorkspaceSettings) -> Deciding:
        """Keep the settings of the workspace. A channel that is new is looked at first; one that
        was chosen before may have gone since, and other settings can be changed all the same.
        ValueError for a zone that does not exist.
        """
        workspace = actor.player.workspace
        before = await self.permissions.settings(actor.player, actor.team)
        if isinstance(before, NotAllowed):
            return before
        is_new = bool(wanted.review) and wanted.review != before.review
        if is_new and (unfit := await self._unfit(workspace, wanted.review)):
            return unfit
        await self.permissions.store.decide(workspace, wanted)
        return Decided(await wake_reviews(self.store, workspace, self.now) if is_new else 0)

    async def _unfit(self, workspace: Workspace, channel: ChannelId) -> Unfit | None:
        """Reports show what is right: not for those who are asked."""
        if await self.store.schedule(workspace, channel):
            return Unfit.ASKED
        found = await self.surroundings.memberships(workspace, [channel])
        return UNFIT.get(found[channel])
