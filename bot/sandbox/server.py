"""Serves the local Slack on this machine: the Web API and sockets to a bot, a page to people."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox import replies
from bot.sandbox.desk import Desk
from bot.sandbox.files_api import UPLOADS
from bot.sandbox.page_api import PageApi
from bot.sandbox.refusal import Refused
from bot.sandbox.web_api import Answer

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOSTS = {"localhost", "127.0.0.1", "::1"}
MOST_BYTES = 32 * 1024 * 1024


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
        app = web.Application(middlewares=[stay_at_home], client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/api/{method}", self._api),
                web.post("/actions/{team}/{number}/{token}", self._reply),
                web.post(f"{UPLOADS}{{ticket}}", self._upload),
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
        self.workspace.url = f"http://{f'[{name}]' if ':' in name else name}:{actual}"

    async def close(self) -> None:
        self.release()
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
        method = request.match_info["method"]
        return await self._respond(request, method, self.web_api.answer(method, token, given))

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        answer = replies.answer(self.workspace, token, await _body(request))
        return await self._respond(request, replies.METHOD, answer)

    async def _respond(
        self, request: web.Request, method: str, answer: Answer
    ) -> web.StreamResponse:
        """Answer now, later or never, as the day is."""
        loses = self.web_api.bad_days.loses(method)
        await self.web_api.bad_days.pass_gate(method)
        if loses and request.transport is not None:
            request.transport.abort()
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes)), **answer.headers}
        return web.json_response(answer.body, status=answer.status, headers=headers)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await _uploaded(request)
        try:
            self.workspace.files.upload(request.match_info["ticket"], content)
        except Refused as refusal:
            raise web.HTTPBadRequest(text=str(refusal)) from refusal
        return web.Response(text=f"OK - {len(content)}")

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


async def _uploaded(request: web.Request) -> bytes:
    """A file comes as the bare body, or as a part of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    parts = (await request.post()).values()
    files = [part.file.read() for part in parts if isinstance(part, web.FileField)]
    return files[0] if files else b""


@web.middleware
async def stay_at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
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
