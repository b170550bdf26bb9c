"""One person's run through a quiz as a state machine.

The same transitions run inside Redis (`storage/scripts/`), where they must be one atomic step;
this is their plain form: the one that reads well, that plays without Redis, and that a test
holds against the scripts.
"""

from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from bot.quiz.grading import is_right_choice, is_right_fill
from bot.quiz.question import Kind, Question, QuestionId, Slug
from bot.quiz.scoring import points

SessionId = NewType("SessionId", str)
AttemptId = NewType("AttemptId", str)
"""Names one press of one button: the same when Slack or Redis repeats it, new for a new press."""

KEPT_FOR = timedelta(days=7)
"""How long a session waits after the last click."""


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Choice:
    """Options as the person saw them, counted from 0."""

    chosen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fill:
    """What was typed into the gaps, in their order, as it was typed."""

    filled: tuple[str, ...]


Given = Choice | Fill


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that stands. `points` is 0 for a question answered before, right or wrong;
    `hinted` tells that it was given after a look at the hint.
    """

    given: Given
    right: bool
    points: int
    attempt: AttemptId
    hinted: bool = False


def is_possible(question: Question, given: Given) -> bool:
    """Whether such an answer can come from the buttons of this question."""
    match given:
        case Choice(chosen):
            limit = 1 if question.kind is Kind.SINGLE else len(question.options)
            return (
                question.kind is not Kind.BLANK
                and 1 <= len(chosen) <= limit
                and all(0 <= i < len(question.options) for i in chosen)
            )
        case Fill(filled):
            return question.kind is Kind.BLANK and len(filled) == len(question.blanks)


def is_right(question: Question, given: Given) -> bool:
    """All and only the right options; every gap filled."""
    match given:
        case Choice(chosen):
            return is_right_choice(question, chosen)
        case Fill(filled):
            return is_right_fill(question, filled)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an open session is: `place` counts from 1."""

    title: str
    place: int
    total: int


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stands and where it leaves the session.

    `again` tells that it stood already before this press.
    """

    session_id: SessionId
    slug: Slug
    title: str
    level: str
    number: int
    question: Question
    answer: Answer
    place: int
    total: int
    answered: int
    right: int
    points: int
    done: bool
    practice: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Stale:
    """The press belongs to a session that is over; `open` is the one that is not, if any."""

    open: Standing | None


@dataclass(frozen=True, slots=True)
class Started:
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Nothing was started, for this session would be lost."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class Result:
    """What outlives a finished session, for its summary's buttons. `missed` is in the order
    of asking.
    """

    slug: Slug
    title: str
    level: str
    right: int
    total: int
    missed: tuple[QuestionId, ...]
    practice: bool


@dataclass(frozen=True, slots=True)
class QuizProgress:
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of first answers, which alone earn points; `runs` are quizzes played to the end,
    `perfect` those of them that `quiz/badges.py` calls so.
    """

    answered: int
    right: int
    points: int
    runs: int
    quizzes: Mapping[Slug, QuizProgress]
    perfect: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """`questions` are a snapshot in the order of the person's own shuffle: their index is the
    number that buttons carry, and stays while `queue` (what to ask next, in order) moves.
    `hinted` are the questions whose hint was taken before the answer.
    A `practice` session repeats missed questions and enters no statistics of runs.
    `previous` is the score of the last finished run of the same quiz and length, if any;
    `track` is the board that its answers count on besides the one of all topics.
    """

    id: SessionId
    slug: Slug
    title: str
    questions: tuple[Question, ...]
    queue: tuple[int, ...]
    started: datetime
    level: str = ""
    track: str = ""
    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))
    skipped: frozenset[int] = frozenset()
    hinted: frozenset[int] = frozenset()
    state: State = State.OPEN
    finished: datetime | None = None
    practice: bool = False
    previous: int | None = None

    @property
    def current(self) -> int | None:
        """The number of the question to ask now: the first of the queue without an answer."""
        if self.state is not State.OPEN:
            return None
        return next((n for n in self.queue if n not in self.answers), None)

    def place(self, number: int) -> int:
        """Where a question stands in the order of asking, from 1: what "3 of 10" says."""
        return self.queue.index(number) + 1

    @property
    def standing(self) -> Standing | None:
        """None for a session that is not open."""
        if self.current is None:
            return None
        return Standing(self.title, self.place(self.current), len(self.questions))

    @property
    def right(self) -> int:
        return sum(answer.right for answer in self.answers.values())

    @property
    def points(self) -> int:
        return sum(answer.points for answer in self.answers.values())

    @property
    def missed(self) -> tuple[int, ...]:
        """Numbers of the questions answered wrongly, in the order they were asked."""
        return tuple(n for n in self.queue if n in self.answers and not self.answers[n].right)

    def may_answer(self, number: int) -> bool:
        return self.state is State.OPEN and number in self.queue and number not in self.answers

    def may_skip(self, number: int) -> bool:
        """A question moves to the end once, and only when another one is left to ask."""
        left = [n for n in self.queue if n not in self.answers]
        return number == self.current and number not in self.skipped and len(left) > 1

    def answer(
        self, number: int, given: Given, attempt: AttemptId, *, first: bool, at: datetime
    ) -> "Session":
        """The session after an answer; the session itself where it changes nothing.

        `first` tells whether the person answers this question for the first time ever: only
        that earns points.
        """
        if not self.may_answer(number):
            return self
        question = self.questions[number]
        if not is_possible(question, given):
            return self
        right, hinted = is_right(question, given), number in self.hinted
        earned = points(question, right=right, hinted=hinted) if first else 0
        answers = {**self.answers, number: Answer(given, right, earned, attempt, hinted)}
        if len(answers) < len(self.questions):
            return replace(self, answers=MappingProxyType(answers))
        return replace(self, answers=MappingProxyType(answers), state=State.DONE, finished=at)

    def take_hint(self, number: int) -> "Session":
        """The session after a look at a hint; where there is none, nothing offers one."""
        if number in self.hinted or not self.may_answer(number):
            return self
        return replace(self, hinted=self.hinted | {number})

    def with_hints(self, taken: AbstractSet[QuestionId]) -> "Session":
        """The session as it begins for somebody who took the hints of these questions before, in
        a session that is gone, and has answered none of them since: a hint is paid for once.
        """
        known = (n for n, q in enumerate(self.questions) if q.has_hint and q.id in taken)
        return replace(self, hinted=self.hinted.union(known))

    def skip(self, number: int) -> "Session":
        if not self.may_skip(number):
            return self
        rest = tuple(n for n in self.queue if n != number)
        return replace(self, queue=(*rest, number), skipped=self.skipped | {number})

    def stop(self) -> "Session":
        return replace(self, state=State.STOPPED) if self.state is State.OPEN else self


def begin(  # noqa: PLR0913  a session has that many parts
    session_id: SessionId,
    questions: Sequence[Question],
    *,
    slug: Slug,
    title: str,
    level: str = "",
    track: str = "",
    at: datetime,
    practice: bool = False,
) -> Session:
    """A new session that asks the questions in the given order."""
    return Session(
        id=session_id,
        slug=slug,
        title=title,
        level=level,
        track=track,
        questions=tuple(questions),
        queue=tuple(range(len(questions))),
        started=at,
        practice=practice,
    )
