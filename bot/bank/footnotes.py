"""Footnotes of a question: which number each has, and where it is read.

A note is read where its definition stands: above the options with the question, below them with
the explanation, so that nothing is told before it is time. A question sees its own notes and,
with its explanation, those that are defined outside of all questions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

NOTE: Final = "footnote_reference_open"
NOTE_END: Final = "footnote_reference_close"
REFERENCE: Final = "footnote_ref"
_NUMBER: Final = re.compile("[1-9][0-9]{0,2}")


def notes_plugin(md: MarkdownIt) -> None:
    """`[^1]`, and `[^1]: …` on a line of its own. Not `^[…]`, which is a regular expression."""
    footnote_plugin(md, inline=False, move_to_end=False)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each note by its label; `shared` are the notes outside of all questions, each
    as the tokens of its definition.
    """

    of: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[str, Sequence[Token]] = field(default_factory=dict)


NO_NOTES: Final = Numbers()


def label_of(token: Token) -> str:
    """Of a reference, or of the beginning of a definition."""
    return str(token.meta["label"])


def numbers(tokens: Sequence[Token], shared: Mapping[str, Sequence[Token]]) -> Numbers:
    """Number the notes of a question in the order in which they are mentioned. One that nobody
    mentions is told all the same, with the number that is its label if that is free.
    """
    own = dict.fromkeys(label_of(token) for token in tokens if token.type == NOTE)
    found: dict[str, int] = {}
    used: dict[str, Sequence[Token]] = {}
    for label in _mentioned(tokens):
        if label in own or label in shared:
            found.setdefault(label, len(found) + 1)
            if label not in own:
                used[label] = shared[label]
    taken = set(found.values())
    free = (number for number in count(1) if number not in taken)
    for label in own:
        if label not in found:
            wished = int(label) if _NUMBER.fullmatch(label) else 0
            found[label] = wished if wished and wished not in taken else next(free)
            taken.add(found[label])
    return Numbers(found, used)


def _mentioned(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == REFERENCE:
                yield label_of(child)


def definitions(tokens: Sequence[Token]) -> dict[str, Sequence[Token]]:
    """The notes that are defined among these tokens, each from its beginning to its end."""
    found: dict[str, Sequence[Token]] = {}
    starts: list[int] = []
    for at, token in enumerate(tokens):
        if token.type == NOTE:
            starts.append(at)
        elif token.type == NOTE_END:
            start = starts.pop()
            found.setdefault(label_of(tokens[start]), tokens[start : at + 1])
    return found


def without_references(inline: Token) -> Token:
    """A line that is read without its notes."""
    bare = copy(inline)
    bare.children = [child for child in inline.children or () if child.type != REFERENCE]
    return bare


def without_definitions(tokens: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.type == NOTE
        if not depth:
            yield token
        depth -= token.type == NOTE_END
