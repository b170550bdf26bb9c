"""Socket Mode: a connection that comes and goes loses no click, and a dead one does not stay."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientConnectionError, ClientSession
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.bank.files import Bank
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.sandbox.server import LocalSlack
from bot.slack.background import Background
from bot.slack.socket_mode import PATIENCE, PING, REBUILDS, SocketLost, SocketMode
from bot.slack.web import EVENTS
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, GENERAL, Hand, Stage, open_stage, open_worker
from tests.fault_proxy import Fate, FaultProxy, fault_proxy
from tests.slack.forgetful import open_forgetful

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))
UNTIL_REBUILT = int(PATIENCE / PING)


# Reconnecting


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
async def test_the_quiz_goes_on_over_a_new_connection(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, reason: str
) -> None:
    async with open_stage(valkey, colours, hand, sockets=True) as stage:
        await stage.type("/quiz start shapes", "How many sides")
        for action_id, words in (("answer:1", "Right: B"), ("next", "How many corners")):
            await stage.slack.disconnect(reason)
            await stage.slack.wait_until(lambda: stage.slack.connections)
            await stage.press(action_id, words)
        assert await redis.dbsize() > 0


async def test_a_click_under_way_while_the_connection_changes_counts_once(
    valkey: str, store: RedisStore, colours: Bank, hand: Hand
) -> None:
    """Its acknowledgement may go astray; then Slack delivers the click once more."""
    opened = open_forgetful(valkey, colours, hand, sockets=True, deadline=10)
    async with opened as (stage, proxy):
        ts = (await stage.type("/quiz start shapes", "How many sides")).ts
        proxy.always(Fate.HOLD)
        press = asyncio.create_task(stage.slack.press(ANA, GENERAL, ts, "answer:1"))
        await proxy.struck.wait()
        await stage.slack.disconnect()
        await stage.slack.wait_until(lambda: stage.slack.connections)
        proxy.release()
        first = await stage.see("Right: B")
        press.cancel()
        count = len(stage.slack.sent("response_url"))
        assert (await stage.slack.redeliver()).ok
        await stage.slack.wait_until(lambda: len(stage.slack.sent("response_url")) > count)
        again = await stage.see("Right: B")
        assert (again.ts, again.words) == (first.ts, first.words)
        assert "100 points" in again.words
        assert (await store.progress(PLAYER)).answered == 1


# Watching


@dataclass
class Clock:
    """Time goes on only when the test lets it."""

    slept: list[float] = field(default_factory=list)
    _asleep: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _ticks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def sleep(self, seconds: float) -> None:
        self._asleep.release()
        await self._ticks.acquire()
        self.slept.append(seconds)

    async def tick(self, times: int) -> None:
        """Let it sleep so often; returns when it sleeps again."""
        for _ in range(times):
            await self._asleep.acquire()
            self._ticks.release()
        await self._asleep.acquire()
        self._asleep.release()


async def nothing() -> None:
    """What is done with a visit; Bolt acknowledges it."""


@asynccontextmanager
async def open_socket(slack: LocalSlack, clock: Clock) -> AsyncIterator[SocketMode]:
    async with ClientSession() as http:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=http)
        app = AsyncApp(client=client, request_verification_enabled=False)
        app.event("app_home_opened")(nothing)
        socket = SocketMode(app, slack.app_token, client, Background(), clock.sleep)
        async with socket.running():
            yield socket


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    local = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with local.serve():
        yield local


def opened(slack: LocalSlack) -> int:
    """How often an address for a connection was asked for, and whatever came of it."""
    return sum(call.method == "apps.connections.open" for call in slack.calls)


async def lose(slack: LocalSlack) -> None:
    """The connection ends, and Slack does not let the client come back at once."""
    before = opened(slack)
    slack.fail_next("apps.connections.open", "internal_error")
    await slack.links.close()
    await slack.wait_until(lambda: opened(slack) > before and not slack.connections)


async def connected(slack: LocalSlack) -> None:
    """Wait until the client not only is connected, but knows it."""
    await slack.wait_until(lambda: slack.connections)
    slack.clear_notice(ANA)
    await slack.open_messages(ANA)
    assert slack.notice(ANA) == ""


async def test_a_client_that_stays_dead_is_built_anew(slack: LocalSlack) -> None:
    clock = Clock()
    async with open_socket(slack, clock) as socket:
        await connected(slack)
        await lose(slack)
        watching = asyncio.create_task(socket.watch())
        asked = opened(slack)
        await clock.tick(UNTIL_REBUILT - 1)
        assert not await socket.is_connected()
        assert opened(slack) == asked
        await clock.tick(1)
        await connected(slack)
        assert await socket.is_connected()
        assert clock.slept == [PING] * UNTIL_REBUILT
        assert not watching.done()
        watching.cancel()


async def test_a_living_client_is_left_alone(slack: LocalSlack) -> None:
    clock = Clock()
    async with open_socket(slack, clock) as socket:
        await connected(slack)
        watching = asyncio.create_task(socket.watch())
        await clock.tick(3 * UNTIL_REBUILT)
        assert opened(slack) == 1
        watching.cancel()


async def test_when_nothing_helps_the_process_is_told_to_end(slack: LocalSlack) -> None:
    clock = Clock()
    slack.fail_next("apps.connections.open", "internal_error", times=1_000)
    async with open_socket(slack, clock) as socket:
        ticking = asyncio.create_task(clock.tick(1_000))
        with pytest.raises(SocketLost):
            await socket.watch()
        ticking.cancel()
    assert clock.slept == [PING] * UNTIL_REBUILT * (REBUILDS + 1)


async def test_a_closed_socket_is_not_connected(slack: LocalSlack) -> None:
    async with open_socket(slack, Clock()) as socket:
        await slack.wait_until(lambda: slack.connections)
    assert not await socket.is_connected()
    await slack.wait_until(lambda: not slack.connections)


# Closing


async def is_listening(url: str) -> bool:
    try:
        async with ClientSession() as http, http.get(f"{url}/healthz"):
            return True
    except ClientConnectionError:
        return False


@asynccontextmanager
async def open_slow_slack(
    valkey: str, bank: Bank, hand: Hand, *, sockets: bool
) -> AsyncIterator[tuple[Stage, FaultProxy, AsyncExitStack]]:
    """A Slack whose answers can be held back, and a bot that is closed by closing the stack."""
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve():
        port = int(slack.url.rpartition(":")[2])
        async with fault_proxy(("127.0.0.1", port)) as proxy, AsyncExitStack() as stack:
            slack.workspace.url = f"http://127.0.0.1:{proxy.port}"
            worker = open_worker(slack, valkey, bank, hand, sockets=sockets)
            running = await stack.enter_async_context(worker)
            slack.bot_url = running.url + EVENTS
            if sockets:
                await slack.wait_until(lambda: slack.connections)
            yield Stage(slack, running), proxy, stack


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_call_to_a_slow_slack_is_finished_before_the_bot_goes(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    opened = open_slow_slack(valkey, colours, hand, sockets=sockets)
    async with opened as (stage, proxy, bot):
        ts = (await stage.type("/quiz start shapes", "How many sides")).ts
        await stage.running.background.drain()
        with capture_logs() as logged:
            proxy.fate = lambda reply: Fate.HOLD if reply.startswith(b"HTTP/") else Fate.PASS
            await stage.slack.press(ANA, GENERAL, ts, "answer:1")
            await proxy.struck.wait()
            assert len(stage.running.background) > 0
            closing = asyncio.create_task(bot.aclose())
            for _ in range(200):
                await asyncio.sleep(0)
            assert not closing.done()
            assert len(stage.running.background) > 0
            proxy.release()
            await closing
        assert logged == []
        assert len(stage.running.background) == 0
        assert not await is_listening(stage.running.url)
        await stage.see("Right: B")
        assert await redis.dbsize() > 0


async def test_a_click_under_way_is_acknowledged_before_the_bot_goes(
    valkey: str, store: RedisStore, colours: Bank, hand: Hand
) -> None:
    """The decision is held back in Redis; the socket must stay open for the acknowledgement."""
    async with AsyncExitStack() as bot:
        opened = open_forgetful(valkey, colours, hand, sockets=True, deadline=10)
        stage, proxy = await bot.enter_async_context(opened)
        ts = (await stage.type("/quiz start shapes", "How many sides")).ts
        proxy.always(Fate.HOLD)
        press = asyncio.create_task(stage.slack.press(ANA, GENERAL, ts, "answer:1"))
        await proxy.struck.wait()
        closing = asyncio.create_task(bot.aclose())
        proxy.release()
        await press
        await stage.see("Right: B")
        assert stage.slack.notice(ANA) == ""
        await closing
    assert (await store.progress(PLAYER)).answered == 1
