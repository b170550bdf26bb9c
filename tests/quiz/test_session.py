from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from bot.quiz.question import Question
from bot.quiz.scoring import points as points_for
from bot.quiz.session import (
    Choice,
    Fill,
    Given,
    Session,
    Standing,
    State,
    is_possible,
    is_right,
)
from tests.quiz.samples import (
    FLAG,
    MOON,
    NINE,
    SEA,
    SKY,
    SNOW,
    anything,
    press,
    right_answer,
    session_of,
    wrong_answer,
)

LATER = NINE + timedelta(minutes=5)
ALL = (SKY, FLAG, SNOW, SEA)


def choice(*chosen: int) -> Choice:
    return Choice(frozenset(chosen))


def answered(session: Session, number: int, *, well: bool = True, first: bool = True) -> Session:
    question = session.questions[number]
    given = right_answer(question) if well else wrong_answer(question)
    return session.answer(number, given, press(number), first=first, at=LATER)


@pytest.mark.parametrize(
    ("question", "given_answer", "possible"),
    [
        pytest.param(SKY, choice(1), True, id="one of three"),
        pytest.param(SKY, choice(0, 1), False, id="two where one is asked for"),
        pytest.param(SKY, choice(), False, id="nothing chosen"),
        pytest.param(SKY, choice(3), False, id="an option too many"),
        pytest.param(SKY, choice(-1), False, id="an option before the first"),
        pytest.param(SKY, Fill(("1",)), False, id="words where options are"),
        pytest.param(FLAG, choice(3), True, id="one of several"),
        pytest.param(FLAG, choice(0, 1, 2, 3), True, id="all of several"),
        pytest.param(FLAG, choice(0, 4), False, id="one of two does not exist"),
        pytest.param(FLAG, choice(), False, id="none of several"),
        pytest.param(SNOW, Fill(("anything",)), True, id="a word in the gap"),
        pytest.param(SNOW, Fill(("",)), True, id="an empty gap"),
        pytest.param(SNOW, Fill(()), False, id="no gap"),
        pytest.param(SNOW, choice(0), False, id="an option where a gap is"),
        pytest.param(SEA, Fill(("blue",)), False, id="one word for two gaps"),
        pytest.param(SEA, choice(0, 1), False, id="two options for two gaps"),
    ],
)
def test_only_what_the_buttons_can_send_is_possible(
    question: Question, given_answer: Given, *, possible: bool
) -> None:
    assert is_possible(question, given_answer) is possible


@pytest.mark.parametrize(
    ("question", "given_answer", "right"),
    [
        pytest.param(SKY, choice(1), True, id="the right one"),
        pytest.param(SKY, choice(0), False, id="a wrong one"),
        pytest.param(FLAG, choice(0, 2), True, id="all and only the right ones"),
        pytest.param(FLAG, choice(0), False, id="not all"),
        pytest.param(FLAG, choice(0, 1, 2), False, id="one too many"),
        pytest.param(SNOW, Fill((" Colourless ",)), True, id="another word for it"),
        pytest.param(SNOW, Fill(("black",)), False, id="a wrong word"),
        pytest.param(SEA, Fill(("GRÜN", "salty")), True, id="both gaps"),
        pytest.param(SEA, Fill(("salty", "blue")), False, id="the gaps swapped"),
        pytest.param(SEA, Fill(("blue", "")), False, id="one gap left empty"),
    ],
)
def test_right_is_all_and_only_the_right(
    question: Question, given_answer: Given, *, right: bool
) -> None:
    assert is_right(question, given_answer) is right


def test_a_new_session_asks_its_first_question() -> None:
    session = session_of(*ALL)
    assert session.current == 0
    assert session.standing == Standing("Colours", 1, 4)
    assert (session.right, session.points, session.missed) == (0, 0, ())


@pytest.mark.parametrize(
    ("well", "first", "points"),
    [
        pytest.param(True, True, 200, id="right at the first try"),
        pytest.param(True, False, 0, id="right, but answered in an earlier session"),
        pytest.param(False, True, 0, id="wrong at the first try"),
        pytest.param(False, False, 0, id="wrong again"),
    ],
)
def test_only_a_right_first_answer_earns_points(*, well: bool, first: bool, points: int) -> None:
    session = answered(session_of(FLAG, SKY), 0, well=well, first=first)
    assert session.answers[0].points == session.points == points
    assert session.answers[0].right is well
    assert session.right == int(well)


