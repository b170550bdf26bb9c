"""Calls to Slack when Slack is slow, full, broken or gone, and addresses that are not Slack's."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.abc import AbstractResolver, ResolveResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.kit import Message
from bot.errors import MemoryAway, SlackAway, SlackRefused
from bot.quiz.player import UserId
from bot.settings import SLACK_API
from bot.slack.chat import LONGEST_WAIT, PAUSE, TRIES, Chat
from bot.slack.effect import Announce, Effect, OpenForm, Show, Silence, Tell
from bot.slack.incoming import Address

HERE = "/actions/T1/1/x"
EPHEMERAL, POST, OPEN = "chat.postEphemeral", "chat.postMessage", "views.open"
WORDS, CARD, SUMMARY, REFUSED, UNSURE, LATE = (
    Message(word, ({"type": "divider"},))
    for word in ("words", "card", "summary", "refused", "unsure", "late")
)
LOST = None
"""The answer that never comes: the connection ends instead."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int = 200
    body: str = '{"ok":true}'
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def error(code: str, status: int = 404) -> Answer:
    return Answer(status, f'{{"ok": false, "error": "{code}"}}')


@dataclass
class Stub:
    """A server that says what it is told to, and else yes. `heard` are paths and texts."""

    url: str
    answers: list[Answer | None] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[Mapping[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard.append((request.path.removeprefix("/api/"), body.get("text", "")))
        self.bodies.append(body)
        said = self.answers.pop(0) if self.answers else Answer()
        if said is None:
            if request.transport:
                request.transport.close()
            return web.Response()
        return web.Response(
            status=said.status, text=said.body, content_type=said.kind, headers=said.headers
        )


@asynccontextmanager
async def open_stub() -> AsyncIterator[Stub]:
    stub = Stub("")
    site = web.Application()
    site.router.add_route("*", "/{path:.*}", stub.answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield stub
    finally:
        await runner.cleanup()


class Nowhere(AbstractResolver):
    """Finds no host, and remembers who was asked for: so nothing leaves this machine."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        del port, family
        self.asked.append(host)
        raise OSError("there is no such host")

    async def close(self) -> None:
        pass


@dataclass
class Line:
    """A chat on the line to the stub; `slept` are the pauses it would have made."""

    slack: Stub
    http: ClientSession
    resolver: Nowhere
    slept: list[float] = field(default_factory=list)
    released: list[str] = field(default_factory=list)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def _release(self) -> None:
        self.released.append("share")

    def chat(self, api_url: str = "") -> Chat:
        """`api_url` is what the operator has set; the Web API is the stub in any case."""
        there = f"{self.slack.url}/api/"
        client = AsyncWebClient("xoxb-test", base_url=there, session=self.http)
        return Chat(client, self.http, api_url=api_url or there, sleep=self._sleep)

    def address(self, url: str = "", **parts: Any) -> Address:
        where = {"channel": "C1", "user": UserId("U1"), "in_place": True, **parts}
        return Address(url=url or self.slack.url + HERE, **where)

    def announce(self, release: Callable[[], Awaitable[None]] | None = None) -> Announce:
        return Announce(CARD, SUMMARY, REFUSED, UNSURE, release or self._release)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    resolver = Nowhere()
    connector = TCPConnector(resolver=resolver, use_dns_cache=False)
    async with open_stub() as stub, ClientSession(connector=connector) as http:
        yield Line(stub, http, resolver)


# Full and broken


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        pytest.param({"Retry-After": "7"}, 7.0, id="as long as Slack says"),
        pytest.param({"Retry-After": "3600"}, LONGEST_WAIT, id="but no hour"),
        pytest.param({"Retry-After": "soon"}, 1.0, id="a second for what is no number"),
        pytest.param({}, 1.0, id="a second when it does not say"),
    ],
)
@pytest.mark.parametrize("effect", [Show(WORDS), Tell(WORDS)], ids=["show", "tell"])
async def test_a_full_slack_is_waited_for(
    line: Line, effect: Effect, header: Mapping[str, str], waits: float
) -> None:
    line.slack.answers = [Answer(429, headers=header)]
    await line.chat().carry_out(effect, line.address())
    assert line.slack.heard == [(HERE, "words")] * 2
    assert line.slept == [waits]


async def test_a_public_message_too_waits_for_a_full_slack_which_has_not_taken_it(
    line: Line,
) -> None:
    line.slack.answers = [Answer(429)]
    await line.chat().carry_out(line.announce(), line.address())
    assert line.slack.heard == [(HERE, "card"), (HERE, "card"), (HERE, "summary")]
    assert [body.get("response_type") for body in line.slack.bodies] == ["in_channel"] * 2 + [None]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("effect", [Show(WORDS), Tell(WORDS)], ids=["show", "tell"])
async def test_a_private_message_is_sent_again_to_a_broken_slack(
    line: Line, effect: Effect, status: int
) -> None:
    line.slack.answers = [Answer(status, "oh", "text/html"), Answer(status, "oh", "text/html")]
    await line.chat().carry_out(effect, line.address())
    assert line.slack.heard == [(HERE, "words")] * TRIES


async def test_a_private_message_is_given_up_in_the_end(line: Line) -> None:
    line.slack.answers = [Answer(503)] * TRIES
    with pytest.raises(SlackAway):
        await line.chat().carry_out(Tell(WORDS), line.address())
    assert len(line.slack.heard) == TRIES
    assert len(line.slept) == TRIES - 1


async def test_a_private_message_is_sent_again_when_its_answer_is_lost(line: Line) -> None:
    line.slack.answers = [LOST]
    await line.chat().carry_out(Show(WORDS), line.address())
    assert line.slack.heard == [(HERE, "words")] * 2
    assert line.slept == [PAUSE]


@pytest.mark.parametrize(
    "answer", [LOST, Answer(500), Answer(503)], ids=["lost", "broken", "overloaded"]
)
async def test_a_public_message_is_never_sent_twice_and_the_person_is_told(
    line: Line, answer: Answer | None
) -> None:
    line.slack.answers = [answer]
    await line.chat().carry_out(line.announce(), line.address())
    assert line.slack.heard == [(HERE, "card"), (HERE, "unsure")]
    assert line.released == []


@pytest.mark.parametrize("effect", [Show(WORDS), Tell(WORDS)], ids=["show", "tell"])
async def test_a_slack_that_is_not_there_is_tried_again(line: Line, effect: Effect) -> None:
    """Names are not resolved here, which is one way not to be there."""
    chat = line.chat(SLACK_API)
    with pytest.raises(SlackAway):
        await chat.carry_out(effect, line.address("https://hooks.slack.com/actions/T1/1/x"))
    assert line.resolver.asked == ["hooks.slack.com"] * TRIES
    assert line.slept == [PAUSE] * (TRIES - 1)


async def test_a_refused_connection_is_tried_again(line: Line) -> None:
    async with open_stub() as gone:
        away = gone.url
    chat = line.chat(f"{away}/api/")
    with pytest.raises(SlackAway):
        await chat.carry_out(Tell(WORDS), line.address(away + HERE))
    assert line.slept == [PAUSE] * (TRIES - 1)


async def test_a_public_message_that_certainly_went_nowhere_may_be_shared_again(
    line: Line,
) -> None:
    line.slack.answers = [Answer(429)] * TRIES
    await line.chat().carry_out(line.announce(), line.address())
    assert line.slack.heard == [(HERE, "card")] * TRIES + [(HERE, "refused")]
    assert line.released == ["share"]


# Refused


@pytest.mark.parametrize("code", ["used_url", "expired_url", "no_such_url"])
async def test_a_word_goes_another_way_when_its_address_is_dead(line: Line, code: str) -> None:
    line.slack.answers = [error(code)]
    await line.chat().carry_out(Tell(WORDS), line.address())
    assert line.slack.heard == [(HERE, "words"), (EPHEMERAL, "words")]
    sent = line.slack.bodies[-1]
    assert (sent["channel"], sent["user"]) == ("C1", "U1")


@pytest.mark.parametrize("code", ["expired_url", "no_such_url", "invalid_blocks"])
async def test_a_screen_goes_another_way_when_its_address_is_dead(line: Line, code: str) -> None:
    line.slack.answers = [error(code)]
    await line.chat().carry_out(Show(WORDS), line.address())
    assert line.slack.heard == [(HERE, "words"), (EPHEMERAL, "words")]


async def test_a_screen_is_not_shown_anew_when_its_address_has_taken_five(line: Line) -> None:
    """Each press has an address of its own, so five were deliveries of this very press."""
    line.slack.answers = [error("used_url")]
    await line.chat().carry_out(Show(WORDS), line.address())
    assert line.slack.heard == [(HERE, "words")]


async def test_who_is_not_in_the_channel_is_told_directly(line: Line) -> None:
    line.slack.answers = [error("expired_url"), error("user_not_in_channel", 200)]
    await line.chat().carry_out(Tell(WORDS), line.address())
    assert [path for path, _ in line.slack.heard] == [HERE, EPHEMERAL, POST]
    assert line.slack.bodies[-1]["channel"] == "U1"


async def test_in_a_direct_conversation_the_word_comes_there(line: Line) -> None:
    line.slack.answers = [error("expired_url")]
    await line.chat().carry_out(Tell(WORDS), line.address(channel="D1"))
    assert [path for path, _ in line.slack.heard] == [HERE, POST]
    assert line.slack.bodies[-1]["channel"] == "D1"


@pytest.mark.parametrize("effect", [Show(WORDS), Tell(WORDS)], ids=["show", "tell"])
async def test_between_two_others_the_word_comes_in_the_own_conversation(
    line: Line, effect: Effect
) -> None:
    line.slack.answers = [error("expired_url"), error("channel_not_found", 200)]
    await line.chat().carry_out(effect, line.address(channel="D9"))
    assert [path for path, _ in line.slack.heard] == [HERE, POST, POST]
    assert [body["channel"] for body in line.slack.bodies[1:]] == ["D9", "U1"]


async def test_any_other_refusal_in_a_direct_conversation_is_ours_to_hear(line: Line) -> None:
    line.slack.answers = [error("expired_url"), error("invalid_blocks", 200)]
    with pytest.raises(SlackRefused):
        await line.chat().carry_out(Tell(WORDS), line.address(channel="D1"))
    assert [path for path, _ in line.slack.heard] == [HERE, POST]


async def test_a_word_stays_in_its_thread(line: Line) -> None:
    line.slack.answers = [error("expired_url")]
    await line.chat().carry_out(Tell(WORDS), line.address(thread="1.2"))
    assert line.slack.bodies[-1]["thread_ts"] == "1.2"


async def test_a_refused_public_message_can_be_shared_again(line: Line) -> None:
    line.slack.answers = [error("expired_url"), error("expired_url")]
    await line.chat().carry_out(line.announce(), line.address())
    assert line.slack.heard == [(HERE, "card"), (HERE, "refused"), (EPHEMERAL, "refused")]
    assert line.released == ["share"]


async def test_a_refusal_is_told_even_when_memory_is_away(line: Line) -> None:
    async def forget() -> None:
        raise MemoryAway

    line.slack.answers = [error("no_text")]
    with pytest.raises(MemoryAway):
        await line.chat().carry_out(line.announce(forget), line.address())
    assert line.slack.heard == [(HERE, "card"), (HERE, "refused")]


# Forms and the Web API


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_form_that_comes_too_late_is_told(line: Line, code: str) -> None:
    line.slack.answers = [error(code, 200)]
    await line.chat().carry_out(OpenForm("1.2.t", {"type": "modal"}, LATE), line.address())
    assert line.slack.heard == [(OPEN, ""), (HERE, "late")]


async def test_a_form_that_slack_refuses_is_a_fault_of_ours(line: Line) -> None:
    line.slack.answers = [error("invalid_arguments", 200)]
    with pytest.raises(SlackRefused, match=r"views\.open: invalid_arguments"):
        await line.chat().carry_out(OpenForm("1.2.t", {"type": "modal"}, LATE), line.address())


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(502, "<h1>Bad gateway</h1>", "text/html"), id="a page"),
        pytest.param(Answer(500, "sorry", "text/plain"), id="plain text"),
        pytest.param(Answer(200, "fine", "text/plain"), id="plain text that sounds well"),
        pytest.param(Answer(200, "{", "application/json"), id="broken JSON"),
        pytest.param(Answer(500, "[]", "application/json"), id="a list"),
    ],
)
async def test_what_is_no_answer_of_the_web_api_means_that_slack_is_away(
    line: Line, answer: Answer
) -> None:
    line.slack.answers = [answer]
    with pytest.raises(SlackAway):
        await line.chat().carry_out(Tell(WORDS), Address("", "D1", UserId("U1")))
    assert line.slack.heard == [(POST, "words")]


async def test_nothing_to_show_is_nothing_to_send(line: Line) -> None:
    await line.chat().carry_out(Silence(), line.address())
    assert line.slack.heard == []


# Addresses that are not Slack's


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com.evil.example/actions/x",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/actions/x",
        "https://hooks.slack.com:secret@evil.example/actions/x",
        "https://somebody@hooks.slack.com/actions/x",
        "https://hooks.slack.com:8443/actions/x",
        "https://hooks.slack.com:443/actions/x",
        "http://hooks.slack.com/actions/x",
        "https://HOOKS.slack.com.evil.example/x",
        "https://hooks.slack.com\\@evil.example/x",
        "https://evil.example\\.hooks.slack.com/x",
        "https://hooks.slack.com\t.evil.example/x",
        "https://hooks.slack.com\n/x",
        " https://hooks.slack.com/x",
        "https:hooks.slack.com/x",
        "//hooks.slack.com/x",
        "https://[::1/x",
        "https://slack.com/actions/x",
        "https://xn--slack-hooks.com/x",
        "https://hooks.sl\u0430ck.com/x",
        "ftp://hooks.slack.com/x",
        "file:///etc/passwd",
        "nonsense",
    ],
)
@pytest.mark.parametrize("effect", ["show", "tell", "announce"])
async def test_only_slack_is_ever_written_to(line: Line, url: str, effect: str) -> None:
    effects: dict[str, Effect] = {
        "show": Show(WORDS),
        "tell": Tell(WORDS),
        "announce": line.announce(),
    }
    await line.chat(SLACK_API).carry_out(effects[effect], line.address(url))
    assert line.resolver.asked == []
    assert [path for path, _ in line.slack.heard] == [EPHEMERAL]


@pytest.mark.parametrize(
    "url",
    ["https://hooks.slack.com/actions/T1/1/x", "https://hooks.slack-gov.com/commands/T1/1/x"],
)
async def test_slacks_own_addresses_are_written_to(line: Line, url: str) -> None:
    """Else the test above would prove nothing."""
    with pytest.raises(SlackAway):
        await line.chat(SLACK_API).carry_out(Tell(WORDS), line.address(url))
    assert set(line.resolver.asked) == {url.split("/")[2]}


async def test_a_stand_in_is_written_to_only_when_the_operator_has_set_it(line: Line) -> None:
    async with open_stub() as other:
        for url in (other.url, other.url.replace("127.0.0.1", "x@127.0.0.1")):
            await line.chat().carry_out(Tell(WORDS), line.address(url + HERE))
        await line.chat(SLACK_API).carry_out(Tell(WORDS), line.address(line.slack.url + HERE))
        assert other.heard == []
    assert [path for path, _ in line.slack.heard] == [EPHEMERAL] * 3


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(line: Line, status: int) -> None:
    async with open_stub() as other:
        line.slack.answers = [Answer(status, headers={"Location": other.url + HERE})]
        await line.chat().carry_out(Tell(WORDS), line.address())
        assert other.heard == []
    assert [path for path, _ in line.slack.heard] == [HERE, EPHEMERAL]
