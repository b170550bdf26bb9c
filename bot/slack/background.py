"""Work that goes on after the acknowledgement: tracked, bounded, and drained on the way out."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

import structlog

log = structlog.get_logger(__name__)

MOST: Final = 2_000
"""Calls to Slack under way at once; beyond it a click waits for its own, and Slack slows down."""


class Background:
    def __init__(self, most: int = MOST) -> None:
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly
        self._most = most

    def __len__(self) -> int:
        return len(self._tasks)

    async def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run it beside the caller, or within it when too much is under way already."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        if len(self._tasks) > self._most:
            await asyncio.wait([task])

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("background work failed", work=task.get_name(), exc_info=error)

    async def drain(self, seconds: float | None = None) -> int:
        """Wait for what is under way; the number of those that did not finish in time."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(tuple(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        return len(late)
