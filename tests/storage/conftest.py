"""Servers to promise things about: one in cluster mode, one behind a bad network."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.quiz.session import AttemptId
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from tests.fault_proxy import FaultProxy, fault_proxy
from tests.quiz.samples import FLAG, MOON, NINE, SKY, SNOW, press, right_answer, session_of
from tests.storage.calls import DONE, PATIENT
from tests.storage.cluster import cluster_server
from tests.storage.playing import ANA, BEN


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster() -> AsyncIterator[str]:
    with TemporaryDirectory(prefix="quiz-") as folder:
        async with cluster_server(Path(folder)) as url:
            yield url


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """One server, or what `EVERYWHERE` names."""
    return str(request.getfixturevalue(getattr(request, "param", "valkey")))


@pytest.fixture
async def redis(address: str) -> AsyncIterator[Redis]:
    async with open_redis(address) as client:
        await client.flushall()
        yield client


@pytest.fixture
async def stores(redis: Redis, address: str) -> AsyncIterator[list[RedisStore]]:
    """Several bots on one server."""
    async with AsyncExitStack() as stack:
        others = [await stack.enter_async_context(open_redis(address)) for _ in range(3)]
        yield [RedisStore(client, deadline=30) for client in (redis, *others)]


@pytest.fixture
def store(stores: list[RedisStore]) -> RedisStore:
    return stores[0]


@pytest.fixture
async def near(redis: Redis) -> RedisStore:
    """The same server without a bad network, where Ana has a session and Ben finished one."""
    store = RedisStore(redis, deadline=PATIENT)
    await store.start(ANA, session_of(SKY, FLAG, SNOW), AttemptId("start-ana"))
    await store.start(BEN, session_of(MOON, name=DONE), AttemptId("start-ben"))
    await store.answer(BEN, DONE, 0, right_answer(MOON), press(0), NINE)
    return store


@pytest.fixture
async def proxy(valkey: str) -> AsyncIterator[FaultProxy]:
    async with fault_proxy(Path(unquote(urlsplit(valkey).path))) as proxy:
        yield proxy


@pytest.fixture
async def far(proxy: FaultProxy) -> AsyncIterator[Redis]:
    async with open_redis(f"redis://127.0.0.1:{proxy.port}") as client:
        await client.ping()
        yield client


@pytest.fixture
async def shaky(far: Redis, near: RedisStore) -> RedisStore:  # noqa: ARG001  what is there already
    """It knows Ana's calendar, so that an answer is the next thing that goes wrong."""
    store = RedisStore(far, deadline=PATIENT)
    await store.personal(ANA, NINE)
    return store


@pytest.fixture
async def endless(proxy: FaultProxy, near: RedisStore) -> AsyncIterator[Redis]:  # noqa: ARG001  what is there already
    """A client that would wait for ever: only a deadline can end its calls."""
    never = Retry(NoBackoff(), 0)
    async with Redis(port=proxy.port, socket_timeout=None, retry=never) as client:
        await client.ping()
        yield client
