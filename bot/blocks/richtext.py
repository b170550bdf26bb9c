"""Prose as rich_text: a table of one function per kind of block.

Nothing in rich_text is read as markup, so a question may hold `<!channel>` or `*` and stays what
its author wrote. Text that is too long for a message is cut here, at the end, with an ellipsis.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from bot.blocks import kit, limits
from bot.blocks.graphemes import clip_columns, columns, whole
from bot.blocks.kit import Element, share_out, weight
from bot.blocks.pictures import image_block, image_element, worded
from bot.quiz.prose import (
    Block,
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
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(_filled, row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    yield {"type": "rich_text_preformatted", "elements": [text("\n".join(lines))]}


def _cell(cell: Spans) -> str:
    words = "".join(span.text for span in cell)
    return clip_columns(words.replace("\n", " "), CELL_WIDTH)


def _filled(cell: str, width: int) -> str:
    return cell + " " * (width - columns(cell))


def _divider(_: Divider) -> Iterator[Element]:
    yield section([text("───")])


def _image(block: Image) -> Iterator[Element]:
    yield image_block(block) or image_element(block)


def _notes(block: Notes) -> Iterator[Element]:
    lines: list[Element] = []
    for note in block.notes:
        lead = "\n" if lines else ""
        lines += [text(f"{lead}{raised(note.number)} "), *spans(note.spans)]
    yield section(lines)


RENDER: Final[dict[str, Callable[[Any], Iterator[Element]]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code": _code,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "divider": _divider,
    "image": _image,
    "notes": _notes,
}


def elements(prose: Prose) -> list[Element]:
    """Elements of rich_text blocks, and image blocks where they belong between those. Neighbouring
    paragraphs become one section, an empty line between them, for Slack puts no room between
    sections.
    """
    found: list[Element] = []
    before: Block | None = None
    for block in prose:
        for element in RENDER[block.kind](block):
            if "elements" in element and not element["elements"]:
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
    return part if _is_image(part) else {**part, "border": 1}


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
    is_section = "elements" in kept[-1] or kept[-1]["type"] == "image"
    return [*kept, section([text("…")]) if is_section else text("…")]


def _ended(part: Element, room: int) -> Element:
    if part["type"] == "image":  # there is no half of it
        return section([text("…")])
    if "elements" not in part:  # a link that is cut is only its words
        return text(f"{whole(part['text'], room - 1).rstrip()}…", **part.get("style", {}))
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
    """A block for each part that is not empty, and for each image; cut so that they fit beside
    the other blocks. Images that are too many for a message are only their words, the last first.
    """
    besides = list(others)
    fitting = fit(parts, kit.ROOM - weight(besides))
    return in_blocks(fitting, limits.MESSAGE_BLOCKS - len(besides))


def in_blocks(parts: Iterable[Sequence[Element]], most: int) -> list[kit.Block]:
    """At most so many blocks, as far as that is a matter of images."""
    shown = [list(part) for part in parts]
    images = [(i, k) for i, part in enumerate(shown) for k, e in enumerate(part) if _is_image(e)]
    while images and sum(map(len, map(_runs, shown))) > most:
        i, k = images.pop()
        shown[i][k] = worded(shown[i][k])
    return [run for part in shown for run in _runs(part)]


def _is_image(element: Element) -> bool:
    return bool(element["type"] == "image")


def _runs(part: Sequence[Element]) -> list[kit.Block]:
    """Blocks of rich text, with the images between them."""
    found: list[kit.Block] = []
    for are_images, run in groupby(part, _is_image):
        elements = list(run)
        found += elements if are_images else [kit.rich_text(elements)]
    return found
