"""How we talk to Redis: settings that leave time for a friendly word, and errors in our terms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import (
    ClusterDownError,
    ConnectionError as RedisConnectionError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TimeoutError as RedisTimeoutError,
    TryAgainError,
)

from bot.errors import MemoryAway

DEADLINE: Final = 1.4
"""Seconds for an operation with all its retries: the friendly word must be out within 2."""

JOBS_DEADLINE: Final = 5.0
"""The same for jobs, for which nobody waits: a busy moment must not look like a lost server."""

JOBS_SOCKET_TIMEOUT: Final = 2.0

AWAY: Final = (
    RedisConnectionError,
    RedisTimeoutError,
    TimeoutError,
    OSError,
    OutOfMemoryError,
    ReadOnlyError,
    ClusterDownError,
    MasterDownError,
    TryAgainError,
)
REFUSALS: Final = ("MISCONF", "NOREPLICAS", "BUSY ", "NOGOODSLAVE")
"""How a server begins to say that it takes no writes just now."""


@asynccontextmanager
async def open_redis(url: str, socket_timeout: float = 0.6) -> AsyncIterator[Redis]:
    """A client for short commands. Replies are bytes. `socket_timeout`: seconds for one reply."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=64,
        timeout=1,
        socket_timeout=socket_timeout,
        socket_connect_timeout=0.5,
        retry=Retry(ExponentialWithJitterBackoff(base=0.02, cap=0.2), retries=2),
    )
    client = Redis(connection_pool=pool)
    try:
        yield client
    finally:
        await client.aclose()
        await pool.aclose()


@asynccontextmanager
async def in_time(deadline: float = DEADLINE) -> AsyncIterator[None]:
    """Raise `MemoryAway` for whatever means that Redis cannot be had right now."""
    try:
        async with asyncio.timeout(deadline):
            yield
    except AWAY as error:
        raise MemoryAway from error
    except ResponseError as error:
        if str(error).startswith(REFUSALS):
            raise MemoryAway from error
        raise
