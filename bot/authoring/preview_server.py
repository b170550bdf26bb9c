"""Serves a page on this machine that shows a file of questions, and again whenever it is saved."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from watchfiles import Change, awatch

from bot.bank.pictures import SUFFIXES, kind_of
from bot.errors import ConfigError
from bot.sandbox.page_api import HEADERS, image_response, page_file
from bot.sandbox.server import stay_at_home

DEBOUNCE: Final = 100
"""Milliseconds in which the several steps of saving a file count as one."""

Image = Callable[[str], bytes | None]
Shows = Callable[[], Mapping[str, Any]]
"""Reads the file anew and gives what the page draws."""


@dataclass(slots=True)
class PreviewServer:
    """`shows` is called at once and after each save; a browser that comes later gets the last.
    `image` gives the content of an image that the page shows, by its name.
    """

    path: Path
    shows: Shows
    image: Image
    url: str = ""
    _saved: asyncio.Condition = field(default_factory=asyncio.Condition)
    _version: int = 0
    _frame: str = ""

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[None]:
        """Port 0 takes a free one. Raises ConfigError where a port cannot be used."""
        app = web.Application(middlewares=[stay_at_home])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/static/{file:.+}", self._static),
                web.get("/events", self._events),
                web.get("/local/images/{name}", self._image),
            ]
        )
        await self._draw()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stop = asyncio.Event()
        watching = asyncio.create_task(self._watch(stop))
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
            yield
        except OSError as error:
            raise ConfigError(
                f"Port {port} cannot be used ({error.strerror}). Choose another one with --port."
            ) from error
        finally:
            stop.set()
            await watching
            await runner.cleanup()

    async def _watch(self, stop: asyncio.Event) -> None:
        """Watch the folder, as many editors save a file by putting another in its place."""
        name = self.path.name

        def is_ours(_: Change, path: str) -> bool:
            return Path(path).name == name or Path(path).suffix.lower() in SUFFIXES

        changes = awatch(
            self.path.parent,
            watch_filter=is_ours,
            stop_event=stop,
            debounce=DEBOUNCE,
            recursive=False,
        )
        async for _ in changes:
            await self._draw()

    async def _draw(self) -> None:
        frame = json.dumps(await asyncio.to_thread(self.shows), ensure_ascii=False)
        async with self._saved:
            if frame != self._frame:
                self._frame = frame
                self._version += 1
                self._saved.notify_all()

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return page_file("preview.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return page_file(request.match_info["file"])

    async def _image(self, request: web.Request) -> web.StreamResponse:
        content = await asyncio.to_thread(self.image, request.match_info["name"])
        kind = kind_of(content or b"")
        if content is None or not kind:
            raise web.HTTPNotFound
        return image_response(content, f"image/{kind}")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, one for each state of the file; the browser connects again alone."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        seen = 0
        try:
            while True:
                seen, frame = await self._after(seen)
                await response.write(f"data: {frame}\n\n".encode())
        except ConnectionResetError:
            return response  # the browser has closed the page

    async def _after(self, seen: int) -> tuple[int, str]:
        async with self._saved:
            await self._saved.wait_for(lambda: self._version > seen)
            return self._version, self._frame
