"""Who is in which channel, as Slack told last, and the addresses of messages: opening the Home tab
then asks Slack for neither.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from bot.quiz.occurrence import OccurrenceId
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.wire import text

AT_ONCE: Final = 5_000
"""Members in one command: about a millisecond of the server's time."""


class Members(Part):
    async def claim_asking(
        self, workspace: Workspace, channels: Sequence[ChannelId]
    ) -> tuple[ChannelId, ...]:
        """The channels whose members are to be asked for again, by this caller and nobody else."""
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            for channel in channels:
                fresh = keys.channel_members_fresh(workspace, channel)
                pipe.set(fresh, "1", nx=True, ex=keys.ASK_MEMBERS_EVERY)
            claimed = await pipe.execute()
        return tuple(c for c, is_mine in zip(channels, claimed, strict=True) if is_mine)

    async def ask_again(self, workspace: Workspace, channel: ChannelId, after: timedelta) -> None:
        """Slack did not tell: have it asked once more then, and not before."""
        async with in_time(self._deadline):
            await self._redis.set(keys.channel_members_fresh(workspace, channel), "1", ex=after)

    async def keep_members(
        self, workspace: Workspace, channel: ChannelId, members: Collection[UserId]
    ) -> None:
        """Put this list in the place of the former one, in one step."""
        key, listed = keys.channel_members(workspace, channel), sorted(members)
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(key)
            for start in range(0, len(listed), AT_ONCE):
                pipe.sadd(key, *listed[start : start + AT_ONCE])
            pipe.expire(key, keys.KEEP_MEMBERS)
            await pipe.execute()

    async def channels_of(
        self, player: Player, channels: Sequence[ChannelId]
    ) -> tuple[ChannelId, ...]:
        """Those that the person is in. Where nobody has listed the members, it is whoever has
        answered there.
        """
        workspace = player.workspace
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            for channel in channels:
                key = keys.channel_members(workspace, channel)
                pipe.exists(key)
                pipe.sismember(key, player.user)
                pipe.hexists(keys.streaks(workspace, channel), player.user)
            found = await pipe.execute()
        rows = zip(channels, found[::3], found[1::3], found[2::3], strict=True)
        return tuple(
            channel
            for channel, is_listed, is_member, has_answered in rows
            if (is_member if is_listed else has_answered)
        )

    async def link(self, workspace: Workspace, occurrence_id: OccurrenceId) -> str:
        """The address of the message, empty while it is not known."""
        async with in_time(self._deadline):
            found = await self._redis.get(keys.link(workspace, occurrence_id))
        return text(found) if found else ""

    async def keep_link(
        self, workspace: Workspace, occurrence_id: OccurrenceId, link: str
    ) -> None:
        async with in_time(self._deadline):
            await self._redis.set(keys.link(workspace, occurrence_id), link, ex=keys.KEEP_POST)
