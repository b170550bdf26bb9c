"""A question as its author wrote it, right or wrong: what the lint looks at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from bot.bank.links import Links
from bot.bank.markdown import to_prose
from bot.bank.quiz_block import PART, PART_END, part_of, quiz_of
from bot.bank.quiz_extent import Remark
from bot.bank.quiz_parts import Part, PartKind
from bot.quiz.prose import Prose
from bot.quiz.question import Option

_BETWEEN_ALTERNATIVES: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class DraftOption:
    line: int
    option: Option


@dataclass(frozen=True, slots=True)
class Draft:
    """`blanks` has the alternatives of each gap, none for an empty one.

    `remarks` tell what was found while the lines were sorted; with an error among them there
    may be nothing else.
    """

    line: int
    attributes: Mapping[str, str]
    remarks: tuple[Remark, ...]
    has_boxes: bool
    prompt: Prose = ()
    options: tuple[DraftOption, ...] = ()
    blanks: tuple[tuple[str, ...], ...] = ()
    explanation: Prose = ()
    hint: Prose = ()


def draft(tokens: Sequence[Token], links: Links) -> Draft:
    """Read the tokens of one question, from its opening to its closing one."""
    quiz = quiz_of(tokens[0])
    blanks: list[str] = []
    drawn = [(part, to_prose(inner, links, blanks)) for part, inner in _parts(tokens)]
    return Draft(
        quiz.line,
        {attribute.name: attribute.value for attribute in quiz.attributes},
        quiz.remarks,
        quiz.has_boxes,
        prompt=_all(PartKind.PROMPT, drawn),
        options=tuple(_options(drawn)),
        blanks=tuple(map(alternatives, blanks)),
        explanation=_all(PartKind.EXPLANATION, drawn),
        hint=_all(PartKind.HINT, drawn),
    )


def alternatives(blank: str) -> tuple[str, ...]:
    r"""Divide `a|b` at its bars, but `a\|b` not; backticks around an answer are only looks."""
    answers = (answer.replace(r"\|", "|") for answer in _BETWEEN_ALTERNATIVES.split(blank))
    bare = (answer.strip().strip("`").strip() for answer in answers)
    return tuple(dict.fromkeys(filter(None, bare)))


def _parts(tokens: Iterable[Token]) -> Iterator[tuple[Part, list[Token]]]:
    inner: list[Token] = []
    for token in tokens:
        if token.type == PART:
            inner = []
            part = part_of(token)
        elif token.type == PART_END:
            yield part, inner
        else:
            inner.append(token)


def _all(kind: PartKind, drawn: Iterable[tuple[Part, Prose]]) -> Prose:
    return tuple(block for part, prose in drawn if part.kind is kind for block in prose)


def _options(drawn: Sequence[tuple[Part, Prose]]) -> Iterator[DraftOption]:
    """Join each option with the feedback behind it."""
    for at, (part, text) in enumerate(drawn):
        if part.kind is not PartKind.OPTION:
            continue
        after = drawn[at + 1] if at + 1 < len(drawn) else None
        feedback = after[1] if after and after[0].kind is PartKind.FEEDBACK else ()
        yield DraftOption(part.line, Option(text, part.right, feedback))
