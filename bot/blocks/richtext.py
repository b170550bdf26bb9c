"""Prose as rich_text: a table of one function per kind of block.

Nothing in rich_text is read as markup, so a question may hold `<!channel>` or `*` and stays what
its author wrote. Text that is too long for a message is cut here, at the end, with an ellipsis.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from bot.blocks import kit, limits
from bot.blocks.kit import Element, clip, share_out, weight
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
LINKED: Final = re.compile(r"(?:https?|mailto):\S+")


def text(words: str, **style: bool) -> Element:
    element: Element = {"type": "text", "text": words}
    return {**element, "style": style} if style else element


def link(words: str, url: str, style: dict[str, bool] | None = None) -> Element:
    """A link, or its words where Slack would not take the address."""
    if len(url) > limits.BUTTON_URL or not LINKED.fullmatch(url):
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
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    yield {"type": "rich_text_preformatted", "elements": [text("\n".join(lines))]}


def _cell(cell: Spans) -> str:
    words = "".join(span.text for span in cell)
    return clip(words.replace("\n", " "), CELL_WIDTH)


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


def quoted(prose: Prose) -> list[Element]:
    """Prose with a line along its left side; code stays code and a list a list."""
    return [_beside_line(part) for part in elements(prose)]


def _beside_line(part: Element) -> Element:
    if part["type"] in {"rich_text_section", "rich_text_quote"}:
        return {**part, "type": "rich_text_quote"}
    return {**part, "border": 1}


def cut(parts: Sequence[Element], room: int) -> list[Element]:
    """The beginning of the elements that weighs at most `room`, an ellipsis where it ends."""
    return list(parts) if weight(parts) <= room else _shortened(parts, room)


def _shortened(parts: Sequence[Element], room: int) -> list[Element]:
    """As many of the parts as leave room for the ellipsis."""
    if room < 1:
        return []
    kept: list[Element] = []
    for part in parts:
        heavy = weight(part)
        if heavy >= room:
            return [*kept, _ended(part, room)]
        kept.append(part)
        room -= heavy
    return [*kept, section([text("…")]) if "elements" in kept[-1] else text("…")]


def _ended(part: Element, room: int) -> Element:
    if "elements" not in part:  # a link that is cut is only its words
        return text(f"{part['text'][: room - 1].rstrip()}…", **part.get("style", {}))
    rest = room - weight({name: value for name, value in part.items() if name != "elements"})
    inner = _shortened(part["elements"], rest)
    return {**part, "elements": inner} if inner else section([text("…")])


def fit(parts: Sequence[Sequence[Element]], room: int) -> list[list[Element]]:
    """Cut several runs of elements so that together they weigh at most `room`."""
    sizes = [weight(part) for part in parts]
    if sum(sizes) <= room:  # as in most messages: no need to weigh every word once more
        return [list(part) for part in parts]
    given = share_out(sizes, room)
    return [cut(part, share) for part, share in zip(parts, given, strict=True)]


def blocks(parts: Sequence[Sequence[Element]], others: Iterable[kit.Block]) -> list[kit.Block]:
    """A block for each part that is not empty, cut so that they fit beside the other blocks."""
    room = kit.ROOM - weight(list(others))
    return [kit.rich_text(part) for part in fit(parts, room) if part]
