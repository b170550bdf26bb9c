"""A server without room takes nothing rather than a half."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from redis.asyncio import Redis

from bot.errors import MemoryAway
from bot.quiz.session import Answered, Started
from bot.storage.redis_store import RedisStore
from tests.storage.calls import EVERY_CALL, LOOKS

GROWS: Final = ["answer", "start", "stop", "share", "event", "hold", "welcome"]


async def contents(redis: Redis) -> dict[bytes, bytes | None]:
    return {key: await redis.dump(key) async for key in redis.scan_iter()}


@asynccontextmanager
async def full(redis: Redis) -> AsyncIterator[None]:
    await redis.config_set("maxmemory", 1)
    try:
        yield
    finally:
        await redis.config_set("maxmemory", 0)


@pytest.mark.parametrize("name", GROWS)
async def test_a_full_server_takes_nothing_and_later_the_whole(
    redis: Redis, near: RedisStore, name: str
) -> None:
    before = await contents(redis)
    async with full(redis):
        with pytest.raises(MemoryAway):
            await EVERY_CALL[name](near)
    assert await contents(redis) == before
    outcome = await EVERY_CALL[name](near)
    assert isinstance(outcome, Answered | Started) or outcome in {True, None}
    assert await contents(redis) != before


@pytest.mark.parametrize("name", LOOKS)
async def test_a_full_server_can_still_be_asked(redis: Redis, near: RedisStore, name: str) -> None:
    expected = await LOOKS[name](near)
    async with full(redis):
        assert await LOOKS[name](near) == expected
