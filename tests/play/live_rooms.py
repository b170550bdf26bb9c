"""Channels where live rounds are played, be the day good or bad."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.play.channel_ports import Delivery, Posted, Refused
from bot.play.live_ports import LiveView
from bot.quiz.live import END, LOBBY, Notice, Phase
from bot.quiz.live_steps import picture
from bot.quiz.player import Workspace
from tests.play.fates import LOST, WELL, Fated, delivery


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
class Rooms(Fated):
    """A `LiveChat`. A kind of call is `post` with the notice, or `draw` with the look."""

    messages: list[Seen] = field(default_factory=list)
    countdowns: list[tuple[datetime, str]] = field(default_factory=list)
    edits: list[datetime] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    drawing: int = 0

    async def post(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        fate = await self.happens(f"post {notice}")
        if fate not in {WELL, LOST}:
            return delivery(fate, "")
        ts = f"{len(self.messages) + 1}.{workspace.team}"
        self.messages.append(Seen(ts, notice, shows(view, notice), view))
        await self.slowly()
        return delivery(fate, ts)

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
        fate = await self.happens(f"draw {look}")
        seen = next((m for m in self.messages if m.ts == sent.ts), None)
        if seen is None and fate in {WELL, LOST}:
            return Refused("message_not_found")
        if seen and fate in {WELL, LOST}:
            seen.shows, seen.view = look, view
            await self.slowly()
        return delivery(fate, sent.ts)

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
