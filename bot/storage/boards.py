"""Leaderboards in Redis: one step shows ten people or a million in about the same time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.quiz.board import TOP, Board, BoardQuery, BoardRow, Found, arranged
from bot.quiz.people import own_streak, plain_name
from bot.quiz.player import Player, UserId, Workspace
from bot.quiz.standings import Distance, Placed, Row
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.names import unpack_name
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.streak import unpack_streak

READ: Final = Script("read_board")
CLEAR: Final = Script("clear_boards")
UNIT: Final = 1 << 20
"""A tally is answered * UNIT + right, see `earn.lua`."""


class Boards(Part):
    async def board(
        self, player: Player, query: BoardQuery, at: datetime, most: int = TOP
    ) -> Board:
        """The board of the moment as the player sees it: the first `most` and their own line."""
        workspace = player.workspace
        async with in_time(self._deadline):
            zones = await self._ledger.zones(player, at)
            name = query.name(at, zones.workspace)
            people, rows, own, better = await READ(
                self._redis,
                [
                    keys.board(workspace, name),
                    keys.shade(workspace, name),
                    keys.tally(workspace, name),
                    keys.names(workspace),
                    keys.people(workspace),
                ],
                [player.user, most],
            )
        found = [_unpack(row, player.user, at, zones.workspace) for row in rows]
        hidden = None
        if own == b"hidden":
            place, row = found.pop()
            hidden = place, replace(row, is_hidden=True)
        return Board(
            lines=arranged(found, hidden),
            people=people,
            behind=Distance(better[0], better[1]) if better else None,
        )

    async def points_of(
        self, workspace: Workspace, name: str, users: Sequence[UserId]
    ) -> dict[UserId, int]:
        """What people earned on a board, see `quiz/board.py` for its name; nobody who is not seen
        on it.
        """
        if not users:
            return {}
        async with in_time(self._deadline):
            points = await self._redis.zmscore(keys.board(workspace, name), list(users))
        return {u: int(p) for u, p in zip(users, points, strict=True) if p is not None}

    async def clear_boards(self, workspace: Workspace, place: str) -> None:
        """Begin all boards of a place anew; what people answered stays answered."""
        async with in_time(self._deadline):
            await CLEAR(
                self._redis,
                [
                    keys.boards(workspace),
                    keys.board(workspace),
                    keys.shade(workspace),
                    keys.tally(workspace),
                    keys.resets(workspace),
                ],
                [place],
            )


def _unpack(row: Sequence[Any], own: UserId, at: datetime, zone: str) -> Found:
    place, rank, user, points, tally, name, streak, chosen = row  # as `read_board.lua` says
    answered, right = divmod(int(tally or 0), UNIT)
    known = unpack_name(name)
    own_zone = (chosen or b"").decode() or known.zone or zone
    placed = Placed(
        rank,
        Row(
            user=UserId(user.decode()),
            name=plain_name(known.name),
            points=int(points),
            right=right,
            answered=answered,
        ),
    )
    length = own_streak(unpack_streak(streak), at, own_zone).length
    return place, BoardRow(placed, length, is_own=placed.row.user == own)
