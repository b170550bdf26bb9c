"""A corrected key: what is another version, and what becomes of answers given before."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.quiz.player import UserId
from bot.quiz.prose import prose
from bot.quiz.question import Blank, Option, Question
from bot.quiz.regrading import (
    FirstAnswer,
    Key,
    Picked,
    Remembered,
    Typed,
    judge,
    key_of,
    remembered,
    to_mark,
)
from bot.quiz.session import Choice, Fill, Given, is_possible, is_right
from tests.quiz.samples import FLAG, MOON, QUIZZES, SEA, SKY, SNOW, anything, choosing, sensible

QUESTIONS: Final = tuple(dict.fromkeys(q for quiz in QUIZZES.values() for q in quiz))


def options(*texts: str, right: str) -> Question:
    made = tuple(Option(prose(text), correct=text in right.split()) for text in texts)
    return replace(SKY, options=made)


def picked(*texts: str, only_one: bool = True) -> Picked:
    """What somebody chose of options with these texts."""
    return Picked(key_of(options(*texts, right="")).names, only_one=only_one)


def blank(*answers: str) -> Question:
    return replace(SNOW, blanks=(Blank(answers),))


@given(question=st.sampled_from(QUESTIONS), answer=anything() | sensible(QUESTIONS))
def test_by_its_own_key_every_answer_is_what_it_was(question: Question, answer: Given) -> None:
    if is_possible(question, answer):
        judged = judge(key_of(question), remembered(question, answer))
        assert judged == is_right(question, answer)


@given(question=st.sampled_from(QUESTIONS), data=st.data())
def test_neither_order_nor_looks_make_another_version(
    question: Question, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(question.options))
    same = replace(
        question,
        prompt=prose("Said otherwise?"),
        explanation=prose("Because."),
        options=tuple(replace(option, feedback=prose("So.")) for option in shuffled),
        blanks=tuple(Blank(tuple(f" {a.upper()} " for a in b.answers)) for b in question.blanks),
        points=7,
        level="hard",
    )
    assert key_of(same).version == key_of(question).version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(SKY, choosing("sky", {0}, 3), id="another option is right"),
        pytest.param(FLAG, choosing("flag", {0, 1, 2}, 4), id="one more is right"),
        pytest.param(SKY, choosing("sky", {1}, 4), id="one more option"),
        pytest.param(options("-f", "-x", right="-f"), options("-F", "-x", right="-F"), id="case"),
        pytest.param(blank("white"), blank("white", "pale"), id="one more answer fills the gap"),
        pytest.param(SEA, replace(SEA, blanks=SEA.blanks[::-1]), id="other gaps"),
        pytest.param(SKY, SNOW, id="a gap instead of options"),
    ],
)
def test_another_version(before: Question, after: Question) -> None:
    assert key_of(before).version != key_of(after).version


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_all_questions_have_versions_of_their_own(question: Question) -> None:
    versions = [key_of(each).version for each in QUESTIONS]
    assert versions.count(key_of(question).version) == 1


@pytest.mark.parametrize(
    ("after", "answer", "right"),
    [
        pytest.param(options("a", "b", right="b"), picked("b"), True, id="it was right after all"),
        pytest.param(options("a", "b", right="b"), picked("a"), False, id="nor was it right"),
        pytest.param(options("b", "a", right="b"), picked("b"), True, id="in another order"),
        pytest.param(options("A", "b", right="A"), picked("a"), None, id="worded otherwise"),
        pytest.param(options("A", "b", right="A"), picked("b"), False, id="as worded before"),
        pytest.param(options("a  *b*", "c", right=""), picked("a *b*"), False, id="only spaces"),
        pytest.param(options("a", "b", "c", right="a b"), picked("b"), True, id="one of two"),
        pytest.param(options("a", "b", "c", right="a b"), picked("c"), False, id="none of two"),
        pytest.param(
            options("a", "b", "c", right="a b"),
            picked("a", only_one=False),
            False,
            id="half of what could be chosen",
        ),
        pytest.param(
            options("a", "b", right="a"),
            picked("a", "b", only_one=False),
            False,
            id="more than is right now",
        ),
        pytest.param(blank("white"), picked("a"), None, id="options became a gap"),
        pytest.param(options("a", "b", right="a"), Typed(("a",)), None, id="a gap became options"),
        pytest.param(blank("White", "pale"), Typed(("pale",)), True, id="one more answer"),
        pytest.param(blank("white"), Typed(("pale",)), False, id="one answer less"),
        pytest.param(SEA, Typed(("blue",)), None, id="one more gap"),
        pytest.param(SEA, Typed(("grün", "salty")), True, id="every gap"),
        pytest.param(SEA, Typed(("salty", "blue")), False, id="gaps the other way round"),
    ],
)
def test_an_answer_by_the_corrected_key(
    after: Question,
    answer: Remembered,
    right: bool | None,  # noqa: FBT001  a table
) -> None:
    assert judge(key_of(after), answer) is right


def test_what_was_typed_is_kept_without_case_and_spaces() -> None:
    assert remembered(SNOW, Fill(("  WHITE ",))) == Typed(("white",))


def test_only_one_could_be_chosen_where_one_was_right() -> None:
    assert remembered(MOON, Choice(frozenset({1}))) == Picked(
        key_of(MOON).names - key_of(MOON).right, only_one=True
    )
    flag = remembered(FLAG, Choice(frozenset({0})))
    assert isinstance(flag, Picked)
    assert not flag.only_one


def test_only_answers_that_count_otherwise_are_marked() -> None:
    key = key_of(options("a", "b", right="b"))
    answers = [
        FirstAnswer(UserId(name), picked(text), right=right, kept="")
        for name, text, right in (
            ("right as before", "b", True),
            ("wrong as before", "a", False),
            ("right now", "b", False),
            ("wrong now", "a", True),
            ("unknown", "gone", True),
        )
    ]
    marked = [(answer.user, right) for answer, right in to_mark(key, answers)]
    assert marked == [("right now", True), ("wrong now", False)]


@given(
    right=st.sets(st.sampled_from("abcd"), min_size=1),
    chosen=st.sets(st.sampled_from("abcde"), min_size=1),
    only_one=st.booleans(),
)
def test_marking_twice_is_marking_once(right: set[str], chosen: set[str], only_one: bool) -> None:  # noqa: FBT001  drawn
    key = Key(frozenset("abcd"), frozenset(right))
    answer = FirstAnswer(UserId("U1"), Picked(frozenset(chosen), only_one), right=False, kept="")
    once = [replace(each, right=now) for each, now in to_mark(key, [answer])]
    assert to_mark(key, once) == []
