"""What our buttons carry: typed values with one codec, and the names of the actions.

A value tells which question and which place in the shown order, never what is right. Old
messages stay for years, so a value that does not fit is a `StaleButton`.
"""

from dataclasses import dataclass
from typing import Final, Self

from bot.errors import StaleButton
from bot.quiz.board import BoardQuery, View
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.question import Slug, short_slug
from bot.quiz.session import SessionId
from bot.quiz.windows import Kind

ANSWER: Final = "answer"
TICKS: Final = "ticks"
SUBMIT: Final = "submit"
FILL_IN: Final = "fill_in"
BLANKS: Final = "blanks"
SKIP: Final = "skip"
HINT: Final = "hint"
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
BOARD: Final = "board"
BOARD_TOPIC: Final = "board_topic"
SHARE_BOARD: Final = "share_board"
PRIVACY: Final = "privacy"
HIDE: Final = "hide"
MY_ZONE: Final = "my_zone"
EXPORT: Final = "export"
FORGET: Final = "forget"
FORGET_ME: Final = "forget_me"
SETTINGS: Final = "settings"
ZONE: Final = "zone"
SCHEDULERS: Final = "schedulers"
ALLOWED: Final = "allowed"
REVIEW_CHANNEL: Final = "review_channel"

TEAMS: Final = "teams"
JOIN_TEAM: Final = "join_team"
LEAVE_TEAM: Final = "leave_team"
CREATE_TEAM: Final = "create_team"
DELETE_TEAM: Final = "delete_team"
CHOOSE_GROUPS: Final = "choose_groups"
GROUPS: Final = "groups"

DAILY: Final = "daily"
DAILY_SUBMIT: Final = "daily_submit"
DAILY_FILL_IN: Final = "daily_fill_in"
DAILY_BLANKS: Final = "daily_blanks"
DAILY_HINT: Final = "daily_hint"


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):  # noqa: PLR2004  int("9"*5000) raises
        raise StaleButton(text)
    return int(text)


def _split(value: str, parts: int) -> list[str]:
    found = value.split(":", parts - 1)
    if len(found) != parts:
        raise StaleButton(value)
    return found


def _about(value: str, parts: int) -> list[str]:
    """Split a value whose last part names what it is about, and so is never empty."""
    found = _split(value, parts)
    if not found[-1]:
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
    """Skip, Hint, Submit, Fill in: about one question of a session."""

    session_id: SessionId
    number: int

    def pack(self) -> str:
        return f"{self.number}:{self.session_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        number, session_id = _about(value, 2)
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
        option, number, session_id = _about(value, 3)
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
        count, replaces, slug = _about(value, 3)
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
        action, session_id = _about(value, 2)
        if action not in {STOP, HELP}:
            raise StaleButton(value)
        return cls(action, SessionId(session_id))


@dataclass(frozen=True, slots=True)
class BoardButton:
    """Which leaderboard to show. The topic comes last, for it is the longest."""

    query: BoardQuery

    def pack(self) -> str:
        query = self.query
        return f"{query.kind}:{query.view}:{query.place}:{short_slug(Slug(query.topic))}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        kind, view, place, topic = _split(value, 4)
        try:
            query = BoardQuery(Kind(kind), topic, place, View(view))
        except ValueError as error:
            raise StaleButton(value) from error
        if not place:
            raise StaleButton(value)
        return cls(query)


@dataclass(frozen=True, slots=True)
class DailyButton:
    """Hint, Submit, Fill in: about the question of a channel."""

    occurrence_id: OccurrenceId

    def pack(self) -> str:
        return self.occurrence_id

    @classmethod
    def unpack(cls, value: str) -> Self:
        if not value:
            raise StaleButton(value)
        return cls(OccurrenceId(value))


@dataclass(frozen=True, slots=True)
class DailyAnswerButton:
    """A lettered answer to the question of a channel; `option` is its place as shown."""

    occurrence_id: OccurrenceId
    option: int

    def pack(self) -> str:
        return f"{self.option}:{self.occurrence_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        option, occurrence_id = _about(value, 2)
        return cls(OccurrenceId(occurrence_id), _number(option))
