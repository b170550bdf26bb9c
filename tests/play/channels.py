"""Channels that remember what reached them, and a Slack between us and them that has bad days."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.ports import Clock
from bot.quiz.occurrence import Occurrence, OccurrenceId, Resolved
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.quiz.schedule import Schedule

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
class Seen:
    """A message as people see it: `shows` is question, result or withdrawn."""

    ts: str
    team: TeamId
    channel: ChannelId
    occurrence: Occurrence
    shows: str
    answered: int = 0
    result: Resolved | None = None


@dataclass
class Channels:
    """A `ChannelChat`. `fate` says what the next call of a kind comes to."""

    now: Clock
    fates: dict[str, list[str]] = field(default_factory=dict)
    random: Random | None = None
    trouble: float = 0.0
    messages: dict[str, Seen] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    counts: list[tuple[datetime, TeamId, OccurrenceId]] = field(default_factory=list)
    edits: list[tuple[datetime, TeamId]] = field(default_factory=list)
    told: list[Schedule] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)

    async def ask(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        return await self._new("ask", workspace, occurrence, None)

    async def announce(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        return await self._new("announce", workspace, resolved.occurrence, resolved)

    async def count(self, workspace: Workspace, occurrence: Occurrence, answered: int) -> Delivery:
        self.counts.append((self.now(), workspace.team, occurrence.id))
        return await self._edit("count", workspace, occurrence, ("question", answered, None))

    async def reveal(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        shown = ("result", resolved.tally.answered, resolved)
        return await self._edit("reveal", workspace, resolved.occurrence, shown)

    async def withdraw(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        return await self._edit("withdraw", workspace, occurrence, ("withdrawn", 0, None))

    async def tell_owner(self, workspace: Workspace, schedule: Schedule) -> Delivery:
        self.told.append(schedule)
        return Posted(f"D{len(self.told)}-{workspace.team}")

    def shown(self, channel: str) -> list[Seen]:
        return [seen for seen in self.messages.values() if seen.channel == channel]

    async def _new(
        self, call: str, workspace: Workspace, occurrence: Occurrence, result: Resolved | None
    ) -> Delivery:
        fate = await self._happens(call)
        if fate not in {WELL, LOST}:
            return _answer(fate, "")
        ts = f"{len(self.messages) + 1}.{workspace.team}"
        shows = "result" if result else "question"
        if call == "ask":
            self.questions.add(ts)
        self.messages[ts] = Seen(
            ts, workspace.team, occurrence.channel, occurrence, shows, result=result
        )
        await self._slowly()
        return _answer(fate, ts)

    async def _edit(
        self,
        call: str,
        workspace: Workspace,
        occurrence: Occurrence,
        shown: tuple[str, int, Resolved | None],
    ) -> Delivery:
        self.edits.append((self.now(), workspace.team))
        fate = await self._happens(call)
        seen = self.messages.get(occurrence.posted)
        if fate in {WELL, LOST} and seen is None:
            return Refused("message_not_found")
        if fate in {WELL, LOST} and seen:
            seen.shows, seen.answered, seen.result = shown
            await self._slowly()
        return _answer(fate, occurrence.posted)

    async def _happens(self, call: str) -> str:
        self.calls[call] += 1
        await self._slowly()
        if self.fates.get(call):
            if (fate := self.fates[call].pop(0)) == DEADLY:
                raise Died
            return fate
        if self.random and self.random.random() < self.trouble:
            return self.random.choice((LOST, NOTHING, FULL))
        return WELL

    async def _slowly(self) -> None:
        for _ in range(self.random.randrange(6) if self.random else 0):
            await asyncio.sleep(0)


def _answer(fate: str, ts: str) -> Delivery:
    match fate:
        case "well":
            return Posted(ts)
        case "lost" | "nothing":
            return Unknown()
        case "full":
            return RateLimited(timedelta(seconds=3))
        case _:
            return Refused(fate)
