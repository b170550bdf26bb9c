"""What comes of a press in a private quiz: the values that its screens are made of."""

from dataclasses import dataclass, field

from bot.quiz.question import Question, QuestionId, Quiz, Slug
from bot.quiz.session import Answered, Progress, Result, Session, SessionId, Standing
from bot.quiz.streaks import Streak


@dataclass(frozen=True, slots=True)
class Menu:
    quizzes: int
    questions: int
    open: Standing | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to show; `may_skip` tells whether it can go to the end. `ticked` are options
    that the person has ticked already, of several right ones.
    """

    session: Session
    number: int
    ticked: frozenset[int] = frozenset()

    @property
    def question(self) -> Question:
        return self.session.questions[self.number]

    @property
    def may_skip(self) -> bool:
        return self.session.may_skip(self.number)

    @property
    def hinted(self) -> bool:
        return self.number in self.session.hinted


@dataclass(frozen=True, slots=True)
class Finished:
    """A session with all its answers; `quiz` is None when its page is gone."""

    session: Session
    quiz: Quiz | None


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer and what to read next; `quiz` is None when its page is gone."""

    answered: Answered
    quiz: Quiz | None


@dataclass(frozen=True, slots=True)
class ContinueOrReplace:
    """Another session is open: the person decides. `slug`, `title`, `level`, `count`,
    `missed_of` and `question`, for one alone, say what they asked for; `is_same` that it is the
    quiz which is open.
    """

    open_id: SessionId
    open: Standing
    slug: Slug
    title: str
    count: int
    missed_of: SessionId | None = None
    level: str = ""
    open_level: str = ""
    is_same: bool = False
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """There is no session to go on with."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The session that this press stopped."""

    session: Session


@dataclass(frozen=True, slots=True)
class NothingMissed:
    """The missed questions are no longer in the bank, or the result is too old."""


@dataclass(frozen=True, slots=True)
class NoSuchQuestion:
    """It has left the bank since it was shown."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Questions to ask once more; `missed_of` is the session that missed them, if it is one."""

    slug: Slug
    title: str
    questions: tuple[Question, ...]
    level: str = ""
    missed_of: SessionId | None = None


@dataclass(frozen=True, slots=True)
class MyProgress:
    progress: Progress
    quizzes: tuple[tuple[Quiz, int, int], ...]
    """Quiz, questions answered, of these right; in the catalogue's order."""
    streak: Streak = field(default_factory=Streak)


@dataclass(frozen=True, slots=True)
class Shared:
    """A result that this press may show to the channel; `finished` while its session is kept."""

    result: Result
    finished: Finished | None


@dataclass(frozen=True, slots=True)
class AlreadyShared:
    """Another press has shown it."""


Begun = Asking | Finished | ContinueOrReplace | NothingOpen
