"""Formatted text as plain values, so that rules, storage and looks need no Markdown parser.

The bank turns Markdown into prose once, when it loads; the looks turn prose into Block Kit on
every send; storage keeps prose as JSON. Lists are flat, as Slack has them: a nested list is a
run of lists with a growing indent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias


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


@dataclass(frozen=True, slots=True)
class Image:
    """A picture between paragraphs. `url` is an https address, or the path of a file below the
    bank's folder, with slashes; the content of such a file is named by `digest` (SHA-256 in hex),
    so that a question in play keeps its picture when the file is replaced.
    """

    url: str
    alt: str = ""
    title: str = ""
    digest: str = ""
    kind: Literal["image"] = "image"

    @property
    def name(self) -> str:
        """What stands for the content of a file until the file has an id in a workspace. It looks
        like such an id, but is longer than they are.
        """
        return f"F{self.digest[:20].upper()}" if self.digest else ""


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Notes:
    """What the raised numbers of a text refer to, at its end."""

    notes: tuple[Note, ...]
    kind: Literal["notes"] = "notes"


Block: TypeAlias = Paragraph | Heading | Code | Listing | Quote | Table | Divider | Image | Notes
Prose: TypeAlias = tuple[Block, ...]


def prose(text: str) -> Prose:
    """One unformatted paragraph, or nothing for an empty text."""
    return (Paragraph((Span(text),)),) if text else ()


_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(number: int) -> str:
    """The number of a note, as it stands in a text and before the note: `¹`."""
    return str(number).translate(_RAISED)


def image_words(image: Image) -> str:
    """What those are told who hear the picture."""
    return f"Image: {image.alt}" if image.alt else "Image"


def images(text: Prose) -> Iterator[Image]:
    return (block for block in text if isinstance(block, Image))


def _flat(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _items(block: Listing) -> Iterator[str]:
    for number, spans in enumerate(block.items, block.start):
        sign = f"{number}." if block.ordered else "-"
        yield f"{'  ' * block.indent}{sign} {_flat(spans)}"


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph() | Heading() | Quote():
            yield _flat(block.spans)
        case Code():
            yield block.text
        case Listing():
            yield from _items(block)
        case Table():
            yield from (" | ".join(map(_flat, row)) for row in block.rows)
        case Image():
            yield image_words(block)
        case Notes():
            yield from (f"{raised(note.number)} {_flat(note.spans)}" for note in block.notes)
        case Divider():
            return


def plain(text: Prose) -> str:
    """The words without their looks: for screen readers, notifications, search and hashes."""
    return "\n".join(line for block in text for line in _lines(block))
