"""Who is where on a leaderboard, and for which stretch of time it counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.quiz.player import UserId


@dataclass(frozen=True, slots=True)
class Row:
    """What a person earned; `name` is plain text, `swift` orders rows with the same points."""

    user: UserId
    name: str
    points: int
    right: int = 0
    answered: int = 0
    swift: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    rank: int
    row: Row


@dataclass(frozen=True, slots=True)
class Gap:
    """Stands for `hidden` rows, at least two."""

    hidden: int


@dataclass(frozen=True, slots=True)
class Distance:
    """So many `points` are missing to the people on `rank`."""

    points: int
    rank: int


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who climbed by `places`, to where `placed` is."""

    placed: Placed
    places: int


Line: TypeAlias = Placed | Gap


def shared_ranks(values: Iterable[float]) -> Iterator[int]:
    """Ranks of values that come best first: equal ones share a rank, as in 1, 2, 2, 4."""
    rank, last = 0, None
    for number, value in enumerate(values, 1):
        if value != last:
            rank, last = number, value
        yield rank


def rank(rows: Iterable[Row]) -> tuple[Placed, ...]:
    """Place people, each in one row, by points; equal points share a rank (1, 2, 2, 4).

    Within a rank the swifter stands first, then names decide, their case aside, then ids: the
    order is the same every time, but being first in it is worth nothing.
    """
    ordered = sorted(rows, key=lambda r: (-r.points, -r.swift, r.name.casefold(), r.name, r.user))
    ranks = shared_ranks(row.points for row in ordered)
    return tuple(map(Placed, ranks, ordered))


def around(placed: Sequence[Placed], user: UserId, n: int) -> tuple[Line, ...]:
    """The first `n` lines of a board, and the user's own between its two neighbours.

    Lines left out before others show as one gap, unless there is just one: that is shown itself.
    Whoever is not on the board sees the first `n`.
    """
    own = _find(placed, user)
    shown = set(range(min(n, len(placed))))
    if own is not None:
        shown |= {i for i in (own - 1, own, own + 1) if 0 <= i < len(placed)}
    lines: list[Line] = []
    expected = 0
    for i in sorted(shown):
        hidden = placed[expected:i]
        lines += [Gap(len(hidden))] if len(hidden) > 1 else hidden
        lines.append(placed[i])
        expected = i + 1
    return tuple(lines)


def behind(placed: Sequence[Placed], user: UserId) -> Distance | None:
    """How far it is to the next better rank; None on the best one and for who is not there."""
    own = _find(placed, user)
    if own is None:
        return None
    points = placed[own].row.points
    better = [other for other in placed[:own] if other.row.points > points]
    return Distance(better[-1].row.points - points, better[-1].rank) if better else None


def movers(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[Mover, ...]:
    """Who climbed from one board to the next, the longest climb first, then the better place.

    Only people on both boards count, and nobody is told that they fell.
    """
    old = {place.row.user: place.rank for place in before}
    climbs = (
        Mover(place, old[place.row.user] - place.rank)
        for place in after
        if place.row.user in old and place.rank < old[place.row.user]
    )
    return tuple(sorted(climbs, key=lambda mover: -mover.places))  # stable: `after` is in order


def best_newcomers(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[Placed, ...]:
    """The best of those who were not on the board before, all of them if they share a rank.

    Nobody when the board before was empty: then there was nothing to be new to.
    """
    known = {place.row.user for place in before}
    new = [place for place in after if place.row.user not in known] if known else []
    return tuple(place for place in new if place.rank == new[0].rank)


def _find(placed: Sequence[Placed], user: UserId) -> int | None:
    return next((i for i, place in enumerate(placed) if place.row.user == user), None)
