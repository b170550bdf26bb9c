"""Which channels a person is in, and where a message is: asked of Slack now and then, for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.errors import SlackAway, SlackRefused
from bot.play.home_ports import MemberStore, Rooms
from bot.quiz.occurrence import Occurrence
from bot.quiz.player import ChannelId, Player, UserId, Workspace

AGAIN: Final = timedelta(minutes=10)
"""When to ask again after Slack did not tell."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A channel's members are listed once an hour at most, by whoever needs them first; the others
    go by the former list meanwhile. So the number of calls grows with channels, not with people.
    """

    store: MemberStore
    rooms: Rooms

    async def channels_of(
        self, player: Player, channels: Sequence[ChannelId]
    ) -> tuple[ChannelId, ...]:
        """Those of the channels that the person is in."""
        if not channels:
            return ()
        await self.refresh(player.workspace, channels)
        return await self.store.channels_of(player, channels)

    async def refresh(self, workspace: Workspace, channels: Sequence[ChannelId]) -> None:
        for channel in await self.store.claim_asking(workspace, channels):
            await self._list(workspace, channel)

    async def _list(self, workspace: Workspace, channel: ChannelId) -> None:
        members: set[UserId] = set()
        try:
            async for page in self.rooms.members(workspace, channel):
                members.update(page)
        except (SlackRefused, SlackAway):  # the former list serves on
            await self.store.ask_again(workspace, channel, AGAIN)
        else:
            await self.store.keep_members(workspace, channel, members)

    async def link(self, workspace: Workspace, occurrence: Occurrence) -> str:
        """The address of a posted question; empty where Slack does not tell."""
        known = await self.store.link(workspace, occurrence.id)
        if known or not occurrence.posted:
            return known
        try:
            link = await self.rooms.link(workspace, occurrence.channel, occurrence.posted)
        except (SlackRefused, SlackAway):
            return ""
        await self.store.keep_link(workspace, occurrence.id, link)
        return link
