"""The one place that wires: it opens everything, in order, and closes it again."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.bank.files import Bank
from bot.bank.shelf import Shelf
from bot.calendars import WorldCalendars
from bot.clock import utc_now
from bot.errors import ConfigError, MemoryAway
from bot.parts import (
    Ground,
    build_desk,
    build_news,
    build_parts,
    build_posting,
    build_regrading,
    build_scheduling,
)
from bot.play.ports import Chance, Clock
from bot.play.scheduling import Scheduling
from bot.quiz.editing import EditLinks
from bot.quiz.player import TeamId, Workspace
from bot.reloading import Reloading, Supply
from bot.scheduler import Scheduler, Sleep
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.background import Background
from bot.slack.chat import Chat
from bot.slack.guard import Guard
from bot.slack.pictures import BRIEFLY, PictureClient, PictureDesk
from bot.slack.socket_mode import SocketMode
from bot.slack.web import Details, Readiness, build_site
from bot.storage.connection import DEADLINE, JOBS_DEADLINE, JOBS_SOCKET_TIMEOUT, open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore
from bot.storage.server_check import check_server
from bot.supply import lag, open_notices

log = structlog.get_logger(__name__)

DRAIN_SECONDS: Final = 10.0


class SystemChance:
    """Chance that begins with the operating system, so that nobody can foresee it."""

    def __init__(self) -> None:
        # Seeded by the system: asking it again for each question costs a post a millisecond.
        self._random = random.Random(secrets.token_bytes(32))  # noqa: S311  shuffles options only

    def token(self) -> str:
        return secrets.token_urlsafe(9)

    def shuffle(self, positions: list[int]) -> None:
        self._random.shuffle(positions)


@dataclass(frozen=True, slots=True)
class Running:
    """What is open: `url` is where the HTTP side listens, `home` the workspace it works for."""

    url: str
    home: Workspace
    background: Background
    catalogue: Shelf
    socket: SocketMode | None
    scheduler: Scheduler
    scheduling: Scheduling
    store: RedisStore
    reloading: Reloading | None

    def watching(self) -> list[Awaitable[None]]:
        """What works on its own until it fails: then the process should end, and begin anew."""
        parts = (self.scheduler, self.socket, self.reloading)
        return [part.watch() for part in parts if part]


@asynccontextmanager
async def open_bot(
    settings: Settings,
    bank: Bank | Supply,
    *,
    now: Clock = utc_now,
    chance: Chance | None = None,
    sleep: Sleep = asyncio.sleep,
    deadline: float = DEADLINE,
) -> AsyncIterator[Running]:
    """The whole bot, listening. Raises ConfigError when Slack or Redis cannot be reached.

    A bank with its supply is read again whenever it changes; one without stays as it is.
    `deadline` is how many seconds Redis has for each answer; `sleep` sleeps on the clock of `now`.
    """
    chance = chance or SystemChance()
    async with AsyncExitStack() as stack:
        redis, for_jobs = await stack.enter_async_context(_open_memory(settings))
        http = await stack.enter_async_context(_open_http())
        # Not the client's own: it repeats a call whose answer was lost, and so posts twice.
        client = _client(settings, http, AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        home = await _check_token(client)
        store = RedisStore(redis, deadline)
        background = Background()
        shelf = Shelf((bank.bank if isinstance(bank, Supply) else bank).catalogue)
        ground = Ground(
            home,
            settings.quiz_command,
            store,
            shelf,
            WorldCalendars(),
            now,
            chance,
            EditLinks(settings.quiz_edit_url),
        )
        patient = replace(ground, store=RedisStore(for_jobs, JOBS_DEADLINE))
        quiet = _client(settings, http)
        desk = await stack.enter_async_context(_open_desk(ground, bank, http, client, quiet))
        chat = Chat(client, http, api_url=settings.slack_api_url, desk=desk)
        posting = build_posting(patient, quiet)
        scheduling = build_scheduling(ground, client, posting)
        parts, roster, home_tab = build_parts(ground, client, scheduling)
        reloading = _reloading(settings, bank, shelf, patient, quiet, desk)
        scheduler = Scheduler(patient.store, posting.run, now, sleep)
        app = build_app(client, chat, parts, background, roster.meet, home_tab.after)
        token = settings.slack_app_token.get_secret_value()
        socket = SocketMode(app, token, client, background) if token else None
        details = reloading.details if reloading else dict[str, str]
        site = _site(settings, _readiness(store, socket), details, None if socket else app)
        stack.push_async_callback(_drain, background)
        url = await stack.enter_async_context(_listening(settings, site, socket, background))
        await stack.enter_async_context(scheduler.running())
        await stack.enter_async_context(_watching(settings, reloading))
        yield Running(
            url, home, background, shelf, socket, scheduler, scheduling, store, reloading
        )


@asynccontextmanager
async def _open_desk(
    ground: Ground,
    bank: Bank | Supply,
    http: ClientSession,
    client: PictureClient,
    quiet: PictureClient,
) -> AsyncIterator[PictureDesk]:
    """What both clients send images with; whoever has clicked does not wait long for one."""
    roots = bank.reader.paths if isinstance(bank, Supply) else ()
    client.desk = quiet.desk = desk = build_desk(ground, client, http, roots)
    client.patience = BRIEFLY
    desk.begin()
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def _listening(
    settings: Settings, site: web.Application, socket: SocketMode | None, background: Background
) -> AsyncIterator[str]:
    """Where the HTTP side is; with a socket, Slack comes through that one."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(_serve(site, settings.host, settings.port))
        if socket:
            await stack.enter_async_context(socket.running())
            stack.push_async_callback(_drain, background)  # acks need the connection
        yield url


