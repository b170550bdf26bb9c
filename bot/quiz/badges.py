"""Which badges a person has earned, and how far it is to the others: from counters alone.

Nothing is kept about badges, so a new one is earned in retrospect by all who have done enough. The
one for all tracks asks again for those that the bank got since.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PERFECT_RUN: Final = 10
"""So many questions a quiz run needs for a perfect score to count; `answer.lua` knows it too."""


class Badge(StrEnum):
    FIRST_QUIZ = "first quiz"
    PERFECT = "perfect"
    STREAK_5 = "streak 5"
    STREAK_10 = "streak 10"
    STREAK_25 = "streak 25"
    STREAK_50 = "streak 50"
    STREAK_100 = "streak 100"
    RIGHT_100 = "right 100"
    RIGHT_1000 = "right 1000"
    ALL_TRACKS = "all tracks"


@dataclass(frozen=True, slots=True)
class Counters:
    """`runs` are quizzes played to the end, `perfect` those of them with `PERFECT_RUN` questions
    or more and all right, `right` right first answers, `best_streak` the longest in working days.
    """

    runs: int = 0
    perfect: int = 0
    right: int = 0
    best_streak: int = 0
    tracks_tried: int = 0
    tracks: int = 0


@dataclass(frozen=True, slots=True)
class Merit:
    """How much of what a badge needs is there; `have` never says more than that."""

    badge: Badge
    have: int
    need: int

    @property
    def is_earned(self) -> bool:
        return self.have == self.need


def merits(counters: Counters) -> tuple[Merit, ...]:
    """Of every badge that the bank allows, always in the same order.

    A bank with a single track has no badge for trying all of them.
    """
    steps: list[tuple[Badge, int, int]] = [
        (Badge.FIRST_QUIZ, counters.runs, 1),
        (Badge.PERFECT, counters.perfect, 1),
        (Badge.STREAK_5, counters.best_streak, 5),
        (Badge.STREAK_10, counters.best_streak, 10),
        (Badge.STREAK_25, counters.best_streak, 25),
        (Badge.STREAK_50, counters.best_streak, 50),
        (Badge.STREAK_100, counters.best_streak, 100),
        (Badge.RIGHT_100, counters.right, 100),
        (Badge.RIGHT_1000, counters.right, 1_000),
    ]
    if counters.tracks > 1:
        steps.append((Badge.ALL_TRACKS, counters.tracks_tried, counters.tracks))
    return tuple(Merit(badge, min(have, need), need) for badge, have, need in steps)
