"""Answers to a response_url: what they change, how often they work, what is refused."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import replies
from bot.sandbox.desk import Desk
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import Clock
from tests.sandbox.samples import section


def posted(desk: Desk, **arguments: Any) -> str:
    """A message of the bot, ephemeral if it is for a user; returns its ts."""
    method = "chat.postEphemeral" if "user" in arguments else "chat.postMessage"
    body = desk.web_api.answer(method, "xoxb-test", {"channel": "C1", "text": "old", **arguments})
    return str(body.body.get("ts") or body.body["message_ts"])


def reply(desk: Desk, token: str, **body: Any) -> tuple[int, str]:
    """The status and the error of an answer; the error is empty if it was taken."""
    answer = replies.answer(desk.workspace, token, body)
    return answer.status, str(answer.body.get("error", ""))


def seen(desk: Desk, user: str) -> list[str]:
    return [message.words for message in desk.messages(user, "C1")]


def test_a_reply_is_a_new_private_message_by_default(desk: Desk) -> None:
    token = desk.workspace.replies.issue("U1", "C1", posted(desk))
    assert reply(desk, token, text="new") == (200, "")
    assert (seen(desk, "U1"), seen(desk, "U2")) == (["old", "new"], ["old"])


def test_a_reply_in_the_channel_is_for_all(desk: Desk) -> None:
    token = desk.workspace.replies.issue("U1", "C1")
    reply(desk, token, text="new", response_type="in_channel")
    assert seen(desk, "U2") == ["new"]


def test_replacing_keeps_the_place_and_the_visibility(desk: Desk) -> None:
    private, public = posted(desk, user="U1"), posted(desk, text="public")
    first = desk.workspace.replies.issue("U1", "C1", private)
    second = desk.workspace.replies.issue("U1", "C1", public)
    reply(desk, first, text="x", replace_original=True, response_type="in_channel")
    reply(desk, second, text="y", blocks=[section("new public")], replace_original=True)
    assert [message.ts for message in desk.messages("U1", "C1")] == [private, public]
    assert seen(desk, "U2") == ["new public"]


def test_a_replacement_without_blocks_takes_them_away(desk: Desk) -> None:
    token = desk.workspace.replies.issue("U1", "C1", posted(desk, blocks=[section("old")]))
    reply(desk, token, text="new", replace_original=True)
    (message,) = desk.messages("U1", "C1")
    assert (message.text, message.blocks) == ("new", None)


def test_a_command_has_no_original_to_replace(desk: Desk) -> None:
    token = desk.workspace.replies.issue("U1", "C1")
    reply(desk, token, text="one", replace_original=True)
    reply(desk, token, text="two", replace_original=True)
    assert seen(desk, "U1") == ["one", "two"]


def test_an_original_can_be_deleted_and_followed(desk: Desk) -> None:
    first = desk.workspace.replies.issue("U1", "C1", posted(desk, user="U1"))
    assert reply(desk, first, delete_original=True) == (200, "")
    assert seen(desk, "U1") == []
    second = desk.workspace.replies.issue("U1", "C1", posted(desk, user="U1"))
    reply(desk, second, delete_original=True, text="new")
    assert seen(desk, "U1") == ["new"]


def test_replacing_what_is_gone_does_nothing(desk: Desk) -> None:
    ts = posted(desk)
    token = desk.workspace.replies.issue("U1", "C1", ts)
    desk.web_api.answer("chat.delete", "xoxb-test", {"channel": "C1", "ts": ts})
    assert reply(desk, token, text="new", replace_original=True) == (200, "")
    assert seen(desk, "U1") == []


def test_an_address_works_five_times(desk: Desk) -> None:
    token = desk.workspace.replies.issue("U1", "C1")
    answers = [reply(desk, token, text="x") for _ in range(6)]
    assert answers == [(200, "")] * 5 + [(404, "used_url")]


def test_an_address_works_for_half_an_hour(desk: Desk, clock: Clock) -> None:
    token = desk.workspace.replies.issue("U1", "C1")
    clock.moment += 30 * 60
    assert reply(desk, token, text="x") == (200, "")
    clock.moment += 1
    assert reply(desk, token, text="x") == (404, "expired_url")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param({}, "no_text", id="nothing"),
        pytest.param({"text": "x", "blocks": [section("")]}, "invalid_blocks", id="bad blocks"),
        pytest.param({"text": "x", "response_type": "loud"}, "invalid_arguments", id="loud"),
        pytest.param(
            {"text": "x", "blocks": [section("x" * 3_000)] * 5}, "msg_blocks_too_long", id="long"
        ),
    ],
)
def test_a_bad_reply_is_refused_and_shown(desk: Desk, body: dict[str, Any], error: str) -> None:
    token = desk.workspace.replies.issue("U2", "C1")
    assert reply(desk, token, **body) == (400, error)
    assert [refusal.error for refusal in desk.refusals] == [error]
    assert error in desk.notice("U2")
    assert desk.notice("U1") == ""
    assert seen(desk, "U2") == []


async def test_the_real_client_replies_over_http(
    slack: LocalSlack, session: ClientSession
) -> None:
    token = slack.workspace.replies.issue("U1", "C1")
    url = f"{slack.url}/actions/T1/1/{token}"
    good = await AsyncWebhookClient(url, session=session).send(text="new")
    bad = await AsyncWebhookClient(url, session=session).send(text="x", blocks=[section("")])
    gone = await AsyncWebhookClient(url + "x", session=session).send(text="new")
    assert (good.status_code, bad.status_code, gone.status_code) == (200, 400, 404)
    assert "invalid_blocks" in bad.body
    assert [message.text for message in slack.messages("U1", "C1")] == ["new"]
