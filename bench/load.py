"""Sends requests that are ready to go, over a number of connections, and times each answer."""

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Final
from urllib.parse import urlsplit

LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LONGEST: Final = 60.0
"""Seconds for one volley."""

Connection = tuple[StreamReader, StreamWriter]


class NotTaken(Exception):
    """A request was answered with something else than 200."""


@dataclass(frozen=True, slots=True)
class Volley:
    """`waits` has the seconds that each answer took; `began` and `ended` are of `perf_counter`."""

    waits: list[float]
    began: float
    ended: float


async def fire(url: str, requests: Sequence[bytes], connections: int) -> Volley:
    """Each connection sends its next request as soon as it has its answer."""
    rest = iter(requests)
    waits: list[float] = []
    async with asyncio.timeout(LONGEST), _connected(url, connections) as opened:
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for reader, writer in opened:
                group.create_task(_send(rest, reader, writer, waits))
        return Volley(waits, began, perf_counter())


@asynccontextmanager
async def _connected(url: str, count: int) -> AsyncIterator[list[Connection]]:
    parts = urlsplit(url)
    opened: list[Connection] = []
    try:
        for _ in range(count):
            opened.append(await asyncio.open_connection(parts.hostname, parts.port))  # noqa: PERF401  closed below even when one of them fails
        yield opened
    finally:
        for _, writer in opened:
            writer.close()
        await asyncio.gather(
            *(writer.wait_closed() for _, writer in opened), return_exceptions=True
        )


async def _send(
    rest: Iterator[bytes], reader: StreamReader, writer: StreamWriter, waits: list[float]
) -> None:
    for request in rest:
        began = perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await reader.readexactly(int(length[1])) if length else b""
        waits.append(perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200 "):
            raise NotTaken((head + body).decode(errors="replace"))
