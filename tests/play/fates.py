"""A Slack between us and the channels that has good and bad days, as a test or a seed decides."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.ports import Clock

WELL: Final = "well"
LOST: Final = "lost"
NOTHING: Final = "nothing"
FULL: Final = "full"
DEADLY: Final = "deadly"
"""What a call comes to: done; done, but the answer is lost; not done, and no answer; 429; the end
of the worker before it is made. Any other word is Slack's reason to refuse.
"""


class Died(BaseException):
    """The worker is no more: nothing that it would have done next is done."""


@dataclass
class Fated:
    """`fates` say what the next calls of a kind come to; `random` spoils a share of the others."""

    now: Clock
    fates: dict[str, list[str]] = field(default_factory=dict)
    random: Random | None = None
    trouble: float = 0.0
    calls: Counter[str] = field(default_factory=Counter)

    async def happens(self, call: str) -> str:
        self.calls[call] += 1
        await self.slowly()
        if self.fates.get(call):
            if (fate := self.fates[call].pop(0)) == DEADLY:
                raise Died
            return fate
        if self.random and self.random.random() < self.trouble:
            return self.random.choice((LOST, NOTHING, FULL))
        return WELL

    async def slowly(self) -> None:
        for _ in range(self.random.randrange(6) if self.random else 0):
            await asyncio.sleep(0)


def delivery(fate: str, ts: str) -> Delivery:
    """What the caller hears of a call with that fate."""
    match fate:
        case "well":
            return Posted(ts)
        case "lost" | "nothing":
            return Unknown()
        case "full":
            return RateLimited(timedelta(seconds=3))
        case _:
            return Refused(fate)
