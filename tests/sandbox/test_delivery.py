"""How the bot is told: signatures, retries, silence, broken answers, and Socket Mode."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import SECRET
from tests.sandbox.small_bot import SmallBot

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Connect = Callable[[Answer], Awaitable[None]]


@pytest.fixture
async def connect(slack: LocalSlack) -> AsyncIterator[Connect]:
    """Puts a plain handler in the bot's place."""
    servers: list[TestServer] = []

    async def put(answer: Answer) -> None:
        app = web.Application()
        app.router.add_post("/", answer)
        server = TestServer(app)
        servers.append(server)
        await server.start_server()
        slack.bot_url = str(server.make_url("/"))

    yield put
    for server in servers:
        await server.close()


async def test_a_request_is_signed_over_its_raw_body(slack: LocalSlack, connect: Connect) -> None:
    valid: list[bool] = []

    async def verify(request: web.Request) -> web.Response:
        verifier = SignatureVerifier(SECRET)
        body = await request.text()
        valid.append(verifier.is_valid_request(body, dict(request.headers)))
        valid.append(verifier.is_valid_request(body + " ", dict(request.headers)))
        return web.Response()

    await connect(verify)
    await slack.say("U1", "C1", "/quiz ümlaut & more")
    await slack.say("U1", "D1", "hello")
    await slack.open_home("U1")
    assert valid == [True, False] * 3


async def test_a_bot_with_another_secret_refuses_everything(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    other = SmallBot(client, "another-secret")
    async with TestServer(other.app.web_app(path="/")) as server:
        slack.bot_url = str(server.make_url("/"))
        await slack.say("U1", "C1", "/quiz")
    assert other.bodies == []
    assert slack.notice("U1") == "operation_timeout: the bot answered HTTP 401"


async def test_silence_is_told_to_the_person_who_waits(
    connect: Connect, slack: LocalSlack
) -> None:
    never = asyncio.Event()

    async def wait(_: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    await connect(wait)
    slack.courier.patience = 0.01
    await slack.say("U1", "C1", "/quiz")
    assert slack.notice("U1").startswith("operation_timeout: the bot did not answer")
    assert slack.notice("U2") == ""
    slack.clear_notice("U1")
    assert slack.notice("U1") == ""
    never.set()


async def test_without_a_bot_nobody_waits(slack: LocalSlack) -> None:
    await slack.say("U1", "C1", "/quiz")
    assert slack.notice("U1") == "operation_timeout: no bot is connected"


async def test_a_bot_that_went_away_cannot_be_reached(
    slack: LocalSlack, unused_tcp_port: int
) -> None:
    slack.bot_url = f"http://127.0.0.1:{unused_tcp_port}/"
    await slack.say("U1", "C1", "/quiz")
    assert slack.notice("U1").startswith("operation_timeout: the bot cannot be reached")


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        pytest.param("Hello", "text/plain", "Hello", id="plain text"),
        pytest.param('{"text": "Hello"}', "application/json", "Hello", id="json"),
        pytest.param('"Hello"', "application/json", "Hello", id="json string"),
    ],
)
async def test_a_command_takes_an_answer_in_text_or_json(
    slack: LocalSlack, connect: Connect, body: str, content_type: str, words: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, content_type=content_type)

    await connect(answer)
    await slack.say("U1", "C1", "/quiz")
    assert [message.text for message in slack.messages("U1", "C1")] == [words]


async def test_a_bad_answer_to_a_command_is_refused(slack: LocalSlack, connect: Connect) -> None:
    bodies = iter(['{"blocks": [{}]}', "{"])

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=next(bodies), content_type="application/json")

    await connect(answer)
    await slack.say("U1", "C1", "/quiz")
    assert "invalid_blocks" in slack.notice("U1")
    await slack.say("U1", "C1", "/quiz")
    assert "broken JSON" in slack.notice("U1")


async def test_an_event_comes_again_as_a_retry_with_the_same_id(
    slack: LocalSlack, connect: Connect
) -> None:
    heard: list[tuple[str | None, str]] = []

    async def listen(request: web.Request) -> web.Response:
        event_id = (await request.json())["event_id"]
        heard.append((request.headers.get("X-Slack-Retry-Num"), event_id))
        return web.Response()

    await connect(listen)
    await slack.open_messages("U1")
    await slack.redeliver()
    (first, event_id), (second, same_id) = heard
    assert (first, second) == (None, "1")
    assert event_id == same_id


