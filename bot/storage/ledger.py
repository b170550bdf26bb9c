"""Where an answer counts: the windows and boards that `earn.lua` writes, worked out beforehand.

A script cannot know time zones, so the windows of the moment are found here, on the workspace's
calendar, and the date of the streak on the person's own. Zones change rarely and every answer
needs them, so they are remembered for a minute.
"""

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from redis.asyncio import Redis

from bot.quiz.board import WORKSPACE
from bot.quiz.item import pick_name
from bot.quiz.local_time import DAY, zone_named
from bot.quiz.people import USUAL_ZONE, is_zone
from bot.quiz.player import Player, Workspace
from bot.quiz.question import Question
from bot.quiz.regrading import Picked, key_of, remembered
from bot.quiz.report import case_of
from bot.quiz.session import Choice, Given
from bot.quiz.windows import Kind, dates, window
from bot.storage import keys
from bot.storage.names import unpack_name
from bot.storage.snapshot import milliseconds, whole

KEEP: Final = {
    Kind.DAY: timedelta(days=9),
    Kind.WEEK: timedelta(weeks=9),
    Kind.MONTH: timedelta(days=400),
}
"""How long a board is kept after its window is over; that of all time stays."""

KEEP_ITEM: Final = int(keys.KEEP_ITEM.total_seconds())
FRESH: Final = timedelta(minutes=1)
MOST_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone whose calendar a workspace's boards follow, and the person's own."""

    workspace: str
    own: str


class Ledger:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._known: OrderedDict[Player, tuple[datetime, Zones]] = OrderedDict()

    async def pack(
        self,
        player: Player,
        at: datetime,
        places: Sequence[str] = (WORKSPACE,),
        answered: tuple[Question, Given] | None = None,
    ) -> str:
        """What `earn.lua` and `streak.lua` call the ledger, as one argument of a script. What was
        `answered` counts for the figures of the question, and is kept to be marked again if its
        key is corrected; the script may know it better.
        """
        zones = await self.zones(player, at)
        workspace = player.workspace
        item = {"item": _item(workspace, *answered)} if answered else {}
        given = {"given": _given(*answered)} if answered else {}
        return json.dumps(
            {
                **item,
                **given,
                "to": keys.firsts_to(workspace),
                "keys": keys.question_keys(workspace),
                "regrading": keys.regrading(workspace),
                "resets": keys.resets(workspace),
                "items": keys.item(workspace),
                "keep_item": KEEP_ITEM,
                "user": player.user,
                "now": str(milliseconds(at)),
                "day": days(at.astimezone(zone_named(zones.own)).date()),
                "places": list(places),
                "windows": [_kept(at, kind, zones.workspace) for kind in Kind],
                "firsts": keys.firsts(player),
                "hints": keys.hints(player),
                "progress": keys.progress(player),
                "review": keys.review(player),
                "person": keys.person(player),
                "boards": keys.boards(workspace),
                "board": keys.board(workspace),
                "shade": keys.shade(workspace),
                "tally": keys.tally(workspace),
            }
        )

    async def zones(self, player: Player, at: datetime) -> Zones:
        """A person's own choice counts before what Slack says, and that before the workspace's."""
        known = self._known.get(player)
        if known and abs(at - known[0]) < FRESH:
            return known[1]
        workspace = player.workspace
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hget(keys.workspace_settings(workspace), "zone")
            pipe.hget(keys.person(player), "zone")
            pipe.hget(keys.names(workspace), player.user)
            of_all, chosen, named = await pipe.execute()
        shared = _first_known((of_all or b"").decode(), USUAL_ZONE)
        own = _first_known((chosen or b"").decode(), unpack_name(named).zone, shared)
        zones = Zones(shared, own)
        self._known[player] = at, zones
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return zones

    def forget(self, *players: Player) -> None:
        """Zones have changed: those of the players, or without any those of everybody."""
        if not players:
            self._known.clear()
        for player in players:
            self._known.pop(player, None)


def _item(workspace: Workspace, question: Question, given: Given) -> dict[str, object]:
    chosen = sorted(given.chosen) if isinstance(given, Choice) else ()
    return {
        "key": keys.item(workspace, case_of(question)),
        "picks": [pick_name(question.options[i]) for i in chosen],
        "keep": KEEP_ITEM,
    }


def _given(question: Question, given: Given) -> dict[str, object]:
    content = remembered(question, given)
    if isinstance(content, Picked):
        kept = {"picks": sorted(content.names), "one": content.only_one}
    else:
        kept = {"typed": [whole(text) for text in content.texts]}
    return {"version": key_of(question).version, **kept}


def _first_known(*zones: str) -> str:
    """A zone may have been kept by a machine that knew more of them."""
    return next(filter(is_zone, filter(None, zones)), USUAL_ZONE)


def days(day: date) -> int:
    """Days since 1970, as scripts count them."""
    return (day - date(1970, 1, 1)) // DAY


def day_of(number: int) -> date | None:
    """The date that `days` counted; 0 stands for none."""
    return date(1970, 1, 1) + number * DAY if number else None


def _kept(at: datetime, kind: Kind, zone: str) -> tuple[str, int]:
    """The window of a moment, and for how many seconds from then it is kept; 0 is for good."""
    name = window(at, kind, zone)
    last = _last_date(name)
    if last is None:
        return name, 0
    end = datetime.combine(last + DAY, time.min, zone_named(zone))
    return name, int((end - at + KEEP[kind]).total_seconds())


@lru_cache(maxsize=64)
def _last_date(name: str) -> date | None:
    span = dates(name)
    return span[1] if span else None
