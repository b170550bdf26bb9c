import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from bot.errors import ConfigError
from bot.storage.local import embedded_server

ROOT = Path(__file__).parents[2]
SOON = 30  # seconds; a safety net for a hanging test, never a measure

BOT = """
import asyncio, sys
from pathlib import Path
from bot.storage.local import embedded_server

async def main():
    async with embedded_server(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def client(url: str) -> Redis:
    return Redis.from_url(url, decode_responses=True)


def patient_client(url: str) -> Redis:
    retry = Retry(ExponentialBackoff(cap=0.1, base=0.01), 300)
    return Redis.from_url(url, decode_responses=True, retry=retry)


def everything_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


async def server_process(url: str) -> int:
    async with client(url) as redis:
        return int((await redis.info("server"))["process_id"])


def parent(process: int) -> int:
    command = ["ps", "-o", "ppid=", "-p", str(process)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


@asynccontextmanager
async def other_bot(data: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A bot in a process of its own, and the address of its server."""
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, str(data), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert bot.stdout is not None
        url = await asyncio.wait_for(bot.stdout.readline(), SOON)
        yield bot, url.decode().strip()
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.wait()


async def end_of(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionResetError):  # a killed server may end like that, too
        assert await asyncio.wait_for(reader.read(), SOON) == b""


@asynccontextmanager
async def ends(url: str) -> AsyncIterator[None]:
    """Wait at the end of the block until the server at this address is no more."""
    reader, writer = await asyncio.open_unix_connection(url.removeprefix("unix://"))
    yield
    await end_of(reader)
    writer.close()


@asynccontextmanager
async def orphan(data: Path, **values: str) -> AsyncIterator[int]:
    """The server of a bot that was killed together with the keeper, which would have ended it.

    It must be gone at the end of the block.
    """
    async with other_bot(data) as (bot, url), client(url) as redis:
        server = await server_process(url)
        for key, value in values.items():
            await redis.set(key, value)
        os.kill(parent(server), signal.SIGKILL)
        bot.kill()
        await bot.wait()
        try:
            async with ends(url):
                yield server
        except BaseException:
            os.kill(server, signal.SIGKILL)
            raise


async def test_it_answers_and_is_gone_afterwards(tmp_path: Path) -> None:
    async with embedded_server(tmp_path) as url:
        async with client(url) as redis:
            assert await redis.ping()
        process = await server_process(url)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_it_writes_every_answer_to_disk_and_throws_none_away(tmp_path: Path) -> None:
    async with embedded_server(tmp_path) as url, client(url) as redis:
        settings = await redis.config_get("appendonly", "appendfsync", "maxmemory-policy", "port")
    assert settings == {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "port": "0",
    }


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    async with embedded_server(tmp_path) as url, client(url) as redis:
        await redis.set("answer", "B")
    async with embedded_server(tmp_path) as url, client(url) as redis:
        assert await redis.get("answer") == "B"


async def test_a_server_that_need_not_last_leaves_nothing_on_disk(tmp_path: Path) -> None:
    async with embedded_server(tmp_path, durable=False) as url, client(url) as redis:
        await redis.set("answer", "B")
    assert not {".aof", ".rdb"} & {path.suffix for path in everything_in(tmp_path)}
    async with embedded_server(tmp_path, durable=False) as url, client(url) as redis:
        assert await redis.get("answer") is None


async def test_a_second_bot_on_the_folder_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    async with embedded_server(tmp_path) as url:
        with pytest.raises(ConfigError, match="Another bot") as refused:
            await embedded_server(tmp_path).__aenter__()
        async with client(url) as redis:
            assert await redis.ping()
    assert str(tmp_path) in str(refused.value)
    assert "QUIZ_DATA" in str(refused.value)


async def test_a_second_process_is_refused_as_well(tmp_path: Path) -> None:
    async with other_bot(tmp_path):
        with pytest.raises(ConfigError, match="Another bot"):
            await embedded_server(tmp_path).__aenter__()


