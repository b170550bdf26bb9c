"""What Slack makes of a message to a channel: done, certainly not done, later, or nobody knows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.quiz.occurrence import Resolved, Tally
from bot.slack.channel_chat import FULL, UNREACHABLE, SlackChannels
from tests.storage.playing import ACME
from tests.storage.posting import occurrence_of, schedule_of


@dataclass
class Stub:
    """A server that says one thing. `heard` are the methods that were called."""

    status: int = 200
    body: str = '{"ok": true, "ts": "1.1"}'
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    heard: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append(request.match_info["method"])
        await request.read()
        if self.hangs_up and request.transport:
            request.transport.close()
        return web.Response(
            status=self.status, text=self.body, content_type=self.kind, headers=self.headers
        )


@asynccontextmanager
async def channels_at(stub: Stub) -> AsyncIterator[SlackChannels]:
    app = web.Application()
    app.add_routes([web.post("/api/{method}", stub.answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        async with ClientSession() as http:
            client = AsyncWebClient("xoxb-test", base_url=url, session=http, retry_handlers=[])
            yield SlackChannels(client, "/quiz")
    finally:
        await runner.cleanup()


def refusal(code: str) -> Stub:
    return Stub(body=f'{{"ok": false, "error": "{code}"}}')


LIMITED = {"status": 429, "body": '{"ok": false, "error": "ratelimited"}'}


@pytest.mark.parametrize(
    ("stub", "delivery"),
    [
        pytest.param(Stub(), Posted("1.1"), id="taken"),
        pytest.param(refusal("is_archived"), Refused("is_archived"), id="refused"),
        pytest.param(refusal("internal_error"), Unknown(), id="in doubt"),
        pytest.param(refusal("fatal_error"), Unknown(), id="in great doubt"),
        pytest.param(refusal("message_limit_exceeded"), RateLimited(FULL), id="full"),
        pytest.param(
            Stub(**LIMITED, headers={"Retry-After": "7"}),  # type: ignore[arg-type]  # mixed values
            RateLimited(timedelta(seconds=7)),
            id="limited",
        ),
        pytest.param(
            Stub(**LIMITED),  # type: ignore[arg-type]  # mixed values
            RateLimited(timedelta(seconds=1)),
            id="limited without a time",
        ),
        pytest.param(Stub(status=503, body="<html>", kind="text/html"), Unknown(), id="a page"),
        pytest.param(Stub(status=500, body="oops", kind="text/plain"), Unknown(), id="text"),
        pytest.param(Stub(hangs_up=True), Unknown(), id="the answer is lost"),
    ],
)
async def test_a_post_ends_in_one_of_four_ways_and_is_made_once(
    stub: Stub, delivery: Delivery
) -> None:
    async with channels_at(stub) as channels:
        assert await channels.ask(ACME, occurrence_of()) == delivery
    assert stub.heard == ["chat.postMessage"]


async def test_what_was_never_reached_can_be_tried_again() -> None:
    async with ClientSession() as http:
        nowhere = AsyncWebClient(
            "xoxb-test", base_url="http://127.0.0.1:1/api/", session=http, retry_handlers=[]
        )
        channels = SlackChannels(nowhere, "/quiz")
        assert await channels.ask(ACME, occurrence_of()) == RateLimited(UNREACHABLE)


async def test_what_is_in_the_channel_is_changed_and_what_is_not_is_posted() -> None:
    stub = Stub()
    occurrence = occurrence_of(posted="1.1")
    resolved = Resolved(occurrence, Tally(0, 0, (0, 0, 0)), (), None)
    async with channels_at(stub) as channels:
        await channels.count(ACME, occurrence, 3)
        await channels.reveal(ACME, resolved)
        await channels.withdraw(ACME, occurrence)
        await channels.announce(ACME, resolved)
        await channels.tell_owner(ACME, schedule_of(paused="is_archived"))
    assert stub.heard == ["chat.update"] * 3 + ["chat.postMessage"] * 2
