"""What the buttons of a live round carry, and the names of its actions.

As in `ids.py` a value names a question and a place in the shown order, never what is right.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from bot.errors import StaleButton
from bot.quiz.live import Phase, RoundId

ANSWER: Final = "live"
SUBMIT: Final = "live_submit"
FILL_IN: Final = "live_fill_in"
BLANKS: Final = "live_blanks"
JOIN: Final = "live_join"
START: Final = "live_start"
RESUME: Final = "live_resume"
AGAIN: Final = "live_again"
MORE: Final = "live_more"

PAUSE: Final = "pause"
GO_ON: Final = "resume"
SKIP: Final = "skip"
STOP: Final = "stop"

_ROUND: Final = re.compile(r"(?P<id>[\w-]{1,32})", re.ASCII)
_QUESTION: Final = re.compile(r"(?P<number>\d{1,3}):(?P<id>[\w-]{1,32})", re.ASCII)
_ANSWER: Final = re.compile(
    r"(?P<option>\d{1,2}):(?P<number>\d{1,3}):(?P<id>[\w-]{1,32})", re.ASCII
)
_MOVE: Final = re.compile(
    r"(?P<action>pause|resume|skip|stop):(?P<phase>\w+):(?P<number>\d{1,3}):(?P<id>[\w-]{1,32})",
    re.ASCII,
)


def _read(pattern: re.Pattern[str], value: str) -> dict[str, str]:
    found = pattern.fullmatch(value)
    if not found:
        raise StaleButton(value)
    return found.groupdict()


@dataclass(frozen=True, slots=True)
class RoundButton:
    """Join, Start, Resume, Play again."""

    round_id: RoundId

    def pack(self) -> str:
        return self.round_id

    @classmethod
    def unpack(cls, value: str) -> Self:
        return cls(RoundId(_read(_ROUND, value)["id"]))


@dataclass(frozen=True, slots=True)
class LiveQuestionButton:
    """Submit, Fill in."""

    round_id: RoundId
    number: int

    def pack(self) -> str:
        return f"{self.number}:{self.round_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _read(_QUESTION, value)
        return cls(RoundId(found["id"]), int(found["number"]))


@dataclass(frozen=True, slots=True)
class LiveAnswerButton:
    """A lettered answer; `option` is its place in the order shown."""

    round_id: RoundId
    number: int
    option: int

    def pack(self) -> str:
        return f"{self.option}:{self.number}:{self.round_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _read(_ANSWER, value)
        return cls(RoundId(found["id"]), int(found["number"]), int(found["option"]))


@dataclass(frozen=True, slots=True)
class MoveOption:
    """An entry of the ⋯ menu: `action`, and what was looked at, so that a late press of Skip
    leaves the next question alone.
    """

    round_id: RoundId
    action: str
    number: int
    phase: Phase

    def pack(self) -> str:
        return f"{self.action}:{self.phase.value}:{self.number}:{self.round_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _read(_MOVE, value)
        if found["phase"] not in set(Phase):
            raise StaleButton(value)
        return cls(
            RoundId(found["id"]), found["action"], int(found["number"]), Phase(found["phase"])
        )
