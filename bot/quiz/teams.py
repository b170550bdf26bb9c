"""Teams against each other, so that neither many nor few people are an advantage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NewType

from bot.quiz.player import UserId
from bot.quiz.standings import shared_ranks

GroupId = NewType("GroupId", str)

PRIOR_WEIGHT: Final = 5
"""How many average people are added to every team.

A sum favours large teams, a plain mean small ones: the mean of two people swings far more than
that of twenty, so the top and the bottom of a table of means is where the small teams are. The
remedy is to shrink each mean towards the mean of all, the more the fewer people stand behind it
(James and Stein, "Estimation with quadratic loss", 1961; Efron and Morris, "Data analysis using
Stein's estimator and its generalizations", 1975). The empirical Bayes weight is the variance of
people within a team over the variance between the teams' true means. Teams of one company differ
little and their people much; 5, a choice, says that a team explains a sixth of all variance. At
five active people a team's score is half its own.
"""


@dataclass(frozen=True, slots=True)
class Team:
    """Whoever takes part is among `members`; `others` are so many more people in the team."""

    id: GroupId
    name: str
    members: frozenset[UserId]
    others: int = 0

    @property
    def size(self) -> int:
        return len(self.members) + self.others


@dataclass(frozen=True, slots=True)
class TeamScore:
    """`active` of the team's people earned `points` together.

    `score` is the shrunken mean per active member. A team without any has no score and no rank.
    """

    team: Team
    rank: int | None
    score: float | None
    points: int
    active: int

    @property
    def participation(self) -> float:
        """The active part of the team, from 0 to 1."""
        return self.active / self.team.size if self.team.size else 0.0

    @property
    def mean(self) -> float | None:
        """Points per active member as they are."""
        return self.points / self.active if self.active else None


def shrunk(points: int, people: int, all_points: int, all_people: int) -> float:
    """(n * mean + k * overall) / (n + k) for a team of n `people`, where k is `PRIOR_WEIGHT`.

    The fraction is rounded once, at the end: equal scores are equal and order is never turned.
    ZeroDivisionError without anybody.
    """
    weighted = points * all_people + PRIOR_WEIGHT * all_points
    return weighted / ((people + PRIOR_WEIGHT) * all_people)


def team_standings(teams: Iterable[Team], points: Mapping[UserId, int]) -> tuple[TeamScore, ...]:
    """Rank teams by score; equal scores share a rank, and names, then ids, order them.

    `points` has every person who took part, also with 0 points; people outside the teams do not
    matter. Somebody in several teams counts fully in each, but once in the mean of all. Teams
    without an active member come last.
    """
    teams = tuple(teams)
    everybody = frozenset[UserId]().union(*(team.members for team in teams)) & points.keys()
    total = sum(points[user] for user in everybody)
    scores = [_score(team, points, total, len(everybody)) for team in teams]
    scores.sort(key=_place)
    return _ranked(scores)


def _score(team: Team, points: Mapping[UserId, int], total: int, people: int) -> TeamScore:
    active = team.members & points.keys()
    own = sum(points[user] for user in active)
    score = shrunk(own, len(active), total, people) if active else None
    return TeamScore(team, None, score, own, len(active))


def _place(score: TeamScore) -> tuple[bool, float, str, str, str]:
    team = score.team
    return score.score is None, -(score.score or 0), team.name.casefold(), team.name, team.id


def _ranked(scores: Sequence[TeamScore]) -> tuple[TeamScore, ...]:
    playing = [score.score for score in scores if score.score is not None]
    ranks = [*shared_ranks(playing), *[None] * (len(scores) - len(playing))]
    return tuple(
        TeamScore(s.team, rank, s.score, s.points, s.active)
        for s, rank in zip(scores, ranks, strict=True)
    )
