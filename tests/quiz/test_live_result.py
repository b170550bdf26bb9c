"""The podium of a live round, and its hardest question."""

from dataclasses import replace

import pytest

from bot.quiz.live import Phase, Seat
from bot.quiz.live_result import hardest, scores
from bot.quiz.occurrence import Tally
from bot.quiz.player import UserId
from tests.quiz.test_live_moves import round_of, seated


def steps_of(*points: int) -> list[tuple[int, list[int]]]:
    """The rank and the points on each step, for people with these points."""
    seats = {f"U{n}": Seat(0, 0, earned, 1, 1) for n, earned in enumerate(points)}
    names = {UserId(user): user for user in seats}
    podium = scores(round_of(Phase.OVER, seats=seated(**seats)), names).podium
    return [(step[0].rank, [place.row.points for place in step]) for step in podium]


@pytest.mark.parametrize(
    ("points", "steps"),
    [
        pytest.param((300, 200, 100, 100), [(1, [300]), (2, [200]), (3, [100, 100])], id="tie"),
        pytest.param((300, 300, 100), [(1, [300, 300]), (3, [100])], id="two winners, no second"),
        pytest.param((9, 9, 9, 9), [(1, [9, 9, 9, 9])], id="all alike"),
        pytest.param((400, 300, 200, 100), [(1, [400]), (2, [300]), (3, [200])], id="a fourth"),
        pytest.param((100, 0), [(1, [100])], id="nobody stands there for nothing"),
        pytest.param((0, 0), [], id="no points at all"),
        pytest.param((), [], id="nobody"),
    ],
)
def test_equal_points_share_a_step(
    points: tuple[int, ...], steps: list[tuple[int, list[int]]]
) -> None:
    assert steps_of(*points) == steps


def test_who_joined_and_never_answered_is_not_listed_and_who_hides_is_counted() -> None:
    seats = seated(U1=Seat(0, 0, 100, 1, 1), U2=Seat(0, 0, 0, 0, 1), U3=Seat(0))
    found = scores(round_of(Phase.OVER, seats=seats), {UserId("U1"): "Ana", UserId("U3"): "Chi"})
    assert ([place.row.name for place in found.placed], found.unseen) == (["Ana"], 1)


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        pytest.param(((4, 2), (4, 1), (4, 3)), 1, id="the smallest share"),
        pytest.param(((4, 1), (8, 2), (4, 4)), 0, id="the first of two"),
        pytest.param(((4, 4), (2, 2), (0, 0)), None, id="nobody was wrong"),
        pytest.param(((0, 0), (0, 0), (0, 0)), None, id="nobody answered"),
    ],
)
def test_the_hardest_question(tallies: tuple[tuple[int, int], ...], expected: int | None) -> None:
    round_ = replace(round_of(Phase.OVER), tallies=tuple(Tally(*counts) for counts in tallies))
    assert hardest(round_) == expected
