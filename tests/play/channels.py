"""Channels that remember what reached them, be the day good or bad."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.play.channel_ports import Delivery, Posted, Refused
from bot.quiz.occurrence import Occurrence, OccurrenceId, Resolved
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.quiz.schedule import Schedule
from tests.play.fates import LOST, WELL, Fated, delivery


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
class Channels(Fated):
    """A `ChannelChat`. A kind of call is its method's name."""

    messages: dict[str, Seen] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    counts: list[tuple[datetime, TeamId, OccurrenceId]] = field(default_factory=list)
    edits: list[tuple[datetime, TeamId]] = field(default_factory=list)
    told: list[Schedule] = field(default_factory=list)

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
        fate = await self.happens(call)
        if fate not in {WELL, LOST}:
            return delivery(fate, "")
        ts = f"{len(self.messages) + 1}.{workspace.team}"
        shows = "result" if result else "question"
        if call == "ask":
            self.questions.add(ts)
        self.messages[ts] = Seen(
            ts, workspace.team, occurrence.channel, occurrence, shows, result=result
        )
        await self.slowly()
        return delivery(fate, ts)

    async def _edit(
        self,
        call: str,
        workspace: Workspace,
        occurrence: Occurrence,
        shown: tuple[str, int, Resolved | None],
    ) -> Delivery:
        self.edits.append((self.now(), workspace.team))
        fate = await self.happens(call)
        seen = self.messages.get(occurrence.posted)
        if fate in {WELL, LOST} and seen is None:
            return Refused("message_not_found")
        if fate in {WELL, LOST} and seen:
            seen.shows, seen.answered, seen.result = shown
            await self.slowly()
        return delivery(fate, occurrence.posted)
