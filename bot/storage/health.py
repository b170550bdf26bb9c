"""What the server says about itself, for `/quiz doctor`."""

from collections.abc import Mapping
from datetime import timedelta
from time import perf_counter
from typing import Any, Final

from redis.exceptions import ResponseError

from bot.quiz.health import MemoryState
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.server_check import check_server

TRIES: Final = 3
"""The quickest of them is told: a busy loop on our side says nothing about the server."""


class Health(Part):
    async def condition(self) -> MemoryState:
        """Some hosted servers keep their figures to themselves: they are not ill for that."""
        took = min([await self._round_trip() for _ in range(TRIES)])
        try:
            async with in_time(self._deadline):
                told: Mapping[str, Any] = await self._redis.info()
        except ResponseError:
            told = {}
        return described(told, took)

    async def _round_trip(self) -> timedelta:
        begin = perf_counter()
        async with in_time(self._deadline):
            await self._redis.ping()
        return timedelta(seconds=perf_counter() - begin)


def described(told: Mapping[str, Any], took: timedelta) -> MemoryState:
    """`told` is the reply to INFO."""
    kind = "valkey" if "valkey_version" in told else "redis"
    version = told.get(f"{kind}_version", "")
    persists = told.get("aof_enabled")
    return MemoryState(
        server=f"{kind.title()} {version}".strip() if told else "",
        keeps=None if persists is None else bool(int(persists)),
        used=int(told.get("used_memory", 0)),
        limit=int(told.get("maxmemory", 0)),
        took=took,
        warnings=tuple(check_server(told)),
    )
