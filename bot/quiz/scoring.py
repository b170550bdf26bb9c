"""What an answer earns: knowing counts, and speed only where a live round asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.quiz.local_time import in_utc
from bot.quiz.question import Question

MOST_BONUS: Final = 50
FULL: Final = 1000
"""The whole time of a question in the unit of `left`."""


@dataclass(frozen=True, slots=True)
class Timing:
    """An answer within the `limit` of a live question; the clock starts with the post.

    ValueError for moments without a zone and for a limit that is not positive.
    """

    posted: datetime
    answered: datetime
    limit: timedelta

    def __post_init__(self) -> None:
        in_utc(self.posted)
        in_utc(self.answered)
        if self.limit <= timedelta():
            raise ValueError("a time limit is longer than nothing")

    @property
    def left(self) -> int:
        """Time left in thousandths of the limit, rounded down.

        All of it for an answer that seems to come before the post, as clocks differ; nothing for
        one that comes too late.
        """
        return self.part_left(FULL)

    def part_left(self, whole: int) -> int:
        """The time left as a part of `whole`, linear from the post to the limit, rounded down."""
        taken = in_utc(self.answered) - in_utc(self.posted)
        left = min(max(self.limit - taken, timedelta()), self.limit)
        return whole * left // self.limit


def points(
    question: Question, *, right: bool, hinted: bool = False, fast: Timing | None = None
) -> int:
    """What the question is worth (`Question.worth`: 100, 150 or 200 by its level, times its
    points) for a right answer; a wrong one earns and costs nothing.

    `fast` is given in live rounds that reward speed: up to `MOST_BONUS` more, whatever the
    question is worth, so that a slow right answer is always closer to a fast one than to a wrong
    one. A hint taken before the answer halves it all, rounded down.
    """
    if not right:
        return 0
    earned = question.worth + (fast.part_left(MOST_BONUS) if fast else 0)
    return earned // 2 if hinted else earned


def swiftness(right_answers: Iterable[Timing]) -> int:
    """What orders people with equal points in a live round: the sum of the time left.

    Only right answers belong here, or quick guessing would pay. The rule is that of the
    Mastermind Sports League (sum of time left over limit); the unit is that of `Timing.left`.
    """
    return sum(timing.left for timing in right_answers)
