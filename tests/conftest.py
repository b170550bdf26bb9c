"""What many tests need: a private Valkey, a small bank, and the bot beside a local Slack."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio
from pydantic import SecretStr
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.bank.gather import gather
from bot.bank.parser import parse_page
from bot.quiz.question import Slug
from bot.reloading import Supply
from bot.sandbox.messages import Message
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from bot.slack.web import EVENTS
from bot.storage.connection import open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore
from bot.wiring import Running, open_bot

ANA, BEN, CHI = "U1", "U2", "U3"
GENERAL, ANAS_DIRECT, BENS_DIRECT = "C1", "D1", "D2"

COLOURS = """
# Colours

<quiz id="sky">
What colour is a clear sky at noon?
- [x] Blue
  > Short waves scatter most.
- [ ] Green
  > That is grass.
- [ ] Red
- [ ] Black

Air scatters blue light more than red.
</quiz>

<quiz id="flag">
Which colours has the flag of Italy?
- [x] Green
- [x] White
- [x] Red
- [ ] Blue
</quiz>

<quiz id="snow">
Fresh snow looks [[white|colourless]].

---
It reflects all colours alike.
</quiz>

## Study guide
- [Light](https://example.org/light)
"""

SHAPES = """
# Shapes

<quiz id="sides">
How many sides has a triangle?
- [ ] Two
- [x] Three
- [ ] Four
</quiz>

<quiz id="corners">
How many corners has a square?
- [x] Four
- [ ] Five
</quiz>
"""


@dataclass
class Hand:
    """Time and chance that a test holds in its hand; options keep the author's order."""

    moment: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)
    random: Random | None = None
    tokens: Iterator[str] = field(default_factory=lambda: (f"s{n}" for n in range(10**6)))
    _moved: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def now(self) -> datetime:
        return self.moment

    def wait(self, span: timedelta) -> None:
        self.moment += span
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Until the test has waited so long: nothing happens while it does not."""
        wake = self.moment + timedelta(seconds=seconds)
        while self.moment < wake:
            await self._moved.wait()

    def token(self) -> str:
        return next(self.tokens)

    def shuffle(self, positions: list[int]) -> None:
        if self.random:
            self.random.shuffle(positions)


def bank_of(**pages: str) -> Bank:
    """A bank of pages by slug; `__` stands for the slash."""
    read = [
        parse_page(text, path=f"{name}.md", slug=Slug(name.replace("__", "/")))
        for name, text in pages.items()
    ]
    catalogue, problems = gather(read)
    assert not problems, problems
    return Bank(catalogue, problems, len(read))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def valkey() -> AsyncIterator[str]:
    """The address of a server of our own: nobody else's data is ever touched."""
    with TemporaryDirectory(prefix="quiz-") as folder:
        async with embedded_server(Path(folder), durable=False) as url:
            yield url


@pytest.fixture
async def redis(valkey: str) -> AsyncIterator[Redis]:
    async with open_redis(valkey) as client:
        await client.flushall()
        yield client


async def kept(redis: Redis) -> set[bytes]:
    """Keys about people and channels: all but the scheduler's own."""
    return {key async for key in redis.scan_iter() if not key.startswith(b"{due:")}


@pytest.fixture
def store(redis: Redis) -> RedisStore:
    return RedisStore(redis)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@dataclass
class Stage:
    """The whole bot, and the Slack that it talks to. `ts` is the message a person looks at."""

    slack: LocalSlack
    running: Running
    ts: dict[str, str] = field(default_factory=dict)

    async def type(
        self, text: str, words: str, user: str = ANA, channel: str = GENERAL
    ) -> Message:
        """Type something and wait for a message with these words that is new or has changed."""
        before = self._seen(user, channel)
        await self.slack.say(user, channel, text)
        return await self._changed(words, user, channel, before)

    async def press(
        self, action_id: str, words: str, user: str = ANA, channel: str = GENERAL
    ) -> Message:
        """Press a button of the message the person looks at; what then changes has these words."""
        before = self._seen(user, channel)
        await self.slack.press(user, channel, self.ts[user], action_id)
        return await self._changed(words, user, channel, before)

    async def see(self, words: str, user: str = ANA, channel: str = GENERAL) -> Message:
        """Wait for a message with these words, be it an old one."""
        return await self._changed(words, user, channel, {})

    def _seen(self, user: str, channel: str) -> dict[str, str]:
        return {message.ts: message.words for message in self.slack.messages(user, channel)}

    async def _changed(
        self, words: str, user: str, channel: str, before: dict[str, str]
    ) -> Message:
        def changed() -> Message | None:
            found = self.slack.message(user, channel, words)
            return found if found and before.get(found.ts) != found.words else None

        message = await self.slack.wait_until(changed)
        assert message
        self.ts[user] = message.ts
        return message


@asynccontextmanager
async def open_worker(
    slack: LocalSlack, valkey: str, bank: Bank | Supply, hand: Hand, *, sockets: bool = False
) -> AsyncIterator[Running]:
    """A process of the bot, in HTTP mode or in Socket Mode. With a supply its bank can change."""
    settings = Settings.read(
        _env_file=None,
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token if sockets else "",
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.api_url,
        redis_url=SecretStr(valkey),
        quiz_reload="off",  # a test says when to look
        port=0,
    )
    async with open_bot(settings, bank, now=hand.now, chance=hand, sleep=hand.sleep) as running:
        yield running


@asynccontextmanager
async def open_stage(
    valkey: str, bank: Bank | Supply, hand: Hand, *, sockets: bool = False
) -> AsyncIterator[Stage]:
    """A Slack and one worker. Nothing that the bot sends may be refused."""
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve(), open_worker(slack, valkey, bank, hand, sockets=sockets) as running:
        slack.bot_url = running.url + EVENTS
        if sockets:
            await slack.wait_until(lambda: slack.connections)
        yield Stage(slack, running)
    assert not slack.refusals


@pytest.fixture
def colours() -> Bank:
    return bank_of(basics__colours=COLOURS, basics__shapes=SHAPES)


@pytest.fixture(params=["http", "socket"])
async def stage(
    request: pytest.FixtureRequest,
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
) -> AsyncIterator[Stage]:
    """Every scenario is played in both modes."""
    async with open_stage(valkey, colours, hand, sockets=request.param == "socket") as opened:
        yield opened
