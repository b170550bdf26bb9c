"""Prose for a terminal: a table of one function per kind of block."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.syntax import Syntax
from rich.table import Table as RichTable
from rich.text import Text

from bot.quiz.prose import (
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
    raised,
)

_PICTURES: Final = {i: chr(0x2400 + i) for i in range(32) if chr(i) not in "\t\n"} | {
    0x7F: "\u2421",
    0x9B: "\u241b",
}
"""What a terminal would obey is shown as a picture of it instead."""

_BAR: Final = "│ "

CODE: Final = Style(bold=True, color="cyan")


def in_columns() -> RichTable:
    """A sign and a text beside it. A text without spaces, as in Japanese, is folded, not cut."""
    rows = RichTable.grid(padding=(0, 1))
    rows.add_column()
    rows.add_column(overflow="fold")
    return rows


def drawn(text: Prose) -> Group:
    """Blocks with an empty line between them."""
    return Group(*_with_gaps(text))


def _with_gaps(text: Prose) -> Iterator[RenderableType]:
    for i, block in enumerate(text):
        if i and not isinstance(block, Listing):
            yield Text()
        yield WRITERS[type(block)](block)


def in_line(spans: Spans, style: str = "") -> Text:
    line = Text(style=style)
    for span in spans:
        line.append(tame(span.text), _style(span))
    return line


def tame(text: str) -> str:
    return text.translate(_PICTURES)


def _style(span: Span) -> Style:
    look = Style(
        bold=span.bold or None,
        italic=span.italic or None,
        strike=span.strike or None,
        underline=bool(span.link) or None,
        link=tame(span.link) or None,
    )
    return look + CODE if span.code else look


def _paragraph(block: Paragraph) -> RenderableType:
    return in_line(block.spans)


def _heading(block: Heading) -> RenderableType:
    return in_line(block.spans, "bold")


def _code(block: Code) -> RenderableType:
    syntax = Syntax(
        tame(block.text),
        block.language or "text",
        theme="ansi_dark",
        background_color="default",
        word_wrap=True,
    )
    return Padding(syntax, (0, 0, 0, 2))


def _listing(block: Listing) -> RenderableType:
    rows = in_columns()
    for number, item in enumerate(block.items, block.start):
        rows.add_row(f"{number}." if block.ordered else "•", in_line(item))
    return Padding(rows, (0, 0, 0, 2 + 2 * block.indent))


class _Quoted:
    """A text with a bar before each of its lines."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - len(_BAR), 1))
        for line in console.render_lines(self._text, inner, pad=False):
            yield Segment(_BAR, Style(dim=True))
            yield from line
            yield Segment.line()


def _quote(block: Quote) -> RenderableType:
    return _Quoted(in_line(block.spans, "italic"))


def _table(block: Table) -> RenderableType:
    head, *rows = block.rows
    table = RichTable()
    for cell in head:
        table.add_column(in_line(cell), overflow="fold")
    for row in rows:
        table.add_row(*map(in_line, row))
    return table


def _divider(_block: Divider) -> RenderableType:
    return Rule(style="dim")


def _image(block: Image) -> RenderableType:
    words = f"image: {block.alt}" if block.alt else "image"
    return in_line((Span(f"[{words}] {block.url}"),), "dim")


def _notes(block: Notes) -> RenderableType:
    return Group(
        *(in_line((Span(f"{raised(each.number)} "), *each.spans), "dim") for each in block.notes)
    )


WRITERS: Final[Mapping[type, Callable[[Any], RenderableType]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Code: _code,
    Listing: _listing,
    Quote: _quote,
    Table: _table,
    Divider: _divider,
    Image: _image,
    Notes: _notes,
}
