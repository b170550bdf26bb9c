"""What the buttons about reports and suggestions carry, and the names of their actions.

As in `ids.py` a value names a question and where it was seen, never what is right.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from bot.errors import StaleButton
from bot.play.reporting import InChannel, InLive, InSession, Seen
from bot.quiz.live import RoundId
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.question import QuestionId
from bot.quiz.report import CaseId
from bot.quiz.session import SessionId

REPORT: Final = "report"
REPORT_FORM: Final = "report_form"
COMPLAINT: Final = "complaint"
WORDS: Final = "words"

FIXED: Final = "case_fixed"
KEPT: Final = "case_kept"
TAKE_OUT: Final = "case_out"
PUT_BACK: Final = "case_back"

SUGGEST: Final = "suggest"
SUGGEST_FORM: Final = "suggest_form"
MORE_OPTIONS: Final = "suggest_more"
QUIZ: Final = "suggest_quiz"
QUESTION: Final = "suggest_question"
OPTION: Final = "suggest_option"
RIGHT: Final = "suggest_right"
EXPLANATION: Final = "suggest_explanation"
SOURCE: Final = "suggest_source"

ACCEPT: Final = "suggestion_accept"
DECLINE: Final = "suggestion_decline"
DECLINE_FORM: Final = "suggestion_decline_form"
REASON: Final = "suggestion_reason"

_SEEN: Final = re.compile(
    r"(?P<kind>[sdl]):(?P<number>\d{1,4}):(?P<where>[\w.-]{1,64})(?::(?P<question>[\w.-]*))?",
    re.ASCII,
)
_CASE: Final = re.compile(r"(?P<turn>\d{1,6}):(?P<case>[0-9a-f]{16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportButton:
    """Something wrong, with a question that was seen somewhere."""

    seen: Seen

    def pack(self) -> str:
        match self.seen:
            case InSession(session_id, number):
                where = f"s:{number}:{session_id}"
            case InChannel(occurrence_id):
                where = f"d:0:{occurrence_id}"
            case InLive(round_id, number):
                where = f"l:{number}:{round_id}"
        question = self.seen.question
        return f"{where}:{question}" if question else where

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _SEEN.fullmatch(value)
        if not found:
            raise StaleButton(value)
        where, number = found["where"], int(found["number"])
        question = QuestionId(found["question"]) if found["question"] else None
        match found["kind"]:
            case "s":
                return cls(InSession(SessionId(where), number, question))
            case "d":
                return cls(InChannel(OccurrenceId(where), question))
        return cls(InLive(RoundId(where), number, question))


@dataclass(frozen=True, slots=True)
class CaseButton:
    """A decision about a case, in one turn of it."""

    case_id: CaseId
    turn: int

    def pack(self) -> str:
        return f"{self.turn}:{self.case_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _CASE.fullmatch(value)
        if not found:
            raise StaleButton(value)
        return cls(CaseId(found["case"]), int(found["turn"]))
