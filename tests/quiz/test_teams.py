from collections.abc import Iterable, Mapping
from fractions import Fraction

from hypothesis import given, strategies as st

from bot.quiz.player import UserId
from bot.quiz.teams import PRIOR_WEIGHT, GroupId, Team, TeamScore, shrunk, team_standings


def people(names: Iterable[str]) -> frozenset[UserId]:
    return frozenset(map(UserId, names))


def team(name: str, members: Iterable[str]) -> Team:
    return Team(GroupId(f"S{name}"), name, people(members))


def squad(name: str, size: int, each: int, absent: int = 0) -> tuple[Team, dict[UserId, int]]:
    """A team of people with the same points, and some who did not take part."""
    members = [UserId(f"{name}{i}") for i in range(size)]
    away = [f"{name} away {i}" for i in range(absent)]
    return team(name, [*members, *away]), dict.fromkeys(members, each)


def standings(*squads: tuple[Team, Mapping[UserId, int]]) -> tuple[TeamScore, ...]:
    points = {user: earned for _, squad in squads for user, earned in squad.items()}
    return team_standings([team for team, _ in squads], points)


def names(scores: Iterable[TeamScore]) -> str:
    return " ".join(f"{score.rank or '-'}:{score.team.name}" for score in scores)


def exactly(points: int, active: int, all_points: int, all_people: int) -> Fraction:
    """The formula as it is told."""
    mean, overall = Fraction(points, active), Fraction(all_points, all_people)
    return (active * mean + PRIOR_WEIGHT * overall) / (active + PRIOR_WEIGHT)


def test_two_lucky_people_do_not_beat_twenty_good_ones() -> None:
    lucky, good, rest = squad("lucky", 2, 1000), squad("good", 20, 800), squad("rest", 40, 400)
    scores = standings(lucky, good, rest)
    assert names(scores) == "1:good 2:lucky 3:rest"
    assert [round(score.score or 0) for score in scores] == [750, 677, 416]
    assert [score.mean for score in scores] == [800, 1000, 400]


def test_two_unlucky_people_are_not_last_behind_twenty_weak_ones() -> None:
    unlucky, weak, rest = squad("unlucky", 2, 0), squad("weak", 20, 200), squad("rest", 40, 600)
    assert names(standings(unlucky, weak, rest)) == "1:rest 2:unlucky 3:weak"


def test_as_many_people_are_ranked_by_their_means() -> None:
    assert names(standings(squad("a", 3, 200), squad("b", 3, 300))) == "1:b 2:a"


def test_participation_stands_beside_the_score_and_is_not_in_it() -> None:
    whole, half = squad("whole", 4, 300), squad("half", 4, 300, absent=4)
    first, second = standings(whole, half)
    assert first.score == second.score == 300
    assert (first.rank, second.rank) == (1, 1)
    assert (first.team.name, first.active, first.participation) == ("half", 4, 0.5)
    assert (second.team.name, second.active, second.participation) == ("whole", 4, 1.0)


def test_no_points_are_still_taking_part() -> None:
    (score,) = standings(squad("a", 2, 0, absent=2))
    assert (score.rank, score.score, score.active, score.participation) == (1, 0, 2, 0.5)


def test_equal_scores_share_a_rank_in_the_order_of_names() -> None:
    squads = [squad("B", 2, 500), squad("d", 2, 100), squad("a", 2, 500), squad("C", 2, 100)]
    assert names(standings(*squads)) == "1:a 1:B 3:C 3:d"


def test_teams_of_one_name_come_in_the_order_of_their_ids() -> None:
    twins = [Team(GroupId(name), "twins", people("a")) for name in ("S2", "S1")]
    assert [s.team.id for s in team_standings(twins, {UserId("a"): 1})] == ["S1", "S2"]


def test_a_team_without_active_people_has_no_rank() -> None:
    asleep, empty = squad("asleep", 0, 0, absent=3), team("empty", ())
    scores = standings(asleep, (empty, {}), squad("zero", 1, 0))
    assert names(scores) == "1:zero -:asleep -:empty"
    assert [(s.score, s.mean, s.participation) for s in scores[1:]] == [(None, None, 0.0)] * 2


