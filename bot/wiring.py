"""The one place that wires: it opens everything, in order, and closes it again."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from redis.asyncio import Redis
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.bank.catalogue import Catalogue
from bot.bank.files import Bank, read_bank
from bot.calendars import WorldCalendars
from bot.errors import ConfigError, MemoryAway
from bot.manifest import SCOPES
from bot.play.boards import Boards
from bot.play.daily import Daily
from bot.play.doctor import Doctor
from bot.play.groups import Groups
from bot.play.home import Home
from bot.play.live import Live
from bot.play.live_running import Running as LiveRunning
from bot.play.membership import Membership
from bot.play.moderation import Moderation
from bot.play.pausing import Pausing
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Chance, Clock
from bot.play.posting import Posting
from bot.play.privacy import Privacy
from bot.play.proposal import Proposing
from bot.play.reminders import Reminders
from bot.play.review import Review
from bot.play.roster import Roster
from bot.play.scheduling import Scheduling
from bot.play.solo import Solo
from bot.play.teams import OwnTeams, TeamTable
from bot.play.weekly import Weekly
from bot.quiz.job import JobKind
from bot.quiz.player import Player, TeamId, Workspace
from bot.scheduler import Scheduler, Sleep
from bot.settings import Settings
from bot.slack.app import Registers, build_app
from bot.slack.background import Background
from bot.slack.boards import Comparing
from bot.slack.calls import Calls
from bot.slack.channel_chat import SlackChannels
from bot.slack.chat import Chat
from bot.slack.daily import AnsweringDaily
from bot.slack.deciding import Deciding
from bot.slack.directory import Directory
from bot.slack.guard import Guard
from bot.slack.home import HomeTab
from bot.slack.live import PlayingLive
from bot.slack.live_chat import LiveChannels
from bot.slack.moderating import Moderating
from bot.slack.playing import Playing
from bot.slack.rooms import Rooms
from bot.slack.scheduling import SettingUp
from bot.slack.socket_mode import SocketMode
from bot.slack.surroundings import Surroundings
from bot.slack.talking import Talking
from bot.slack.teams import Teaming
from bot.slack.usergroups import UserGroups
from bot.slack.web import Readiness, build_site
from bot.storage.connection import DEADLINE, JOBS_DEADLINE, JOBS_SOCKET_TIMEOUT, open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore
from bot.storage.server_check import check_server

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


def utc_now() -> datetime:
    return datetime.now(UTC)


def load_bank(settings: Settings) -> Bank:
    """Every page that can be read; its problems are logged. Raises ConfigError without a quiz."""
    bank = read_bank(settings.quiz_content, site_url=settings.quiz_site_url or None)
    for problem in bank.problems:
        log.warning("problem in the bank", problem=str(problem))
    if not bank.catalogue.quizzes:
        where = ", ".join(map(str, settings.quiz_content))
        raise ConfigError(
            f"There is no quiz in {where}. `quizbot lint {where}` says why; "
            "QUIZ_CONTENT names another folder."
        )
    return bank


@dataclass(frozen=True, slots=True)
class Running:
    """What is open: `url` is where the HTTP side listens, `home` the workspace it works for."""

    url: str
    home: Workspace
    background: Background
    catalogue: Catalogue
    socket: SocketMode | None
    scheduler: Scheduler
    scheduling: Scheduling
    store: RedisStore

    def watching(self) -> list[Awaitable[None]]:
        """What works on its own until it fails: then the process should end, and begin anew."""
        return [self.scheduler.watch(), *([self.socket.watch()] if self.socket else [])]


@asynccontextmanager
async def open_bot(
    settings: Settings,
    bank: Bank,
    *,
    now: Clock = utc_now,
    chance: Chance | None = None,
    sleep: Sleep = asyncio.sleep,
    deadline: float = DEADLINE,
) -> AsyncIterator[Running]:
    """The whole bot, listening. Raises ConfigError when Slack or Redis cannot be reached.

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
        chat = Chat(client, http, api_url=settings.slack_api_url)
        ground = Ground(
            home, settings.quiz_command, store, bank.catalogue, WorldCalendars(), now, chance
        )
        patient = RedisStore(for_jobs, JOBS_DEADLINE)
        posting = _posting(replace(ground, store=patient), _client(settings, http))
        scheduling = _scheduling(ground, client, posting)
        parts, roster, home_tab = _parts(ground, client, scheduling)
        scheduler = Scheduler(patient, posting.run, now, sleep)
        app = build_app(client, chat, parts, background, roster.meet, home_tab.after)
        socket = None
        if settings.is_socket_mode:
            token = settings.slack_app_token.get_secret_value()
            socket = SocketMode(app, token, client, background)
        guard = Guard(settings.slack_signing_secret.get_secret_value().encode(), time.time)
        site = build_site(
            _readiness(store, socket),
            None if socket else app,
            None if socket else guard,
        )
        stack.push_async_callback(_drain, background)
        url = await stack.enter_async_context(_serve(site, settings.host, settings.port))
        if socket:
            await stack.enter_async_context(socket.running())
            stack.push_async_callback(_drain, background)  # acks need the connection
        await stack.enter_async_context(scheduler.running())
        yield Running(url, home, background, bank.catalogue, socket, scheduler, scheduling, store)


