"""HTML of strangers as a tree, whatever is wrong with it."""

from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, SubElement

MOST_DEPTH: Final = 100
_NEVER_CLOSED: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col"})


def tree_of_html(html: str) -> Element:
    """As lenient as browsers are; the root is only a container."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Makes a tree of whatever comes; an end tag that nothing opened is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(self._open) > MOST_DEPTH:
            return
        child = SubElement(self._open[-1], tag, given)
        if tag not in _NEVER_CLOSED:
            self._open.append(child)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self._open]
        if tag in names[1:]:
            at = len(names) - 1 - names[::-1].index(tag)
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data
