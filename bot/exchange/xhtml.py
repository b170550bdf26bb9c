"""Prose to XHTML, within the tags that QTI 2.1 allows in a question."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from bot.bank.spans import GAP
from bot.exchange.html_prose import NOTES_CLASS, STRIKE_CLASS
from bot.exchange.images import Address
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
    image_words,
    raised,
)

MOST_LABEL: Final = 256
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLES: Final = (
    ("link", "a"),
    ("bold", "strong"),
    ("italic", "em"),
    ("strike", "span"),
    ("code", "code"),
)

Gaps = Iterator[Element]


def as_it_is(image: Image) -> str:
    return image.url


def elements(
    text: Prose, gaps: Iterable[Element] = (), address: Address = as_it_is
) -> list[Element]:
    """Write blocks; each of `gaps` stands where the next `____` is, as long as there are some.

    An image that has no `address` is told in words.
    """
    return _Writer(iter(gaps), address).write(text)


class _Writer:
    def __init__(self, gaps: Gaps, address: Address) -> None:
        self._gaps = gaps
        self._address = address

    def write(self, text: Prose) -> list[Element]:
        written: list[Element] = []
        lists: list[Element] = []
        before: Block | None = None
        for block in text:
            if isinstance(block, Listing):
                level = min(block.indent, len(lists))
                goes_on = isinstance(before, Listing) and before.indent > level < len(lists)
                if not (goes_on and (lists[level].tag == "ol") == block.ordered):
                    lists[level:] = [self._list(block, lists[level - 1] if level else None)]
                    written += [] if level else [lists[0]]
                del lists[level + 1 :]
                for item in block.items:
                    self._line(SubElement(lists[level], "li"), item)
            else:
                lists = []
                written.append(WRITERS[type(block)](self, block))
            before = block
        return written

    def _list(self, block: Listing, outer: Element | None) -> Element:
        tag = "ol" if block.ordered else "ul"
        start = {"class": f"start-{block.start}"} if block.ordered and block.start != 1 else {}
        if outer is None:
            return Element(tag, start)
        parent = outer[-1] if len(outer) else SubElement(outer, "li")
        return SubElement(parent, tag, start)

    def paragraph(self, block: Paragraph) -> Element:
        return self._line(Element("p"), block.spans)

    def heading(self, block: Heading) -> Element:
        return self._line(Element(f"h{min(max(block.level, 1), 6)}"), block.spans)

    def quote(self, block: Quote) -> Element:
        outer = Element("blockquote")
        self._line(SubElement(outer, "p"), block.spans)
        return outer

    def code(self, block: Code) -> Element:
        language = re.sub(r"[^\w+#.-]", "", block.language)
        pre = Element("pre", {"class": f"language-{language}"} if language else {})
        SubElement(pre, "code").text = clean(block.text)
        return pre

    def table(self, block: Table) -> Element:
        table = Element("table")
        body = SubElement(table, "tbody")
        for i, cells in enumerate(block.rows):
            row = SubElement(body, "tr")
            for cell in cells:
                self._line(SubElement(row, "td" if i else "th"), cell)
        return table

    def divider(self, _block: Divider) -> Element:
        return Element("hr")

    def image(self, block: Image) -> Element:
        """`label` is where the standard has room for a title."""
        address = self._address(block)
        if not address:
            return self._line(Element("p"), (Span(image_words(block)),))
        outer = Element("p")
        title = " ".join(clean(block.title).split())[:MOST_LABEL]
        more = {"label": title} if title else {}
        SubElement(outer, "img", {"src": clean(address), "alt": clean(block.alt), **more})
        return outer

    def notes(self, block: Notes) -> Element:
        outer = Element("div", {"class": NOTES_CLASS})
        for note in block.notes:
            self._line(SubElement(outer, "p"), (Span(f"{raised(note.number)} "), *note.spans))
        return outer

    def _line(self, parent: Element, spans: Spans) -> Element:
        self._styled(parent, spans, _STYLES)
        return parent

    def _styled(self, parent: Element, spans: Spans, styles: Sequence[tuple[str, str]]) -> None:
        if not styles:
            for span in spans:
                self._text(parent, span.text, may_gap=not span.code)
            return
        (name, tag), *inner = styles
        for on, run in groupby(spans, attrgetter(name)):
            if not on:
                self._styled(parent, tuple(run), inner)
                continue
            attributes = {"href": clean(on)} if tag == "a" else {}
            attributes |= {"class": STRIKE_CLASS} if tag == "span" else {}
            self._styled(SubElement(parent, tag, attributes), tuple(run), inner)

    def _text(self, parent: Element, text: str, *, may_gap: bool) -> None:
        """Text with its line breaks, and with gaps while there are some."""
        if may_gap and GAP in text and (gap := next(self._gaps, None)) is not None:
            before, _, after = text.partition(GAP)
            self._text(parent, before, may_gap=False)
            parent.append(gap)
            self._text(parent, after, may_gap=True)
            return
        first, *lines = clean(text).split("\n")
        _append(parent, first)
        for line in lines:
            SubElement(parent, "br").tail = line


WRITERS: Final[Mapping[type, Callable[[_Writer, Any], Element]]] = {
    Paragraph: _Writer.paragraph,
    Heading: _Writer.heading,
    Quote: _Writer.quote,
    Code: _Writer.code,
    Table: _Writer.table,
    Divider: _Writer.divider,
    Image: _Writer.image,
    Notes: _Writer.notes,
}
"""How each block is written; lists depend on those above them."""


def clean(text: str) -> str:
    """Leave out what no XML can hold: control characters and halves of pairs."""
    return _NOT_XML.sub("", text)


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
