"""What the server says about itself."""

from datetime import timedelta

import pytest

from bot.errors import MemoryAway
from bot.storage.connection import open_redis
from bot.storage.health import described
from bot.storage.redis_store import RedisStore

MOMENT = timedelta(milliseconds=1)


async def test_our_own_server_tells_all(store: RedisStore) -> None:
    state = await store.condition()
    assert state.server.startswith("Valkey ")
    assert state.keeps is False
    assert state.used > 0
    assert timedelta() < state.took < timedelta(seconds=5)
    assert any("appendonly" in warning for warning in state.warnings)


def test_a_server_that_tells_nothing_is_not_ill() -> None:
    state = described({}, MOMENT)
    assert (state.server, state.keeps, state.used, state.warnings) == ("", None, 0, ())


def test_redis_is_told_from_valkey() -> None:
    told = {"redis_version": "8.2.2", "aof_enabled": 1, "maxmemory": 4, "used_memory": 1}
    state = described(told, MOMENT)
    assert (state.server, state.keeps, state.limit) == ("Redis 8.2.2", True, 4)


async def test_no_server_is_no_answer() -> None:
    async with open_redis("redis://127.0.0.1:1") as nowhere:
        with pytest.raises(MemoryAway):
            await RedisStore(nowhere, deadline=0.3).condition()
