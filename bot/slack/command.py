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
class NotUnderstood:
    text: str


Command: TypeAlias = ShowMenu | Start | Resume | Stop | ShowStats | ShowHelp | NotUnderstood

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


def parse(text: str) -> Command:
    """Capital letters and spaces do not matter. `start` without words is the menu."""
    words = text.split()
    line = " ".join(words).casefold()
    if line in SIMPLE:
        return SIMPLE[line]
    if words[0].casefold() not in STARTS:
        return NotUnderstood(text)
    rest = words[1:]
    if not rest:
        return ShowMenu()
    last = rest[-1]
    if len(rest) > 1 and last.isascii() and last.isdecimal() and len(last) <= 3:  # noqa: PLR2004  a number of questions
        count = max(1, min(int(last), MOST_QUESTIONS))
        return Start(" ".join(rest[:-1]), count, " ".join(rest))
    return Start(" ".join(rest), USUAL_COUNT, " ".join(rest))