async def test_the_server_ends_with_a_cancelled_bot(tmp_path: Path) -> None:
    started: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def run() -> None:
        async with embedded_server(tmp_path) as url:
            started.set_result(url)
            await asyncio.Event().wait()

    bot = asyncio.create_task(run())
    async with ends(await started):
        bot.cancel()
    with pytest.raises(asyncio.CancelledError):
        await bot


async def test_the_server_ends_with_a_killed_bot(tmp_path: Path) -> None:
    async with other_bot(tmp_path) as (bot, url), ends(url):
        bot.kill()


async def test_the_next_start_replaces_an_orphan_and_keeps_its_data(tmp_path: Path) -> None:
    async with (
        orphan(tmp_path, answer="B") as former,
        embedded_server(tmp_path) as url,
        client(url) as redis,
    ):
        assert await redis.get("answer") == "B"
        assert await server_process(url) != former


async def test_an_orphan_that_does_not_react_is_named_and_left_alone(tmp_path: Path) -> None:
    async with orphan(tmp_path) as former:
        os.kill(former, signal.SIGSTOP)
        with pytest.raises(ConfigError, match=f"process {former}"):
            await embedded_server(tmp_path, patience=0).__aenter__()
        os.kill(former, signal.SIGKILL)


async def test_a_server_whose_keeper_was_killed_still_ends_with_the_bot(tmp_path: Path) -> None:
    async with embedded_server(tmp_path) as url:
        reader, writer = await asyncio.open_unix_connection(url.removeprefix("unix://"))
        os.kill(parent(await server_process(url)), signal.SIGKILL)
    await end_of(reader)
    writer.close()


async def test_a_killed_server_comes_back_with_every_acknowledged_write(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    under_load = asyncio.Event()

    async def write(redis: Redis, writer: int) -> None:
        for number in range(40):
            await redis.set(f"{writer}:{number}", number)
            acknowledged.append(f"{writer}:{number}")
            if len(acknowledged) == 100:
                under_load.set()

    async def kill(process: int) -> None:
        await under_load.wait()
        os.kill(process, signal.SIGKILL)

    async with embedded_server(tmp_path) as url, patient_client(url) as redis:
        process = await server_process(url)
        await asyncio.gather(kill(process), *(write(redis, writer) for writer in range(20)))
        assert await server_process(url) != process
        kept = await redis.mget(acknowledged)
    assert len(acknowledged) == 800
    assert kept == [key.partition(":")[2] for key in acknowledged]


async def test_nobody_else_can_read_the_data_or_reach_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir(mode=0o755)
    async with embedded_server(tmp_path) as url, client(url) as redis:
        await redis.set("answer", "B")
        inside = [path for path in everything_in(folder) if not path.is_dir()]
        open_to_others = [path for path in inside if stat.S_IMODE(path.stat().st_mode) & 0o077]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert inside
    assert open_to_others == []


@pytest.mark.parametrize("name", ["two words", "50%41 & \"more\" # 'ü'", "long" * 60])
async def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    for _ in range(2):
        async with embedded_server(data) as url, client(url) as redis:
            assert await redis.incr("starts")
    async with embedded_server(data) as url, client(url) as redis:
        assert await redis.get("starts") == "2"


async def test_the_socket_of_a_long_path_is_private_and_does_not_stay(tmp_path: Path) -> None:
    async with embedded_server(tmp_path / ("long" * 60)) as url:
        socket = Path(url.removeprefix("unix://"))
        assert len(os.fsencode(socket)) < 104
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert not socket.parent.exists()


async def test_an_orphan_behind_a_long_path_is_found_too(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 60)
    async with orphan(data), embedded_server(data) as url, client(url) as redis:
        assert await redis.ping()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"Cannot keep data in .*file/data.*QUIZ_DATA"):
        await embedded_server(tmp_path / "file" / "data").__aenter__()


async def test_a_server_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    history = tmp_path / "server" / "appendonlydir"
    history.mkdir(parents=True)
    (history / "appendonly.aof.manifest").write_text("not a list of files\n")
    with pytest.raises(ConfigError, match="does not start") as refused:
        await embedded_server(tmp_path).__aenter__()
    assert "manifest" in str(refused.value)
