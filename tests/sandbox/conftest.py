"""A local Slack, a clock that a test moves, and a small bot on the real bolt at the other end."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.desk import Desk
from bot.sandbox.server import LocalSlack
from tests.sandbox.small_bot import SmallBot

SECRET = "test-signing-secret"


@dataclass
class Clock:
    moment: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """The local Slack without a server: nothing but its state and rules."""
    return Desk(signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test", now=clock)


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    local = LocalSlack(
        signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test", now=clock
    )
    async with local.serve():
        yield local


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as shared:
        yield shared


@pytest.fixture
def client(slack: LocalSlack, session: ClientSession) -> AsyncWebClient:
    return AsyncWebClient("xoxb-test", base_url=slack.api_url, session=session)


@pytest.fixture
async def bot(slack: LocalSlack, client: AsyncWebClient) -> AsyncIterator[SmallBot]:
    """The small bot, reached over signed HTTP."""
    small = SmallBot(client, SECRET)
    async with TestServer(small.app.web_app(path="/slack/events")) as server:
        slack.bot_url = str(server.make_url("/slack/events"))
        yield small
