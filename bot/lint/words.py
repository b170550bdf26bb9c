"""The words of a question: without its code, without the words that every sentence has."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Listing,
    Notes,
    Paragraph,
    Prose,
    Quote,
    Span,
    Spans,
    Table,
)

CODE_WORD: Final = "code"
"""Stands for inline code, so that a sentence keeps its words and its end."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT_END: Final = re.compile(r"(?:[^aeiouyl]|[aeiou]l)e$|[^aeiouydt]ed$|[^aeiouycgsxz]es$")
_SHORTEST_CONTENT: Final = 4
_SHORTEST_STEM: Final = 3
_SUFFIXES: Final = ("'s", "\u2019s", "ing", "ed", "es", "s", "e")

_COMMON: Final = """
am an as at be by do he hi if in is it me my no of off ok on or so to up us we
about above after again against all almost already also although always among and another any
anybody anyone anything are around because become becomes been before behind being below
beneath beside best better between both but came can cannot case come comes could did does
doing done down during each either else enough even ever every everything few first following
for from gets give given gives goes going gone had has have having her here hers his how
however into its itself just keep keeps kind know last least less let lets like likely line
made make makes many may mean means might more most much must need needs neither never new
next none nor not nothing now off often once one only onto other others our out over own part
per put puts quite rather really right same say says second see seen several shall she should
show shows since some someone something soon still such sure take taken takes tell than that
the their them then there therefore these they thing things this those though three through
thus time times too toward towards two under unless until upon use used user uses using very
want wants was way well went were what whatever when where whether which while who whole whom
whose why will with within without work works would wrong yes yet you your yours
"""
COMMON: Final = frozenset(_COMMON.split())
"""Words that give no question away."""


def text_of(prose: Prose, *, emphasised: bool = True) -> str:
    """Words as they are read aloud: code blocks left out, inline code as one word each.

    One line for each paragraph or item; `emphasised=False` leaves bold and italic words out.
    """
    lines = (_line(spans, emphasised=emphasised) for block in prose for spans in _runs(block))
    return "\n".join(filter(None, lines))


def words(text: str) -> list[str]:
    """Words of letters in lower case, in their order."""
    return [word.lower() for word in _WORD.findall(text)]


def content_words(text: str) -> dict[str, str]:
    """Words that carry a meaning, by their stem: `containers` and `container` are one."""
    found: dict[str, str] = {}
    for word in words(text):
        if len(word) >= _SHORTEST_CONTENT and word not in COMMON and word != CODE_WORD:
            found.setdefault(stem(word), word)
    return found


@lru_cache(maxsize=65_536)  # a bank has few different words
def stem(word: str) -> str:
    """Cut the endings that English words take, roughly: good enough to compare two words."""
    if word.endswith("ies") and len(word) > _SHORTEST_STEM + len("ies"):
        return word[:-3] + "i"
    for suffix in _SUFFIXES:
        rest = word.removesuffix(suffix)
        if (
            rest != word
            and len(rest) >= _SHORTEST_STEM
            and not (suffix == "s" and rest[-1] in "su")
        ):
            word = rest
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def sentences(text: str) -> list[str]:
    """A line feed ends a sentence too."""
    pieces = (piece.strip() for line in text.split("\n") for piece in _SENTENCE_END.split(line))
    return [piece for piece in pieces if words(piece)]


def reading_grade(texts: Iterable[str]) -> float:
    """School years that one needs to read this, by the formula of Flesch and Kincaid.

    0.39 times words per sentence + 11.8 times syllables per word - 15.59: J. P. Kincaid and
    others, "Derivation of new readability formulas for Navy enlisted personnel", Research
    Branch Report 8-75, 1975. Made for English; 0 for a text without a word.
    """
    found = [words(sentence) for text in texts for sentence in sentences(text)]
    count = sum(map(len, found))
    if not count:
        return 0.0
    spoken = sum(syllables(word) for sentence in found for word in sentence)
    return 0.39 * count / len(found) + 11.8 * spoken / count - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, without a silent ending; at least one."""
    groups = len(_VOWELS.findall(word)) - bool(_SILENT_END.search(word))
    return max(groups, 1)


def _runs(block: Block) -> Iterator[Spans]:
    match block:
        case Paragraph() | Heading() | Quote():
            yield block.spans
        case Listing():
            yield from block.items
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case Notes():
            yield from (note.spans for note in block.notes)
        case Code() | Divider() | Image():
            return


def _line(spans: Iterable[Span], *, emphasised: bool) -> str:
    shown = (span for span in spans if emphasised or not (span.bold or span.italic))
    pieces = (f" {CODE_WORD} " if span.code else span.text for span in shown)
    return " ".join("".join(pieces).split())
