"""Words as they are searched: without case and accents, in languages with and without spaces."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final
from unicodedata import combining, normalize

_UNSPACED: Final = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Kana and Han, which are written without spaces."""

_RUN: Final = re.compile(f"[^\\W_{_UNSPACED}]+|[{_UNSPACED}]+")
_FIRST_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")
_LONE: Final = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "\u0131": "i",
        "ł": "l",
        "œ": "oe",
        "þ": "th",
    }
)
"""Letters that Unicode does not take apart."""

_VOWEL_POINTS: Final = range(10, 37)
_ACCENTS_FROM: Final = 200
"""Combining classes (Unicode, section 4.3): marks below these change what a letter is."""


def folded(text: str) -> str:
    """One line without case and accents; signs stay, so that `--force` can be told from force."""
    if text.isascii():
        return " ".join(text.lower().split())
    lower = normalize("NFKD", text).casefold().translate(_LONE)
    apart = normalize("NFKD", lower)
    bare = "".join(sign for sign in apart if not _is_accent(sign))
    return " ".join(normalize("NFC", bare).split())


def words_in(line: str) -> tuple[str, ...]:
    """Words of a folded line: letters and digits. Where there are no spaces it is each pair of
    neighbours and the last sign, so that every part of a run begins a row of its words.
    """
    if line.isascii():
        return tuple(_RUN.findall(line))
    return tuple(word for run in _RUN.findall(line) for word in _of_run(run))


def _of_run(run: str) -> tuple[str, ...]:
    if not _FIRST_UNSPACED.match(run):
        return (run,)
    return (*(a + b for a, b in pairwise(run)), run[-1])


def terms_in(line: str) -> tuple[str, ...]:
    """Words to look for: of a run without spaces only the pairs, for it may go on."""
    found: list[str] = []
    for run in _RUN.findall(line):
        words = _of_run(run)
        found += words[:-1] or words
    return tuple(dict.fromkeys(found))


def is_unspaced(word: str) -> bool:
    return bool(_FIRST_UNSPACED.match(word))


@lru_cache(maxsize=4_096)
def _is_accent(sign: str) -> bool:
    kind = combining(sign)
    return kind in _VOWEL_POINTS or kind >= _ACCENTS_FROM
