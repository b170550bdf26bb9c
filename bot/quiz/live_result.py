"""Who stands where in a live round, and which of its questions was the hardest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.quiz.live import Round
from bot.quiz.player import UserId
from bot.quiz.standings import Placed, Row, rank

STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Scores:
    """Everybody who answered, best first. `unseen` counts those who do not want to be named: they
    play like all others, but nobody reads where they stand.
    """

    placed: tuple[Placed, ...] = ()
    unseen: int = 0

    @property
    def podium(self) -> tuple[tuple[Placed, ...], ...]:
        """The first three ranks, each with all who share it: equal points share a step.

        Two on the first step leave the second one empty, so its rank is left out. Nobody is on
        the podium without a point.
        """
        best = [place for place in self.placed if place.rank <= STEPS and place.row.points]
        ranks = sorted({place.rank for place in best})
        return tuple(tuple(p for p in best if p.rank == step) for step in ranks)


def scores(round_: Round, names: Mapping[UserId, str]) -> Scores:
    """`names` has those who may be named. Equal points share a rank; the swifter stands first."""
    played = {user: seat for user, seat in round_.seats.items() if seat.answered}
    rows = [
        Row(user, names[user], seat.points, seat.right, seat.answered, seat.swift)
        for user, seat in played.items()
        if user in names
    ]
    return Scores(rank(rows), len(played) - len(rows))


def hardest(round_: Round) -> int | None:
    """The number of the question with the smallest share of right answers, the first of several.

    None when nobody answered, or nobody was wrong.
    """
    shares = [
        (tally.right / tally.answered, number)
        for number, tally in enumerate(round_.tallies)
        if tally.right < tally.answered
    ]
    return min(shares)[1] if shares else None
