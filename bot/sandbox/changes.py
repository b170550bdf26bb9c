"""Lets a test or a page wait for a change of the local Slack without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """Wakes everybody who waits, each time it is told that something changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def changed(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def until(self, value: Callable[[], T], seconds: float) -> T:
        """First truthy value, looked at now and after each change; TimeoutError without one."""
        async with asyncio.timeout(seconds):
            while not (found := value()):
                await self.next()
        return found
