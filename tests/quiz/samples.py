"""Questions of every kind, in quizzes that share some of them, and whatever people may answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from hypothesis import strategies as st

from bot.quiz.prose import prose
from bot.quiz.question import Blank, Kind, Option, Question, QuestionId, Slug
from bot.quiz.session import AttemptId, Choice, Fill, Given, Session, SessionId, begin

NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)


def choosing(name: str, right: set[int], count: int, points: int = 1) -> Question:
    options = tuple(Option(prose(f"{name} {i}"), correct=i in right) for i in range(count))
    return Question(QuestionId(name), prose(f"{name}?"), options, points=points)


def filling(name: str, *answers: tuple[str, ...], points: int = 1) -> Question:
    gaps = tuple(map(Blank, answers))
    return Question(QuestionId(name), prose(f"{name} is ____."), blanks=gaps, points=points)


SKY: Final = choosing("sky", {1}, 3)
FLAG: Final = choosing("flag", {0, 2}, 4, points=2)
SNOW: Final = replace(filling("snow", ("white", "colourless")), hint=prose("Look down."))
SEA: Final = filling("sea", ("blue", "Grün"), ("salty",), points=3)
MOON: Final = replace(choosing("moon", {0}, 2), hint=prose("Look up."))

QUIZZES: Final[dict[str, tuple[Question, ...]]] = {
    "colours": (SKY, FLAG, SNOW),
    "nature/all": (SEA, SKY, MOON, SNOW),
    "nature/night": (MOON,),
}


def session_of(
    *questions: Question,
    name: str = "s1",
    slug: str = "colours",
    practice: bool = False,
    at: datetime = NINE,
    track: str = "",
) -> Session:
    return begin(
        SessionId(name),
        questions,
        slug=Slug(slug),
        title=slug.title(),
        level="beginner",
        track=track,
        at=at,
        practice=practice,
    )


def right_answer(question: Question) -> Given:
    if question.kind is Kind.BLANK:
        return Fill(tuple(f" {blank.answers[-1].upper()} " for blank in question.blanks))
    return Choice(question.key)


def wrong_answer(question: Question) -> Given:
    if question.kind is Kind.BLANK:
        return Fill(("no idea",) * len(question.blanks))
    return Choice(frozenset({min(set(range(len(question.options))) - question.key)}))


def press(number: int) -> AttemptId:
    return AttemptId(f"press-{number}")


def anything() -> st.SearchStrategy[Given]:
    """What buttons and fields can send, and much that they cannot."""
    choices = st.frozensets(st.integers(-1, 4) | st.just(2**60), max_size=4)
    words = st.sampled_from(["white", " BLUE", "grün", "salty", "", "0"]) | st.text(max_size=4)
    return choices.map(Choice) | st.lists(words, max_size=3).map(lambda w: Fill(tuple(w)))


def sensible(questions: Sequence[Question]) -> st.SearchStrategy[Given]:
    """Answers that fit one of the questions, right or wrong."""
    known = [give(question) for question in questions for give in (right_answer, wrong_answer)]
    return st.sampled_from(known)
