"""Channels where live rounds are played, and a Slack between us and them that has bad days."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.live_ports import LiveView
from bot.play.ports import Clock
from bot.quiz.live import END, LOBBY, Notice, Phase
from bot.quiz.live_steps import picture
from bot.quiz.player import Workspace
from tests.play.channels import DEADLY, FULL, LOST, NOTHING, WELL, Died


@dataclass
class Seen:
    """A message as people see it; see `shows`."""

    ts: str
    notice: Notice
    shows: str
    view: LiveView


def shows(view: LiveView, notice: Notice) -> str:
    """`open` or what became of a lobby, `question` or `result`, `end`."""
    if notice == END:
        return "end"
    if notice == LOBBY:
        return picture(view.round, LOBBY) or "open"
    is_open = view.round.phase in {Phase.POSTING, Phase.ASKING}
    return "question" if is_open and int(notice[1:]) == view.round.number else "result"


@dataclass
class Rooms:
    """A `LiveChat`. `fates` say what the next calls about a message come to."""

    now: Clock
    fates: dict[str, list[str]] = field(default_factory=dict)
    random: Random | None = None
    trouble: float = 0.0
    messages: list[Seen] = field(default_factory=list)
    countdowns: list[tuple[datetime, str]] = field(default_factory=list)
    edits: list[datetime] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    drawing: int = 0

    async def post(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        fate = await self._happens(f"post {notice}")
        if fate not in {WELL, LOST}:
            return _answer(fate, "")
        ts = f"{len(self.messages) + 1}.{workspace.team}"
        self.messages.append(Seen(ts, notice, shows(view, notice), view))
        await self._slowly()
        return _answer(fate, ts)

    async def draw(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        assert workspace
        self.drawing += 1
        try:
            return await self._draw(notice, view)
        finally:
            self.drawing -= 1

    async def _draw(self, notice: Notice, view: LiveView) -> Delivery:
        self.edits.append(self.now())
        sent = view.round.sent[notice]
        look = shows(view, notice)
        if look == "question":
            self.countdowns.append((self.now(), sent.ts))
        fate = await self._happens(f"draw {look}")
        seen = next((m for m in self.messages if m.ts == sent.ts), None)
        if seen is None and fate in {WELL, LOST}:
            return Refused("message_not_found")
        if seen and fate in {WELL, LOST}:
            seen.shows, seen.view = look, view
            await self._slowly()
        return _answer(fate, sent.ts)

    async def tell_host(self, workspace: Workspace, view: LiveView, code: str) -> Delivery:
        assert view.round.host
        self.told.append(code)
        return Posted(f"D1.{workspace.team}")

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [(seen.notice, seen.shows) for seen in self.messages]

    def named(self, notice: str) -> Seen:
        """The only message of that name."""
        (found,) = [seen for seen in self.messages if seen.notice == notice]
        return found

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
