"""Says when it is worth looking at the files of the bank again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import structlog
from watchfiles import awatch

log = structlog.get_logger(__name__)

EVERY: Final = 60.0
"""Seconds after which to look whatever the system says: network folders are silent, and a folder
behind a link may have been replaced by another one."""

PULSE: Final = 1.0
"""Seconds after which a replaced folder is noticed."""

DEBOUNCE: Final = 500
"""Milliseconds of silence that end a burst of changes, such as an editor's save."""

Identity: TypeAlias = tuple[tuple[int, int] | None, ...]


class Notices(Protocol):
    async def wait(self) -> None:
        """Until something may have changed."""


class Never:
    """For a bank that is read once."""

    async def wait(self) -> None:
        await asyncio.Event().wait()


class Timer:
    """Every so many seconds, for what cannot be watched or should not."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def wait(self) -> None:
        await asyncio.sleep(self._seconds)


class FolderWatch:
    """As soon as the system tells of a change below `paths`, and every `every` seconds. Where the
    system has no more watches to give, only the latter. The first notice says that it is at work.
    """

    def __init__(self, paths: Sequence[Path], every: float = EVERY, pulse: float = PULSE) -> None:
        self._paths = tuple(paths)
        self._every = every
        self._pulse = min(pulse, every)
        self._changed = asyncio.Event()

    async def wait(self) -> None:
        await self._changed.wait()
        self._changed.clear()

    @asynccontextmanager
    async def watching(self) -> AsyncIterator["FolderWatch"]:
        listening = asyncio.create_task(self._listen(), name="folder watch")
        try:
            yield self
        finally:
            listening.cancel()
            await asyncio.wait([listening])

    async def _listen(self) -> None:
        """For ever; begun anew whenever one of the paths is another folder than before."""
        while True:
            try:
                await self._listen_here(await asyncio.to_thread(self._identity))
            except (OSError, RuntimeError) as error:  # the latter for watches that end midway
                log.info("folders cannot be watched, so they are looked at", reason=str(error))
                await asyncio.sleep(self._every)
            self._changed.set()

    async def _listen_here(self, identity: Identity) -> None:
        notices = awatch(
            *self._paths,
            watch_filter=None,
            debounce=DEBOUNCE,
            rust_timeout=int(self._pulse * 1000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        quiet = self._every  # so the first pulse is a notice: it is at work, and may be late
        async with aclosing(notices):
            async for changes in notices:
                quiet += self._pulse
                if changes or quiet >= self._every:
                    self._changed.set()
                    quiet = 0.0
                if await asyncio.to_thread(self._identity) != identity:
                    return

    def _identity(self) -> Identity:
        """Which folders the paths lead to."""
        return tuple(map(_inode, self._paths))


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
