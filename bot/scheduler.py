"""Does what is due: a loop without opinions, on as many workers as there are.

What is to be done, and whether, is decided elsewhere (`play/posting.py`); this only knows when to
look, how much may be under way at once, and what to do about a job that fails. Whatever happens to
a worker, its jobs come back to another one when their lease ends.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import structlog

from bot.errors import MemoryAway
from bot.play.channel_ports import Due
from bot.play.ports import Clock
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.player import ChannelId, TeamId

log = structlog.get_logger(__name__)

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Handle: TypeAlias = Callable[[Job], Awaitable[Next]]
Lane: TypeAlias = tuple[TeamId, ChannelId]

TICK: Final = 1.0
MOST: Final = 150
"""Channels at work at once, or a few more: with 150 ms for each that makes a thousand a second."""

BATCH: Final = 16
"""Jobs to begin together. Each look asks every part of the index, so fewer are not worth it; of
more, all would reach the same step at the same time, and none its answer from Redis in time."""

SWEEP_TICKS: Final = 60
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=5)
DRAIN_SECONDS: Final = 10.0
CANCEL_SECONDS: Final = 0.2


class Scheduler:
    """One worker. In each channel one job runs at a time; a workspace that Slack gives a rest
    delays no other.
    """

    def __init__(
        self, due: Due, handle: Handle, now: Clock, sleep: Sleep = asyncio.sleep, worker: str = ""
    ) -> None:
        self._due = due
        self._handle = handle
        self._now = now
        self._sleep = sleep
        self._worker = worker or secrets.token_hex(4)
        self._running: dict[Lane, asyncio.Task[None]] = {}
        self._queues: dict[Lane, deque[tuple[Job, datetime]]] = {}
        self._parked: dict[TeamId, datetime] = {}
        self._failures: dict[Job, int] = {}
        self._loop: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Scheduler"]:
        """At work until the block is left; what is under way then is finished first."""
        self._loop = asyncio.create_task(self.run(), name="scheduler")
        try:
            yield self
        finally:
            while not self._loop.done():
                # Again and again: a library below may swallow a cancellation that comes just as
                # its own wait ends, and the loop would go on for ever.
                self._loop.cancel()
                await asyncio.wait([self._loop], timeout=CANCEL_SECONDS)
            if not self._loop.cancelled() and (fault := self._loop.exception()):
                log.error("the scheduler had stopped", exc_info=fault)
            await self.drain()

    async def watch(self) -> None:
        """Wait as long as it is at work; an error that stopped it is raised."""
        if self._loop:
            await asyncio.shield(self._loop)

    async def run(self) -> None:
        """For ever. Only a fault of our own ends it, and that should end the process too."""
        ticks = 0
        while True:
            try:
                if ticks % SWEEP_TICKS == 0:
                    await self._due.sweep_jobs(self._worker, self._now())
                await self.tick()
            except MemoryAway:
                log.warning("no memory, so nothing is due")
            ticks += 1
            await self._sleep(TICK)

    async def tick(self) -> int:
        """Begin what is due and fits in; how many jobs that were."""
        async with self._looking:
            return await self._tick()

    async def _tick(self) -> int:
        begun = 0
        while True:
            room = MOST - len(self._running)
            if room < BATCH:
                await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
                continue
            found = await self._due.claim_jobs(self._now(), BATCH)
            if not found:
                return begun
            for job, until in found:
                self._begin(job, until)
            begun += len(found)

    async def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Wait for what is under way; what takes longer is cut off, and comes back elsewhere. How
        many jobs that were.
        """
        tasks = tuple(self._running.values())
        if not tasks:
            return 0
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            log.warning("jobs were cut off", count=len(late))
            await asyncio.wait(late, timeout=seconds)
        return len(tasks)

    def _begin(self, job: Job, until: datetime) -> None:
        """Behind whatever its channel has under way already."""
        lane = job.workspace.team, job.channel
        self._queues.setdefault(lane, deque()).append((job, until))
        if lane not in self._running:
            self._running[lane] = asyncio.create_task(self._serve(lane), name="channel")

    async def _serve(self, lane: Lane) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                await self._carry_out(*queue.popleft())
        finally:
            del self._queues[lane], self._running[lane]

    async def _carry_out(self, job: Job, until: datetime) -> None:
        try:
            later = self._parked_until(job.workspace.team)
            after = Again(later) if later else await self._attempt(job)
            await self._due.finish_job(job, until, self._next(job, after))
        except MemoryAway:
            log.warning("a job will come back", kind=job.kind)

    def _parked_until(self, team: TeamId) -> datetime | None:
        later = self._parked.get(team)
        if later and later <= self._now():
            del self._parked[team]
            return None
        return later

    async def _attempt(self, job: Job) -> Next:
        try:
            after = await self._handle(job)
        except MemoryAway:
            log.warning("no memory, so a job waits", kind=job.kind)
            return Again(self._now() + FIRST_PAUSE)
        except Exception as error:  # noqa: BLE001  whatever it is, the job must not be forgotten
            return self._failed(job, error)
        self._failures.pop(job, None)
        return after

    def _next(self, job: Job, after: Next) -> datetime | None:
        match after:
            case Done():
                return None
            case Again(at):
                return at
            case Parked(span):
                self._parked[job.workspace.team] = self._now() + span
                return self._now() + span

    def _failed(self, job: Job, error: Exception) -> Next:
        """Again, later and later; `reference` is what to search the log for."""
        count = self._failures.get(job, 0) + 1
        self._failures[job] = count
        pause = min(FIRST_PAUSE * 2 ** min(count - 1, 10), LONGEST_PAUSE)
        log.error(
            "a job failed",
            reference=secrets.token_hex(4),
            kind=job.kind,
            team=job.workspace.team,
            subject=job.subject or job.channel,
            failures=count,
            exc_info=error,
        )
        return Again(self._now() + pause)