def test_an_answer_keeps_what_was_given_and_by_which_press() -> None:
    given_answer = Fill((" Colourless ",))
    session = session_of(SNOW).answer(0, given_answer, press(7), first=True, at=LATER)
    assert session.answers[0].given == given_answer
    assert session.answers[0].attempt == press(7)


def test_the_first_answer_stands() -> None:
    once = answered(session_of(SKY, MOON), 0, well=False)
    assert once.answer(0, right_answer(SKY), press(9), first=True, at=LATER) is once


@pytest.mark.parametrize("number", [-5, -1, 2, 99])
def test_a_question_that_is_not_there_cannot_be_answered(number: int) -> None:
    session = session_of(SKY, MOON)
    assert session.answer(number, choice(0), press(1), first=True, at=LATER) is session


def test_the_last_answer_finishes_the_session() -> None:
    session = session_of(SKY, MOON)
    for number in range(2):
        assert (session.state, session.finished) == (State.OPEN, None)
        session = answered(session, number)
    assert (session.state, session.finished) == (State.DONE, LATER)
    assert session.current is None
    assert session.standing is None


@pytest.mark.parametrize("end", [Session.stop, lambda s: answered(answered(s, 0), 1)])
def test_a_session_that_is_over_does_not_change_any_more(
    end: Callable[[Session], Session],
) -> None:
    over = end(session_of(SKY, MOON))
    assert answered(over, 0) is over
    assert over.skip(0) is over
    assert over.stop() is over
    assert not over.may_skip(0)
    assert over.standing is None


def test_a_stopped_session_keeps_its_answers() -> None:
    session = answered(session_of(SKY, MOON), 0)
    assert session.stop() == replace(session, state=State.STOPPED)


def test_a_skipped_question_comes_last_and_keeps_its_number() -> None:
    session = session_of(*ALL).skip(0)
    assert session.queue == (1, 2, 3, 0)
    assert session.current == 1
    assert [session.place(number) for number in range(4)] == [4, 1, 2, 3]
    assert session.standing == Standing("Colours", 1, 4)


def test_a_question_can_be_skipped_once() -> None:
    session = session_of(SKY, MOON).skip(0).skip(1)
    assert session.queue == (0, 1)
    assert not session.may_skip(0)
    assert session.skip(0) is session


@pytest.mark.parametrize("number", [-1, 1, 2, 99])
def test_only_the_question_asked_now_can_be_skipped(number: int) -> None:
    session = session_of(SKY, MOON, FLAG)
    assert not session.may_skip(number)
    assert session.skip(number) is session


def test_the_last_open_question_cannot_be_skipped() -> None:
    session = answered(session_of(SKY, MOON), 0)
    assert not session.may_skip(1)
    assert session.skip(1) is session


@pytest.mark.parametrize(
    ("well", "first", "points"),
    [
        pytest.param(True, True, 100, id="half of two hundred"),
        pytest.param(True, False, 0, id="answered in an earlier session"),
        pytest.param(False, True, 0, id="wrong"),
    ],
)
def test_a_hint_halves_what_the_answer_earns(*, well: bool, first: bool, points: int) -> None:
    session = answered(session_of(FLAG, SKY).take_hint(0), 0, well=well, first=first)
    assert (session.answers[0].points, session.answers[0].hinted) == (points, True)
    session = answered(session, 1)
    assert (session.answers[1].points, session.answers[1].hinted) == (100, False)


def test_a_hint_stays_with_its_question_when_it_is_skipped() -> None:
    session = session_of(FLAG, SKY).take_hint(0).skip(0)
    assert session.hinted == {0}
    assert answered(session, 0).answers[0].points == 100


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(answered(session_of(SKY, MOON), 0), id="after the answer"),
        pytest.param(session_of(SKY, MOON).take_hint(0), id="a second time"),
        pytest.param(session_of(SKY, MOON).stop(), id="of a stopped quiz"),
    ],
)
def test_a_hint_comes_once_and_before_the_answer(before: Session) -> None:
    assert before.take_hint(0) is before


