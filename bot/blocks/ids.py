"""What our buttons carry: typed values with one codec, and the names of the actions.

A value tells which question and which place in the shown order, never what is right. Old
messages stay for years, so a value that does not fit is a `StaleButton`.
"""

from dataclasses import dataclass
from typing import Final, Self

from bot.errors import StaleButton
from bot.quiz.question import Slug, short_slug
from bot.quiz.session import SessionId

ANSWER: Final = "answer"
TICKS: Final = "ticks"
SUBMIT: Final = "submit"
FILL_IN: Final = "fill_in"
BLANKS: Final = "blanks"
SKIP: Final = "skip"
MORE: Final = "more"
NEXT: Final = "next"
RESUME: Final = "resume"
STOP: Final = "stop"
RETRY: Final = "retry"
SHARE: Final = "share"
START: Final = "start"
START_PICKED: Final = "start_picked"
PICK_QUIZ: Final = "pick_quiz"
PICK_COUNT: Final = "pick_count"
MENU: Final = "menu"
PROGRESS: Final = "progress"
HELP: Final = "help"


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):  # noqa: PLR2004  int("9"*5000) raises
        raise StaleButton(text)
    return int(text)


def _split(value: str, parts: int) -> list[str]:
    found = value.split(":", parts - 1)
    if len(found) != parts:
        raise StaleButton(value)
    return found


@dataclass(frozen=True, slots=True)
class SessionButton:
    """Next, Retry, Share, Stop. `replaces` is the open session that the press gives up."""

    session_id: SessionId
    replaces: SessionId | None = None

    def pack(self) -> str:
        return f"{self.session_id}:{self.replaces or ''}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        session_id, replaces = _split(value, 2)
        if not session_id:
            raise StaleButton(value)
        return cls(SessionId(session_id), SessionId(replaces) if replaces else None)


@dataclass(frozen=True, slots=True)
class QuestionButton:
    """Skip, Submit, Fill in: about one question of a session."""

    session_id: SessionId
    number: int

    def pack(self) -> str:
        return f"{self.number}:{self.session_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        number, session_id = _split(value, 2)
        if not session_id:
            raise StaleButton(value)
        return cls(SessionId(session_id), _number(number))


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """A lettered answer; `option` is its place in the order shown to this person."""

    session_id: SessionId
    number: int
    option: int

    def pack(self) -> str:
        return f"{self.option}:{self.number}:{self.session_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        option, number, session_id = _split(value, 3)
        if not session_id:
            raise StaleButton(value)
        return cls(SessionId(session_id), _number(number), _number(option))


@dataclass(frozen=True, slots=True)
class StartButton:
    """Begin a quiz. `replaces` is the open session that the press gives up."""

    slug: Slug
    count: int
    replaces: SessionId | None = None

    def pack(self) -> str:
        return f"{self.count}:{self.replaces or ''}:{short_slug(self.slug)}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        count, replaces, slug = _split(value, 3)
        if not slug:
            raise StaleButton(value)
        return cls(Slug(slug), _number(count), SessionId(replaces) if replaces else None)


@dataclass(frozen=True, slots=True)
class MoreOption:
    """An entry of the question's ⋯ menu: `action` is `STOP` or `HELP`."""

    action: str
    session_id: SessionId

    def pack(self) -> str:
        return f"{self.action}:{self.session_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        action, session_id = _split(value, 2)
        if action not in {STOP, HELP} or not session_id:
            raise StaleButton(value)
        return cls(action, SessionId(session_id))
