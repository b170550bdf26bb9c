"""Working days in a row on which somebody answered, kind to days off and to one bad day.

A run grows by one on every working day with an answer, right or wrong. It is held against nobody
that nothing was answered on a day off, on a working day that is excused (the bot posted nothing
then) or on a day that is not over. Any other working day without an answer is missed, and:

- It is forgiven if none of the seven due days before it was missed in the same run. Due days are
  the working days that are not excused. A forgiven day does not add to the run.
- Otherwise the run ends; the next answer begins a new one, with nothing held against it.

So two missed days in a row always end a run, and forgiveness cannot be saved up or bought. The
rule is that of SpanishDict (one missed day in seven is repaired, two in a row reset; help page
223 of help.spanishdict.com), counted in working days.
"""

from collections.abc import Callable, Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from bot.quiz.local_time import DAY

IsDay: TypeAlias = Callable[[date], bool]

WINDOW: Final = 7
"""So many due days lie between two missed ones that are both forgiven, at least."""

MILESTONES: Final = (5, 10, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class Streak:
    """All that storage keeps of a person: the run and the longest ever, in working days, the last
    working day with an answer, and the last missed day that was forgiven to this run.
    """

    length: int = 0
    best: int = 0
    last: date | None = None
    repaired: date | None = None


def advance(state: Streak, day: date, is_workday: IsDay, is_excused: IsDay) -> Streak:
    """The state after an answer on `day`.

    Nothing changes on a day off, and on a day that is decided: one up to the last that counted or
    was forgiven. What was decided stays, even if a day becomes a day off or is excused later.
    """
    decided = _decided(state)
    if not is_workday(day) or (decided and day <= decided):
        return state
    before = settle(state, day, is_workday, is_excused)
    length = before.length + 1
    return Streak(length, max(length, state.best), day, before.repaired)


def settle(state: Streak, today: date, is_workday: IsDay, is_excused: IsDay) -> Streak:
    """The state as `today` begins: what to show, and whether the days before it ended the run.

    It may be stored or not; no nightly job is needed.
    """
    decided = _decided(state)
    if not decided or not state.length:
        return state

    def is_due(day: date) -> bool:
        return is_workday(day) and not is_excused(day)

    day = decided + DAY
    while day < today:
        if is_due(day):
            if not _is_forgiven(day, state.repaired, is_due):
                return replace(state, length=0, repaired=None)
            state = replace(state, repaired=day)
        day += DAY
    return state


def streak(
    answered: AbstractSet[date], today: date, is_workday: IsDay, is_excused: IsDay
) -> Streak:
    """The state as `today` stands, from a whole history; days after `today` do not count."""
    state = Streak()
    for day in sorted(answered):
        if day <= today:
            state = advance(state, day, is_workday, is_excused)
    return settle(state, today, is_workday, is_excused)


def reached(before: int, after: int) -> int | None:
    """The highest milestone that a run of `after` days has and one of `before` days has not."""
    return max((mark for mark in MILESTONES if before < mark <= after), default=None)


def _decided(state: Streak) -> date | None:
    return max(filter(None, (state.last, state.repaired)), default=None)


def _is_forgiven(missed: date, repaired: date | None, is_due: IsDay) -> bool:
    if repaired is None:
        return True
    between, day = 0, missed - DAY
    while day > repaired and between < WINDOW:
        between += is_due(day)
        day -= DAY
    return between == WINDOW
