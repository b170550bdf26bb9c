"""What Slack tells about channels, page by page."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackRefused
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.sandbox.server import LocalSlack
from bot.slack.calls import Calls
from bot.slack.rooms import PAGE, Rooms

HERE = Workspace(TeamId("T1"))
BIG = ChannelId("C9")


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve():
        yield slack


@pytest.fixture
async def rooms(slack: LocalSlack) -> AsyncIterator[Rooms]:
    async with ClientSession() as http:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=http)
        yield Rooms(Calls(client))


async def test_a_large_channel_comes_in_pages(slack: LocalSlack, rooms: Rooms) -> None:
    people = [f"U9{n}" for n in range(PAGE + 5)]
    for user in people:
        slack.add_person(user, user, "UTC", channels=())
    slack.workspace.add_channel(BIG, "big", members=people)
    pages = [page async for page in rooms.members(HERE, BIG)]
    assert [len(page) for page in pages] == [PAGE, 5]
    assert {user for page in pages for user in page} == set(people)


async def test_what_slack_does_not_tell_is_an_error(slack: LocalSlack, rooms: Rooms) -> None:
    with pytest.raises(SlackRefused, match="channel_not_found"):
        [page async for page in rooms.members(HERE, ChannelId("C404"))]
    with pytest.raises(SlackRefused, match="message_not_found"):
        await rooms.link(HERE, ChannelId("C1"), "1.000001")
    slack.scopes = set()
    with pytest.raises(SlackRefused, match="missing_scope"):
        [page async for page in rooms.members(HERE, ChannelId("C1"))]


async def test_a_link_leads_to_the_message(slack: LocalSlack, rooms: Rooms) -> None:
    await slack.say("U1", "C1", "hello")
    [message] = slack.messages("U1", "C1")
    link = await rooms.link(HERE, ChannelId("C1"), message.ts)
    assert link.startswith("https://")
    assert link.endswith(f"/C1/p{message.ts.replace('.', '')}")
