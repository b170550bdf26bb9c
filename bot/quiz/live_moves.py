"""How a live round goes from one state to the next: by what people do, and as time goes by.

Joining and answering happen inside Redis, where each must be one atomic step (`live_join.lua`,
`live_answer.lua`); here is their plain form, and a test holds the two together.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from bot.quiz.live import (
    Ending,
    Phase,
    Round,
    Seat,
    asked,
)
from bot.quiz.occurrence import Tally, blank_tally
from bot.quiz.player import UserId
from bot.quiz.scoring import Timing, points
from bot.quiz.session import AttemptId, Choice, Given, is_possible, is_right

LOBBY_OPEN: Final = timedelta(minutes=10)
REST: Final = timedelta(seconds=8)
SHOW_WITHIN: Final = timedelta(minutes=1)
"""So long a result is tried to be shown in place; then the round goes on without."""
MOST_QUIET: Final = 3
"""Questions in a row without an answer after which everybody seems to be gone."""


def open_round(round_: Round, *, at_once: bool) -> Round:
    """A round that begins with its lobby, or `at_once` with its first question."""
    tallies = tuple(map(blank_tally, round_.questions))
    if at_once:
        return replace(round_, tallies=tallies, phase=Phase.POSTING)
    return replace(round_, tallies=tallies, until=round_.began + LOBBY_OPEN)


# What people do


def join(round_: Round, user: UserId) -> Round:
    """Take a seat; who has one keeps it. During a question it is the next that waits for them."""
    if round_.phase in {Phase.ENDING, Phase.OVER} or user in round_.seats:
        return round_
    since = 0 if round_.phase is Phase.LOBBY else round_.number + 1
    return replace(round_, seats=MappingProxyType({**round_.seats, user: Seat(since)}))


def start(round_: Round) -> Round:
    """Leave the lobby."""
    return turned(round_, Phase.POSTING) if round_.phase is Phase.LOBBY else round_


def pause(round_: Round, now: datetime) -> Round:
    """Hold before the next question. An open one stays open: nobody gains time to look it up."""
    held = {Phase.POSTING, Phase.ASKING, Phase.CLOSING, Phase.RESTING}
    if round_.phase not in held or round_.paused or round_.ending:
        return round_
    return replace(round_, paused=now, turn=round_.turn + 1)


def resume(round_: Round, now: datetime) -> Round:
    """Go on; a question that was held back comes at once."""
    if not round_.paused:
        return round_
    until = now if round_.phase is Phase.RESTING else round_.until
    return replace(round_, paused=None, until=until, turn=round_.turn + 1)


def skip(round_: Round, number: int, phase: Phase, now: datetime) -> Round:
    """End the phase that was looked at now: an open question closes, a rest is over.

    Answers given so far count.
    """
    fits = (round_.number, round_.phase) == (number, phase)
    if not fits or phase not in {Phase.ASKING, Phase.RESTING} or round_.ending:
        return round_
    if round_.until is not None and round_.until <= now:
        return round_
    return replace(round_, until=now, turn=round_.turn + 1)


def stop(round_: Round) -> Round:
    """Call off a lobby; else end after the question that is open, which closes now."""
    if round_.phase in {Phase.ENDING, Phase.OVER} or round_.ending:
        return round_
    if round_.phase is Phase.LOBBY:
        return over(round_, Ending.CALLED_OFF)
    return replace(round_, ending=Ending.STOPPED, paused=None, turn=round_.turn + 1)


# What time does


def over(round_: Round, ending: Ending | None) -> Round:
    return replace(turned(round_, Phase.OVER), ending=ending, paused=None)


def rest(round_: Round, now: datetime) -> Round:
    """After the result of a question: a pause before what comes next."""
    seen = round_.sent.get(asked(round_.number))
    quiet = round_.quiet
    if round_.tally.answered:
        quiet = 0
    elif seen and seen.ts:  # a question that may never have been in the channel counts for nobody
        quiet += 1
    gone = quiet >= MOST_QUIET and not round_.is_last
    ending = round_.ending or (Ending.QUIET if gone else None)
    return replace(turned(round_, Phase.RESTING, now + REST), quiet=quiet, ending=ending)


def turned(round_: Round, phase: Phase, until: datetime | None = None) -> Round:
    return replace(round_, phase=phase, until=until, turn=round_.turn + 1)


def opened(round_: Round, at: datetime) -> Round:
    """The clock of a question starts with its post."""
    return replace(turned(round_, Phase.ASKING, at + round_.limit), opened=at)


def closed(round_: Round, now: datetime) -> Round:
    return turned(round_, Phase.CLOSING, now + SHOW_WITHIN)


def go_on(round_: Round) -> Round:
    if round_.is_last:
        return turned(round_, Phase.ENDING)
    return replace(turned(round_, Phase.POSTING), number=round_.number + 1, opened=None)


# Answers


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """An answer that stands. `points` count in this round; `left` is the time left in thousandths
    of the limit, 0 for a wrong answer.
    """

    given: Given
    right: bool
    points: int
    left: int
    attempt: AttemptId


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer, when it came, and whether it has earned what it does on boards."""

    user: UserId
    answer: LiveAnswer
    at: datetime
    earned: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """`again` tells that the answer stood before this press, `proved` that this press showed a
    message of unknown fate to be in the channel.
    """

    answer: LiveAnswer
    again: bool
    proved: bool = False


@dataclass(frozen=True, slots=True)
class TooLate:
    """The question is closed, or was never asked: nothing is kept."""

    proved: bool = False


Keeping: TypeAlias = Kept | TooLate


def mark(round_: Round, number: int, given: Given, attempt: AttemptId, at: datetime) -> LiveAnswer:
    """What an answer is worth at a moment. Before the news of the post all of the time is left."""
    question = round_.questions[number]
    timing = Timing(round_.opened or at, at, round_.limit)
    right = is_right(question, given)
    earned = points(question, right=right, fast=timing if round_.fast else None)
    return LiveAnswer(given, right, earned, timing.left if right else 0, attempt)


def answer(
    round_: Round,
    user: UserId,
    number: int,
    new: LiveAnswer,
    at: datetime,
    *,
    stands: LiveAnswer | None,
) -> tuple[Round, Keeping]:
    """The round after an answer, and what became of it; `stands` is what this person gave before
    to the question. Whoever answers takes a seat.
    """
    if stands is not None:
        return round_, Kept(stands, again=stands.attempt != new.attempt)
    if not round_.is_open(number, at) or not is_possible(round_.questions[number], new.given):
        return round_, TooLate()
    old = round_.seats.get(user) or Seat(since=number + 1)
    seat = replace(
        old,
        last=number,
        points=old.points + new.points,
        right=old.right + new.right,
        answered=old.answered + 1,
        swift=old.swift + new.left,
    )
    tallies = [*round_.tallies]
    tallies[number] = _counted(tallies[number], new)
    seats = MappingProxyType({**round_.seats, user: seat})
    return replace(round_, seats=seats, tallies=tuple(tallies)), Kept(new, again=False)


def _counted(tally: Tally, new: LiveAnswer) -> Tally:
    chosen = new.given.chosen if isinstance(new.given, Choice) else frozenset()
    return Tally(
        tally.answered + 1,
        tally.right + new.right,
        tuple(count + (n in chosen) for n, count in enumerate(tally.per_option)),
    )
