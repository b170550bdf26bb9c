"""What a person decides about themselves: to be hidden, their time zone, their data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.bank.shelf import Library
from bot.play.ports import Clock, PrivacyStore
from bot.play.roster import Roster
from bot.quiz.people import Personal
from bot.quiz.player import Player


@dataclass(frozen=True, slots=True)
class Export:
    """All that is kept about somebody, as JSON."""

    file_name: str
    content: str


@dataclass(frozen=True, slots=True)
class Privacy:
    store: PrivacyStore
    catalogue: Library
    roster: Roster
    now: Clock

    async def mine(self, player: Player) -> Personal:
        return await self.store.personal(player, self.now())

    async def hide(self, player: Player, *, hidden: bool) -> Personal:
        await self.store.hide(player, self.now(), hidden=hidden)
        return await self.mine(player)

    async def choose_zone(self, player: Player, zone: str) -> Personal:
        """ValueError for a zone that does not exist."""
        await self.store.choose_zone(player, zone)
        return await self.mine(player)

    async def export(self, player: Player) -> Export:
        """Readable answers first, then everything as it is kept."""
        kept = await self.store.traces(player)
        now = self.now()
        content = {
            "about": {"workspace": player.workspace.team, "user": player.user},
            "exported": now.isoformat(timespec="seconds"),
            "first_answers": list(self._answers(kept.get(f"firsts:{player.user}", {}))),
            "kept": kept,
        }
        text = json.dumps(content, indent=1, ensure_ascii=False, default=str)
        return Export(f"quiz-data-{now:%Y-%m-%d}.json", text)

    def _answers(self, firsts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The oldest first; `firsts` are as `storage/keys.py` says."""
        split = [(question_id, *first.split(":")) for question_id, first in firsts.items()]
        for question_id, right, points, moment, *_ in sorted(split, key=lambda s: int(s[3])):
            found = self.catalogue.question(question_id)
            asked = {"quiz": found[0].title, "question": found[1].stem} if found else {}
            yield {
                "id": question_id,
                **asked,
                "right": right == "1",
                "points": int(points),
                "at": datetime.fromtimestamp(int(moment) / 1000, UTC).isoformat(),
            }

    async def forget(self, player: Player) -> None:
        """Delete everything about a person, at once and for good."""
        await self.store.forget(player)
        self.roster.forget(player)
