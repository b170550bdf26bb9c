"""HTML to prose: the few tags that a question can show; of all others only the words stay."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from bot.bank.pictures import Find, Picture, not_looked_for, picture_of
from bot.exchange.html_tree import tree_of_html
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
    raised,
)

STRIKE_CLASS: Final = "strike"
NOTES_CLASS: Final = "notes"
_LANGUAGE: Final = re.compile(r"language-([\w+#.-]+)")
_START: Final = re.compile(r"start-([0-9]{1,9})")
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_CONTAINERS: Final = frozenset(
    {"article", "body", "contentBody", "div", "dl", "dd", "dt", "html", "root", "section"}
)
_NUMBERS: Final = {raised(number): number for number in range(1_000)}
_RAISED: Final = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+) ?")
_UNSEEN: Final = frozenset({"head", "script", "style", "title", "template"})
_LOOKS: Final[Mapping[str, str]] = {
    "b": "bold",
    "strong": "bold",
    "em": "italic",
    "i": "italic",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}


def prose_of_html(html: str) -> Prose:
    """Read a piece of HTML as lenient as browsers do; plain text is a paragraph."""
    return prose_of_tree(tree_of_html(html))


def prose_of_tree(root: Element, *, exact: bool = False, find: Find = not_looked_for) -> Prose:
    """Read a tree of HTML elements, `root` itself being only their container.

    `exact` keeps white space as it is, for what this bot has written; `find` looks for an image
    that has no address of its own.
    """
    return tuple(_Reader(exact=exact, find=find).flow(root))


class _Reader:
    def __init__(self, *, exact: bool, find: Find) -> None:
        self._exact = exact
        self._find = find

    def flow(self, parent: Element) -> Iterator[Block]:
        """Blocks, and a paragraph for each stretch of text between them."""
        loose: list[Span | Image] = list(self._text(parent.text, Span("")))
        for child in parent:
            if _is_block(child):
                yield from self._paragraph(loose)
                loose = []
                yield from self._block(child)
            else:
                image = self._image(child) if child.tag == "img" else None
                loose += [image] if image else self._inline(child, Span(""))
            loose += self._text(child.tail, Span(""))
        yield from self._paragraph(loose)

    def _image(self, element: Element) -> Image | None:
        found = picture_of(element.get("src", "").strip(), self._find)
        if not isinstance(found, Picture):
            return None
        alt = " ".join(element.get("alt", "").split())
        title = element.get("title", "") or element.get("label", "")
        return Image(found.url, alt, title, found.digest)

    def _paragraph(self, pieces: Iterable[Span | Image]) -> Iterator[Block]:
        """Text, and images that have their lines for themselves; others stay as words."""
        text: list[Span] = []
        for line in _lines(pieces):
            images = [piece for piece in line if isinstance(piece, Image)]
            words = [Span(each.alt) if isinstance(each, Image) else each for each in line]
            if images and not any(isinstance(p, Span) and p.text.strip() for p in line):
                yield from self._words(text)
                yield from images
                text = []
            else:
                text += words
        yield from self._words(text)

    def _words(self, spans: Iterable[Span]) -> Iterator[Block]:
        if joined := self.joined(spans):
            yield Paragraph(joined)

    def _block(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag in {"ul", "ol"}:
            yield from self._listing(element, 0)
        elif tag == "pre":
            yield Code(_raw(element).removesuffix("\n"), _language(element))
        elif tag == "hr":
            yield Divider()
        elif tag == "blockquote":
            yield from self._quote(element)
        elif tag == "table":
            yield from self._table(element)
        elif tag == "div" and NOTES_CLASS in element.get("class", "").split():
            yield from self._notes(element)
        elif re.fullmatch("h[1-6]", tag):
            yield from self._heading(element)
        else:
            yield from self.flow(element)

    def _heading(self, element: Element) -> Iterator[Block]:
        if spans := self._line(element):
            yield Heading(int(element.tag[1]), spans)

    def _notes(self, element: Element) -> Iterator[Block]:
        lines = filter(None, (self._line(child) for child in element))
        notes = tuple(_note(line, number) for number, line in enumerate(lines, 1))
        if notes:
            yield Notes(notes)

    def _quote(self, element: Element) -> Iterator[Block]:
        quoted: list[Span] = []
        for block in self.flow(element):
            if isinstance(block, Paragraph | Heading | Quote):
                quoted += [*([Span("\n")] if quoted else []), *block.spans]
            else:
                if quoted:
                    yield Quote(self.joined(quoted))
                quoted = []
                yield block
        if quoted:
            yield Quote(self.joined(quoted))

    def _listing(self, element: Element, indent: int) -> Iterator[Block]:
        ordered = element.tag == "ol"
        start = number = _start(element) if ordered else 1
        items: list[Spans] = []
        for child in element:
            lead, *below = self._item(child, indent)
            items += [lead] if lead else []
            number += 1
            if below:
                if items:
                    yield Listing(tuple(items), ordered, indent, start)
                yield from below
                items = []
                start = number if ordered else 1
        if items:
            yield Listing(tuple(items), ordered, indent, start)

    def _item(self, item: Element, indent: int) -> "tuple[Spans, *tuple[Block, ...]]":
        lead: list[Span] = list(self._text(item.text, Span("")))
        below: list[Block] = []
        for child in item:
            if child.tag in {"ul", "ol"}:
                below += self._listing(child, indent + 1)
            elif child.tag == "p" and not below:
                lead += [*([Span("\n")] if self.joined(lead) else []), *self._line(child)]
            elif _is_block(child):
                below += self._block(child)
            else:
                lead += self._inline(child, Span(""))
            lead += self._text(child.tail, Span(""))
        return (self.joined(lead), *below)

    def _table(self, element: Element) -> Iterator[Block]:
        rows = [
            [self._line(cell) for cell in row if cell.tag in {"td", "th"}]
            for row in element.iter("tr")
        ]
        width = max(map(len, rows), default=0)
        if width:
            yield Table(tuple((*row, *((),) * (width - len(row))) for row in map(tuple, rows)))

    def _line(self, element: Element) -> Spans:
        return self.joined(self._inside(element, Span("")))

    def _inside(self, element: Element, look: Span) -> Iterator[Span]:
        yield from self._text(element.text, look)
        for child in element:
            yield from self._inline(child, look)
            yield from self._text(child.tail, look)

    def _inline(self, element: Element, look: Span) -> Iterator[Span]:
        tag = element.tag
        if tag == "br":
            yield replace(look, text="\n")
        elif tag == "img":
            yield replace(look, text=element.get("alt", ""))
        elif tag not in _UNSEEN:
            yield from self._inside(element, _styled(element, look))

    def _text(self, text: str | None, look: Span) -> Iterator[Span]:
        if text:
            yield replace(look, text=text if self._exact else _WHITE.sub(" ", text))

    def joined(self, spans: Iterable[Span]) -> Spans:
        """Put neighbours of one look together, without white space at both ends."""
        runs: list[Span] = []
        for span in spans:
            if runs and replace(runs[-1], text="") == replace(span, text=""):
                runs[-1] = replace(span, text=runs[-1].text + span.text)
            elif span.text:
                runs.append(span)
        if runs and not runs[0].code:
            runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        if runs and not runs[-1].code:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        return tuple(span for span in runs if span.text)


def _lines(pieces: Iterable[Span | Image]) -> Iterator[list[Span | Image]]:
    """Each with the line break at its end."""
    line: list[Span | Image] = []
    for piece in pieces:
        line.append(piece)
        if isinstance(piece, Span) and piece.text == "\n":
            yield line
            line = []
    if line:
        yield line


def _note(line: Spans, place: int) -> Note:
    """A note begins with its raised number; without one it is numbered by its place."""
    first, *others = line
    found = _RAISED.match(first.text)
    if not found:
        return Note(place, line)
    rest = replace(first, text=first.text[found.end() :])
    return Note(
        _NUMBERS.get(found[1], place), tuple(each for each in (rest, *others) if each.text)
    )


def _is_block(element: Element) -> bool:
    tag = element.tag
    return tag in _CONTAINERS or tag in BLOCK_TAGS


BLOCK_TAGS: Final = frozenset(
    {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"}
)


def _styled(element: Element, look: Span) -> Span:
    tag = element.tag
    if tag == "a":
        address = element.get("href", "").strip()
        return replace(look, link=address) if address.startswith(("https:", "http:")) else look
    if tag == "span" and STRIKE_CLASS in element.get("class", "").split():
        return replace(look, strike=True)
    name = _LOOKS.get(tag, "")
    return SET_LOOK[name](look) if name else look


SET_LOOK: Final[Mapping[str, Callable[[Span], Span]]] = {
    "bold": lambda look: replace(look, bold=True),
    "italic": lambda look: replace(look, italic=True),
    "strike": lambda look: replace(look, strike=True),
    "code": lambda look: replace(look, code=True),
}


def _raw(element: Element) -> str:
    text = element.text or ""
    for child in element:
        text += "\n" if child.tag == "br" else _raw(child)
        text += child.tail or ""
    return text


def _language(element: Element) -> str:
    classes = " ".join(each.get("class", "") for each in (element, *element.iter("code")))
    found = _LANGUAGE.search(classes)
    return found[1] if found else ""


def _start(element: Element) -> int:
    if found := _START.fullmatch(element.get("class", "")):
        return int(found[1])
    start = element.get("start", "1")
    return int(start) if re.fullmatch("[0-9]{1,9}", start) else 1
