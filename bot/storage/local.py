"""Runs a private Valkey beside the bot, so that nobody has to set up a server first."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import quote

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    ConnectionError as NoConnectionError,
    RedisError,
    TimeoutError as NoReplyError,
)

from bot.errors import ConfigError
from bot.storage import keeper
from bot.storage.binary import server_binary
from bot.storage.home import SOCKET, Home, open_home, take_lock

KEEPER: Final = str(Path(keeper.__file__).resolve())
PATIENCE: Final = 30.0
GRACE: Final = 10.0  # seconds that the server has for a tidy end

CONFIG: Final = """\
# Written by the bot at every start; changes are lost.
port 0
unixsocket "{socket}"
unixsocketperm 700
daemonize no
pidfile server.pid
maxmemory-policy noeviction
save ""
appendonly {appendonly}
appendfsync always
"""


@asynccontextmanager
async def embedded_server(
    data: Path, *, durable: bool = True, patience: float = PATIENCE
) -> AsyncIterator[str]:
    """Run a Valkey over the folder `data` and give its address, for `Redis.from_url`.

    The server stops with the block, and also when this process is killed. If it crashes it is
    back within moments, with every write that it had acknowledged. With `durable=False` it
    writes nothing to disk and forgets everything. `patience`: seconds to wait for a former
    server to end, and again for this one to answer. Raises ConfigError with a way out if the
    folder is in use or not writable, or if there is no server to start.
    """
    binary = server_binary()
    with open_home(data) as home:
        lock = await _server_lock(home, patience)
        process = _launch(home, lock, binary, durable=durable)
        try:
            await _first_answer(home, process, patience)
            yield f"unix://{quote(str(home.socket))}"
        finally:
            await _stop(home, process)


async def _server_lock(home: Home, patience: float) -> int:
    """The server's lock, as soon as no server of a former bot runs on this folder."""
    for pause in _pauses(patience):
        if (lock := take_lock(home.lock)) is not None:
            return lock
        await _ask_to_stop(home)
        await asyncio.sleep(pause)
    number = home.process_number()
    raise ConfigError(
        f"A server of an earlier bot still runs on the data folder {home.data} and does not react"
        f"{f' (process {number})' if number else ''}. End that process, then start again."
    )


async def _ask_to_stop(home: Home) -> None:
    """Ask through the socket, never by process number, which may belong to another by now."""
    async with _client(home) as client:
        with suppress(RedisError, OSError):
            told = await client.config_get("dir")
            if home.folder.samefile(str(told["dir"])):
                await client.shutdown()


def _launch(home: Home, lock: int, binary: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    try:
        _write_config(home, durable=durable)
        with suppress(FileNotFoundError):  # one former log is enough to look at
            home.log.replace(home.log.with_suffix(".old.log"))
        home.log.touch(mode=0o600)
        with home.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own file, and a server we chose
                [sys.executable, "-I", "-S", KEEPER, str(lock), str(GRACE), binary, home.config],
                cwd=home.folder,  # which is where the server keeps its files
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C is for the bot; it stops the server itself
                umask=0o077,
                bufsize=0,
            )
    except OSError as error:
        raise ConfigError(f"Cannot start a server in {home.data}: {error}.") from error
    finally:
        os.close(lock)  # the child has its own by now


def _write_config(home: Home, *, durable: bool) -> None:
    escaped = str(home.socket).replace("\\", "\\\\").replace('"', '\\"')
    # The server's working folder is its home, so most paths need no quoting at all.
    socket = escaped if home.socket_is_elsewhere else SOCKET
    text = CONFIG.format(socket=socket, appendonly="yes" if durable else "no")
    home.config.touch(mode=0o600)
    home.config.write_bytes(os.fsencode(text))


async def _first_answer(home: Home, process: subprocess.Popen[bytes], patience: float) -> None:
    async with _client(home) as client:
        for pause in _pauses(patience):
            if process.poll() is not None:
                break
            try:
                await client.ping()
            except (NoConnectionError, NoReplyError):
                await asyncio.sleep(pause)
            else:
                _tell(process, keeper.READY)
                return
    raise ConfigError(
        f"The server for the data folder {home.data} does not start. Its last words:\n"
        f"{home.last_words()}"
    )


def _tell(process: subprocess.Popen[bytes], words: bytes) -> None:
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.write(words)


async def _stop(home: Home, process: subprocess.Popen[bytes]) -> None:
    # Closing the pipe is all it takes, so a cancelled wait leaves nothing behind.
    if process.stdin is not None:
        process.stdin.close()
    try:
        status = await asyncio.to_thread(process.wait, GRACE * 2)
    except subprocess.TimeoutExpired:
        process.kill()
        status = await asyncio.to_thread(process.wait)
    if status == -signal.SIGKILL:
        await _ask_to_stop(home)  # a killed keeper leaves its server behind


def _client(home: Home) -> Redis:
    return Redis(
        unix_socket_path=str(home.socket),
        socket_timeout=1,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def _pauses(seconds: float) -> Iterator[float]:
    """Short pauses between tries, growing, at least one, until `seconds` have gone by."""
    end = monotonic() + seconds
    pause = 0.005
    while True:
        yield pause
        pause = min(pause * 1.5, 0.1)
        if monotonic() > end:
            return
