from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from bot.quiz.player import UserId
from bot.quiz.standings import (
    Distance,
    Gap,
    Mover,
    Placed,
    Row,
    around,
    behind,
    best_newcomers,
    movers,
    rank,
)


def row(name: str, points: int, swift: int = 0) -> Row:
    return Row(UserId(f"U{name}"), name, points, swift=swift)


def board(*points: int) -> tuple[Placed, ...]:
    """People called A, B, C and so on."""
    return rank(row(chr(ord("A") + i), earned) for i, earned in enumerate(points))


def names(placed: Sequence[Placed]) -> str:
    return "".join(place.row.name for place in placed)


@pytest.mark.parametrize(
    ("points", "ranks"),
    [
        pytest.param((), [], id="nobody"),
        pytest.param((5,), [1], id="alone"),
        pytest.param((4, 3, 2), [1, 2, 3], id="all different"),
        pytest.param((4, 3, 3, 1), [1, 2, 2, 4], id="two share"),
        pytest.param((0, 0, 0), [1, 1, 1], id="all share"),
        pytest.param((1, 4, 3, 4, 1), [1, 1, 3, 4, 4], id="two pairs"),
    ],
)
def test_equal_points_share_a_rank(points: tuple[int, ...], ranks: list[int]) -> None:
    assert [place.rank for place in board(*points)] == ranks


def test_within_a_rank_speed_comes_first_then_names_whatever_their_case_then_ids() -> None:
    rows = [
        row("Zoe", 5, swift=2),
        row("Cleo", 5, swift=1),
        row("ben", 5, swift=1),
        row("Ana", 5, swift=1),
        Row(UserId("U2"), "Chi", 5),
        Row(UserId("U1"), "Chi", 5),
    ]
    placed = rank(rows)
    assert [place.row.user for place in placed] == [
        *("UZoe", "UAna", "Uben", "UCleo"),
        *("U1", "U2"),
    ]
    assert {place.rank for place in placed} == {1}


ROWS = st.lists(
    st.builds(
        Row,
        user=st.text("UW12", min_size=1, max_size=4).map(UserId),
        name=st.text("aAbß", max_size=2),
        points=st.integers(0, 3),
        swift=st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda entry: entry.user,
)


@given(ROWS)
def test_a_rank_is_one_more_than_the_number_of_better_people(rows: list[Row]) -> None:
    for place in rank(rows):
        assert place.rank == 1 + sum(other.points > place.row.points for other in rows)


@given(ROWS, st.data())
def test_the_order_of_rows_does_not_matter(rows: list[Row], data: st.DataObject) -> None:
    assert rank(data.draw(st.permutations(rows))) == rank(rows)


@given(ROWS)
def test_everybody_is_placed_once(rows: list[Row]) -> None:
    assert {place.row for place in rank(rows)} == set(rows)
    assert len(rank(rows)) == len(rows)


@pytest.mark.parametrize(
    ("user", "n", "expected"),
    [
        pytest.param("A", 3, "ABC", id="the first"),
        pytest.param("C", 3, "ABCD", id="the last of the top"),
        pytest.param("E", 3, "ABCDEF", id="close to the top"),
        pytest.param("F", 3, "ABCDEFG", id="a gap of one is filled"),
        pytest.param("G", 3, "ABC2FGH", id="a gap of two"),
        pytest.param("J", 3, "ABC5IJ", id="the last"),
        pytest.param("J", 0, "8IJ", id="no top"),
        pytest.param("J", 99, "ABCDEFGHIJ", id="all"),
        pytest.param("X", 3, "ABC", id="not on the board"),
    ],
)
def test_a_board_is_cut_around_its_reader(user: str, n: int, expected: str) -> None:
    lines = around(board(*range(10, 0, -1)), UserId(f"U{user}"), n)
    shown = (str(line.hidden) if isinstance(line, Gap) else line.row.name for line in lines)
    assert "".join(shown) == expected


@given(ROWS, st.integers(0, 12), st.integers(0, 14))
def test_a_cut_board_hides_what_its_gaps_say(rows: list[Row], n: int, own: int) -> None:
    placed = rank(rows)
    user = placed[own].row.user if own < len(placed) else UserId("nobody")
    place = 0
    for line in around(placed, user, n):
        if isinstance(line, Gap):
            assert line.hidden > 1
            place += line.hidden
        else:
            assert line == placed[place]
            place += 1
    assert place == len(placed) or place >= min(n, own + 2)


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        pytest.param("A", None, id="the leader"),
        pytest.param("B", Distance(300, 1), id="one above"),
        pytest.param("C", Distance(300, 1), id="tied with others"),
        pytest.param("D", Distance(100, 2), id="two above share a rank"),
        pytest.param("X", None, id="not on the board"),
    ],
)
def test_the_distance_is_that_to_the_next_better_rank(
    user: str, expected: Distance | None
) -> None:
    assert behind(board(500, 200, 200, 100), UserId(f"U{user}")) == expected


def test_whoever_shares_the_best_rank_is_behind_nobody() -> None:
    assert behind(board(500, 500), UserId("UB")) is None


def test_movers_are_those_who_climbed_the_longest_climb_first() -> None:
    before, after = board(50, 40, 30, 20), board(10, 40, 45, 60)
    assert names(after) == "DCBA"
    by_id = {place.row.name: place for place in after}
    assert movers(before, after) == (Mover(by_id["D"], 3), Mover(by_id["C"], 1))


def test_equal_climbs_come_in_the_order_of_the_board() -> None:
    climbs = movers(board(50, 40, 30, 20), board(1, 0, 30, 20))
    assert [(mover.placed.row.name, mover.places) for mover in climbs] == [("C", 2), ("D", 2)]


def test_newcomers_and_leavers_are_no_movers() -> None:
    assert movers(rank([row("A", 5), row("B", 4)]), rank([row("B", 3), row("C", 9)])) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("A", {"A": 9, "B": 5, "C": 3}, "B", id="the best of the new"),
        pytest.param("A", {"A": 9, "B": 5, "C": 5, "D": 1}, "BC", id="two share it"),
        pytest.param("AB", {"A": 9, "B": 5}, "", id="nobody new"),
        pytest.param("", {"A": 9}, "", id="the first board ever"),
    ],
)
def test_the_best_newcomer(before: str, after: dict[str, int], expected: str) -> None:
    old = rank(row(name, 1) for name in before)
    new = rank(row(name, points) for name, points in after.items())
    assert names(best_newcomers(old, new)) == expected
