"""Cuts text between what readers see as signs: an accent, a flag or a family stays whole.

A short form of the rules for extended grapheme clusters (Unicode Standard Annex 29, section 3.1),
with the conjuncts of Indic scripts, made of what the standard library knows of a character.
"""

from itertools import takewhile
from typing import Final
from unicodedata import category, combining, east_asian_width

_JOINER: Final = "\N{ZERO WIDTH JOINER}"
_VIRAMA: Final = 9
"""The combining class of the sign that joins an Indic consonant to the next one."""
_LONGEST: Final = 64
"""Characters of one sign beyond which it is cut all the same."""


def whole(text: str, most: int) -> str:
    """The beginning of a text, of at most so many characters, without a part of a sign."""
    if len(text) <= most:
        return text
    for cut in range(most, max(most - _LONGEST, 0), -1):
        if not _belong_together(text, cut):
            return text[:cut]
    return text[: max(most, 0)]


def _belong_together(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    return (
        _extends(right)
        or left == _JOINER
        or (left == "\r" and right == "\n")
        or (combining(left) == _VIRAMA and category(right) == "Lo")
        or ("\u1100" <= left <= "\u11a7" and "\u1160" <= right <= "\u11ff")
        or (_is_half_flag(right) and _halves_before(text, at) % 2 == 1)
    )


def _extends(char: str) -> bool:
    """Marks, joiners, and the colours and tags of emoji."""
    return (
        category(char).startswith("M")
        or char in "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_half_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _halves_before(text: str, at: int) -> int:
    return len(list(takewhile(_is_half_flag, reversed(text[max(at - _LONGEST, 0) : at]))))


def columns(text: str) -> int:
    """How wide a text is where all letters have one width: those of East Asia have two."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def clip_columns(text: str, most: int) -> str:
    """Cut to a number of columns, with an ellipsis at the end."""
    if columns(text) <= most:
        return text
    room, kept = most - 1, 0
    for char in text:
        room -= _columns(char)
        if room < 0:
            break
        kept += 1
    return f"{whole(text, kept).rstrip()}…"
