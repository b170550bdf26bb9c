"""How a live round goes on: by people, by time, by answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

import pytest

from bot.quiz import live_moves as moves
from bot.quiz.live import HOST_ALONE, Ending, Phase, Round, RoundId, Seat, Sending, Sent, asked
from bot.quiz.live_moves import REST, Keeping, Kept, TooLate
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Slug
from bot.quiz.session import AttemptId
from tests.quiz.samples import FLAG, NINE, SEA, SKY, right_answer, wrong_answer

SECOND: Final = timedelta(seconds=1)
HOST, ANA, BEN = map(UserId, ("U9", "U1", "U2"))


def round_of(phase: Phase = Phase.POSTING, number: int = 0, **changes: Any) -> Round:
    """A round of three questions in some phase, 20 seconds each."""
    fresh = Round(
        id=RoundId("r1"),
        channel=ChannelId("C1"),
        host=HOST,
        slug=Slug("colours"),
        title="Colours",
        questions=(SKY, FLAG, SEA),
        limit=20 * SECOND,
        began=NINE,
    )
    opened = moves.open_round(fresh, at_once=phase is not Phase.LOBBY)
    return replace(opened, phase=phase, number=number, **changes)


def seated(**seats: Seat) -> MappingProxyType[UserId, Seat]:
    return MappingProxyType({UserId(name): seat for name, seat in seats.items()})


# Who is waited for


@pytest.mark.parametrize(
    ("number", "seats", "complete"),
    [
        pytest.param(0, {}, False, id="nobody has joined"),
        pytest.param(0, {"U1": Seat(0)}, False, id="one is missing"),
        pytest.param(0, {"U1": Seat(0, last=0)}, True, id="the only one has answered"),
        pytest.param(0, {"U1": Seat(0, last=0), "U2": Seat(0)}, False, id="one of two"),
        pytest.param(0, {"U1": Seat(1, last=0)}, False, id="who came by answering closes nothing"),
        pytest.param(
            0, {"U1": Seat(0, last=0), "U2": Seat(1)}, True, id="the next question waits for U2"
        ),
        pytest.param(2, {"U1": Seat(0, last=2), "U2": Seat(0, last=0)}, False, id="missed one"),
        pytest.param(3, {"U1": Seat(0, last=3), "U2": Seat(0, last=0)}, True, id="missed two"),
        pytest.param(3, {"U1": Seat(0), "U2": Seat(0)}, False, id="all are gone: time decides"),
    ],
)
def test_a_question_closes_early_when_nobody_is_waited_for(
    number: int, seats: dict[str, Seat], *, complete: bool
) -> None:
    asking = round_of(Phase.ASKING, number, seats=seated(**seats))
    assert asking.has_all_answers is complete


@pytest.mark.parametrize(
    ("phase", "seconds", "user", "allowed"),
    [
        pytest.param(Phase.LOBBY, 0, HOST, True, id="the host at once"),
        pytest.param(Phase.LOBBY, 119, ANA, False, id="a player not at first"),
        pytest.param(Phase.LOBBY, 120, ANA, True, id="a player after two minutes"),
        pytest.param(Phase.LOBBY, 600, BEN, False, id="a stranger never"),
        pytest.param(Phase.ASKING, 600, ANA, False, id="a player while it goes on"),
    ],
)
def test_who_may_steer(phase: Phase, seconds: int, user: UserId, *, allowed: bool) -> None:
    round_ = round_of(phase, seats=seated(U1=Seat(0)))
    now = NINE + seconds * SECOND
    assert round_.may_steer(user, now) is allowed
    assert round_.may_steer(user, now, is_admin=True)


def test_players_may_go_on_when_the_host_leaves_them_in_a_pause() -> None:
    paused = moves.pause(round_of(Phase.RESTING, seats=seated(U1=Seat(0))), NINE)
    assert not paused.may_steer(ANA, NINE)
    assert paused.may_steer(ANA, NINE + HOST_ALONE)


# What people do

MOVES: Final[dict[str, Callable[[Round], Round]]] = {
    "start": moves.start,
    "pause": lambda r: moves.pause(r, NINE),
    "resume": lambda r: moves.resume(r, NINE),
    "stop": moves.stop,
    "skip": lambda r: moves.skip(r, r.number, r.phase, NINE),
}
FITS: Final = {
    "start": {Phase.LOBBY},
    "pause": {Phase.POSTING, Phase.ASKING, Phase.CLOSING, Phase.RESTING},
    "resume": set[Phase](),
    "stop": {Phase.LOBBY, Phase.POSTING, Phase.ASKING, Phase.CLOSING, Phase.RESTING},
    "skip": {Phase.ASKING, Phase.RESTING},
}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_that_does_not_fit_changes_nothing(name: str, phase: Phase) -> None:
    before = round_of(phase, until=NINE + SECOND)
    after = MOVES[name](before)
    assert (after != before) is (phase in FITS[name])
    assert after.turn == before.turn + (after != before)
    assert MOVES[name](after) == after  # a press that comes again


def test_people_join_from_the_next_question_on() -> None:
    assert moves.join(round_of(Phase.LOBBY), ANA).seats[ANA] == Seat(0)
    assert moves.join(round_of(Phase.ASKING, 1), ANA).seats[ANA] == Seat(2)
    over = round_of(Phase.OVER)
    assert moves.join(over, ANA) == over
    seated_before = round_of(Phase.ASKING, 1, seats=seated(U1=Seat(0)))
    assert moves.join(seated_before, ANA) == seated_before


def test_a_skip_leaves_the_next_question_alone() -> None:
    later = round_of(Phase.ASKING, 1, until=NINE + SECOND)
    assert moves.skip(later, 0, Phase.ASKING, NINE) == later
    assert moves.skip(later, 1, Phase.RESTING, NINE) == later
    assert moves.skip(later, 1, Phase.ASKING, NINE).until == NINE


def test_resume_brings_the_question_that_was_held_back_at_once() -> None:
    resting = round_of(Phase.RESTING, until=NINE + 5 * SECOND)
    resumed = moves.resume(moves.pause(resting, NINE), NINE + SECOND)
    assert (resumed.paused, resumed.until) == (None, NINE + SECOND)
    asking = round_of(Phase.ASKING, until=NINE + 5 * SECOND)
    assert moves.resume(moves.pause(asking, NINE), NINE).until == asking.until


def test_stop_calls_a_lobby_off_and_ends_a_game_after_its_question() -> None:
    lobby = moves.stop(round_of(Phase.LOBBY))
    assert (lobby.phase, lobby.ending) == (Phase.OVER, Ending.CALLED_OFF)
    asking = moves.stop(round_of(Phase.ASKING))
    assert (asking.phase, asking.ending) == (Phase.ASKING, Ending.STOPPED)


# Quiet

SENT: Final = MappingProxyType({asked(0): Sent(Sending.SENT, NINE, NINE, "1.1")})


@pytest.mark.parametrize(
    ("quiet", "answered", "sent", "expected"),
    [
        pytest.param(0, 0, SENT, (1, None), id="the first without an answer"),
        pytest.param(2, 0, SENT, (3, Ending.QUIET), id="the third"),
        pytest.param(2, 1, SENT, (0, None), id="somebody is there"),
        pytest.param(2, 0, {}, (2, None), id="one that perhaps nobody saw"),
    ],
)
def test_a_round_that_nobody_plays_ends(
    quiet: int, answered: int, sent: object, expected: tuple[int, Ending | None]
) -> None:
    closing = round_of(Phase.CLOSING, quiet=quiet, sent=sent)
    tallies = (replace(closing.tallies[0], answered=answered), *closing.tallies[1:])
    rested = moves.rest(replace(closing, tallies=tallies), NINE)
    assert (rested.quiet, rested.ending) == expected
    assert rested.until == NINE + REST


# Answers


def give(
    round_: Round, number: int = 0, seconds: float = 0, *, right: bool = True
) -> tuple[Round, Keeping]:
    question = round_.questions[number]
    given = right_answer(question) if right else wrong_answer(question)
    at = NINE + seconds * SECOND
    new = moves.mark(round_, number, given, AttemptId("a"), at)
    return moves.answer(round_, ANA, number, new, at, stands=None)


@pytest.mark.parametrize(
    ("round_", "number", "seconds", "counts"),
    [
        pytest.param(round_of(), 0, 5, True, id="before the news of the post"),
        pytest.param(round_of(Phase.ASKING, until=NINE + SECOND), 0, 0.9, True, id="in time"),
        pytest.param(round_of(Phase.ASKING, until=NINE + SECOND), 0, 1, False, id="too late"),
        pytest.param(round_of(Phase.ASKING, 1), 0, 0, False, id="to the last one"),
        pytest.param(round_of(Phase.ASKING, 1), 2, 0, False, id="to the next one"),
        pytest.param(round_of(Phase.CLOSING), 0, 0, False, id="closed"),
        pytest.param(round_of(Phase.RESTING), 0, 0, False, id="between two"),
        pytest.param(round_of(Phase.LOBBY), 0, 0, False, id="in the lobby"),
    ],
)
def test_an_answer_counts_while_its_question_is_open(
    round_: Round, number: int, seconds: float, *, counts: bool
) -> None:
    after, kept = give(round_, number, seconds)
    assert isinstance(kept, Kept if counts else TooLate)
    assert (after != round_) is counts


@pytest.mark.parametrize(
    ("number", "fast", "seconds", "right", "points", "left"),
    [
        pytest.param(0, False, 0, True, 100, 1000, id="right"),
        pytest.param(1, False, 0, True, 200, 1000, id="a weight of two"),
        pytest.param(0, False, 10, True, 100, 500, id="slow, without a bonus"),
        pytest.param(0, True, 0, True, 150, 1000, id="fast"),
        pytest.param(0, True, 10, True, 125, 500, id="half of the bonus"),
        pytest.param(0, True, 20, True, 100, 0, id="no bonus left"),
        pytest.param(0, True, 0, False, 0, 0, id="fast and wrong"),
    ],
)
def test_what_an_answer_is_worth(
    number: int, seconds: int, points: int, left: int, *, fast: bool, right: bool
) -> None:
    round_ = round_of(Phase.ASKING, number, opened=NINE, fast=fast)
    question = round_.questions[number]
    given = right_answer(question) if right else wrong_answer(question)
    marked = moves.mark(round_, number, given, AttemptId("a"), NINE + seconds * SECOND)
    assert (marked.points, marked.left) == (points, left)


def test_the_first_answer_stands() -> None:
    round_ = round_of(Phase.ASKING)
    first = moves.mark(round_, 0, wrong_answer(SKY), AttemptId("a"), NINE)
    other = moves.mark(round_, 0, right_answer(SKY), AttemptId("b"), NINE)
    after, _ = moves.answer(round_, ANA, 0, first, NINE, stands=None)
    for press, again in ((first, False), (other, True)):
        same, kept = moves.answer(after, ANA, 0, press, NINE, stands=first)
        assert (same, kept) == (after, Kept(first, again=again))
