"""What Slack says about us, and what we make of it when it says nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.quiz.health import Membership
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.sandbox.server import LocalSlack
from bot.slack.surroundings import Surroundings

ACME: Final = Workspace(TeamId("T1"))


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    local = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with local.serve():
        yield local


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as http:
        yield AsyncWebClient("xoxb-test", base_url=slack.api_url, session=http)


async def test_scopes_are_those_that_slack_tells(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.scopes = {"chat:write", "commands"}
    state = await Surroundings(client, slack.now).slack()
    assert state is not None
    assert state.scopes == frozenset({"chat:write", "commands"})


@pytest.mark.parametrize(("off", "ahead"), [(0, 0), (90, 90), (-90, -90)])
async def test_a_drift_of_the_clock_is_told_in_seconds(
    slack: LocalSlack, client: AsyncWebClient, off: int, ahead: int
) -> None:
    state = await Surroundings(client, lambda: slack.now() + off).slack()
    assert state is not None
    assert state.ahead is not None
    assert abs(state.ahead - timedelta(seconds=ahead)) <= timedelta(seconds=2)


async def test_a_dead_token_is_no_answer(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.revoke()
    assert await Surroundings(client, slack.now).slack() is None


async def test_memberships_of_several_channels(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.workspace.leave("UBOT", "C2")
    slack.add_channel("C4", "old")
    slack.archive("C4")
    channels = [ChannelId(name) for name in ("C1", "C2", "C4", "C9")]
    found = await Surroundings(client, slack.now).memberships(ACME, channels)
    assert list(found.values()) == [
        Membership.MEMBER,
        Membership.OUTSIDE,
        Membership.ARCHIVED,
        Membership.GONE,
    ]


async def test_without_the_scope_nothing_is_known(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.scopes = {"chat:write"}
    here = ChannelId("C1")
    found = await Surroundings(client, slack.now).memberships(ACME, [here])
    assert found == {here: Membership.UNKNOWN}
