"""Buttons of the screens on which somebody looks for a quiz: their names and what they carry."""

import re
from dataclasses import dataclass
from typing import Final, Self

from bot.errors import StaleButton
from bot.quiz.question import QuestionId, Slug, short_slug
from bot.quiz.session import SessionId

BROWSE: Final = "browse"
BACK: Final = "browse:back"
EARLIER: Final = "browse:earlier"
LATER: Final = "browse:later"
BROWSES: Final = re.compile(r"^browse(?::[a-z]+)?$")
"""All of them lead to a page; Slack wants other names for buttons that stand side by side."""

ASK: Final = "ask_one"
QUESTION: Final = "?"
"""Begins the value of a menu's entry that is a question; no slug has this sign."""

_PAGE: Final = re.compile(r"(?P<number>[0-9]{1,4}):(?P<track>.*)", re.DOTALL)
_ASK: Final = re.compile(r"(?P<replaces>[\w-]{0,32}):(?P<id>[\w.-]{1,64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class BrowseButton:
    """A page of a track, counted from 0."""

    track: str = ""
    number: int = 0

    def pack(self) -> str:
        return f"{self.number}:{short_slug(Slug(self.track))}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        """Without a value it is where browsing begins."""
        found = _PAGE.fullmatch(value or "0:")
        if not found:
            raise StaleButton(value)
        return cls(found["track"], int(found["number"]))


@dataclass(frozen=True, slots=True)
class AskButton:
    """Ask one question. `replaces` is the open session that the press gives up."""

    question_id: QuestionId
    replaces: SessionId | None = None

    def pack(self) -> str:
        return f"{self.replaces or ''}:{self.question_id}"

    @classmethod
    def unpack(cls, value: str) -> Self:
        found = _ASK.fullmatch(value)
        if not found:
            raise StaleButton(value)
        replaces = found["replaces"]
        return cls(QuestionId(found["id"]), SessionId(replaces) if replaces else None)
