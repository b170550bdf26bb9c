"""The page's side of the server: its files, its socket, and what a person does on it."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.desk import Desk
from bot.sandbox.page_state import state
from bot.sandbox.refusal import NotPossible

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_FILE = re.compile(r"[\w-]+(/[\w-]+)*\.[a-z0-9]+")

Doing: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]


class PageApi:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sockets: set[web.WebSocketResponse] = set()
        self._doings: dict[str, Doing] = {
            "say": lambda given: desk.say(given["user"], given["channel"], given["text"]),
            "act": self._act,
            "suggest": self._suggest,
            "submit": lambda given: desk.submit(given["user"], given["view"], given["values"]),
            "close": lambda given: desk.close_view(given["user"], given["view"]),
            "home": lambda given: desk.open_home(given["user"]),
            "messages": lambda given: desk.open_messages(given["user"]),
            "dismiss": self._dismiss,
            "notice": self._clear_notice,
            "clock": self._move_clock,
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._index),
            web.get("/static/{file:.+}", self._file),
            web.get("/local/socket", self._socket),
            web.get("/local/files/{file}", self._download),
            web.get("/local/images/{file}", self._image),
            web.post("/local/{doing}", self._doing),
        ]

    async def close(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return page_file("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return page_file(request.match_info["file"])

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Push the whole state at once and whenever it looks different to this person."""
        user = request.query.get("user", "")
        workspace = self._desk.workspace
        try:
            workspace.someone(user)
        except NotPossible as problem:
            raise web.HTTPNotFound(text=str(problem)) from problem
        socket = web.WebSocketResponse(heartbeat=30, timeout=1)
        await socket.prepare(request)
        self._sockets.add(socket)

        async def push(_: str) -> None:
            await socket.send_str(_frame(self._desk, user))

        watch = self._desk.watch(lambda: _seen(self._desk, user), push)
        try:
            async for _ in socket:
                pass  # the page only listens
        finally:
            watch.cancel()
            self._sockets.discard(socket)
        return socket

    async def _doing(self, request: web.Request) -> web.StreamResponse:
        doing = self._doings.get(request.match_info["doing"])
        if doing is None:
            raise web.HTTPNotFound
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            given = await request.json()
            answer = await doing(given)
        except NotPossible as problem:
            return web.json_response({"ok": False, "error": problem.code, "text": str(problem)})
        except (ValueError, KeyError, TypeError, AttributeError) as mistake:
            words = f"{type(mistake).__name__}: {mistake}"
            return web.json_response({"ok": False, "error": "invalid_arguments", "text": words})
        return web.json_response({"ok": True, **(answer or {})})

    async def _act(self, given: Mapping[str, Any]) -> None:
        source, block, action = given["source"], given["block_id"], given["action_id"]
        await self._desk.act(given["user"], source, block, action, given["value"])

    async def _suggest(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        source, block, action = given["source"], given["block_id"], given["action_id"]
        return await self._desk.suggest(given["user"], source, block, action, given["query"])

    async def _dismiss(self, given: Mapping[str, Any]) -> None:
        self._desk.dismiss(given["user"], given["channel"], given["ts"])

    async def _clear_notice(self, given: Mapping[str, Any]) -> None:
        self._desk.clear_notice(given["user"])

    async def _move_clock(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        self._desk.workspace.someone(given["user"])
        moment = await self._desk.move_clock(given["move"])
        return {"now": moment.isoformat()}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file as a download: whatever is in it, no browser opens it as a page of ours."""
        try:
            file = self._desk.file(request.query.get("user", ""), request.match_info["file"])
        except NotPossible as problem:
            raise web.HTTPNotFound(text=str(problem)) from problem
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {**HEADERS, "Content-Disposition": disposition}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    async def _image(self, request: web.Request) -> web.StreamResponse:
        """An image as a part of the page, and nothing that only calls itself one."""
        file = self._desk.workspace.files.get(request.match_info["file"])
        if file is None or not file.complete or not file.image_type:
            raise web.HTTPNotFound
        return image_response(file.content or b"", file.image_type)


def image_response(content: bytes, kind: str) -> web.Response:
    """`kind` is a media type that was found in the content itself."""
    return web.Response(body=content, content_type=kind, headers=HEADERS)


def _seen(desk: Desk, user: str) -> str:
    """What a person sees, but for the time that goes by: that alone is nothing to push."""
    moves = desk.clock.moves if desk.clock else 0
    return json.dumps([moves, state(desk.workspace, user)])


def _frame(desk: Desk, user: str) -> str:
    clock = {"now": desk.clock.now().isoformat()} if desk.clock else None
    seen = {**state(desk.workspace, user), "clock": clock}
    return json.dumps({"type": "state", "state": seen})


def page_file(name: str) -> web.StreamResponse:
    path = PAGE / name
    if not _FILE.fullmatch(name) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=HEADERS)
