"""A channel's board of the week: when it is posted, which week it shows, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.quiz.board import Board
from bot.quiz.local_time import DAY, exists, in_utc, instant, zone_named
from bot.quiz.occurrence import Occurrence, Tally
from bot.quiz.player import ChannelId
from bot.quiz.regrading import Corrected
from bot.quiz.schedule import Schedule
from bot.quiz.standings import Mover, Placed
from bot.quiz.teams import TeamScore
from bot.quiz.timetable import LATE
from bot.quiz.windows import Kind, window_of

WEEK: Final = timedelta(days=7)
USUAL_TIME: Final = time(9)
THURSDAY: Final = 3
"""A board that is posted on this day or later shows the week it is in, an earlier one the week
before: that is always the one with more of the last working days.
"""

FEWEST: Final = 3
"""So many people must have answered a question for it to count as hard."""


@dataclass(frozen=True, slots=True)
class BoardPost:
    """`planned` is a moment in UTC, `week` the window that is shown and `inside` a moment of it,
    whatever the zone. There is one board of a channel for each week.
    """

    planned: datetime
    week: str
    inside: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the week that is closed."""

    occurrence: Occurrence
    tally: Tally


@dataclass(frozen=True, slots=True)
class WeeklyBoard:
    """What a channel sees. `newcomers` share a rank; `hardest` is None when too few answered.
    `corrected` are questions whose answers were marked again since its last board.
    """

    channel: ChannelId
    first: date
    last: date
    board: Board
    movers: tuple[Mover, ...] = ()
    newcomers: tuple[Placed, ...] = ()
    teams: tuple[TeamScore, ...] = ()
    hardest: Asked | None = None
    corrected: tuple[Corrected, ...] = ()


def board_post(schedule: Schedule, now: datetime, *, is_done: bool = False) -> BoardPost | None:
    """The board that is due, or else (and if that `is_done`) the next one; None for a schedule
    without a board.

    One is due for as long as a question would be: on its local date, which is not before the
    schedule began, and not more than `LATE` after its moment.
    """
    if schedule.board_day is None:
        return None
    zone = zone_named(schedule.timetable.zone)
    today = in_utc(now).astimezone(zone).date()
    first = today - DAY * today.weekday() + DAY * schedule.board_day
    for day in (first, first + WEEK, first + 2 * WEEK):
        if not exists(day, zone):
            continue
        planned = instant(day, _time(schedule, day), zone)
        is_due = day == today and now - planned <= LATE and day >= schedule.since
        if planned > now or (is_due and not is_done):
            shown = day if day.weekday() >= THURSDAY else day - WEEK
            return BoardPost(planned, window_of(shown, Kind.WEEK), _middle(shown))
    return None


def _middle(day: date) -> datetime:
    """A moment that is in the same week on every calendar of the world."""
    thursday = day - DAY * (day.weekday() - THURSDAY)
    return datetime.combine(thursday, time(12), UTC)


def _time(schedule: Schedule, day: date) -> time:
    """With the question of that day, or at nine."""
    timetable = schedule.timetable
    return timetable.at if day.weekday() in timetable.weekdays else USUAL_TIME


def hardest(asked: Sequence[Asked]) -> Asked | None:
    """The one that the smallest part got right; of equals the one that more people answered."""
    known = [each for each in asked if each.tally.answered >= FEWEST]
    return min(known, key=_ease, default=None)


def _ease(asked: Asked) -> tuple[float, int]:
    tally = asked.tally
    return tally.right / tally.answered, -tally.answered
