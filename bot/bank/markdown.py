"""Blocks of Markdown as prose: one table entry for each kind of block the parser can give."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from bot.bank.footnotes import NO_NOTES, NOTE, Numbers, label_of, notes_plugin, numbers
from bot.bank.image_lines import IMAGE, images_of, is_linked, pieces
from bot.bank.links import Links
from bot.bank.math_rules import LANGUAGE, MATH_BLOCK, math_plugin
from bot.bank.pictures import Mistake, Picture
from bot.bank.quiz_block import STRAY_END, quiz_plugin
from bot.bank.quiz_extent import Remark
from bot.bank.spans import alt_of, spans_of, stripped
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

PARSER: Final = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(quiz_plugin)
    .use(admon_plugin)
    .use(notes_plugin)
    .use(math_plugin)
)
"""The one parser: no typographer, no links that an author did not write, MkDocs's notes."""

_LINE: Final = (Span("\n"),)


@dataclass(slots=True)
class Node:
    """A block with what it holds; the tokens of a line are left to the spans."""

    token: Token
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the drawing of a text needs: its links and the numbers of its notes; and what it
    gives: the answers of its blanks, what is to say about its images, its notes.
    """

    links: Links
    numbers: Numbers = NO_NOTES
    blanks: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def to_prose(tokens: Sequence[Token], links: Links) -> Prose:
    """Draw the block tokens of a text that stands by itself and has no blanks."""
    return draw(tokens, Drawing(links, numbers(tokens, {})))


def draw(tokens: Iterable[Token], drawing: Drawing) -> Prose:
    """Draw block tokens, with the notes at the end. Blanks and remarks are added to those of the
    drawing, in their order; lines of remarks count from 0, as tokens have them.
    """
    blocks = tuple(_blocks(_nested(tokens), drawing))
    notes = tuple(sorted(drawing.notes, key=attrgetter("number")))
    drawing.notes.clear()
    return (*blocks, Notes(notes)) if notes else blocks


def _nested(tokens: Iterable[Token]) -> list[Node]:
    """Blocks with what they hold; images on lines of their own stand beside the paragraphs."""
    top: list[Node] = []
    open_nodes = [top]
    parents: list[Node] = []
    for token in tokens:
        if token.nesting < 0:
            open_nodes.pop()
            closed = parents.pop()
            if closed.token.type == "paragraph_open":
                open_nodes[-1][-1:] = _spread(closed)
            continue
        node = Node(token)
        open_nodes[-1].append(node)
        if token.nesting > 0:
            open_nodes.append(node.children)
            parents.append(node)
    return top


def _spread(paragraph: Node) -> Iterator[Node]:
    for child in paragraph.children:
        for piece in pieces(child.token):
            yield Node(piece) if piece.type == IMAGE else Node(paragraph.token, [Node(piece)])


def _blocks(nodes: Iterable[Node], drawing: Drawing) -> Iterator[Block]:
    for node in nodes:
        yield from BLOCKS[node.token.type](node, drawing)


def _spans(node: Node, drawing: Drawing) -> Spans:
    """Draw the one line that a block holds."""
    spans: list[Span] = []
    for child in node.children:
        for line, image in images_of(child.token):
            _check_alt(line, alt_of(image, drawing.links, []), drawing)
        spans += spans_of(child.token, drawing.links, drawing.blanks, drawing.numbers)
    return tuple(spans)


def _paragraph(node: Node, drawing: Drawing) -> Iterator[Block]:
    if spans := _spans(node, drawing):
        yield Paragraph(spans)


def _heading(node: Node, drawing: Drawing) -> Iterator[Block]:
    if spans := _spans(node, drawing):
        yield Heading(int(node.token.tag.removeprefix("h")), spans)


def _code(node: Node, _drawing: Drawing) -> Iterator[Block]:
    language = node.token.info.split(maxsplit=1)[0] if node.token.info.strip() else ""
    yield Code(node.token.content.removesuffix("\n"), language)


def _math(node: Node, _drawing: Drawing) -> Iterator[Block]:
    yield Code(node.token.content.strip("\n"), LANGUAGE)


def _image(node: Node, drawing: Drawing) -> Iterator[Block]:
    """Where it cannot be shown, its words are, with a link where one leads to it."""
    token = node.token
    target, title = (str(token.attrs.get(name, "")) for name in ("src", "title"))
    alt = alt_of(token, drawing.links, [] if is_linked(token) else drawing.blanks)
    line = token.map[0] if token.map else 0
    if not is_linked(token):
        _check_alt(line, alt, drawing)
    match drawing.links.picture(target):
        case Picture(url, digest):
            yield Image(url, alt, title, digest)
        case Mistake(what):
            if what:
                drawing.remarks.append(Remark(line, "missing-image", what))
            if not is_linked(token):
                yield Paragraph((Span(alt or "image", link=drawing.links.resolve(target)),))


def _check_alt(line: int, alt: str, drawing: Drawing) -> None:
    if not alt:
        what = "Nothing says what this image shows."
        drawing.remarks.append(Remark(line, "no-alt-text", what))


def _note(node: Node, drawing: Drawing) -> Iterator[Block]:
    """A note is one text, so that all of them make a short list; it is told at the end."""
    number = drawing.numbers.of.get(label_of(node.token), 0)
    spans: list[Span] = []
    for block in _blocks(node.children, drawing):
        spans += _LINE if spans else ()
        spans += block.spans if isinstance(block, Paragraph) else (Span(plain((block,))),)
    if spans:
        drawing.notes.append(Note(number or len(drawing.notes) + 1, tuple(spans)))
    yield from ()


def _divider(_node: Node, _drawing: Drawing) -> Iterator[Block]:
    yield Divider()


def _nothing(_node: Node, _drawing: Drawing) -> Iterator[Block]:
    yield from ()


def _html(node: Node, _drawing: Drawing) -> Iterator[Block]:
    if text := _without_comments(node.token.content).strip():
        yield Paragraph((Span(text),))


def _without_comments(html: str) -> str:
    kept = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        kept.append(html[at:start])
        end = html.find("-->", start)
        at = end + len("-->") if end >= 0 else len(html)
    return "".join([*kept, html[at:]])


def _quote(node: Node, drawing: Drawing) -> Iterator[Block]:
    """Join the paragraphs of a quote; what cannot be quoted in Slack stands by itself."""
    quoted: list[Span] = []
    for block in _blocks(node.children, drawing):
        match block:
            case Paragraph() | Heading() | Quote():
                quoted += [*(_LINE if quoted else ()), *block.spans]
            case Listing():
                quoted += [*(_LINE if quoted else ()), Span(plain((block,)))]
            case _:
                if quoted:
                    yield Quote(tuple(quoted))
                quoted = []
                yield block
    if quoted:
        yield Quote(tuple(quoted))


def _admonition_title(node: Node, drawing: Drawing) -> Iterator[Block]:
    yield Paragraph(tuple(replace(span, bold=True) for span in _spans(node, drawing)))


def _list(node: Node, drawing: Drawing) -> Iterator[Block]:
    yield from _listing(node, drawing, indent=0)


def _listing(node: Node, drawing: Drawing, indent: int) -> Iterator[Block]:
    """Draw a list as a run of flat ones, broken wherever an item holds more than text."""
    ordered = node.token.type == "ordered_list_open"
    start = int(node.token.attrs.get("start", 1)) if ordered else 1
    items: list[Spans] = []
    for number, item in enumerate(node.children, start):
        lead, more = _item(item, drawing)
        items += [lead] if lead else []
        if lead and not more:
            continue
        if items:
            yield Listing(tuple(items), ordered, indent, start)
        yield from _below(more, drawing, indent)
        items = []
        start = number + 1 if ordered else 1
    if items:
        yield Listing(tuple(items), ordered, indent, start)


def _item(item: Node, drawing: Drawing) -> tuple[Spans, Sequence[Node]]:
    """Divide an item into the text it begins with and the blocks that follow."""
    lead: list[Span] = []
    for at, child in enumerate(item.children):
        if child.token.type not in {"paragraph_open", "heading_open"}:
            return stripped(tuple(lead)), item.children[at:]
        lead += [*(_LINE if lead else ()), *_spans(child, drawing)]
    return stripped(tuple(lead)), ()


def _below(nodes: Iterable[Node], drawing: Drawing, indent: int) -> Iterator[Block]:
    for node in nodes:
        if node.token.type in {"bullet_list_open", "ordered_list_open"}:
            yield from _listing(node, drawing, indent + 1)
        else:
            yield from _blocks((node,), drawing)


def _table(node: Node, drawing: Drawing) -> Iterator[Block]:
    rows = [row for part in node.children for row in part.children]
    yield Table(tuple(tuple(_spans(cell, drawing) for cell in row.children) for row in rows))


BLOCKS: Final[Mapping[str, Callable[[Node, Drawing], Iterator[Block]]]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "fence": _code,
    "code_block": _code,
    MATH_BLOCK: _math,
    "hr": _divider,
    IMAGE: _image,
    NOTE: _note,
    "html_block": _html,
    "blockquote_open": _quote,
    "admonition_open": _quote,
    "admonition_title_open": _admonition_title,
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "table_open": _table,
    STRAY_END: _nothing,
}
"""How each block is drawn; a type without an entry raises KeyError in the tests.

Items, rows and cells are drawn by their list or table; a `<quiz>` is taken out beforehand.
"""
