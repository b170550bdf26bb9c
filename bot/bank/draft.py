"""A question as its author wrote it, right or wrong: what the lint looks at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from markdown_it.token import Token

from bot.bank.footnotes import Numbers, numbers
from bot.bank.links import Links
from bot.bank.markdown import Drawing, draw
from bot.bank.quiz_block import PART, PART_END, part_of, quiz_of
from bot.bank.quiz_extent import Remark
from bot.bank.quiz_parts import Part, PartKind
from bot.quiz.prose import Prose
from bot.quiz.question import Option

Shared: TypeAlias = Mapping[str, Sequence[Token]]
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


def draft(tokens: Sequence[Token], links: Links, shared: Shared = MappingProxyType({})) -> Draft:
    """Read the tokens of one question, from its opening to its closing one; `shared` are the
    footnotes that the page defines outside of its questions.
    """
    quiz = quiz_of(tokens[0])
    numbered = numbers(tokens, shared)
    blanks: list[str] = []
    remarks: list[Remark] = []
    drawn: list[tuple[Part, Prose]] = []
    for part, inner in _with_shared(_parts(tokens), numbered, quiz.line):
        drawing = Drawing(links, numbered, blanks)
        drawn.append((part, draw(inner, drawing)))
        remarks += (replace(found, line=part.line + found.line) for found in drawing.remarks)
    return Draft(
        quiz.line,
        {attribute.name: attribute.value for attribute in quiz.attributes},
        (*quiz.remarks, *remarks),
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


def joined(answers: Iterable[str]) -> str:
    """Write alternatives so that `alternatives` reads them again."""
    return "|".join(answer.replace("|", r"\|") for answer in answers)


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


def _with_shared(
    parts: Iterable[tuple[Part, list[Token]]], numbered: Numbers, line: int
) -> Iterator[tuple[Part, list[Token]]]:
    """The parts of a question, and to the explanation the notes that it has from its page."""
    notes = [token for note in numbered.shared.values() for token in note]
    for part, inner in parts:
        ends_here = part.kind is PartKind.EXPLANATION
        yield part, [*inner, *notes] if ends_here else inner
        notes = [] if ends_here else notes
    if notes:
        yield Part(PartKind.EXPLANATION, line, ""), notes


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
