"""The HTTP side of the running bot: junk stays outside, and nothing makes it answer with a 500."""

import copy
import io
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings, strategies as st
from multidict import CIMultiDict
from redis.asyncio import Redis
from structlog.testing import capture_logs

from bot.bank.files import Bank
from bot.sandbox.server import LocalSlack
from bot.slack.web import EVENTS
from bot.wiring import Running
from tests.conftest import ANA, ANAS_DIRECT, GENERAL, Hand, Stage, kept, open_worker
from tests.slack.signed import click, command, form, signed


@dataclass
class Door:
    """The bot's HTTP side, and the Slack that it talks to."""

    http: ClientSession
    running: Running
    slack: LocalSlack

    async def knock(self, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        url = self.running.url + EVENTS
        async with self.http.post(url, data=io.BytesIO(body), headers=headers) as response:
            return response.status, await response.text()

    async def send(self, body: bytes, **more: str) -> tuple[int, str]:
        """Knock with a good signature."""
        return await self.knock({**signed(body, time.time()), **more}, body)

    async def settle(self) -> None:
        await self.running.background.drain()

    def told(self) -> list[str]:
        """All that Ana has been told, in public or in private."""
        channels = (GENERAL, ANAS_DIRECT)
        return [m.words for channel in channels for m in self.slack.messages(ANA, channel)]


@pytest.fixture
async def door(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
) -> AsyncIterator[Door]:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    with capture_logs():  # drawing hundreds of traces takes longer than all else
        async with (
            slack.serve(),
            open_worker(slack, valkey, colours, hand) as running,
            ClientSession() as http,
        ):
            yield Door(http, running, slack)


START = form(click("start", "10::basics/shapes"))
NESTED = b"[" * 100_000


def junk(now: float) -> dict[str, tuple[Mapping[str, str], bytes, int]]:
    """Headers, body, and the status that they deserve."""
    good = signed(START, now)
    twice = CIMultiDict(good)
    twice["X-Slack-Signature"] = "v0=" + "0" * 64
    twice.add("X-Slack-Signature", good["X-Slack-Signature"])

    def wrong(**changed: str) -> Mapping[str, str]:
        return {**good, **{f"X-Slack-{name.replace('_', '-')}": v for name, v in changed.items()}}

    def well_signed(body: bytes, status: int = 400) -> tuple[Mapping[str, str], bytes, int]:
        return signed(body, now), body, status

    return {
        "unsigned": ({}, START, 401),
        "empty and unsigned": ({}, b"", 401),
        "brackets": ({}, NESTED, 401),
        "timestamp abc": (wrong(Request_Timestamp="abc"), START, 401),
        "timestamp huge": (wrong(Request_Timestamp="9" * 400), START, 401),
        "timestamp negative": (wrong(Request_Timestamp="-1"), START, 401),
        "wrong signature": (wrong(Signature="v0=" + "0" * 64), START, 401),
        "capitals": (wrong(Signature=good["X-Slack-Signature"].upper()), START, 401),
        "no ASCII": (wrong(Signature="v0=\u00e9"), START, 401),
        "two signatures": (twice, START, 401),
        "of another body": (good, START + b" ", 401),
        "an old request": (signed(START, now - 310), START, 401),
        "one from the future": (signed(START, now + 310), START, 401),
        "another secret": (signed(START, now, "other"), START, 401),
        "as if compressed": ({"Content-Encoding": "deflate"}, START, 401),
        "as if zipped": ({"Content-Encoding": "gzip"}, START, 401),
        "3 MB": well_signed(b"a" * 3 * 1024 * 1024, 413),
        "nothing": well_signed(b""),
        "invalid UTF-8": well_signed(b"text=\xff"),
        "broken JSON": well_signed(b'{"type":'),
        "a JSON list": well_signed(b"[1,2]"),
        "deep JSON": well_signed(b'{"a":' + NESTED),
        "deep payload": well_signed(b"payload=" + NESTED),
        "payload empty": well_signed(b"payload="),
        "payload a list": well_signed(form([click("start", "10::basics/shapes")])),
        "two payloads": well_signed(form({}) + b"&" + START),
    }


async def test_junk_is_refused_and_reaches_nobody(door: Door) -> None:
    table = junk(time.time())
    before = len(door.slack.calls)
    found = {name: (await door.knock(h, body))[0] for name, (h, body, _) in table.items()}
    assert found == {name: status for name, (_, _, status) in table.items()}
    await door.settle()
    assert len(door.slack.calls) == before


async def test_the_same_request_is_good_when_it_is_signed(door: Door) -> None:
    """Else the test above would prove nothing."""
    assert await door.send(START) == (200, "")
    await door.slack.wait_for(ANA, GENERAL, "How many sides has a triangle?")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "nonsense"])
