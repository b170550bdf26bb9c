"""Stands between the bot and a server, and loses on demand what a bad network would lose.

Nothing here depends on time: a test says what happens to replies, and waits for events.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path


class Fate(Enum):
    """What becomes of a reply; in every case the server has carried the command out."""

    PASS = auto()
    DROP = auto()  # swallowed: the caller waits in vain
    HOLD = auto()  # kept back until `release`
    CUT = auto()  # lost together with the connection: the caller knows at once
    HALVE = auto()  # cut off in its middle


def passing(_: bytes) -> Fate:
    return Fate.PASS


@dataclass(slots=True)
class FaultProxy:
    """`fate` decides on each piece that the server sends; set it whenever you like.

    `port` is on 127.0.0.1. `struck` is set as soon as a reply did not pass.
    """

    target: Path | tuple[str, int]
    port: int = 0
    fate: Callable[[bytes], Fate] = passing
    struck: asyncio.Event = field(default_factory=asyncio.Event)
    _refusing: bool = False
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _callers: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)

    def always(self, fate: Fate) -> None:
        self.fate = lambda _: fate

    def release(self) -> None:
        """Let held replies go, and everything after them."""
        self.fate = passing
        self._released.set()
        self._released = asyncio.Event()

    def refuse(self) -> None:
        """Cut every connection and take no new one, until `accept`: the server is away."""
        self._refusing = True
        self.cut()

    def accept(self) -> None:
        self._refusing = False

    def cut(self) -> None:
        for writer in self._callers.values():
            writer.transport.abort()

    async def close(self) -> None:
        self.refuse()
        await asyncio.gather(*self._callers, return_exceptions=True)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if self._refusing or task is None:
            writer.transport.abort()
            return
        self._callers[task] = writer
        try:
            with suppress(OSError):
                await self._connect(reader, writer)
        finally:
            writer.transport.abort()
            del self._callers[task]

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if isinstance(self.target, Path):
            far_reader, far_writer = await asyncio.open_unix_connection(self.target)
        else:
            far_reader, far_writer = await asyncio.open_connection(*self.target)
        there = asyncio.create_task(_copy(reader, far_writer))
        back = asyncio.create_task(self._replies(far_reader, writer))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            there.cancel()
            back.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            far_writer.transport.abort()

    async def _replies(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while reply := await reader.read(65536):
            fate = self.fate(reply)
            if fate is not Fate.PASS:
                self.struck.set()
            if fate is Fate.HOLD:
                await self._released.wait()
            if fate is Fate.HALVE:
                writer.write(reply[: len(reply) // 2])
                await writer.drain()
                writer.close()
            if fate in {Fate.CUT, Fate.HALVE}:
                return
            if fate is not Fate.DROP:
                writer.write(reply)
                await writer.drain()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()


@asynccontextmanager
async def fault_proxy(target: Path | tuple[str, int]) -> AsyncIterator[FaultProxy]:
    """A proxy to a Unix socket or to a host and port."""
    proxy = FaultProxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
