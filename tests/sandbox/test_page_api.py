"""The page's endpoints: the state it is pushed, what it may do, and who may not."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.sandbox.server import LocalSlack
from tests.sandbox.samples import actions, button, home, modal
from tests.sandbox.small_bot import SmallBot


@pytest.fixture
async def socket(
    slack: LocalSlack, session: ClientSession
) -> AsyncIterator[ClientWebSocketResponse]:
    async with session.ws_connect(f"{slack.url}/local/socket?user=U1") as opened:
        yield opened


async def pushed(socket: ClientWebSocketResponse) -> dict[str, Any]:
    frame = await socket.receive_json(timeout=5)
    assert frame["type"] == "state"
    return dict(frame["state"])


async def do(
    slack: LocalSlack, session: ClientSession, doing: str, **content: Any
) -> dict[str, Any]:
    url = f"{slack.url}/local/{doing}"
    async with session.post(url, json={"user": "U1", **content}) as response:
        assert response.status == 200
        return dict(await response.json())


async def test_the_whole_state_comes_first(socket: ClientWebSocketResponse) -> None:
    state = await pushed(socket)
    assert state["me"] == "U1"
    assert state["bot"] == {"id": "UBOT", "name": "Quiz Bot", "bot_id": "B1"}
    assert [person["name"] for person in state["people"]] == ["Ana", "Ben", "Chi"]
    assert [(each["id"], each["kind"]) for each in state["channels"]] == [
        ("C1", "channel"),
        ("C2", "channel"),
        ("C3", "channel"),
        ("D1", "im"),
    ]
    assert state["messages"] == {"C1": [], "C2": [], "C3": [], "D1": []}
    assert (state["views"], state["home"], state["notice"]) == ([], None, None)
    assert state["commands"][0]["command"] == "/quiz"


async def test_only_changes_that_the_person_sees_are_pushed(
    slack: LocalSlack, bot: SmallBot, socket: ClientWebSocketResponse
) -> None:
    await pushed(socket)
    for user in ("U2", "U1"):
        await bot.client.chat_postEphemeral(channel="C1", user=user, text=f"for {user}")
    state = await pushed(socket)
    assert [message["text"] for message in state["messages"]["C1"]] == ["for U1"]
    assert state["messages"]["C1"][0]["ephemeral"] is True
    assert slack.refusals == []


async def test_a_stranger_gets_no_state(slack: LocalSlack, session: ClientSession) -> None:
    async with session.get(f"{slack.url}/local/socket?user=U9") as response:
        assert response.status == 404


async def test_a_page_plays_the_bot(
    slack: LocalSlack, bot: SmallBot, session: ClientSession, socket: ClientWebSocketResponse
) -> None:
    assert await do(slack, session, "say", channel="C1", text="/quiz post") == {"ok": True}
    question = await slack.wait_for("U1", "C1", "Which letter?")
    source = {"channel": "C1", "ts": question.ts}
    place = {"source": source, "block_id": "choices"}
    answer = await do(slack, session, "suggest", **place, action_id="search", query="x")
    assert [each["value"] for each in answer["options"]] == ["v0", "v1"]
    radio = {"type": "radio_buttons", "selected_option": {"value": "v2"}}
    assert (await do(slack, session, "act", **place, action_id="radio", value=radio))["ok"]
    for _ in range(9):
        state = await pushed(socket)
        if state["messages"]["C1"] and (selection := state["messages"]["C1"][0]["selection"]):
            chosen = selection["choices"]["radio"]["selected_option"]
            if chosen["value"] == "v2":
                break
    assert chosen["text"]["text"] == "Words"
    assert bot.heard("block_actions")[0]["actions"][0]["selected_option"] == chosen


async def test_a_page_fills_in_a_form(
    slack: LocalSlack, bot: SmallBot, session: ClientSession, socket: ClientWebSocketResponse
) -> None:
    await do(slack, session, "say", channel="C1", text="/quiz form")
    view = await slack.wait_until(lambda: slack.view("U1"))
    assert view is not None
    assert await do(slack, session, "submit", view=view.id, values={}) == {"ok": True}
    state = await pushed(socket)
    while not (state["views"] and state["views"][0]["errors"]):
        state = await pushed(socket)
    assert state["views"][0]["errors"] == {"name": "Please complete this required field."}
    assert "private_metadata" not in state["views"][0]
    values = {"name": {"name": {"type": "plain_text_input", "value": "Ana"}}}
    assert await do(slack, session, "submit", view=view.id, values=values) == {"ok": True}
    assert slack.view("U1") is None
    assert len(bot.heard("view_submission")) == 1


async def test_a_page_opens_closes_and_dismisses(
    slack: LocalSlack, bot: SmallBot, session: ClientSession
) -> None:
    await do(slack, session, "home")
    await do(slack, session, "messages")
    tabs = [body["event"]["tab"] for body in bot.heard("app_home_opened")]
    assert tabs == ["home", "messages"]
    posted = await bot.client.chat_postEphemeral(channel="C1", user="U1", text="x")
    await do(slack, session, "dismiss", channel="C1", ts=posted["message_ts"])
    assert slack.messages("U1", "C1") == []
    trigger = slack.workspace.triggers.issue("U1")
    view = (await bot.client.views_open(trigger_id=trigger, view=modal()))["view"]
    await do(slack, session, "close", view=view["id"])
    assert slack.view("U1") is None
    slack.workspace.tell("U1", "Something went wrong.")
    await do(slack, session, "notice")
    assert slack.notice("U1") == ""


@pytest.mark.parametrize(
    ("doing", "content", "error"),
    [
        pytest.param("say", {"channel": "C1", "text": "/poll"}, "unknown_command", id="command"),
        pytest.param("say", {"channel": "C9", "text": "x"}, "channel_not_found", id="channel"),
        pytest.param("say", {"channel": "D2", "text": "x"}, "channel_not_found", id="not theirs"),
        pytest.param("say", {"channel": "C1"}, "invalid_arguments", id="no text"),
        pytest.param("close", {"view": "V9"}, "view_not_found", id="no view"),
        pytest.param(
            "dismiss", {"channel": "C9", "ts": "1"}, "message_not_found", id="no message"
        ),
        pytest.param("home", {"user": "UBOT"}, "user_not_found", id="the bot itself"),
        pytest.param(
            "act",
            {"source": {}, "block_id": "b", "action_id": "a", "value": {}},
            "invalid_source",
            id="nowhere",
        ),
    ],
)
async def test_what_is_not_possible_is_answered_with_a_reason(
    slack: LocalSlack, session: ClientSession, doing: str, content: dict[str, Any], error: str
) -> None:
    answer = await do(slack, session, doing, **content)
    assert (answer["ok"], answer["error"]) == (False, error)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="the page itself"),
        pytest.param({"Host": "evil.example"}, 403, id="another name for this machine"),
        pytest.param({"Host": "[broken"}, 403, id="no name at all"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="another site"),
        pytest.param({"Origin": "null"}, 403, id="a file on a disk"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, 403, id="another port"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="a foreign form"),
        pytest.param({"Content-Type": "text/plain"}, 415, id="a form without questions asked"),
    ],
)
async def test_only_the_page_itself_may_act(
    slack: LocalSlack, session: ClientSession, headers: dict[str, str], status: int
) -> None:
    slack.workspace.tell("U1", "Still there.")
    json = {"Content-Type": "application/json"}
    url = f"{slack.url}/local/notice"
    async with session.post(url, data='{"user":"U1"}', headers={**json, **headers}) as response:
        assert response.status == status
    assert (slack.notice("U1") == "") == (status == 200)


async def test_another_site_cannot_listen(slack: LocalSlack, session: ClientSession) -> None:
    headers = {"Origin": "http://evil.example"}
    url = f"{slack.url}/local/socket?user=U1"
    async with session.get(url, headers=headers) as response:
        assert response.status == 403


async def test_the_page_comes_with_a_strict_policy(
    slack: LocalSlack, session: ClientSession
) -> None:
    async with session.get(slack.url) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["../server.py", "%2e%2e/server.py", "nothing.js", ".hidden", "a//b.js", "index", "a/"],
)
async def test_nothing_but_the_pages_files_is_served(
    slack: LocalSlack, session: ClientSession, path: str
) -> None:
    async with session.get(f"{slack.url}/static/{path}") as response:
        assert response.status == 404


async def test_a_server_for_the_whole_network_is_not_started(slack: LocalSlack) -> None:
    with pytest.raises(ValueError, match="reachable from other machines"):
        await slack.start("0.0.0.0")  # noqa: S104 - the point of the test


async def test_an_unknown_doing_is_not_found(slack: LocalSlack, session: ClientSession) -> None:
    async with session.post(f"{slack.url}/local/fly", json={"user": "U1"}) as response:
        assert response.status == 404


async def test_a_taken_port_is_an_error_that_leaves_nothing_open(slack: LocalSlack) -> None:
    other = LocalSlack(signing_secret="s", bot_token="xoxb-test", app_token="xapp-test")
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=int(slack.url.rpartition(":")[2]))


async def test_closing_ends_open_pages(
    slack: LocalSlack, socket: ClientWebSocketResponse, bot: SmallBot
) -> None:
    await pushed(socket)
    await bot.client.views_publish(user_id="U1", view=home(actions(button())))
    assert (await pushed(socket))["home"]["type"] == "home"
    await slack.close()
    assert (await socket.receive(timeout=5)).type.name in {"CLOSE", "CLOSING", "CLOSED"}