def _reloading(
    settings: Settings,
    bank: Bank | Supply,
    shelf: Shelf,
    ground: Ground,
    client: AsyncWebClient,
    desk: PictureDesk,
) -> Reloading | None:
    if not isinstance(bank, Supply):
        return None
    news = build_news(ground, client, lag(settings))
    return Reloading(bank, shelf, news.tell, [build_regrading(ground).note, desk.changed])


def _site(
    settings: Settings, readiness: Readiness, details: Details, app: AsyncApp | None
) -> web.Application:
    guard = Guard(settings.slack_signing_secret.get_secret_value().encode(), time.time)
    return build_site(readiness, details, app, guard if app else None)


@asynccontextmanager
async def _watching(settings: Settings, reloading: Reloading | None) -> AsyncIterator[None]:
    if reloading is None:
        yield
        return
    async with (
        open_notices(settings, reloading.supply.reader.paths) as notices,
        reloading.running(notices),
    ):
        yield


def _client(
    settings: Settings, http: ClientSession, *handlers: AsyncRetryHandler
) -> PictureClient:
    return PictureClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=http,
        timeout=10,
        retry_handlers=list(handlers),
    )


@asynccontextmanager
async def _open_memory(settings: Settings) -> AsyncIterator[tuple[Redis, Redis]]:
    """The operator's Redis, or a private Valkey over QUIZ_DATA: a client for clicks, and one for
    jobs, so that a busy nine o'clock takes no connection from a click.
    """
    async with AsyncExitStack() as stack:
        url = settings.redis_url.get_secret_value()
        if not url:
            url = await stack.enter_async_context(embedded_server(settings.quiz_data))
        redis = await stack.enter_async_context(open_redis(url))
        try:
            await RedisStore(redis, deadline=10).is_there()
        except MemoryAway as error:
            reason = error.__cause__
            raise ConfigError(f"REDIS_URL: no answer from the server ({reason})") from error
        if settings.redis_url.get_secret_value():
            for warning in check_server(await redis.info()):
                log.warning("redis needs attention", advice=warning)
        for_jobs = await stack.enter_async_context(open_redis(url, JOBS_SOCKET_TIMEOUT))
        yield redis, for_jobs


@asynccontextmanager
async def _open_http() -> AsyncIterator[ClientSession]:
    """One session for all calls to Slack: otherwise each opens a connection of its own."""
    connector = TCPConnector(limit=200, ttl_dns_cache=60)
    timeout = ClientTimeout(total=30, connect=5)
    async with ClientSession(connector=connector, timeout=timeout) as session:
        yield session


async def _check_token(client: AsyncWebClient) -> Workspace:
    """Who installed us. A wrong token should stop the start, not the first click."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "unknown")
        raise ConfigError(f"SLACK_BOT_TOKEN: Slack does not accept it ({code})") from error
    except (ClientError, TimeoutError, OSError) as error:
        raise ConfigError(f"Slack cannot be reached at {client.base_url}: {error}") from error
    log.info("slack knows us", team=answer.get("team_id"), bot=answer.get("user_id"))
    return Workspace(TeamId(str(answer.get("team_id"))))


def _readiness(store: RedisStore, socket: SocketMode | None) -> Readiness:
    async def wrong() -> Mapping[str, str]:
        problems = {}
        try:
            await store.is_there()
        except MemoryAway:
            problems["redis"] = "no answer"
        if socket and not await socket.is_connected():
            problems["slack"] = "socket is not connected"
        return problems

    return wrong


async def _drain(background: Background) -> None:
    """Last words: what was decided is shown before we go."""
    late = await background.drain(DRAIN_SECONDS)
    if late:
        log.warning("gave up on calls to slack", count=late)


@asynccontextmanager
async def _serve(site: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Listen, and say where: port 0 takes any free one."""
    # Slack compresses nothing; a body that pretends to be compressed must not be unpacked.
    runner = web.AppRunner(site, access_log=None, handle_signals=False, auto_decompress=False)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, host, port)
        try:
            await listener.start()
        except OSError as error:
            raise ConfigError(
                f"PORT {port} on {host} cannot be used ({error.strerror}). Choose another one."
            ) from error
        bound = runner.addresses[0][1]
        yield f"http://{host}:{bound}"
    finally:
        await runner.cleanup()
