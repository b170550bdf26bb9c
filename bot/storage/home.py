"""The folder that the private server lives in: nobody else's to read, and one bot's at a time.

Two locks guard it. The bot holds `bot.lock`: there is one bot to a folder. The server itself
holds `server.lock`, which it inherits: whoever gets that lock knows that no server of a former
bot is left, without guessing from process numbers.
"""

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.errors import ConfigError

SOCKET: Final = "valkey.sock"
LONGEST_SOCKET: Final = 103  # bytes: macOS has room for 104 with the closing zero, Linux for 108


@dataclass(frozen=True, slots=True)
class Home:
    """`data` is the folder as the operator wrote it, for messages."""

    data: Path
    folder: Path
    socket: Path

    @property
    def config(self) -> Path:
        return self.folder / "server.conf"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def lock(self) -> Path:
        return self.folder / "server.lock"

    @property
    def socket_is_elsewhere(self) -> bool:
        return self.socket.parent != self.folder

    def process_number(self) -> int | None:
        """What the last server wrote down; the process may be long gone."""
        try:
            return int((self.folder / "server.pid").read_text("ascii"))
        except (OSError, ValueError):
            return None

    def last_words(self) -> str:
        """The end of the server's log."""
        with suppress(OSError):
            return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-8:])
        return "(none)"


@contextmanager
def open_home(data: Path) -> Iterator[Home]:
    """Make the folder if need be, and keep other bots out of it until the end.

    Raises ConfigError if another bot is in, or if the folder cannot be written.
    """
    try:
        folder = data.resolve() / "server"
        _make_private(folder)
        home = Home(data, folder, _socket(folder))
        lock = take_lock(folder / "bot.lock")
    except OSError as error:
        raise ConfigError(
            f"Cannot keep data in {data}: {error.strerror}. Make the folder writable for the bot,"
            " or choose another one with QUIZ_DATA."
        ) from error
    if lock is None:
        raise ConfigError(
            f"Another bot is already running on the data folder {data}. Stop that one first, or"
            " give this one a folder of its own with QUIZ_DATA."
        )
    try:
        yield home
    finally:
        if home.socket_is_elsewhere:
            with suppress(OSError):
                home.socket.parent.rmdir()
        os.close(lock)


def take_lock(path: Path) -> int | None:
    """A descriptor that holds the lock until its last copy is closed; None if it is taken."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            return None
        raise
    return descriptor


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(0, f"{folder} belongs to somebody else")
    folder.chmod(0o700)


def _socket(folder: Path) -> Path:
    """Beside the data, or in a temporary folder when that would be too long for a socket.

    The name there depends on the data folder only, so that the next start finds it again.
    """
    if _fits(beside := folder / SOCKET):
        return beside
    name = f"quizbot-{os.geteuid()}-{sha256(os.fsencode(folder)).hexdigest()[:12]}"
    bases = (tempfile.gettempdir(), "/tmp")  # noqa: S108 - checked below to be ours alone
    short = next(path for base in bases if _fits(path := Path(base) / name / SOCKET))
    _make_private(short.parent)
    return short


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= LONGEST_SOCKET
