"""How far a question reaches: to its end tag, but not to one that only stands in a code block."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.bank.quiz_tag import OPENS, before_end

FENCE: Final = re.compile(
    r"\s*(?:[-*][ \t]*\[[ \t]*(?:[xX][ \t]*)?\][ \t]*)?(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
)
COMMENT: Final = re.compile(r" {0,3}<!--")

Row: TypeAlias = Callable[[int], str]
"""Gives the line with a number that counts from the opening tag, whose own text it leaves out."""


@dataclass(frozen=True, slots=True)
class Line:
    """`inside` is True within a code block or a comment, up to and with its closing line."""

    number: int
    text: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the author: the line, the rule's name, and what is the matter."""

    line: int
    rule: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """`size` counts the lines that belong to the question, its tags included."""

    lines: tuple[Line, ...]
    size: int
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shield:
    """The beginning of a stretch in which no tag and no box counts."""

    rule: str
    what: str
    closes: Callable[[str], bool]
    hides: bool = False


def extent(row: Row, count: int, number: int) -> Extent:
    """Follow a question from its opening tag, on line `number`, over at most `count` lines.

    A question ends before the next opening tag too, so that one forgotten end tag costs one
    question and not the page.
    """
    lines: list[Line] = []
    remarks: list[Remark] = []
    at = 0
    while at < count:
        text = row(at)
        if at and OPENS.match(text):
            break
        if (last := before_end(text)) is not None:
            lines.append(Line(number + at, last))
            return Extent(tuple(lines), at + 1, tuple(remarks))
        shield = None if remarks else _shield(text)
        covered = _covered(row, at, count, shield.closes) if shield else range(at, at + 1)
        if shield and covered is None:
            remarks.append(Remark(number + at, shield.rule, shield.what))
        covered = covered or range(at, at + 1)
        if not (shield and shield.hides):
            lines.extend(Line(number + i, row(i), inside=i > at) for i in covered)
        at = covered.stop
    where = f"the next <quiz> on line {number + at}" if at < count else "the end of the page"
    remarks.append(Remark(number, "unclosed-quiz", f"This <quiz> has no </quiz> before {where}."))
    return Extent(tuple(lines), at, tuple(remarks))


def _shield(text: str) -> _Shield | None:
    if COMMENT.match(text):
        return _Shield("unclosed-comment", "This comment has no end.", _ends_comment, hides=True)
    if (found := FENCE.match(text)) is None:
        return None
    fence = found["fence"]

    def closes(line: str) -> bool:
        stripped = line.strip()
        return len(stripped) >= len(fence) and not stripped.strip(fence[0])

    return _Shield("unclosed-fence", f"The code block that {fence} opens here has no end.", closes)


def _ends_comment(line: str) -> bool:
    return line.rstrip().endswith("-->")


def _covered(row: Row, start: int, count: int, closes: Callable[[str], bool]) -> range | None:
    """Lines from the one that begins a shield to the one that ends it.

    None if the way there leads into another question: a whole question within is an example,
    an end followed by a beginning is not.
    """
    within = ended = False
    for at in range(start, count):
        text = row(at)
        if closes(text) and (at > start or closes is _ends_comment):
            return range(start, at + 1)
        if OPENS.match(text) and at > start:
            if within or ended:
                return None
            within = True
        if before_end(text) is not None:
            ended = ended or not within
            within = False
    return None
