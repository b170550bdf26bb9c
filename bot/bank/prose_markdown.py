"""Prose back to Markdown: for pages that are made of other formats and of what people suggest."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.bank.inline_markdown import in_one_line, inline, inline_image
from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Listing,
    Note,
    Notes,
    Paragraph,
    Prose,
    Quote,
    Span,
    Spans,
    Table,
    plain,
)

_FENCES: Final = re.compile(r"`{3,}")
_DEEPEST: Final = 99


def markdown(text: Prose) -> str:
    """Write blocks with an empty line between them; an empty text gives an empty string."""
    return "\n\n".join(_blocks(text))


def _blocks(text: Prose) -> Iterator[str]:
    lists = _Lists()
    for block in text:
        if not isinstance(block, Divider | Code) and not plain((block,)).strip():
            continue
        if isinstance(block, Listing):
            yield lists.write(block)
        else:
            lists = _Lists()
            yield WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> str:
    return inline(block.spans)


def _heading(block: Heading) -> str:
    level = min(max(block.level, 1), 6)
    text = in_one_line(block.spans)
    return f"{'#' * level} {re.sub(r'(#+)$', _closing_sign, text)}"


def _closing_sign(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _code(block: Code) -> str:
    longest = max(map(len, _FENCES.findall(block.text)), default=2)
    fence = "`" * (longest + 1)
    language = "".join(re.findall(r"[\w+#.-]", block.language))
    return (
        f"{fence}{language}\n{block.text}\n{fence}"
        if block.text
        else f"{fence}{language}\n{fence}"
    )


def _quote(block: Quote) -> str:
    return quoted(inline(block.spans))


def quoted(text: str) -> str:
    """Set the sign of a quote before each line."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _table(block: Table) -> str:
    head, *rows = (tuple(map(_cell, row)) for row in block.rows)
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(spans: Spans) -> str:
    return in_one_line(spans).replace("|", "\\|")


def _divider(_block: Divider) -> str:
    return "***"


def _image(block: Image) -> str:
    return inline_image(block.url, block.alt, block.title)


def _notes(block: Notes) -> str:
    """Their definitions; what refers to them is written as it is shown, as a raised number."""
    return "\n".join(map(_note, block.notes))


def _note(note: Note) -> str:
    return indented(inline(note.spans), 0, f"[^{note.number}]: ")


WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Code: _code,
    Quote: _quote,
    Table: _table,
    Divider: _divider,
    Image: _image,
    Notes: _notes,
}
"""How each block is written; lists depend on those above them."""


@dataclass(frozen=True, slots=True)
class _Level:
    """An open list: where the text of its last item begins, which of two signs it has, and the
    number that its next item would have.
    """

    column: int
    turned: bool
    following: int


@dataclass(slots=True)
class _Lists:
    """Neighbouring lists: each level begins where the text of the level above does."""

    levels: list[_Level] = field(default_factory=list)
    after: int = -1

    def write(self, block: Listing) -> str:
        depth = min(block.indent, len(self.levels), _DEEPEST)
        column = self.levels[depth - 1].column if depth else 0
        items = [item for item in block.items if any(span.text.strip() for span in item)]
        turned = self._turned(depth, block)
        signs = [_sign(block, i, turned=turned) for i in range(len(items))]
        lines = [
            indented(inline(_started(item)), column, f"{sign} ")
            for sign, item in zip(signs, items, strict=True)
        ]
        following = block.start + len(items)
        self.levels[depth:] = [_Level(column + len(signs[-1]) + 1, turned, following)]
        self.after = depth
        return "\n".join(lines)

    def _turned(self, depth: int, block: Listing) -> bool:
        """Whether other signs are used: two lists with the same ones would be read as one."""
        if depth >= len(self.levels):
            return False
        level = self.levels[depth]
        begins_anew = block.ordered and block.start != level.following
        return level.turned != (depth == self.after or begins_anew)


def _sign(block: Listing, number: int, *, turned: bool) -> str:
    if block.ordered:
        return f"{block.start + number}{')' if turned else '.'}"
    return "*" if turned else "-"


def _started(item: Spans) -> Spans:
    """An item begins with its text: four spaces more would make code of it."""
    first, *rest = item
    return (
        (Span(first.text.lstrip(), link=first.link), *rest)
        if not first.code and not (first.bold or first.italic or first.strike)
        else item
    )


def indented(text: str, column: int, sign: str) -> str:
    """Begin a text with a sign at a column, and set its other lines under its first."""
    lead, under = " " * column, " " * (column + len(sign))
    first, *others = text.split("\n")
    return "\n".join([f"{lead}{sign}{first}", *(f"{under}{line}".rstrip() for line in others)])


def as_paragraphs(text: Prose) -> Iterable[Block]:
    """Turn quotes into paragraphs, for options: a quote below one is its feedback."""
    return (Paragraph(block.spans) if isinstance(block, Quote) else block for block in text)
