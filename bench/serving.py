"""The servers that are measured, each in a process of its own that ends with its input."""

import asyncio
import re
import sys
from contextlib import AbstractAsyncContextManager
from enum import StrEnum
from typing import Final

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bench.pages import page, single
from bench.process import Server, begin, running, until_input_ends
from bot.bank.files import Bank
from bot.bank.gather import gather
from bot.bank.parser import parse_page
from bot.blocks.ids import ANSWER
from bot.quiz.question import Slug
from bot.settings import Settings
from bot.slack.web import EVENTS
from bot.wiring import open_bot

SECRET: Final = "bench-secret"
TOKEN: Final = "xoxb-test"
SLUG: Final = Slug("bench")


class Kind(StrEnum):
    OURS = "ours"
    BARE = "bare"
    BARE_BEFORE = "bare-before"
    BARE_REPLY = "bare-reply"


def small_bank(questions: int) -> Bank:
    """One quiz whose questions are all answered by a press of one button."""
    text = page(0, questions, (single,))
    catalogue, problems = gather([parse_page(text, path="bench.md", slug=SLUG)])
    return Bank(catalogue, problems, 1)


def our_settings(slack: str, redis: str) -> Settings:
    """Nothing of whoever runs this, and any free port."""
    return Settings.read(
        _env_file=None,
        slack_bot_token=TOKEN,
        slack_app_token="",
        slack_signing_secret=SECRET,
        slack_api_url=slack,
        redis_url=SecretStr(redis),
        host="127.0.0.1",
        port=0,
    )


def serving(kind: Kind, *, slack: str, redis: str) -> AbstractAsyncContextManager[Server]:
    """Run one. `slack` is the stub's Web API."""
    return running("bench.serving", kind, slack, redis)


async def _serve_ours(slack: str, redis: str) -> None:
    async with open_bot(our_settings(slack, redis), small_bank(20)) as bot:
        await until_input_ends(bot.url)


async def _serve_bare(kind: Kind, slack: str) -> None:
    """Bolt with its own server's adapter: all it does is acknowledge, and say a word back."""
    app = AsyncApp(
        client=AsyncWebClient(TOKEN, base_url=slack),
        signing_secret=SECRET,
        process_before_response=kind is Kind.BARE_BEFORE,
    )

    async def answer(ack: AsyncAck) -> None:
        await ack()

    async def answer_and_reply(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Thank you.", replace_original=True)

    app.action(re.compile(rf"^{ANSWER}:\d+$"))(
        answer_and_reply if kind is Kind.BARE_REPLY else answer
    )
    server = AsyncSlackAppServer(0, EVENTS, app)
    runner = web.AppRunner(server.web_app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await until_input_ends(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


def main(kind: str, slack: str, redis: str) -> None:
    begin()
    server = Kind(kind)
    if server is Kind.OURS:
        asyncio.run(_serve_ours(slack, redis))
    else:
        asyncio.run(_serve_bare(server, slack))


if __name__ == "__main__":
    main(*sys.argv[1:])
