"""What is to do next in a live round, in each phase."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import pytest

from bot.quiz import live_moves as moves
from bot.quiz.live import (
    END,
    LOBBY,
    Ending,
    Notice,
    Phase,
    Round,
    Seat,
    Sending,
    Sent,
    asked,
    told,
)
from bot.quiz.live_steps import (
    Become,
    Draw,
    GiveUp,
    Rest,
    Send,
    ShowResult,
    Step,
    Wait,
    next_step,
)
from tests.quiz.samples import NINE
from tests.quiz.test_live_moves import SECOND, round_of, seated

LATER: Final = NINE + 30 * SECOND
UNTIL: Final = NINE + 20 * SECOND


def with_message(round_: Round, notice: Notice, sending: Sending, drawn: str = "") -> Round:
    ts = "1.1" if sending is Sending.SENT else ""
    sent = {**round_.sent, notice: Sent(sending, NINE, LATER, ts, drawn)}
    return replace(round_, sent=MappingProxyType(sent))


def sent(round_: Round, notice: Notice, drawn: str = "") -> Round:
    return with_message(round_, notice, Sending.SENT, drawn)


LOBBY_OPEN: Final = round_of(Phase.LOBBY)
ASKED: Final = sent(round_of(Phase.ASKING, until=UNTIL), asked(0))
RESTING: Final = sent(round_of(Phase.RESTING, until=UNTIL), asked(0), "result")
STARTED: Final = sent(ASKED, LOBBY, "2")


@pytest.mark.parametrize(
    ("round_", "now", "step"),
    [
        pytest.param(LOBBY_OPEN, NINE, Send(LOBBY), id="a new lobby is posted"),
        pytest.param(
            with_message(LOBBY_OPEN, LOBBY, Sending.CLAIMED), NINE, Wait(LATER), id="by somebody"
        ),
        pytest.param(
            with_message(LOBBY_OPEN, LOBBY, Sending.CLAIMED), LATER, GiveUp(LOBBY), id="who died"
        ),
        pytest.param(
            sent(LOBBY_OPEN, LOBBY),
            NINE,
            Wait(NINE + timedelta(minutes=10), LOBBY),
            id="a lobby waits and is kept fresh",
        ),
        pytest.param(round_of(), NINE, Send(asked(0)), id="a question is posted"),
        pytest.param(ASKED, NINE, Wait(UNTIL, asked(0)), id="an open question counts down"),
        pytest.param(STARTED, NINE, Draw(LOBBY, "started"), id="the lobby says it has begun"),
        pytest.param(sent(round_of(Phase.CLOSING), asked(0)), NINE, ShowResult(), id="in place"),
        pytest.param(
            with_message(round_of(Phase.CLOSING), asked(0), Sending.UNKNOWN),
            NINE,
            ShowResult(),
            id="on its own",
        ),
        pytest.param(RESTING, NINE, Wait(UNTIL), id="a rest"),
        pytest.param(
            moves.pause(RESTING, NINE), NINE, Draw(asked(0), "paused"), id="a pause is shown"
        ),
        pytest.param(
            sent(moves.pause(RESTING, NINE), asked(0), "paused"),
            LATER,
            Wait(NINE + timedelta(hours=1)),
            id="a pause lasts",
        ),
        pytest.param(round_of(Phase.ENDING), NINE, Send(END), id="the podium"),
        pytest.param(round_of(Phase.OVER), NINE, Rest(), id="nothing more"),
        pytest.param(
            sent(round_of(Phase.OVER, ending=Ending.EMPTY), LOBBY),
            NINE,
            Draw(LOBBY, "off"),
            id="an empty lobby says so",
        ),
    ],
)
def test_what_is_next(round_: Round, now: datetime, step: Step) -> None:
    assert next_step(round_, now) == step


def became(round_: Round, now: datetime) -> tuple[Phase, int, Ending | None]:
    step = next_step(round_, now)
    assert isinstance(step, Become)
    assert step.after.turn == round_.turn + 1
    return step.after.phase, step.after.number, step.after.ending


EMPTY, ALONE = LOBBY_OPEN, replace(LOBBY_OPEN, seats=seated(U1=Seat(0)))
LAST: Final = replace(sent(RESTING, asked(2), "result"), number=2)
TEN: Final = NINE + timedelta(minutes=10)
HOUR: Final = NINE + timedelta(hours=1)


@pytest.mark.parametrize(
    ("round_", "now", "expected"),
    [
        pytest.param(EMPTY, TEN, (Phase.OVER, 0, Ending.EMPTY), id="nobody joined"),
        pytest.param(ALONE, TEN, (Phase.OVER, 0, Ending.NOT_STARTED), id="nobody started"),
        pytest.param(
            with_message(LOBBY_OPEN, LOBBY, Sending.REFUSED),
            NINE,
            (Phase.OVER, 0, Ending.REFUSED),
            id="no lobby",
        ),
        pytest.param(
            with_message(round_of(), asked(0), Sending.REFUSED),
            NINE,
            (Phase.OVER, 0, Ending.REFUSED),
            id="no question",
        ),
        pytest.param(sent(round_of(), asked(0)), NINE, (Phase.ASKING, 0, None), id="it is there"),
        pytest.param(
            with_message(round_of(), asked(0), Sending.UNKNOWN),
            NINE,
            (Phase.ASKING, 0, None),
            id="it may be there",
        ),
        pytest.param(
            moves.stop(round_of()), NINE, (Phase.ENDING, 0, Ending.STOPPED), id="stopped before it"
        ),
        pytest.param(ASKED, UNTIL, (Phase.CLOSING, 0, None), id="the time is over"),
        pytest.param(
            replace(ASKED, seats=seated(U1=Seat(0, last=0))),
            NINE,
            (Phase.CLOSING, 0, None),
            id="all have answered",
        ),
        pytest.param(
            moves.stop(ASKED), NINE, (Phase.CLOSING, 0, Ending.STOPPED), id="stopped while open"
        ),
        pytest.param(
            with_message(round_of(Phase.CLOSING), told(0), Sending.UNKNOWN),
            NINE,
            (Phase.RESTING, 0, None),
            id="a result of its own is done with",
        ),
        pytest.param(RESTING, UNTIL, (Phase.POSTING, 1, None), id="the next question"),
        pytest.param(LAST, UNTIL, (Phase.ENDING, 2, None), id="after the last"),
        pytest.param(
            moves.stop(RESTING), NINE, (Phase.ENDING, 0, Ending.STOPPED), id="stopped in a rest"
        ),
        pytest.param(
            sent(moves.pause(RESTING, NINE), asked(0), "paused"),
            HOUR,
            (Phase.ENDING, 0, Ending.FORGOTTEN),
            id="a pause of an hour",
        ),
        pytest.param(
            with_message(round_of(Phase.ENDING), END, Sending.UNKNOWN),
            NINE,
            (Phase.OVER, 0, None),
            id="a podium is not repeated",
        ),
    ],
)
def test_what_it_becomes(
    round_: Round, now: datetime, expected: tuple[Phase, int, Ending | None]
) -> None:
    assert became(round_, now) == expected


def test_the_clock_of_a_question_starts_with_the_news_of_its_post() -> None:
    step = next_step(sent(round_of(), asked(0)), NINE + 7 * SECOND)
    assert isinstance(step, Become)
    assert (step.after.opened, step.after.until) == (NINE, UNTIL)
