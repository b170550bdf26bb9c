"""What admins can take back: a bad question of the day, and a channel's whole board."""

from dataclasses import dataclass
from typing import Protocol

from bot.play.channel_ports import Posts
from bot.play.permissions import NotAllowed, Permissions
from bot.play.scheduling import Actor
from bot.play.voiding import NothingToVoid, Voided, Voiding
from bot.quiz.occurrence import (
    OPEN,
    OVER,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    Tally,
    daily_id,
)
from bot.quiz.player import ChannelId, Workspace


class ModerationStore(Posts, Protocol):
    async def clear_boards(self, workspace: Workspace, place: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Voidable:
    """The newest question of a channel, and how many have answered it."""

    occurrence: Occurrence
    tally: Tally


@dataclass(frozen=True, slots=True)
class MayReset:
    """They may begin the channel's board anew."""


@dataclass(frozen=True, slots=True)
class BoardReset:
    pass


@dataclass(frozen=True, slots=True)
class Moderation:
    """Every step asks whether they are an admin: buttons stay in a channel for years."""

    store: ModerationStore
    permissions: Permissions
    voiding: Voiding

    async def newest(
        self, actor: Actor, channel: ChannelId
    ) -> Voidable | NothingToVoid | NotAllowed:
        """What `/quiz void` is about: the newest question that may be in the channel."""
        if refused := await self.refused(actor):
            return refused
        workspace = actor.player.workspace
        day = await self.store.last_day(workspace, channel)
        if day is None:
            return NothingToVoid()
        return await self._voidable(workspace, daily_id(channel, day))

    async def look(
        self, actor: Actor, occurrence_id: OccurrenceId
    ) -> Voidable | NothingToVoid | NotAllowed:
        """A question that somebody pointed at."""
        if refused := await self.refused(actor):
            return refused
        return await self._voidable(actor.player.workspace, occurrence_id)

    async def void(
        self, actor: Actor, occurrence_id: OccurrenceId
    ) -> Voided | NothingToVoid | NotAllowed:
        """Withdraw it: its points leave all boards, also when it is pressed twice."""
        if refused := await self.refused(actor):
            return refused
        return await self.voiding.void(actor.player.workspace, occurrence_id)

    async def may_reset(self, actor: Actor) -> MayReset | NotAllowed:
        return await self.refused(actor) or MayReset()

    async def reset(self, actor: Actor, channel: ChannelId) -> BoardReset | NotAllowed:
        """Begin all boards of a channel anew; the workspace's boards stay as they are."""
        if refused := await self.refused(actor):
            return refused
        await self.store.clear_boards(actor.player.workspace, channel)
        return BoardReset()

    async def refused(self, actor: Actor) -> NotAllowed | None:
        """None for an admin of the workspace."""
        settings = await self.permissions.settings(actor.player, actor.team)
        return settings if isinstance(settings, NotAllowed) else None

    async def _voidable(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> Voidable | NothingToVoid:
        found = await self.store.occurrence(workspace, occurrence_id)
        if found is None or found[0].state not in {*OPEN, *OVER}:
            return NothingToVoid()
        if found[0].state is OccurrenceState.CLAIMED:  # it is just being posted
            return NothingToVoid()
        return Voidable(*found)
