"""Knows what people are called without asking Slack for each: from clicks, and one list a day."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.errors import SlackAway, SlackRefused
from bot.play.ports import Chance, Clock, Directory, RosterStore
from bot.quiz.people import Member
from bot.quiz.player import Player, Workspace
from bot.quiz.session import AttemptId

MOST_MET: Final = 20_000


@dataclass(slots=True)
class Roster:
    """`_met` remembers names that are kept already, so that most clicks cost nothing here."""

    store: RosterStore
    directory: Directory
    now: Clock
    chance: Chance
    _met: OrderedDict[Player, str] = field(default_factory=OrderedDict, init=False)
    _listed: dict[Workspace, date] = field(default_factory=dict, init=False)

    async def meet(self, player: Player, name: str) -> None:
        """Somebody has clicked or typed; `name` may be empty. A newcomer is asked about once, and
        the first of a day in a workspace has everybody listed.
        """
        if name and self._met.get(player) != name:
            is_new = await self.store.note_name(player, name)
            self._met[player] = name
            if len(self._met) > MOST_MET:
                self._met.popitem(last=False)
            if is_new:
                await self._introduce(player)
        await self._list_once_a_day(player.workspace)

    async def _introduce(self, player: Player) -> None:
        """Where Slack says nothing, the name of the click does until the next list."""
        with suppress(SlackRefused, SlackAway):
            member = await self.directory.member(player)
            await self._take_over(player.workspace, [member])

    def forget(self, player: Player) -> None:
        """Their name is kept no longer."""
        self._met.pop(player, None)

    async def _list_once_a_day(self, workspace: Workspace) -> None:
        today = self.now().date()
        if self._listed.get(workspace) == today:
            return
        self._listed[workspace] = today
        attempt = AttemptId(f"roster-{today}")
        if await self.store.claim_event(workspace, attempt, self.chance.token()):
            await self.refresh(workspace)

    async def refresh(self, workspace: Workspace) -> bool:
        """Take over Slack's list; False where Slack does not give it, and names from clicks do."""
        try:
            async for page in self.directory.members(workspace):
                await self._take_over(workspace, page)
        except (SlackRefused, SlackAway):
            return False
        return True

    async def _take_over(self, workspace: Workspace, members: Sequence[Member]) -> None:
        """The first admin who is seen brings the workspace's time zone."""
        admins = [m for m in members if m.is_admin and not m.is_gone and m.team == workspace.team]
        if admins and admins[0].zone:
            await self.store.suggest_zone(workspace, admins[0].zone)
        await self.store.list_members(workspace, members, self.now())
