"""A claim whose reply is lost costs the channel a moment, not its question."""

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import MemoryAway
from bot.quiz.occurrence import Claim, OccurrenceState
from bot.storage.redis_store import RedisStore
from tests.play.game import PLATFORM, Game, schedule_of


class LosesClaimReply(RedisStore):
    async def claim_post(self, *args: Any, **more: Any) -> Claim:
        await super().claim_post(*args, **more)
        raise MemoryAway


class LosesJob(RedisStore):
    async def put_job(self, *_: Any, **__: Any) -> None:
        raise MemoryAway


@pytest.mark.parametrize("forgetful", [LosesClaimReply, LosesJob])
async def test_the_next_try_posts_at_once_when_memory_failed_before_the_post(
    game: Game, forgetful: type[RedisStore]
) -> None:
    await game.save(schedule_of())
    await game.at("08:59")
    game.hand.moment = game.hand.moment.replace(hour=9, minute=0)
    steady = game.posting
    game.posting = replace(steady, store=forgetful(game.redis))
    with pytest.raises(MemoryAway):
        await game.post_due()
    assert game.channels.shown(PLATFORM) == []
    game.posting = steady
    await game.post_due()
    (message,) = game.channels.shown(PLATFORM)
    occurrence, _ = await game.kept()
    assert (occurrence.state, occurrence.posted) == (OccurrenceState.SENT, message.ts)
