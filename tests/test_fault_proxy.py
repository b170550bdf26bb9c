import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnectionError

from bot.storage.local import embedded_server
from tests.fault_proxy import Fate, FaultProxy, fault_proxy


@asynccontextmanager
async def connected(proxy: FaultProxy) -> AsyncIterator[Redis]:
    """A client that never tries twice and has its connection ready."""
    once = Retry(NoBackoff(), 0)
    async with Redis(port=proxy.port, retry=once, socket_timeout=None) as redis:
        await redis.ping()
        yield redis


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[Path]:
    async with embedded_server(tmp_path, durable=False) as url:
        yield Path(unquote(urlsplit(url).path))


@pytest.fixture
async def proxy(address: Path) -> AsyncIterator[FaultProxy]:
    async with fault_proxy(address) as proxy:
        yield proxy


@pytest.fixture
async def direct(address: Path) -> AsyncIterator[Redis]:
    async with Redis(unix_socket_path=str(address)) as redis:
        yield redis


async def test_it_is_not_noticed_until_told_otherwise(proxy: FaultProxy) -> None:
    big = b"x" * 300_000
    async with connected(proxy) as redis:
        await redis.set("big", big)
        assert await redis.get("big") == big
    assert not proxy.struck.is_set()


async def test_a_dropped_reply_leaves_the_caller_waiting_for_a_command_that_ran(
    proxy: FaultProxy, direct: Redis
) -> None:
    async with connected(proxy) as redis:
        proxy.always(Fate.DROP)
        call = asyncio.ensure_future(redis.incr("count"))
        await proxy.struck.wait()
        assert await direct.get("count") == b"1"
        assert not call.done()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


async def test_a_held_reply_arrives_when_it_is_released(proxy: FaultProxy) -> None:
    async with connected(proxy) as redis:
        proxy.always(Fate.HOLD)
        call = asyncio.ensure_future(redis.incr("count"))
        await proxy.struck.wait()
        assert not call.done()
        proxy.release()
        assert await call == 1
        assert await redis.incr("count") == 2


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE])
async def test_a_cut_tells_the_caller_although_the_command_ran(
    proxy: FaultProxy, direct: Redis, fate: Fate
) -> None:
    async with connected(proxy) as redis:
        proxy.always(fate)
        with pytest.raises(NoConnectionError):
            await redis.incr("count")
    assert await direct.get("count") == b"1"


async def test_the_fate_of_each_reply_can_be_chosen(proxy: FaultProxy) -> None:
    proxy.fate = lambda reply: Fate.CUT if reply == b":2\r\n" else Fate.PASS
    async with connected(proxy) as redis:
        assert await redis.incr("count") == 1
        with pytest.raises(NoConnectionError):
            await redis.incr("count")
        assert await redis.incr("count") == 3


async def test_a_refused_caller_gets_nowhere_until_it_is_accepted_again(
    proxy: FaultProxy, direct: Redis
) -> None:
    async with connected(proxy) as redis:
        proxy.refuse()
        for _ in range(3):
            with pytest.raises(NoConnectionError):
                await redis.incr("count")
        assert await direct.get("count") is None
        proxy.accept()
        assert await redis.incr("count") == 1


async def test_it_works_on_a_port_too(proxy: FaultProxy) -> None:
    async with fault_proxy(("127.0.0.1", proxy.port)) as second, connected(second) as redis:
        assert await redis.ping()
