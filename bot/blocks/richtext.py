"""Prose as rich_text: a table of one function per kind of block.

Nothing in rich_text is read as markup, so a question may hold `<!channel>` or `*` and stays what
its author wrote. Text that is too long for a message is cut here, at the end, with an ellipsis.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from bot.blocks import limits
from bot.blocks.kit import Element, clip, weight
from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Span,
    Spans,
    Table,
)

CELL_WIDTH: Final = 32
STYLES: Final = ("bold", "italic", "strike", "code")


def text(words: str, **style: bool) -> Element:
    element: Element = {"type": "text", "text": words}
    return {**element, "style": style} if style else element


def link(words: str, url: str, style: dict[str, bool] | None = None) -> Element:
    """A link, or its words where Slack would not take the address."""
    if len(url) > limits.IMAGE_URL:
        return text(words, **(style or {}))
    element: Element = {"type": "link", "url": url, "text": words}
    return {**element, "style": style} if style else element


def _span(span: Span) -> Element:
    style = {name: True for name in STYLES if getattr(span, name)}
    if span.link:
        return link(span.text, span.link, style)
    return text(span.text, **style)


def spans(run: Spans) -> list[Element]:
    return [_span(span) for span in run if span.text]


def section(elements: Sequence[Element]) -> Element:
    return {"type": "rich_text_section", "elements": list(elements)}


def _paragraph(block: Paragraph) -> Iterator[Element]:
    yield section(spans(block.spans))


def _heading(block: Heading) -> Iterator[Element]:
    bold = [Span(s.text, bold=True, code=s.code, link=s.link) for s in block.spans]
    yield section(spans(tuple(bold)))


def _code(block: Code) -> Iterator[Element]:
    yield {"type": "rich_text_preformatted", "elements": [text(block.text)] * bool(block.text)}


def _list(block: Listing) -> Iterator[Element]:
    element: Element = {
        "type": "rich_text_list",
        "style": "ordered" if block.ordered else "bullet",
        "indent": min(block.indent, limits.RICH_LIST_INDENT),
        "elements": [section(spans(item) or [text(" ")]) for item in block.items],
    }
    if block.ordered and block.start > 1:
        element["offset"] = block.start - 1
    yield element


def _quote(block: Quote) -> Iterator[Element]:
    yield {"type": "rich_text_quote", "elements": spans(block.spans)}


def _table(block: Table) -> Iterator[Element]:
    """Columns under each other in a fixed-width block: a message may hold only one real table."""
    rows = [[clip("".join(s.text for s in c), CELL_WIDTH) for c in row] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    yield {"type": "rich_text_preformatted", "elements": [text("\n".join(lines))]}


def _divider(_: Divider) -> Iterator[Element]:
    yield section([text("───")])


RENDER: Final[dict[str, Callable[[Any], Iterator[Element]]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code": _code,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "divider": _divider,
}


def elements(prose: Prose) -> list[Element]:
    """Elements of a rich_text block. Neighbouring paragraphs become one section, an empty line
    between them, for Slack puts no room between sections.
    """
    found: list[Element] = []
    before: Block | None = None
    for block in prose:
        for element in RENDER[block.kind](block):
            if not element["elements"]:
                continue
            if isinstance(block, Paragraph) and isinstance(before, Paragraph) and found:
                found[-1] = section([*found[-1]["elements"], text("\n\n"), *element["elements"]])
            else:
                found.append(element)
            before = block
    return found


def labelled(label: Sequence[Element], prose: Prose) -> list[Element]:
    """Prose with words in front of its first line, as in `A  The first answer`."""
    body = elements(prose)
    if body and body[0]["type"] == "rich_text_section":
        return [section([*label, *body[0]["elements"]]), *body[1:]]
    return [section(label), *body]


def cut(parts: Sequence[Element], room: int) -> list[Element]:
    """The beginning of the elements that weighs at most `room`, ending in an ellipsis."""
    kept: list[Element] = []
    for part in parts:
        heavy = weight(part)
        if heavy > room:
            last = _cut_one(part, room)
            return [*kept, last] if last else kept
        kept.append(part)
        room -= heavy
    return kept


def _cut_one(part: Element, room: int) -> Element | None:
    if "elements" in part:
        style = weight({name: value for name, value in part.items() if name != "elements"})
        inner = cut(part["elements"], room - style)
        return {**part, "elements": inner} if inner else None
    if part["type"] == "text" and room > 1:
        return {**part, "text": clip(part["text"], room)}
    return None


def share_out(sizes: Sequence[int], room: int) -> list[int]:
    """What each part may weigh so that all fit: small parts whole, large ones equally much."""
    if sum(sizes) <= room:
        return list(sizes)
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    given = [0] * len(sizes)
    for left, i in zip(range(len(sizes), 0, -1), order, strict=True):
        given[i] = min(sizes[i], room // left)
        room -= given[i]
    return given


def fit(parts: Sequence[Sequence[Element]], room: int) -> list[list[Element]]:
    """Cut several runs of elements so that together they weigh at most `room`."""
    given = share_out([weight(part) for part in parts], room)
    return [cut(part, share) for part, share in zip(parts, given, strict=True)]
