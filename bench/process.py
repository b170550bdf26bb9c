"""Runs what is measured in processes of their own, which end with their input."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final

from bot import logs

HERE: Final = Path(__file__).parents[1]


class ServerEnded(Exception):
    """A server ended by itself; its own words are above."""


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    process: Process

    async def spent(self) -> float:
        """Seconds of the processor that it has used so far."""
        return await self.tell("")

    async def tell(self, line: str) -> float:
        """Say something to it; it is done when this returns, and gives what `spent` does."""
        assert self.process.stdin  # noqa: S101  a pipe, which the types do not know
        self.process.stdin.write(f"{line}\n".encode())
        return float(await _line(self.process))


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[Server]:
    """Run a module that calls `until_input_ends` once it serves."""
    process = await create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments), cwd=HERE, stdin=PIPE, stdout=PIPE
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


# In the process itself


def begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    logs.set_up("ERROR", "text")  # who is put off is counted, not logged


def _ignore(line: str) -> None:
    """For those who are told nothing."""


async def until_input_ends(url: str, heed: Callable[[str], None] = _ignore) -> None:
    """Say where it listens, and for each line of input, once heeded, how busy it was."""
    print(url, flush=True)
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        heed(line.decode().strip())
        print(process_time(), flush=True)