async def test_a_body_is_read_for_what_it_is_not_for_what_its_header_says(
    door: Door, content_type: str
) -> None:
    body = "&".join(f"{k}={v}" for k, v in command("help").items()).encode()
    assert await door.send(body, **{"Content-Type": content_type}) == (200, "")
    await door.slack.wait_for(ANA, GENERAL, "go on where you were")


async def test_a_command_may_say_payload(door: Door) -> None:
    body = "&".join(f"{k}={v}" for k, v in command("payload").items()).encode()
    assert (await door.send(body))[0] == 200
    await door.slack.wait_for(ANA, GENERAL, "I don't know “payload” yet.")


async def test_other_ways_and_places_are_not_there(door: Door) -> None:
    url = door.running.url
    wanted = {
        ("GET", EVENTS): 405,
        ("PUT", EVENTS): 405,
        ("POST", "/healthz"): 405,
        ("POST", "/slack/event"): 404,
        ("POST", EVENTS + "/"): 404,
        ("GET", "/"): 404,
        ("GET", "/slack/install"): 404,
    }
    found = {}
    for method, path in wanted:
        headers = signed(START, time.time())
        async with door.http.request(method, url + path, data=START, headers=headers) as response:
            found[method, path] = response.status
    assert found == wanted


async def test_slacks_own_questions_are_answered(door: Door) -> None:
    challenge = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "x"}).encode()
    status, answer = await door.send(challenge, **{"Content-Type": "application/json"})
    assert status == 200
    assert json.loads(answer) == {"challenge": "c-1"}
    assert await door.send(b"ssl_check=1&token=x") == (200, "")


def event(**parts: Any) -> dict[str, Any]:
    inside = {"type": "message", "channel_type": "im", "user": "U1", "channel": "D1", "text": "hi"}
    whole = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": inside}
    return {**whole, **parts}


def sent_form(**parts: Any) -> dict[str, Any]:
    view = {
        "id": "V1",
        "hash": "1.a",
        "type": "modal",
        "callback_id": "blanks",
        "private_metadata": "0:s1",
        "blocks": [{"type": "input", "block_id": "blanks:0"}],
        "state": {"values": {"blanks:0": {"blanks": {"value": "white"}}}},
    }
    whole = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}}
    return {**whole, "trigger_id": "1.3.f", "view": view, **parts}


def search(**parts: Any) -> dict[str, Any]:
    whole = {"type": "block_suggestion", "team": {"id": "T1"}, "user": {"id": "U1"}}
    return {**whole, "action_id": "pick_quiz", "block_id": "pick", "value": "sh", **parts}


STRANGE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a shortcut": {"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}},
    "a message action": {"type": "message_action", "callback_id": "x", "user": {"id": "U1"}},
    "an old button": {"type": "interactive_message", "callback_id": "x", "actions": [{}]},
    "a dialog": {"type": "dialog_submission", "callback_id": "x", "user": {"id": "U1"}},
    "a type of tomorrow": {"type": "mind_reading", "team": {"id": "T1"}},
    "a closed form": sent_form(type="view_closed"),
    "another form": sent_form(view={"callback_id": "x", "type": "modal", "id": "V1"}),
    "a form without fields": sent_form(view={"callback_id": "blanks", "type": "modal"}),
    "no view": {"type": "view_submission", "user": {"id": "U1"}, "view": None},
    "no actions": click("x", "", actions=[]),
    "actions null": click("x", "", actions=None),
    "no user": click("start", "10::basics/shapes", user=None),
    "no team": click("start", "10::basics/shapes", team=None),
    "no channel": click("help", "", channel=None, container=None),
    "numbers": click("start", "10::basics/shapes", user=5, team=6, channel=7),
    "a number as action": click("x", "", actions=[{"action_id": 5}]),
    "no action id": click("x", "", actions=[{"type": "button"}]),
    "state a list": click("submit", "0:s1", state=[1]),
    "odd state": click("submit", "0:s1", state={"values": {"ticks:0:s1": [1]}}),
    "an event null": event(event=None),
    "an event without a type": event(event={}),
    "an event of tomorrow": event(event={"type": "mind_read", "user": "U1"}),
    "a message by nobody": event(event={"type": "message", "channel_type": "im"}),
    "a search without words": search(value=None),
    "a search for something else": search(action_id="x"),
}


