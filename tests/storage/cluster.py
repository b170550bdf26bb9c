"""A Valkey in cluster mode, alone in its cluster: it refuses scripts that mix its slots."""

import asyncio
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ClusterDownError, ConnectionError as NoConnectionError

from bot.storage.binary import server_binary

TRIES: Final = 5
PATIENT: Final = Retry(ConstantBackoff(0.01), 3000, supported_errors=(NoConnectionError,))


@asynccontextmanager
async def cluster_server(folder: Path) -> AsyncIterator[str]:
    """Its address, as soon as it takes commands for every slot."""
    path = folder / "cluster.sock"
    server = await _launch(folder, path)
    try:
        async with _client(path) as client:
            await client.cluster("ADDSLOTSRANGE", 0, 16383)
            await client.get("anything")  # tried until the node trusts its own cluster
        yield f"unix://{path}"
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _launch(folder: Path, path: Path) -> Process:
    """A node opens a port for others even where it serves clients on a socket only."""
    for _ in range(TRIES):
        server = await asyncio.create_subprocess_exec(
            server_binary(),
            *("--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)),
            *("--cluster-enabled", "yes", "--bind", "127.0.0.1"),
            *("--cluster-port", str(_free_port())),
            stdout=DEVNULL,
        )
        if await _answers(server, path):
            return server
    raise AssertionError("no server in cluster mode would start")


async def _answers(server: Process, path: Path) -> bool:
    """False if it ended instead: somebody else took the port in the meantime."""
    async with _client(path) as client:
        ready = asyncio.ensure_future(client.ping())
        ended = asyncio.ensure_future(server.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        ended.cancel()
        await asyncio.gather(ready, ended, return_exceptions=True)
    return server.returncode is None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _client(path: Path) -> Redis:
    return Redis(unix_socket_path=str(path), retry=PATIENT, retry_on_error=[ClusterDownError])
