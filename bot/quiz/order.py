"""The order in which options are shown: shuffled, but "all of the above" stays below."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.quiz.prose import plain
from bot.quiz.question import Option

_LETTER: Final = r"\(?[A-Z]\)?"
_LETTERS: Final = re.compile(
    r"(?:(?:both|either|neither|only|not|all of|none of)\s)?"
    r"(?:(?:options?|answers?)\s)?"
    rf"{_LETTER}(?:(?:\s?(?:,|&|\+|/)\s?|\s(?:and|or|nor)\s|,\s(?:and|or)\s){_LETTER})+"
    r"(?:\s(?:only|(?:is|are)\s(?:correct|right|true)))?"
)
_ALL_BUT_A_LETTER: Final = re.compile(
    r"(?:all|any|none|everything)\b[^.]{0,40}\s(?:except|but)\s(?:for\s)?(?:option\s|answer\s)?[A-Z]"
)
_ABOUT_OTHERS: Final = re.compile(
    r"(?:all|none|any|both|neither|either|some|each|two|most)"
    r"(?:\sof)?(?:\s(?:the|these|those))?"
    r"(?:\s(?:other|given|listed|above|following|previous|two))?"
    r"(?:\s(?:above|below|these|those|them|others?|options?|answers?|choices?|statements?))?"
    r"(?:\s(?:above|below|listed))?"
    r"(?:\s(?:apply|(?:is|are|may\sbe|can\sbe)\s(?:correct|right|wrong|true|false)))?",
    re.IGNORECASE,
)


def keeps_its_place(option_plain_text: str) -> bool:
    """Tell whether an option speaks about the options around it: "None of these", "A and C"."""
    words = _bare(option_plain_text)
    return bool(_ABOUT_OTHERS.fullmatch(words)) or names_letters(words)


def names_letters(option_plain_text: str) -> bool:
    """Tell whether an option names others by their letters, as in "Both A and B"."""
    words = _bare(option_plain_text)
    if words[1:2].islower():  # a sentence begins with a capital, which is no letter of an option
        words = words[0].lower() + words[1:]
    return bool(_LETTERS.fullmatch(words) or _ALL_BUT_A_LETTER.fullmatch(words))


def shuffled(options: Sequence[Option], choose: Callable[[list[int]], None]) -> tuple[int, ...]:
    """Give the positions of the options in the order to show them.

    `choose` shuffles a list in place, as `random.Random(seed).shuffle` does. Options that speak
    about others stay where their author put them; once one names letters, all of them do.
    """
    texts = [plain(option.text) for option in options]
    order = list(range(len(options)))
    if any(map(names_letters, texts)):
        return tuple(order)
    movable = [at for at, text in enumerate(texts) if not keeps_its_place(text)]
    drawn = list(movable)
    choose(drawn)
    for place, at in zip(movable, drawn, strict=True):
        order[place] = at
    return tuple(order)


def _bare(option: str) -> str:
    return " ".join(option.split()).rstrip(".!")
