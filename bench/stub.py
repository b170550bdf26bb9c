"""Stands in for Slack where speed is measured: takes every call at once and counts the replies."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from aiohttp import web

AUTH_TEST = (
    b'{"ok":true,"url":"https://bench.example.org/","team":"Bench","user":"quizbot",'
    b'"team_id":"TBENCH","user_id":"UBOT","bot_id":"BBOT"}'
)

PATIENCE: Final = 60.0


@dataclass
class Stub:
    """`replies` holds what was said at each response_url, oldest first; `latest` is when."""

    url: str = ""
    replies: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0
    latest: float = 0.0
    _wanted: int = 0
    _there: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def reply_url(self, press: str) -> str:
        return f"{self.url}/actions/{press}"

    def shown(self) -> frozenset[str]:
        """Presses whose message was replaced, and by the same one each time: neither by a new
        message, which tells about trouble, nor by two that differ.
        """
        return frozenset(
            path.rpartition("/")[2]
            for path, said in self.replies.items()
            if len(set(said)) == 1 and json.loads(said[0]).get("replace_original") is True
        )

    def forget(self) -> None:
        self.replies.clear()
        self.count = 0

    async def wait_for(self, count: int) -> float:
        """Until that many replies have come since `forget`; when the latest one came."""
        self._wanted = count
        self._there.clear()
        if self.count < count:
            await asyncio.wait_for(self._there.wait(), PATIENCE)
        return self.latest

    async def take(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        if request.path.startswith("/api/"):
            return web.Response(body=AUTH_TEST, content_type="application/json")
        self.replies[request.path].append(body)
        self.count += 1
        self.latest = perf_counter()
        if self.count == self._wanted:
            self._there.set()
        return web.Response(body=b"ok")


@asynccontextmanager
async def open_stub() -> AsyncIterator[Stub]:
    stub = Stub()
    runner = web.ServerRunner(web.Server(stub.take, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        stub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield stub
    finally:
        await runner.cleanup()
