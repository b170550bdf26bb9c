import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage import keeper

PLAIN = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PLAIN}"
BROKEN = "print('tried', flush=True); raise SystemExit(3)"


@contextmanager
def keeping(server: str, lock: Path, grace: float = 30) -> Iterator[subprocess.Popen[str]]:
    """A keeper of a server that is a line of Python and writes to the keeper's output."""
    with lock.open("w") as locked:
        number = locked.fileno()
        process = subprocess.Popen(
            [
                sys.executable,
                keeper.__file__,
                str(number),
                str(grace),
                sys.executable,
                "-c",
                server,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(number,),
            text=True,
            bufsize=1,
        )
    with process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def close(process: subprocess.Popen[str]) -> str:
    """What the server and the keeper still write; returns when both are gone."""
    return process.communicate(timeout=30)[0]


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "server.lock"


def test_the_server_ends_when_the_bot_lets_go(lock: Path) -> None:
    with keeping(PLAIN, lock) as process:
        assert line(process)
        close(process)
        assert process.returncode == 0


def test_a_server_that_will_not_end_is_killed(lock: Path) -> None:
    with keeping(STUBBORN, lock, grace=0.05) as process:
        server = int(line(process))
        close(process)
        assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_a_server_that_never_worked_is_tried_once_only(lock: Path) -> None:
    with keeping(BROKEN, lock) as process:
        assert process.wait(30) == 3
        assert close(process) == "tried\n"


def test_a_server_that_worked_is_started_again_and_again(lock: Path) -> None:
    with keeping(PLAIN, lock) as process:
        servers = [int(line(process))]
        assert process.stdin
        process.stdin.write(keeper.READY.decode())
        for _ in range(2):
            os.kill(servers[-1], signal.SIGKILL)
            servers.append(int(line(process)))
        close(process)
        assert process.returncode == 0
    assert len(set(servers)) == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_only_the_bot_ends_it(lock: Path, number: signal.Signals) -> None:
    with keeping(PLAIN, lock) as process:
        assert line(process)
        process.send_signal(number)
        close(process)
        assert process.returncode == 0
