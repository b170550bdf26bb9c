"""The bot's clock in the sandbox: people and tests move it on, so that a week takes a minute.

Only what the bot calls "now" moves. Signatures, message timestamps, triggers and the lifetimes of
keys stay on real time, as they would at Slack.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.sandbox.changes import Signal
from bot.sandbox.refusal import NotPossible

STEPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
NEXT: Final = "next"


@dataclass(kw_only=True)
class DomainClock:
    """Runs as fast as `real`, ahead of it by what it has been moved; it never goes back.

    `next_moment` tells when the bot plans to do something, once all that is due by now is done;
    whoever builds the bot sets it.
    `moved` wakes everybody who waits for a move; `moves` counts them.
    """

    real: Callable[[], float] = time.time
    next_moment: Callable[[], Awaitable[datetime | None]] | None = None
    moved: Signal = field(default_factory=Signal, init=False)
    moves: int = field(default=0, init=False)
    _ahead: timedelta = field(default=timedelta(), init=False)

    def now(self) -> datetime:
        """The present moment of the bot, in UTC."""
        return datetime.fromtimestamp(self.real(), UTC) + self._ahead

    def advance(self, span: timedelta) -> datetime:
        """Move on and tell the new moment; ValueError for a span that would lead back."""
        if span < timedelta():
            raise ValueError(f"time does not go back, not even by {-span}")
        self._ahead += span
        self.moves += 1
        self.moved.changed()
        return self.now()

    async def move(self, step: str) -> datetime:
        """Take one of STEPS, or NEXT to the next planned moment; NotPossible if none is.

        A step stops at every planned moment on its way, so that nothing comes late or never.
        """
        if step in STEPS:
            return await self._pass(self.now() + STEPS[step])
        if step != NEXT:
            raise NotPossible("invalid_move", f"The clock knows no move {step}.")
        planned = await self._planned()
        if planned is None:
            words = "Nothing is planned yet. Set up a daily question in a channel first."
            raise NotPossible("nothing_planned", words)
        return self.advance(max(planned - self.now(), timedelta()))

    async def _planned(self) -> datetime | None:
        return await self.next_moment() if self.next_moment else None

    async def _pass(self, until: datetime) -> datetime:
        planned = await self._planned()
        while planned and self.now() < planned < until:
            self.advance(planned - self.now())
            planned = await self._planned()
        return self.advance(max(until - self.now(), timedelta()))

    async def sleep(self, seconds: float) -> None:
        """Sleep on this clock: a move counts as time slept, so a long one wakes at once."""
        wake = self.now() + timedelta(seconds=seconds)
        await asyncio.sleep(0)
        while (left := (wake - self.now()).total_seconds()) > 0 and await self._moves(left):
            pass

    async def _moves(self, seconds: float) -> bool:
        """Whether the clock is moved within so many real seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.moved.next()
                return True
        return False
