"""Stands in for Slack where many workspaces are posted to: far away, and with Slack's limits."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from math import ceil
from time import time
from typing import Final

from aiohttp import web

from bench.stub import AUTH_TEST

DELAY: Final = 0.05
"""Seconds that a call is on its way, there and back."""

A_MINUTE: Final = 300
"""Posts that a workspace takes in a minute; Slack says only that there are several hundred."""

MINUTE: Final = 60.0
APART: Final = 1.0
"""Seconds between two posts to the same channel."""


def workspace_of(channel: str) -> str:
    """One token serves all, so channels are named after their workspace: `C12-3` is of `T12`."""
    return f"T{channel[1:].partition('-')[0]}"


@dataclass(slots=True)
class Minute:
    """What a workspace may still post, until `ends`."""

    ends: float = 0.0
    left: int = 0

    def wait(self, now: float) -> float:
        if now >= self.ends:
            self.ends, self.left = now + MINUTE, A_MINUTE
        return 0.0 if self.left else self.ends - now


@dataclass(slots=True)
class BusySlack:
    """`posts` holds when each channel got messages; `refused` counts, for each workspace, calls
    that came too soon. Moments are seconds of `time`.
    """

    expected: int
    url: str = ""
    posts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    _minutes: dict[str, Minute] = field(default_factory=lambda: defaultdict(Minute))

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def use_up(self, workspace: str, until: float) -> None:
        """The workspace has had all its posts until then."""
        self._minutes[workspace] = Minute(until, 0)

    async def take(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        if not request.path.endswith("chat.postMessage"):
            return web.Response(body=AUTH_TEST, content_type="application/json")
        channel = json.loads(body)["channel"]
        await asyncio.sleep(DELAY / 2)
        now = time()
        pause = self._post(channel, now)
        await asyncio.sleep(DELAY / 2)
        if pause:
            return web.json_response(
                {"ok": False, "error": "ratelimited"},
                status=HTTPStatus.TOO_MANY_REQUESTS,
                headers={"Retry-After": str(ceil(pause))},
            )
        return web.json_response({"ok": True, "channel": channel, "ts": f"{now:.6f}"})

    def _post(self, channel: str, now: float) -> float:
        """How long it has to wait; 0 if it is in the channel."""
        workspace = workspace_of(channel)
        minute = self._minutes[workspace]
        before = self.posts[channel]
        pause = max(minute.wait(now), before[-1] + APART - now if before else 0.0)
        if pause > 0:
            self.refused[workspace] += 1
            return pause
        minute.left -= 1
        before.append(now)
        self.expected -= 1
        if self.expected <= 0:
            self.done.set()
        return 0.0


@asynccontextmanager
async def open_busy_slack(expected: int) -> AsyncIterator[BusySlack]:
    slack = BusySlack(expected)
    runner = web.ServerRunner(web.Server(slack.take, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield slack
    finally:
        await runner.cleanup()
