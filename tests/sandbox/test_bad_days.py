"""Lost and late answers, limits, closed channels, dead tokens: what a bot has to live through."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.desk import Desk
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import Clock


def call(desk: Desk, method: str, **arguments: Any) -> dict[str, Any]:
    return dict(desk.web_api.answer(method, "xoxb-test", arguments).body)


def unforgiving(slack: LocalSlack, session: ClientSession) -> AsyncWebClient:
    """A client that repeats nothing by itself."""
    return AsyncWebClient("xoxb-test", base_url=slack.api_url, session=session, retry_handlers=[])


async def test_a_lost_answer_leaves_its_effect_behind(
    slack: LocalSlack, session: ClientSession
) -> None:
    client = unforgiving(slack, session)
    slack.lose_next("chat.postMessage")
    with pytest.raises(ClientConnectionError):
        await client.chat_postMessage(channel="C1", text="lost")
    assert [message.text for message in slack.messages("U1", "C1")] == ["lost"]
    await client.chat_postMessage(channel="C1", text="found")
    assert len(slack.messages("U1", "C1")) == 2


async def test_a_client_that_repeats_a_lost_post_posts_twice(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.lose_next("chat.postMessage")
    await client.chat_postMessage(channel="C1", text="again")
    assert [message.text for message in slack.messages("U1", "C1")] == ["again", "again"]


async def test_a_refusal_can_get_lost_as_well(slack: LocalSlack, session: ClientSession) -> None:
    slack.lose_next("chat.postMessage")
    with pytest.raises(ClientConnectionError):
        await unforgiving(slack, session).chat_postMessage(channel="C9", text="x")
    assert slack.refusals[0].error == "channel_not_found"


async def test_a_held_answer_comes_when_it_is_let_go(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.hold("chat.postMessage")
    posting = asyncio.create_task(client.chat_postMessage(channel="C1", text="slow"))
    await slack.wait_until(lambda: slack.held("chat.postMessage"))
    assert slack.messages("U1", "C1")[0].text == "slow"
    assert not posting.done()
    assert (await client.auth_test())["ok"]
    slack.release("chat.postMessage")
    assert (await posting)["ok"]
    await client.chat_postMessage(channel="C1", text="quick")
    assert slack.held("chat.postMessage") == 0


async def test_a_slack_that_closes_holds_nothing_back(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.hold("auth.test")
    asking = asyncio.create_task(client.auth_test())
    await slack.wait_until(lambda: slack.held("auth.test"))
    await slack.close()
    assert (await asking)["ok"]


async def test_the_answer_to_a_click_can_get_lost(
    slack: LocalSlack, session: ClientSession
) -> None:
    token = slack.workspace.replies.issue("U1", "C1")
    slack.lose_next("response_url")
    with pytest.raises(ClientConnectionError):
        await session.post(f"{slack.url}/actions/T1/1/{token}", json={"text": "psst"})
    assert slack.messages("U1", "C1")[0].text == "psst"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_a_dead_token_opens_nothing(desk: Desk, error: str) -> None:
    desk.revoke(error)
    for method in ("auth.test", "chat.postMessage", "views.publish"):
        assert call(desk, method, channel="C1", text="x")["error"] == error


def test_nothing_is_written_in_an_archived_channel(desk: Desk) -> None:
    ts = call(desk, "chat.postMessage", channel="C1", text="x")["ts"]
    desk.archive("C1")
    for method, more in {
        "chat.postMessage": {},
        "chat.postEphemeral": {"user": "U1"},
        "chat.update": {"ts": ts},
    }.items():
        assert call(desk, method, channel="C1", text="y", **more)["error"] == "is_archived"
    desk.archive("C1", archived=False)
    assert call(desk, "chat.update", channel="C1", ts=ts, text="y")["ok"]


def test_a_restricted_channel_takes_no_post(desk: Desk) -> None:
    desk.restrict("C1")
    assert call(desk, "chat.postMessage", channel="C1", text="x")["error"] == "restricted_action"
    desk.restrict("C1", restricted=False)
    assert call(desk, "chat.postMessage", channel="C1", text="x")["ok"]


async def test_a_removed_bot_posts_no_more(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.workspace.leave("UBOT", "C2")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C2", text="x")
    assert refused.value.response["error"] == "not_in_channel"


def test_a_rate_can_count_each_channel_for_itself(desk: Desk, clock: Clock) -> None:
    desk.limit_rate("chat.postMessage", calls=1, seconds=1, per="channel")

    def post(channel: str) -> str:
        return str(call(desk, "chat.postMessage", channel=channel, text="x").get("error"))

    assert [post(channel) for channel in ("C1", "C2", "C1")] == ["None", "None", "ratelimited"]
    clock.moment += 1
    assert post("C1") == "None"
