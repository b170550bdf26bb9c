"""Web API methods: what they answer, what they refuse, whom they reach."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import limits
from bot.sandbox.desk import Desk
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import Clock
from tests.sandbox.samples import actions, button, home, modal, section, table


def call(desk: Desk, method: str, **arguments: Any) -> dict[str, Any]:
    return dict(desk.web_api.answer(method, "xoxb-test", arguments).body)


def post(desk: Desk, **arguments: Any) -> str:
    body = call(desk, "chat.postMessage", **{"channel": "C1", "text": "hello", **arguments})
    return str(body["ts"])


REFUSALS = {
    "unknown method": ("chat.shout", {}, "unknown_method"),
    "no channel": ("chat.postMessage", {"text": "x"}, "channel_not_found"),
    "strange channel": ("chat.postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
    "no text": ("chat.postMessage", {"channel": "C1"}, "no_text"),
    "bad blocks": ("chat.postMessage", {"channel": "C1", "blocks": [{}]}, "invalid_blocks"),
    "broken blocks": (
        "chat.postMessage",
        {"channel": "C1", "blocks": "["},
        "invalid_blocks_format",
    ),
    "two tables": (
        "chat.postMessage",
        {"channel": "C1", "blocks": [table(), table()]},
        "only_one_table_allowed",
    ),
    "too much": (
        "chat.postMessage",
        {"channel": "C1", "blocks": [section("x" * 3_000)] * 5},
        "msg_blocks_too_long",
    ),
    "attachments": (
        "chat.postMessage",
        {"channel": "C1", "text": "x", "attachments": [{}]},
        "invalid_attachments",
    ),
    "half metadata": (
        "chat.postMessage",
        {"channel": "C1", "text": "x", "metadata": {"event_type": "a"}},
        "invalid_metadata_format",
    ),
    "no such thread": (
        "chat.postMessage",
        {"channel": "C1", "text": "x", "thread_ts": "1.1"},
        "thread_not_found",
    ),
    "to nobody": ("chat.postEphemeral", {"channel": "C1", "text": "x"}, "no_user"),
    "to a stranger": (
        "chat.postEphemeral",
        {"channel": "C1", "user": "U9", "text": "x"},
        "user_not_found",
    ),
    "into another's direct messages": (
        "chat.postEphemeral",
        {"channel": "D2", "user": "U1", "text": "x"},
        "user_not_in_channel",
    ),
    "long private text": (
        "chat.postEphemeral",
        {"channel": "C1", "user": "U1", "text": "ä" * 2_001},
        "msg_too_long",
    ),
    "update of nothing": (
        "chat.update",
        {"channel": "C1", "ts": "1.1", "text": "x"},
        "message_not_found",
    ),
    "deletion of nothing": ("chat.delete", {"channel": "C1", "ts": "1.1"}, "message_not_found"),
    "stranger": ("users.info", {"user": "U9"}, "user_not_found"),
    "channel by its name": ("conversations.info", {"channel": "general"}, "channel_not_found"),
    "talk with nobody": ("conversations.open", {}, "users_list_not_supplied"),
    "talk with itself": ("conversations.open", {"users": "UBOT"}, "cannot_dm_bot"),
    "talk with several": (
        "conversations.open",
        {"users": "U1,U2"},
        "method_not_supported_for_channel_type",
    ),
    "strange cursor": ("users.list", {"cursor": "next"}, "invalid_arguments"),
    "huge page": ("users.list", {"limit": 2_000}, "invalid_limit"),
    "reaction to nothing": (
        "reactions.add",
        {"channel": "C1", "timestamp": "1.1", "name": "tada"},
        "message_not_found",
    ),
    "modal without trigger": ("views.open", {"view": modal()}, "invalid_arguments"),
    "strange trigger": ("views.open", {"view": modal(), "trigger_id": "1"}, "invalid_trigger_id"),
    "bad view": ("views.open", {"view": {}, "trigger_id": "1"}, "invalid_arguments"),
    "home as a modal": ("views.open", {"view": home(), "trigger_id": "1"}, "invalid_arguments"),
    "update of no view": ("views.update", {"view": modal()}, "invalid_arguments"),
    "update of a strange view": ("views.update", {"view": modal(), "view_id": "V"}, "not_found"),
    "home of a stranger": ("views.publish", {"view": home(), "user_id": "U9"}, "user_not_found"),
    "hash of no home": (
        "views.publish",
        {"view": home(), "user_id": "U1", "hash": "1"},
        "hash_conflict",
    ),
}


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_bad_call_gets_slacks_error(
    desk: Desk, method: str, arguments: dict[str, Any], error: str
) -> None:
    body = call(desk, method, **arguments)
    assert (body["ok"], body["error"]) == (False, error)
    assert [(refusal.method, refusal.error) for refusal in desk.refusals] == [(method, error)]
    assert desk.sent(method) == []


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        pytest.param("auth.test", "", "not_authed", id="none"),
        pytest.param("auth.test", "xoxb-other", "invalid_auth", id="another"),
        pytest.param("auth.test", "xapp-test", "not_allowed_token_type", id="of the app"),
        pytest.param("apps.connections.open", "xoxb-test", "not_allowed_token_type", id="bot"),
    ],
)
def test_a_call_needs_the_right_token(desk: Desk, method: str, token: str, error: str) -> None:
    assert desk.web_api.answer(method, token, {}).body["error"] == error


def test_a_refusal_names_the_places_in_slacks_form(desk: Desk) -> None:
    body = call(desk, "chat.postMessage", channel="C1", blocks=[section("")])
    assert body["response_metadata"]["messages"] == [
        "[ERROR] must not be empty [json-pointer:/blocks/0/text/text]"
    ]


def test_a_refused_private_message_is_told_to_its_person_only(desk: Desk) -> None:
    call(desk, "chat.postEphemeral", channel="C1", user="U2", blocks=[section("")])
    assert "invalid_blocks" in desk.notice("U2")
    assert desk.notice("U1") == ""


def test_timestamps_never_repeat_even_when_the_clock_stands_still(desk: Desk) -> None:
    stamps = [post(desk) for _ in range(50)]
    assert stamps == sorted(set(stamps))
    assert stamps[0] == "1700000000.000000"


def test_a_public_message_reaches_the_members(desk: Desk) -> None:
    desk.workspace.leave("U3", "C1")
    post(desk, text="for all")
    assert [m.text for m in desk.messages("U1", "C1")] == ["for all"]
    assert desk.messages("U3", "C1") == []


def test_an_ephemeral_message_reaches_one_person(desk: Desk) -> None:
    call(desk, "chat.postEphemeral", channel="C1", user="U2", text="psst")
    assert desk.messages("U1", "C1") == []
    (seen,) = desk.messages("U2", "C1")
    assert seen.ephemeral


def test_a_person_who_left_gets_no_ephemeral_message(desk: Desk) -> None:
    desk.workspace.leave("U2", "C1")
    body = call(desk, "chat.postEphemeral", channel="C1", user="U2", text="psst")
    assert body["error"] == "user_not_in_channel"


def test_a_bot_posts_only_where_it_is(desk: Desk) -> None:
    desk.workspace.leave("UBOT", "C2")
    assert call(desk, "chat.postMessage", channel="C2", text="x")["error"] == "not_in_channel"
    desk.workspace.join("UBOT", "C2")
    assert call(desk, "chat.postMessage", channel="C2", text="x")["ok"]


@pytest.mark.parametrize("name", ["D1", "U1"])
def test_a_persons_id_is_the_way_to_their_direct_message(desk: Desk, name: str) -> None:
    assert call(desk, "chat.postMessage", channel=name, text="x")["channel"] == "D1"
    assert [m.text for m in desk.messages("U1", "D1")] == ["x"]
    assert desk.messages("U2", "D1") == []


def test_a_very_long_text_is_cut_when_posted(desk: Desk) -> None:
    post(desk, text="x" * (limits.POST_TEXT + 1))
    assert len(desk.messages("U1", "C1")[0].text) == limits.POST_TEXT


def test_an_update_may_be_4000_characters_and_no_more(desk: Desk) -> None:
    ts = post(desk)
    assert call(desk, "chat.update", channel="C1", ts=ts, text="x" * 4_000)["ok"]
    body = call(desk, "chat.update", channel="C1", ts=ts, text="x" * 4_001)
    assert body["error"] == "msg_too_long"


def test_a_text_alone_takes_the_blocks_away_and_marks_the_message_edited(desk: Desk) -> None:
    ts = post(desk, blocks=[section()])
    call(desk, "chat.update", channel="C1", ts=ts, text="new")
    (message,) = desk.messages("U1", "C1")
    assert (message.text, message.blocks, message.edited) == ("new", None, True)


def test_new_blocks_leave_no_mark(desk: Desk) -> None:
    ts = post(desk, blocks=[section()])
    call(desk, "chat.update", channel="C1", ts=ts, text="new", blocks=[section("other")])
    (message,) = desk.messages("U1", "C1")
    assert (message.words, message.edited) == ("other", False)


def test_an_update_needs_something_new(desk: Desk) -> None:
    ts = post(desk)
    assert call(desk, "chat.update", channel="C1", ts=ts)["error"] == "no_text"


def test_metadata_stays_until_it_is_cleared(desk: Desk) -> None:
    metadata = {"event_type": "round", "event_payload": {"id": 7}}
    ts = post(desk, metadata=metadata)
    call(desk, "chat.update", channel="C1", ts=ts, text="new")
    assert desk.messages("U1", "C1")[0].metadata == metadata
    call(desk, "chat.update", channel="C1", ts=ts, text="new", metadata={})
    assert desk.messages("U1", "C1")[0].metadata is None


async def test_a_bot_changes_only_its_own_messages(desk: Desk) -> None:
    await desk.say("U1", "C1", "mine")
    (message,) = desk.messages("U1", "C1")
    place = {"channel": "C1", "ts": message.ts}
    assert call(desk, "chat.update", **place, text="x")["error"] == "cant_update_message"
    assert call(desk, "chat.delete", **place)["error"] == "cant_delete_message"


def test_the_web_api_cannot_change_an_ephemeral_message(desk: Desk) -> None:
    ts = call(desk, "chat.postEphemeral", channel="C1", user="U1", text="x")["message_ts"]
    for method in ("chat.update", "chat.delete"):
        body = call(desk, method, channel="C1", ts=ts, text="y")
        assert body["error"] == "message_not_found"


def test_a_deleted_message_is_gone(desk: Desk) -> None:
    ts = post(desk)
    assert call(desk, "chat.delete", channel="C1", ts=ts)["ok"]
    assert desk.messages("U1", "C1") == []


def test_missing_ids_and_defaults_are_filled_in(desk: Desk) -> None:
    body = call(
        desk,
        "chat.postMessage",
        channel="C1",
        blocks=[section(), {"type": "actions", "elements": [{**button(), "action_id": "a"}]}],
    )
    first, second = body["message"]["blocks"]
    assert first["text"]["verbatim"] is False
    assert second["elements"][0]["text"]["emoji"] is True
    assert first["block_id"] != second["block_id"]


def test_lists_come_in_pages(desk: Desk) -> None:
    first = call(desk, "users.list", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = call(desk, "users.list", limit=3, cursor=cursor)
    ids = [member["id"] for page in (first, second) for member in page["members"]]
    assert ids == ["U1", "U2", "U3", "UBOT"]
    assert second["response_metadata"]["next_cursor"] == ""


def test_conversations_are_public_channels_unless_asked_otherwise(desk: Desk) -> None:
    def ids(method: str, **more: Any) -> list[str]:
        return [channel["id"] for channel in call(desk, method, **more)["channels"]]

    assert ids("conversations.list") == ["C1", "C2", "C3"]
    assert ids("conversations.list", types="im") == ["D1", "D2", "D3"]
    assert ids("users.conversations", user="U2", types="im,public_channel") == [
        "C1",
        "C2",
        "C3",
        "D2",
    ]
    assert call(desk, "conversations.members", channel="D2")["members"] == ["U2", "UBOT"]
    assert call(desk, "conversations.info", channel="D2")["channel"]["user"] == "U2"
    assert call(desk, "conversations.open", users="U2")["channel"] == {"id": "D2"}


def test_people_live_in_different_time_zones(desk: Desk) -> None:
    offsets = [call(desk, "users.info", user=u)["user"]["tz_offset"] for u in ("U1", "U2", "U3")]
    assert offsets == [3_600, -18_000, 32_400]


def test_too_many_calls_have_to_wait(desk: Desk, clock: Clock) -> None:
    desk.limit_rate("chat.postMessage", calls=2, seconds=60)
    post(desk)
    post(desk)
    answer = desk.web_api.answer("chat.postMessage", "xoxb-test", {"channel": "C1", "text": "x"})
    assert (answer.status, answer.body["error"]) == (429, "ratelimited")
    assert 60 <= int(answer.headers["Retry-After"]) <= 61
    assert call(desk, "chat.postEphemeral", channel="C1", user="U1", text="x")["ok"]
    clock.moment += 61
    assert call(desk, "chat.postMessage", channel="C1", text="x")["ok"]


def test_a_failure_on_order_comes_as_often_as_ordered(desk: Desk) -> None:
    desk.fail_next("chat.postMessage", "internal_error", times=2)
    errors = [call(desk, "chat.postMessage", channel="C1", text="x").get("error") for _ in "abc"]
    assert errors == ["internal_error", "internal_error", None]


async def test_the_real_client_is_answered_in_json_and_in_forms(client: AsyncWebClient) -> None:
    who = await client.auth_test()
    assert (who["user_id"], who["team_id"], who["bot_id"]) == ("UBOT", "T1", "B1")
    assert "commands" in who.headers["X-OAuth-Scopes"]
    posted = await client.chat_postMessage(channel="general", text="x", blocks=[actions(button())])
    assert posted["message"]["blocks"][0]["elements"][0]["action_id"] == "go"
    form = await client.api_call(
        "chat.postMessage",
        data={"channel": "C1", "blocks": '[{"type":"divider"}]'},
    )
    assert form["message"]["blocks"][0]["type"] == "divider"
    people = await client.users_info(user="U1")
    assert people["user"]["real_name"] == "Ana Alves"


async def test_the_real_client_sees_refusals_as_errors(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="x", blocks=[section("")])
    assert refused.value.response["error"] == "invalid_blocks"


def test_metadata_alone_can_be_changed(desk: Desk) -> None:
    ts = post(desk, blocks=[section()])
    metadata = {"event_type": "round", "event_payload": {"id": 8}}
    assert call(desk, "chat.update", channel="C1", ts=ts, metadata=metadata)["ok"]
    (message,) = desk.messages("U1", "C1")
    assert (message.metadata, message.words) == (metadata, "words")


def test_a_reply_in_a_thread_knows_its_parent(desk: Desk) -> None:
    parent = post(desk)
    body = call(desk, "chat.postMessage", channel="C1", text="x", thread_ts=parent)
    assert body["message"]["thread_ts"] == parent


def test_small_talk_is_answered(desk: Desk) -> None:
    assert call(desk, "api.test", foo="bar")["args"] == {"foo": "bar"}
    assert call(desk, "api.test", error="my_error")["error"] == "my_error"
    assert call(desk, "team.info")["team"]["id"] == "T1"
    assert (
        call(desk, "conversations.open", channel="D1", return_im=True)["channel"]["user"] == "U1"
    )
    ts = post(desk)
    assert call(desk, "reactions.add", channel="C1", timestamp=ts, name="tada")["ok"]


async def test_what_is_not_json_is_a_bad_request(
    slack: LocalSlack, session: ClientSession
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-test"}
    for content in ("{", "[]"):
        url = f"{slack.api_url}api.test"
        async with session.post(url, data=content, headers=headers) as response:
            assert (response.status, (await response.json())["error"]) == (400, "invalid_json")


async def test_a_token_may_come_in_the_form(slack: LocalSlack, session: ClientSession) -> None:
    form = {"token": "xoxb-test"}
    async with session.post(f"{slack.api_url}auth.test", data=form) as response:
        assert (await response.json())["ok"] is True
