"""Lets a test or a page wait for a change of the local Slack."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")

GLANCE = 0.05


class Signal:
    """Wakes everybody who waits, each time it is told that something changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._followers: list[Callable[[], None]] = []

    def follow(self, follower: Callable[[], None]) -> None:
        """Call this each time, for good."""
        self._followers.append(follower)

    def changed(self) -> None:
        for follower in self._followers:
            follower()
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
        """First truthy value, looked at now and after each change; TimeoutError without one.

        It is also glanced at now and then, since a test may wait for something in the bot.
        """
        async with asyncio.timeout(seconds):
            while not (found := value()):
                with suppress(TimeoutError):
                    async with asyncio.timeout(GLANCE):
                        await self.next()
        return found
