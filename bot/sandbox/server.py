"""Serves the local Slack on this machine: the Web API and sockets to a bot, a page to people."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox import replies
from bot.sandbox.desk import Desk
from bot.sandbox.page_api import PageApi
from bot.sandbox.web_api import Answer

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOSTS = {"localhost", "127.0.0.1", "::1"}
SCOPES = "app_mentions:read,chat:write,commands,im:history,im:write,users:read"


@dataclass(kw_only=True)
class LocalSlack(Desk):
    """Slack for one bot and three people. `async with slack.serve():` or `start` and `close`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._page = PageApi(self)
        self._runner: web.AppRunner | None = None

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Self]:
        await self.start(host, port)
        try:
            yield self
        finally:
            await self.close()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Port 0 takes a free one; `url` tells which."""
        if host not in HOSTS:
            raise ValueError(f"{host} is reachable from other machines")
        app = web.Application(middlewares=[_stay_at_home])
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/api/{method}", self._api),
                web.post("/actions/{team}/{number}/{token}", self._reply),
                web.get("/link/", self._link),
                *self._page.routes(),
            ]
        )
        await self.courier.open()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        try:
            await self._runner.setup()
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.close()
            raise
        name, actual = self._runner.addresses[0][:2]
        self.url = f"http://{f'[{name}]' if ':' in name else name}:{actual}"

    async def close(self) -> None:
        await self._page.close()
        await self.links.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self.courier.close()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        given = {**request.query, **await _body(request)}
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = str(given.get("token", ""))
        return _response(self.web_api.answer(request.match_info["method"], token, given))

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        return _response(replies.answer(self.workspace, token, await _body(request)))

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if not self.links.admits(request.query.get("ticket", "")):
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(timeout=1)
        await socket.prepare(request)
        await self.links.serve(socket)
        return socket


async def _body(request: web.Request) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        form = await request.post()
        return {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, Mapping):
        raise web.HTTPBadRequest(
            text='{"ok":false,"error":"invalid_json"}', content_type="application/json"
        )
    return body


def _response(answer: Answer) -> web.StreamResponse:
    headers = {"X-OAuth-Scopes": SCOPES, **answer.headers}
    return web.json_response(answer.body, status=answer.status, headers=headers)


@web.middleware
async def _stay_at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names for this machine (DNS rebinding) and other pages of the browser."""
    if _hostname(request.host) not in HOSTS:
        raise web.HTTPForbidden(text="This server answers to localhost only.")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{request.host}"
    if foreign or (request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path != "/"):
        raise web.HTTPForbidden(text="Another page cannot use this server.")
    return await handler(request)


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
