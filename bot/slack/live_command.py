"""What people type after `live`: a quiz, and how the round shall be, in any order at the end."""

import re
from datetime import timedelta
from typing import Final

from bot.play.live import Wanted
from bot.quiz.live import (
    LONGEST_LIMIT,
    MOST_QUESTIONS,
    SHORTEST_LIMIT,
    USUAL_LIMIT,
    USUAL_QUESTIONS,
)

FAST: Final = "fast"
NOW: Final = "now"
COUNT: Final = re.compile(r"[0-9]{1,3}")
LIMIT: Final = re.compile(r"([0-9]{1,4})(s|sec|m|min)")


def parse_live(text: str) -> Wanted:
    """`docker basics 5 30s fast now`. Each option counts once; what is left of them names a quiz,
    which may end in a number or even in "now". Numbers are cut to what is possible.
    """
    words = text.split()
    options: dict[str, str] = {}
    while len(words) > 1 and (kind := _kind(words[-1])) and kind not in options:
        options[kind] = words.pop()
    name = " ".join(words)
    count = int(options.get("count", USUAL_QUESTIONS))
    return Wanted(
        words=name,
        whole=" ".join(filter(None, (name, options.get("count")))),
        count=max(1, min(count, MOST_QUESTIONS)),
        limit=_limit(options.get("limit", "")),
        fast=FAST in options,
        at_once=NOW in options,
    )


def _kind(word: str) -> str:
    known = word.casefold()
    if known in {FAST, NOW}:
        return known
    if COUNT.fullmatch(known):
        return "count"
    return "limit" if LIMIT.fullmatch(known) else ""


def _limit(word: str) -> timedelta:
    found = LIMIT.fullmatch(word.casefold())
    if not found:
        return USUAL_LIMIT
    number, unit = found.groups()
    span = timedelta(minutes=int(number)) if unit[0] == "m" else timedelta(seconds=int(number))
    return max(SHORTEST_LIMIT, min(span, LONGEST_LIMIT))