@pytest.fixture
async def sockets(
    slack: LocalSlack, client: AsyncWebClient
) -> AsyncIterator[tuple[SmallBot, AsyncSocketModeHandler]]:
    """The small bot, connected by Socket Mode."""
    small = SmallBot(client, SECRET)
    handler = AsyncSocketModeHandler(small.app, "xapp-test", web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call] # slack has no types here
    await slack.wait_until(lambda: slack.connections)
    yield small, handler
    await handler.close_async()  # type: ignore[no-untyped-call] # slack has no types here


Sockets = tuple[SmallBot, AsyncSocketModeHandler]


async def test_socket_mode_carries_commands_clicks_and_answers(
    slack: LocalSlack, sockets: Sockets
) -> None:
    small, _ = sockets
    await slack.say("U1", "C1", "/quiz")
    question = await slack.wait_for("U1", "C1", "Which letter?")
    await slack.press("U1", "C1", question.ts, "answer:b")
    await slack.wait_for("U1", "C1", "You chose 2")
    await slack.say("U1", "C1", "/quiz ack")
    await slack.wait_for("U1", "C1", "You said ack.")
    await slack.open_home("U1")
    assert len(small.heard("app_home_opened")) == 1


async def test_socket_mode_carries_suggestions_and_forms(
    slack: LocalSlack, sockets: Sockets
) -> None:
    small, _ = sockets
    await slack.say("U1", "C1", "/quiz")
    question = await slack.wait_for("U1", "C1", "Which letter?")
    await slack.choose("U1", question, "search", "v0")
    await slack.say("U1", "C1", "/quiz form")
    view = await slack.wait_until(lambda: slack.view("U1"))
    assert view is not None
    small.next_ack = {"response_action": "errors", "errors": {"name": "Taken."}}
    await slack.fill("U1", view, {"name": "Ana"})
    left = slack.view("U1")
    assert left is not None
    assert left.errors == {"name": "Taken."}


async def test_nothing_goes_to_http_while_a_socket_is_open(
    slack: LocalSlack, sockets: Sockets, bot: SmallBot
) -> None:
    small, _ = sockets
    await slack.open_messages("U1")
    assert (len(small.bodies), len(bot.bodies)) == (1, 0)


async def test_a_bot_asked_to_reconnect_comes_back(slack: LocalSlack, sockets: Sockets) -> None:
    small, _ = sockets
    await slack.disconnect()
    await slack.wait_until(lambda: slack.connections)
    await slack.open_messages("U1")
    assert len(small.bodies) == 1
    assert len(slack.sent("apps.connections.open")) == 2


async def test_several_connections_take_turns(slack: LocalSlack, session: ClientSession) -> None:
    heard: list[str] = []

    async def listen(name: str) -> None:
        caller = AsyncWebClient(base_url=slack.api_url, session=session)
        answer = await caller.apps_connections_open(app_token="xapp-test")
        async with session.ws_connect(answer["url"]) as socket:
            heard.append((await socket.receive_json())["type"])
            async for frame in socket:
                heard.append(name)
                envelope = json.loads(frame.data)
                await socket.send_json({"envelope_id": envelope["envelope_id"]})

    async with asyncio.TaskGroup() as group:
        for name in ("first", "second"):
            group.create_task(listen(name))
        await slack.wait_until(lambda: slack.connections == 2)
        for _ in range(4):
            await slack.open_messages("U1")
        await slack.links.close()
    assert sorted(heard) == ["first"] * 2 + ["hello"] * 2 + ["second"] * 2


async def test_an_unacknowledged_envelope_is_silence(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    mute = SocketModeClient(app_token="xapp-test", web_client=client)
    await mute.connect()  # type: ignore[no-untyped-call] # slack has no types here
    await slack.wait_until(lambda: slack.connections)
    slack.courier.patience = 0.01
    await slack.say("U1", "C1", "/quiz")
    assert slack.notice("U1").startswith("operation_timeout")
    await mute.close()  # type: ignore[no-untyped-call] # slack has no types here


async def test_a_ticket_opens_one_connection(slack: LocalSlack, session: ClientSession) -> None:
    body = slack.web_api.answer("apps.connections.open", "xapp-test", {}).body
    url = body["url"].replace("ws", "http", 1)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    statuses = []
    for _ in range(2):
        async with session.get(url, headers=upgrade) as response:
            statuses.append(response.status)
    assert statuses == [400, 403]  # half a handshake uses the ticket up as well
