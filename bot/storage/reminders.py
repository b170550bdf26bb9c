"""Who wants to be reminded of open questions, and who has been today."""

from datetime import date

from bot.quiz.occurrence import Occurrence
from bot.quiz.player import Player, UserId, Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.wire import text


class Reminders(Part):
    async def wants_reminders(self, player: Player) -> bool:
        async with in_time(self._deadline):
            key = keys.reminders(player.workspace)
            return bool(await self._redis.sismember(key, player.user))

    async def choose_reminders(self, player: Player, *, wanted: bool) -> None:
        key = keys.reminders(player.workspace)
        async with in_time(self._deadline):
            await (self._redis.sadd if wanted else self._redis.srem)(key, player.user)

    async def to_remind(self, workspace: Workspace, occurrence: Occurrence) -> tuple[UserId, ...]:
        """Members of the channel who want it, are not gone and have not answered; by their ids."""
        wanting = keys.reminders(workspace)
        members = keys.channel_members(workspace, occurrence.channel)
        async with in_time(self._deadline):
            found = sorted(map(text, await self._redis.sinter([wanting, members])))
        if not found:
            return ()
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            pipe.hmget(keys.answers(workspace, occurrence.id), found)
            for user in found:
                pipe.hexists(keys.person(Player(workspace, UserId(user))), "gone")
            answers, *gone = await pipe.execute()
        return tuple(
            UserId(user)
            for user, answer, is_gone in zip(found, answers, gone, strict=True)
            if not (answer or is_gone)
        )

    async def claim_reminder(self, player: Player, day: date) -> bool:
        """True once for each person and date. A lost reply means no reminder rather than two."""
        key = keys.reminded(player.workspace, day)
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.sadd(key, player.user)
            pipe.expire(key, keys.KEEP_REMINDED)
            is_new, _ = await pipe.execute()
        return bool(is_new)

    async def release_reminder(self, player: Player, day: date) -> None:
        """It was certainly not sent."""
        async with in_time(self._deadline):
            await self._redis.srem(keys.reminded(player.workspace, day), player.user)
