"""The servers that are measured, each in a process of its own that ends with its input."""

import asyncio
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import process_time
from typing import Final

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bench.pages import page, single
from bot import logs
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
HERE: Final = Path(__file__).parents[1]


class ServerEnded(Exception):
    """A server ended by itself; its own words are above."""


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


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    process: Process

    async def spent(self) -> float:
        """Seconds of the processor that it has used so far."""
        assert self.process.stdin  # noqa: S101  a pipe, which the types do not know
        self.process.stdin.write(b"\n")
        return float(await _line(self.process))


@asynccontextmanager
async def serving(kind: Kind, *, slack: str, redis: str) -> AsyncIterator[Server]:
    """Run one. `slack` is the stub's Web API."""
    process = await create_subprocess_exec(
        *(sys.executable, "-m", "bench.serving", kind, slack, redis),
        cwd=HERE,
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin  # noqa: S101  a pipe, which the types do not know
    try:
        yield Server(await _line(process), process)
    finally:
        process.stdin.close()
        await process.wait()


async def _line(process: Process) -> str:
    assert process.stdout  # noqa: S101  a pipe, which the types do not know
    async with asyncio.timeout(30):
        line = await process.stdout.readline()
    if not line:
        raise ServerEnded
    return line.decode().strip()


async def _serve_ours(slack: str, redis: str) -> None:
    settings = Settings.read(
        _env_file=None,
        slack_bot_token=TOKEN,
        slack_app_token="",
        slack_signing_secret=SECRET,
        slack_api_url=slack,
        redis_url=SecretStr(redis),
        host="127.0.0.1",
        port=0,
    )
    async with open_bot(settings, small_bank(20)) as running:
        await _until_input_ends(running.url)


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
        await _until_input_ends(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


async def _until_input_ends(url: str) -> None:
    """Say where it listens, and for each line of input how busy it was."""
    print(url, flush=True)
    while await asyncio.to_thread(sys.stdin.buffer.readline):
        print(process_time(), flush=True)


def main(kind: str, slack: str, redis: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    logs.set_up("ERROR", "text")  # who is put off is counted, not logged
    server = Kind(kind)
    if server is Kind.OURS:
        asyncio.run(_serve_ours(slack, redis))
    else:
        asyncio.run(_serve_bare(server, slack))


if __name__ == "__main__":
    main(*sys.argv[1:])
