"""What waits for a person: the newest questions of their channels, and those they missed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.quiz.occurrence import Occurrence, daily_id
from bot.quiz.player import ChannelId, Player
from bot.quiz.question import QuestionId
from bot.quiz.session import Answer
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.occurrences import unpack_occurrence
from bot.storage.part import Part
from bot.storage.snapshot import unpack_answer
from bot.storage.wire import text


class Today(Part):
    async def newest(
        self, player: Player, channels: Sequence[ChannelId]
    ) -> tuple[tuple[Occurrence, Answer | None], ...]:
        """The newest question of each channel that has one, with the person's own answer."""
        workspace = player.workspace
        if not channels:
            return ()
        async with in_time(self._deadline):
            days = await self._redis.hmget(keys.last_days(workspace), list(channels))
        asked = [
            daily_id(channel, date.fromisoformat(text(day)))
            for channel, day in zip(channels, days, strict=True)
            if day
        ]
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            for occurrence_id in asked:
                pipe.hgetall(keys.occurrence(workspace, occurrence_id))
                pipe.hget(keys.answers(workspace, occurrence_id), player.user)
            found = await pipe.execute()
        kept = [
            (unpack_occurrence(fields), answer)
            for fields, answer in zip(found[::2], found[1::2], strict=True)
        ]
        return tuple(
            (occurrence, unpack_answer(answer) if answer else None)
            for occurrence, answer in kept
            if occurrence
        )

    async def to_review(self, player: Player) -> tuple[QuestionId, ...]:
        """Missed questions that were not answered right since, the longest waiting first."""
        async with in_time(self._deadline):
            found: Sequence[Any] = await self._redis.zrange(keys.review(player), 0, -1)
        return tuple(QuestionId(text(question)) for question in found)
