"""Text within a line, from Markdown tokens to styled spans: one table entry for each token."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

from markdown_it.token import Token

from bot.bank.footnotes import NO_NOTES, REFERENCE, Numbers, label_of
from bot.bank.links import Links
from bot.bank.math_rules import MATH
from bot.bank.quiz_block import BLANK
from bot.bank.small_tags import without_small_tags
from bot.quiz.prose import Span, Spans, raised

GAP: Final = "____"
_LINE_BREAKS: Final = frozenset({"<br>", "<br/>", "<br />"})


Look: TypeAlias = tuple[bool, bool, bool, bool, str]
"""Bold, italic, strike, code, link: the fields of a span behind its text."""


@dataclass(slots=True)
class Writer:
    """Collects text with its looks; `styles` counts how often each style is open."""

    links: Links
    blanks: list[str] = field(default_factory=list)
    numbers: Numbers = NO_NOTES
    runs: list[tuple[Look, list[str]]] = field(default_factory=list)
    styles: Counter[str] = field(default_factory=Counter)
    targets: list[str] = field(default_factory=list)

    def write(self, text: str, *, code: bool = False, link: str = "") -> None:
        """Append text in the current style; the outermost of several links counts."""
        target = next(filter(None, self.targets), link)
        on = self.styles
        look = (on["bold"] > 0, on["italic"] > 0, on["strike"] > 0, code, target)
        if self.runs and self.runs[-1][0] == look:
            self.runs[-1][1].append(text)
        elif text:
            self.runs.append((look, [text]))

    def draw(self, tokens: Sequence[Token]) -> None:
        for token in without_small_tags(tokens):
            INLINE[token.type](self, token)

    def spans(self) -> Spans:
        return tuple(_shared("".join(texts), *look) for look, texts in self.runs)


_shared: Final = lru_cache(maxsize=8_192)(Span)
"""Equal spans as one: pages are full of the same few words and commands."""


def _text(writer: Writer, token: Token) -> None:
    writer.write(token.content)


def _code(writer: Writer, token: Token) -> None:
    writer.write(token.content, code=True)


def _html(writer: Writer, token: Token) -> None:
    """Show a tag as text, but for a line break and a comment."""
    if token.content.lower() in _LINE_BREAKS:
        writer.write("\n")
    elif not token.content.startswith("<!--"):
        writer.write(token.content)


def _image(writer: Writer, token: Token) -> None:
    """Show the description of an image within a line, as a link to it."""
    words = alt_of(token, writer.links, writer.blanks) or "image"
    writer.write(words, link=writer.links.resolve(str(token.attrs.get("src", ""))))


def alt_of(token: Token, links: Links, blanks: list[str]) -> str:
    """The description of an image, in plain words on one line; `blanks` as in `spans_of`."""
    inner = Writer(links, blanks)
    inner.draw(token.children or ())
    return " ".join("".join(span.text for span in inner.spans()).split())


def _note(writer: Writer, token: Token) -> None:
    """A raised number; what refers to nothing here stays as it is written."""
    label = label_of(token)
    number = writer.numbers.of.get(label)
    writer.write(raised(number) if number else f"[^{label}]")


def _blank(writer: Writer, token: Token) -> None:
    writer.blanks.append(token.content)
    writer.write(GAP)


def _count(style: str, change: int) -> Callable[[Writer, Token], None]:
    def draw(writer: Writer, _token: Token) -> None:
        writer.styles[style] += change

    return draw


def _link_open(writer: Writer, token: Token) -> None:
    writer.targets.append(writer.links.resolve(str(token.attrs.get("href", ""))))


def _link_close(writer: Writer, _token: Token) -> None:
    writer.targets.pop()


INLINE: Final[Mapping[str, Callable[[Writer, Token], None]]] = {
    "text": _text,
    "text_special": _text,
    "softbreak": lambda writer, _: writer.write(" "),
    "hardbreak": lambda writer, _: writer.write("\n"),
    "code_inline": _code,
    "html_inline": _html,
    "image": _image,
    BLANK: _blank,
    MATH: _code,
    REFERENCE: _note,
    "strong_open": _count("bold", 1),
    "strong_close": _count("bold", -1),
    "em_open": _count("italic", 1),
    "em_close": _count("italic", -1),
    "s_open": _count("strike", 1),
    "s_close": _count("strike", -1),
    "link_open": _link_open,
    "link_close": _link_close,
}
"""How each token of a line is drawn; a type without an entry raises KeyError in the tests."""


def spans_of(token: Token, links: Links, blanks: list[str], numbers: Numbers = NO_NOTES) -> Spans:
    """Draw an inline token; the answers of its blanks are added to `blanks`, in their order."""
    writer = Writer(links, blanks, numbers)
    writer.draw(token.children or ())
    return stripped(writer.spans())


def stripped(spans: Spans) -> Spans:
    """Drop white space, but none of code, at both ends."""
    kept = list(spans)
    _strip_end(kept, 0, str.lstrip)
    _strip_end(kept, -1, str.rstrip)
    return tuple(kept)


def _strip_end(kept: list[Span], end: int, strip: Callable[[str], str]) -> None:
    while kept and not kept[end].code:
        text = strip(kept[end].text)
        if text:
            if text != kept[end].text:
                kept[end] = replace(kept[end], text=text)
            return
        kept.pop(end)
