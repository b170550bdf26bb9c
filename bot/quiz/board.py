"""What a leaderboard shows: which one is asked for, and its lines as one person sees them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Final, TypeAlias

from bot.quiz.standings import Distance, Gap, Placed
from bot.quiz.windows import Kind, window

WORKSPACE: Final = "ws"
"""The place that counts whatever is answered anywhere; every other place is a channel's id."""

TOP: Final = 10


class View(StrEnum):
    PEOPLE = "people"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """`topic` is the slug of a track, empty for all; `place` is `WORKSPACE` or a channel."""

    kind: Kind = Kind.WEEK
    topic: str = ""
    place: str = WORKSPACE
    view: View = View.PEOPLE

    def name(self, at: datetime, zone: str) -> str:
        """What the board of that moment is called on the calendar of `zone`."""
        return board_name(window(at, self.kind, zone), self.place, self.topic)


def board_name(window_name: str, place: str, topic: str = "") -> str:
    return f"{window_name}:{place}:{topic}"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A person's line. `streak` is their own, in working days; a hidden one sees only themselves,
    on the rank they would have.
    """

    placed: Placed
    streak: int = 0
    is_own: bool = False
    is_hidden: bool = False


BoardLine: TypeAlias = BoardRow | Gap


@dataclass(frozen=True, slots=True)
class Board:
    """The best, and one's own line between its neighbours. `people` are all who can be seen;
    `behind` is how far it is to the next better rank.

    Among many with equal points chance, not merit, decides who of them is shown.
    """

    lines: tuple[BoardLine, ...] = ()
    people: int = 0
    behind: Distance | None = None

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        return tuple(line for line in self.lines if isinstance(line, BoardRow))

    @property
    def own(self) -> BoardRow | None:
        return next((row for row in self.rows if row.is_own), None)

    def public(self, most: int = TOP) -> "Board":
        """What everybody may see: the best only, nobody's own line, nobody hidden."""
        best = [replace(row, is_own=False) for row in self.rows if not row.is_hidden]
        return Board(tuple(best[:most]), self.people)


Found: TypeAlias = tuple[int, BoardRow]
"""A row and its place among all that can be seen, from 0."""


def arranged(found: Iterable[Found], hidden: Found | None = None) -> tuple[BoardLine, ...]:
    """Rows that come in the order of their places, with gaps where some were left out.

    Rows next to each other on one rank stand in the order of their names. The `hidden` row has no
    place: it stands before the row whose place it would have.
    """
    lines: list[BoardLine] = []
    expected = 0
    waiting = hidden
    for place, row in _by_name(found):
        gap = place - expected
        if waiting and waiting[0] <= expected + gap:
            before = waiting[0] - expected
            lines += [*_gap(before), waiting[1]]
            gap -= before
            waiting = None
        lines += [*_gap(gap), row]
        expected = place + 1
    return (*lines, *([waiting[1]] if waiting else []))


def _gap(rows: int) -> list[Gap]:
    return [Gap(rows)] if rows else []


def _by_name(found: Iterable[Found]) -> Iterator[Found]:
    numbered = enumerate(found)  # place - number is the same for rows without a gap between them
    for _, run in groupby(numbered, lambda n: (n[1][1].placed.rank, n[1][0] - n[0])):
        pairs = [pair for _, pair in run]
        rows = sorted((row for _, row in pairs), key=_name)
        yield from zip((place for place, _ in pairs), rows, strict=True)


def _name(row: BoardRow) -> tuple[str, str, str]:
    person = row.placed.row
    return person.name.casefold(), person.name, person.user