@pytest.mark.parametrize("payload", STRANGE.values(), ids=list(STRANGE))
async def test_a_strange_payload_is_acknowledged_or_unknown(
    door: Door, payload: dict[str, Any]
) -> None:
    status, answer = await door.send(form(payload))
    assert status in {200, 400, 404}
    await door.settle()
    for words in (answer, *door.told()):
        assert "Traceback" not in words
        assert "Error" not in words


@pytest.mark.parametrize("action_id", ["gone", "answer:x", "answer:1:2", "ANSWER:1"])
async def test_a_button_that_nobody_knows_leads_on(door: Door, action_id: str) -> None:
    assert await door.send(form(click(action_id, "x"))) == (200, "")
    await door.slack.wait_for(ANA, GENERAL, "This button is from an older version of the bot.")


async def test_without_a_person_or_a_workspace_nothing_is_written(
    door: Door, redis: Redis
) -> None:
    for missing in ({"user": None}, {"team": None}, {"user": {"id": ""}}, {"team": {"id": 5}}):
        assert await door.send(form(click("start", "10::basics/shapes", **missing))) == (200, "")
    await door.settle()
    assert not await kept(redis)
    assert door.told() == []


async def test_an_organisations_click_names_the_workspace_beside_the_person(
    door: Door, redis: Redis
) -> None:
    person = {"id": "U1", "team_id": "T1"}
    payload = click("start", "10::basics/shapes", team=None, user=person)
    assert await door.send(form(payload)) == (200, "")
    await door.slack.wait_for(ANA, GENERAL, "How many sides has a triangle?")
    await door.settle()  # who came by is noted after the question is shown
    assert {key.partition(b":")[0] for key in await kept(redis)} == {b"{T1}"}


SOUND = (
    click("start", "10::basics/shapes"),
    click("submit", "0:s1", state={"values": {"ticks:0:s1": {"ticks": {"selected_options": []}}}}),
    click("start_picked", "", state={"values": {"pick": {"pick_quiz": {"selected_option": {}}}}}),
    command("start shapes"),
    event(),
    sent_form(),
    search(),
)
ODDITIES: list[Any] = [None, True, 5, "", "x", "\ud800", [], {}, [5], [[]], {"id": 5}, {"id": []}]


def places(part: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a payload."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(part, dict):
        inner = list(part.items())
    elif isinstance(part, list):
        inner = list(enumerate(part))
    found = [place for name, value in inner for place in places(value, (*path, name))]
    return [*([path] if path else []), *found]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A good payload of which some parts are something else."""
    payload: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 3))):
        *way, name = draw(st.sampled_from(places(payload) or [("type",)]))
        part: Any = payload
        for step in way:
            part = part[step]
        part[name] = copy.deepcopy(draw(st.sampled_from(ODDITIES)))
    return payload


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one bot for all of them
)
@given(payload=spoilt())
async def test_no_signed_payload_makes_it_fail(door: Door, payload: dict[str, Any]) -> None:
    status, answer = await door.send(form(payload))
    assert status in {200, 400, 404}
    assert "Traceback" not in answer


@pytest.mark.parametrize("stage", ["http", "socket"], indirect=True)
async def test_health_pages_tell_that_all_is_well(stage: Stage) -> None:
    async with ClientSession() as http:
        async with http.get(f"{stage.running.url}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"status": "ok"})
        async with http.get(f"{stage.running.url}/readyz") as response:
            ready = {"status": "ready", "problems": {}, "details": {}}
            assert (response.status, await response.json()) == (200, ready)


async def test_in_socket_mode_nothing_comes_in_by_http(
    valkey: str, redis: Redis, colours: Bank, hand: Hand
) -> None:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with (
        slack.serve(),
        open_worker(slack, valkey, colours, hand, sockets=True) as running,
        ClientSession() as http,
    ):
        await slack.wait_until(lambda: slack.connections)
        assert (await Door(http, running, slack).send(START))[0] == 404
        assert not await kept(redis)
