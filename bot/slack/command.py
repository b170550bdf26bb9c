"""What people type after the slash command, or say to the bot."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.play.solo import MOST_QUESTIONS, USUAL_COUNT


@dataclass(frozen=True, slots=True)
class ShowMenu:
    pass


@dataclass(frozen=True, slots=True)
class Start:
    """`words` name a quiz; `whole` are all the words, for a quiz whose name ends in a number."""

    words: str
    count: int
    whole: str


@dataclass(frozen=True, slots=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True)
class Stop:
    pass


@dataclass(frozen=True, slots=True)
class ShowStats:
    pass


@dataclass(frozen=True, slots=True)
class ShowHelp:
    pass


@dataclass(frozen=True, slots=True)
class Other:
    """`name` is one of `OTHERS`, `rest` are the words behind it."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`meant` is what it says to somebody who only forgot to write start."""

    text: str
    meant: Start


Own: TypeAlias = ShowMenu | Start | Resume | Stop | ShowStats | ShowHelp | NotUnderstood
Command: TypeAlias = Own | Other

SIMPLE: Final[dict[str, Command]] = {
    "": ShowMenu(),
    "menu": ShowMenu(),
    "resume": Resume(),
    "continue": Resume(),
    "stop": Stop(),
    "stats": ShowStats(),
    "progress": ShowStats(),
    "help": ShowHelp(),
}
STARTS: Final = frozenset({"start", "play"})
LONGEST_COUNT: Final = 3
"""Digits; longer numbers are not even read, as Python refuses one of thousands."""
OTHERS: Final = {
    "leaderboard": "leaderboard",
    "board": "leaderboard",
    "privacy": "privacy",
    "export": "export",
    "forget": "forget",
    "settings": "settings",
    "daily": "daily",
    "live": "live",
    "browse": "browse",
    "tracks": "browse",
    "search": "search",
    "find": "search",
    "void": "void",
    "reset": "reset",
    "doctor": "doctor",
    "suggest": "suggest",
    "team": "team",
    "teams": "teams",
}
"""First words of what other parts understand, and the name that they go by there."""


def parse(text: str) -> Command:
    """Capital letters and spaces do not matter. `start` without words is the menu."""
    words = text.split()
    line = " ".join(words).casefold()
    if line in SIMPLE:
        return SIMPLE[line]
    first = words[0].casefold()
    if first in OTHERS:
        return Other(OTHERS[first], " ".join(words[1:]))
    if first not in STARTS:
        return NotUnderstood(text, _start(words))
    return _start(words[1:]) if words[1:] else ShowMenu()


def _start(words: list[str]) -> Start:
    *name, last = words
    whole = " ".join(words)
    if not (name and last.isdecimal()):
        return Start(whole, USUAL_COUNT, whole)
    digits = last.lstrip("0") or "0"
    count = int(digits) if len(digits) <= LONGEST_COUNT else MOST_QUESTIONS
    clamped = max(1, min(count, MOST_QUESTIONS))
    return Start(" ".join(name), clamped, whole)