def test_a_hint_taken_before_is_taken_already_when_the_question_is_asked_anew() -> None:
    session = session_of(FLAG, MOON, SNOW).with_hints({FLAG.id, MOON.id})
    assert session.hinted == {1}  # the flag has none any more
    assert answered(session, 1).answers[1].points == 50
    assert session_of(FLAG, MOON).with_hints(frozenset()).hinted == frozenset()


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_a_question_that_is_not_there_has_no_hint(number: int) -> None:
    session = session_of(SKY, MOON)
    assert session.take_hint(number) is session


def test_missed_questions_are_in_the_order_they_were_asked() -> None:
    session = session_of(*ALL).skip(0)
    for number in (1, 2, 3, 0):
        session = answered(session, number, well=number == 2)
    assert session.missed == (1, 3, 0)


def test_an_answer_to_a_question_further_on_does_not_move_the_place() -> None:
    session = answered(session_of(SKY, MOON, FLAG), 1)
    assert session.current == 0
    assert session.standing == Standing("Colours", 1, 3)


def test_practice_is_played_like_any_session() -> None:
    played = answered(session_of(SKY, MOON, practice=True), 0)
    assert replace(played, practice=False) == answered(session_of(SKY, MOON), 0)


Step = Callable[[Session], Session]


def answering(number: int, given_answer: Given, press_number: int, *, first: bool) -> Step:
    return lambda s: s.answer(number, given_answer, press(press_number), first=first, at=LATER)


def answering_well(*, first: bool) -> Step:
    return lambda s: s if s.current is None else answered(s, s.current, first=first)


NUMBERS = st.integers(-1, 5)
STEPS = st.one_of(
    st.builds(answering, NUMBERS, anything(), st.integers(0, 99), first=st.booleans()),
    st.builds(answering_well, first=st.booleans()),
    st.builds(lambda number: lambda session: session.skip(number), NUMBERS),
    st.just(lambda session: session.skip(session.current or 0)),
    st.builds(lambda number: lambda session: session.take_hint(number), NUMBERS),
    st.just(Session.stop),
)


def in_order(session: Session) -> None:
    """What holds for a session at any moment."""
    numbers = set(range(len(session.questions)))
    left = [n for n in session.queue if n not in session.answers]
    assert sorted(session.queue) == sorted(numbers)
    assert set(session.answers) <= numbers
    assert session.current == (left[0] if session.state is State.OPEN else None)
    assert (session.state is State.DONE) == (not left) == (session.finished is not None)
    assert set(session.missed) == {n for n, a in session.answers.items() if not a.right}
    for number, answer in session.answers.items():
        question = session.questions[number]
        assert is_possible(question, answer.given)
        assert answer.right == is_right(question, answer.given)
        assert answer.hinted == (number in session.hinted)
        assert answer.points in {
            0,
            points_for(question, right=answer.right, hinted=answer.hinted),
        }
    assert session.hinted <= numbers


def moved_by_one_step(before: Session, after: Session) -> None:
    """A step gives one answer, or moves one question once, or takes one hint, or stops, or does
    nothing.
    """
    assert before.answers.items() <= after.answers.items()
    new_answers = len(after.answers) - len(before.answers)
    new_skips = len(after.skipped) - len(before.skipped)
    stopped = after.state is State.STOPPED and before.state is State.OPEN
    new_hints = len(after.hinted) - len(before.hinted)
    assert before.hinted <= after.hinted
    assert new_answers + new_skips + new_hints + stopped <= 1
    assert new_skips == (after.queue != before.queue)
    if (new_answers, new_skips, new_hints, stopped) == (0, 0, 0, False):
        assert after is before


@given(steps=st.lists(STEPS, max_size=25), practice=st.booleans())
def test_no_order_of_clicks_loses_a_question_or_changes_an_answer(
    *, steps: list[Step], practice: bool
) -> None:
    session = session_of(*ALL, practice=practice)
    for step in steps:
        after = step(session)
        in_order(after)
        moved_by_one_step(session, after)
        session = after


@given(st.lists(st.booleans(), max_size=12))
def test_skipping_ends_and_every_question_is_asked(skips: list[bool]) -> None:
    session = session_of(*ALL, MOON)
    wishes = iter(skips)
    for _ in range(2 * 5):  # every question is asked twice at most
        asked = session.current
        if asked is None:
            break
        skips_it = next(wishes, False) and session.may_skip(asked)
        session = session.skip(asked) if skips_it else answered(session, asked)
    assert session.state is State.DONE
    assert session.right == 5