@dataclass(frozen=True, slots=True)
class Ground:
    """What nearly every use case stands on; `home` is the workspace that installed us."""

    home: Workspace
    command: str
    store: RedisStore
    catalogue: Catalogue
    calendars: WorldCalendars
    now: Clock
    chance: Chance


def _client(
    settings: Settings, http: ClientSession, *handlers: AsyncRetryHandler
) -> AsyncWebClient:
    return AsyncWebClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=http,
        timeout=10,
        retry_handlers=list(handlers),
    )


def _parts(
    ground: Ground, client: AsyncWebClient, scheduling: Scheduling
) -> tuple[Sequence[Registers], Roster, HomeTab]:
    """What listens to Slack, each part with its use cases; the roster is told who came by, and
    the Home tab of what was pressed in it.
    """
    command, store, catalogue = ground.command, ground.store, ground.catalogue
    now, chance, calls = ground.now, ground.chance, Calls(client)
    directory = Directory(calls)
    permissions = scheduling.permissions
    roster = Roster(store, directory, now, chance)
    solo = Solo(store, catalogue, now, chance)
    playing = Playing(solo, command)
    comparing = Comparing(Boards(store, catalogue, now, chance, TeamTable(store)), command)
    privacy = Privacy(store, catalogue, roster, now)
    deciding = Deciding(privacy, permissions, command)
    teaming = Teaming(OwnTeams(store, permissions), _groups(ground, client), command)
    setting_up, moderating = _for_channels(ground, client, scheduling)
    live = _live(ground, permissions)
    spoken = (comparing, deciding, teaming, setting_up, moderating, live)
    others = {name: obey for part in spoken for name, obey in part.words.items()}
    talking = Talking(playing, chance, others)
    membership = Membership(store, Rooms(calls))
    home = Home(store, solo, Review(store, solo), membership, ground.calendars, now)
    home_tab = HomeTab(home, privacy, playing, calls)
    daily = AnsweringDaily(Daily(store, catalogue, now), store, command)
    return (playing, talking, *spoken, home_tab, daily), roster, home_tab


def _live(ground: Ground, permissions: Permissions) -> PlayingLive:
    async def is_admin(player: Player, actor_team: TeamId | None) -> bool:
        return not isinstance(await permissions.settings(player, actor_team), NotAllowed)

    store = ground.store
    live = Live(store, ground.catalogue, ground.now, ground.chance, is_admin, ground.home)
    return PlayingLive(live, store, ground.command)


def _groups(ground: Ground, client: AsyncWebClient) -> Groups:
    calls, store = Calls(client), ground.store
    permissions = Permissions(store, Directory(calls), ground.home)
    return Groups(store, UserGroups(calls), permissions, ground.now)


def _for_channels(
    ground: Ground, client: AsyncWebClient, scheduling: Scheduling
) -> tuple[SettingUp, Moderating]:
    """What those use who look after the questions of a channel."""
    store, now = ground.store, ground.now
    surroundings = Surroundings(client, time.time)
    voiding = scheduling.posting.closing.voiding
    moderation = Moderation(store, scheduling.permissions, voiding)
    doctor = Doctor(store, surroundings, moderation, scheduling.proposing, frozenset(SCOPES), now)
    return (
        SettingUp(scheduling, surroundings, ground.command),
        Moderating(moderation, doctor, ground.command),
    )


def _scheduling(ground: Ground, client: AsyncWebClient, posting: Posting) -> Scheduling:
    permissions = Permissions(ground.store, Directory(Calls(client)), ground.home)
    proposing = Proposing(ground.catalogue, ground.calendars)
    return Scheduling(ground.store, permissions, proposing, posting, ground.now)


def _posting(ground: Ground, client: AsyncWebClient) -> Posting:
    """What does the jobs of the scheduler. Its `client` repeats nothing, not even when Slack asks
    it to wait: the job does, and meanwhile others have their turn.
    """
    store, now, chance = ground.store, ground.now, ground.chance
    channels = SlackChannels(client, ground.command)
    pausing = Pausing(store, channels, now, chance)
    weekly = Weekly(store, channels, pausing, now, chance, TeamTable(store))
    membership = Membership(store, Rooms(Calls(client)))
    reminders = Reminders(store, membership, channels, now)
    return Posting(
        store,
        channels,
        ground.catalogue,
        now,
        chance,
        ground.calendars,
        worker=secrets.token_hex(4),
        others={
            JobKind.BOARD: weekly.run,
            JobKind.GROUPS: _groups(ground, client).run,
            JobKind.REMIND: reminders.run,
            JobKind.LIVE: LiveRunning(
                store, LiveChannels(client, ground.command), ground.catalogue, now, chance
            ).run,
        },
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
