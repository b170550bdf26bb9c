"""Formatted text as plain values, so that rules, storage and looks need no Markdown parser.

The bank turns Markdown into prose once, when it loads; the looks turn prose into Block Kit on
every send; storage keeps prose as JSON. Lists are flat, as Slack has them: a nested list is a
run of lists with a growing indent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. A line feed in `text` is a line break; `link` is an address."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1."""

    level: int
    spans: Spans
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Code:
    """A code block; `text` has no trailing line feed, `language` may be empty."""

    text: str
    language: str = ""
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Listing:
    """One level of a list: `indent` counts from 0, an ordered list begins at `start`."""

    items: tuple[Spans, ...]
    ordered: bool = False
    indent: int = 0
    start: int = 1
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quote:
    spans: Spans
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the header; every row has the same number of cells."""

    rows: tuple[tuple[Spans, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Divider:
    kind: Literal["divider"] = "divider"


Block: TypeAlias = Paragraph | Heading | Code | Listing | Quote | Table | Divider
Prose: TypeAlias = tuple[Block, ...]


def prose(text: str) -> Prose:
    """One unformatted paragraph, or nothing for an empty text."""
    return (Paragraph((Span(text),)),) if text else ()


def _flat(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph() | Heading() | Quote():
            yield _flat(block.spans)
        case Code():
            yield block.text
        case Listing():
            for number, spans in enumerate(block.items, block.start):
                sign = f"{number}." if block.ordered else "-"
                yield f"{'  ' * block.indent}{sign} {_flat(spans)}"
        case Table():
            for row in block.rows:
                yield " | ".join(_flat(cell) for cell in row)
        case Divider():
            return


def plain(text: Prose) -> str:
    """The words without their looks: for screen readers, notifications, search and hashes."""
    return "\n".join(line for block in text for line in _lines(block))
