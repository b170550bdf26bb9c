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
_BETWEEN: Final = "<!-- -->"
"""Keeps apart what would be one list or one quote; a comment is not shown."""
_DEEPEST: Final = 99


def markdown(text: Prose) -> str:
    """Write blocks with an empty line between them; an empty text gives an empty string."""
    return "\n\n".join(_blocks(text))


def _blocks(text: Prose) -> Iterator[str]:
    before: Block | None = None
    lists = _Lists()
    for block in text:
        if not isinstance(block, Divider | Code) and not plain((block,)).strip():
            continue
        if isinstance(block, Quote) and isinstance(before, Quote):
            yield _BETWEEN
        if isinstance(block, Listing):
            if isinstance(before, Listing) and not lists.goes_on(block):
                yield _BETWEEN
                lists = _Lists()
            yield lists.write(block)
        else:
            lists = _Lists()
            yield WRITERS[type(block)](block)
        before = block


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


@dataclass(slots=True)
class _Lists:
    """Neighbouring lists: each level begins where the text of the level above does."""

    columns: list[int] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)
    after: int = -1

    def goes_on(self, block: Listing) -> bool:
        """Tell whether a list is read as its own after the last one: as a deeper or outer one."""
        level = min(block.indent, len(self.columns))
        if level == self.after:
            return False
        return level > self.after or self.kinds[level] == block.ordered

    def write(self, block: Listing) -> str:
        level = min(block.indent, len(self.columns), _DEEPEST)
        column = self.columns[level - 1] if level else 0
        items = [item for item in block.items if any(span.text.strip() for span in item)]
        signs = [f"{block.start + i}." if block.ordered else "-" for i in range(len(items))]
        lines = [
            indented(inline(_started(item)), column, f"{sign} ")
            for sign, item in zip(signs, items, strict=True)
        ]
        self.columns[level:] = [column + len(signs[-1]) + 1]
        self.kinds[level:] = [block.ordered]
        self.after = level
        return "\n".join(lines)


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