def test_without_teams_or_players_there_is_nothing_to_rank() -> None:
    assert team_standings([], {UserId("a"): 100}) == ()
    assert names(team_standings([team("a", "xy")], {})) == "-:a"


def test_somebody_in_two_teams_counts_in_both_and_once_in_the_mean_of_all() -> None:
    both = [team("one", "ab"), team("two", "bc")]
    points = {UserId("a"): 0, UserId("b"): 300, UserId("c"): 600}
    two, one = team_standings(both, points)
    assert (two.points, one.points) == (900, 300)
    assert two.score == shrunk(900, 2, 900, 3)
    assert one.score == shrunk(300, 2, 900, 3)


def test_people_outside_the_teams_do_not_matter() -> None:
    some = [team("a", "xy")]
    points = {UserId("x"): 100}
    assert team_standings(some, points | {UserId("z"): 900}) == team_standings(some, points)


USERS = st.sampled_from("abcdefgh").map(UserId)
POINTS = st.dictionaries(USERS, st.integers(0, 30).map(lambda n: n * 50))
TEAMS = st.lists(st.frozensets(USERS), max_size=5).map(
    lambda groups: [
        Team(GroupId(f"S{i}"), f"team {i % 3}", members) for i, members in enumerate(groups)
    ]
)


@given(TEAMS, POINTS, st.data())
def test_the_order_of_teams_and_people_does_not_matter(
    teams: list[Team], points: dict[UserId, int], data: st.DataObject
) -> None:
    mixed = dict(data.draw(st.permutations(list(points.items()))))
    assert team_standings(data.draw(st.permutations(teams)), mixed) == team_standings(
        teams, points
    )


@given(TEAMS, POINTS)
def test_a_score_is_what_the_formula_says_and_its_rank_counts_the_better_ones(
    teams: list[Team], points: dict[UserId, int]
) -> None:
    inside = frozenset[UserId]().union(*(team.members for team in teams)) & points.keys()
    scores = team_standings(teams, points)
    exact = {
        s.team.id: exactly(s.points, s.active, sum(points[u] for u in inside), len(inside))
        for s in scores
        if s.active
    }
    for score in scores:
        if score.rank is None:
            assert score.team.id not in exact
        else:
            own = exact[score.team.id]
            assert score.score == float(own)
            assert score.rank == 1 + sum(other > own for other in exact.values())


@given(TEAMS, POINTS)
def test_a_score_is_between_the_mean_of_the_team_and_that_of_all(
    teams: list[Team], points: dict[UserId, int]
) -> None:
    inside = frozenset[UserId]().union(*(team.members for team in teams)) & points.keys()
    for score in team_standings(teams, points):
        if score.score is not None and score.mean is not None:
            overall = sum(points[user] for user in inside) / len(inside)
            assert min(score.mean, overall) <= score.score <= max(score.mean, overall)


@given(st.integers(0, 5000), st.integers(1, 50), st.integers(0, 9000), st.integers(1, 90))
def test_more_of_the_same_brings_a_score_closer_to_the_mean_of_the_team(
    points: int, active: int, all_points: int, all_people: int
) -> None:
    scores = [shrunk(points * n, active * n, all_points, all_people) for n in (1, 2, 5, 100)]
    mean, overall = points / active, all_points / all_people
    path = [overall, *scores, mean]
    assert path in (sorted(path), sorted(path, reverse=True))


def test_at_five_people_a_score_is_half_its_own() -> None:
    assert shrunk(5 * 100, 5, 0, 10) == 50


def test_people_who_are_only_counted_take_part_in_nothing_but_participation() -> None:
    named, points = squad("A", 2, 300, absent=6)
    counted = Team(named.id, named.name, frozenset(points), others=6)
    (by_name,), (by_count,) = standings((named, points)), standings((counted, points))
    assert by_name.participation == by_count.participation == 0.25
    assert (by_name.score, by_name.points) == (by_count.score, by_count.points)
