"""Text within a line as Markdown: what a parser would take for markup gets a backslash."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from bot.quiz.prose import Span, Spans

_BACKTICKS: Final = re.compile(r"`+")
_TAG_OF_OURS: Final = re.compile(r"<(?=/?(?:quiz|hint)\b)", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"""
      [\\`*\[]                    # escapes, code, emphasis, links and gaps
    | (?<![^\W_])_ | _(?![^\W_])  # emphasis, but not within a word
    | <(?=[A-Za-z/!?])            # tags
    | &(?=\#?\w+;)                # entities
    | \$(?!\s)                    # math
    | ~(?=~)                      # strike-through
    """,
    re.VERBOSE,
)
_BEGINS_A_BLOCK: Final = re.compile(
    r"""
      \#{1,6}(?=\s|$) | [-+](?=\s|$) | > | !!! | ~{3} | \{(?=%)
    | [-:|=](?=[-:|=\s]*$)       # a line of these makes a table or a heading of the line above
    """,
    re.VERBOSE,
)
_NUMBERED: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_PLAIN_ADDRESS: Final = re.compile(r"[^\s<>()\\]+")
_MARKS: Final = (("bold", "**"), ("italic", "*"), ("strike", "~~"))


def inline(spans: Spans) -> str:
    r"""Write spans so that they are read again as they are, but for white space at the ends of an
    emphasis, which Markdown does not take. A line break is a `\` at the end of a line.
    """
    text = "".join(_linked(link, tuple(run)) for link, run in groupby(spans, attrgetter("link")))
    return "\\\n".join(_line(line) for line in text.split("\n") if line.strip())


def inline_image(url: str, alt: str, title: str) -> str:
    """An image with its description, on a line of its own."""
    words = re.sub(r"(?<!\\)\]", r"\\]", escaped(" ".join(alt.split())))
    named = re.sub(r'([\\"&])', r"\\\1", " ".join(title.split()))
    return f"![{words}]({_address(url)}" + (f' "{named}")' if named else ")")


def in_one_line(spans: Spans) -> str:
    """As `inline`, for headings and cells of tables, where a line break is a tag."""
    return inline(spans).replace("\\\n", "<br>")


def _linked(link: str, spans: Spans) -> str:
    text = _styled(spans, _MARKS)
    if not link or not text.strip():
        return text
    return f"[{_closed(spans)}]({_address(link)})"


def _address(link: str) -> str:
    return link if _PLAIN_ADDRESS.fullmatch(link) else f"<{_without_angles(link)}>"


def _closed(spans: Spans) -> str:
    """The text of a link, which must not end at a bracket of its own."""
    return re.sub(r"(?<!\\)\]", r"\\]", _styled(spans, _MARKS))


def _without_angles(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")


def _styled(spans: Spans, marks: Sequence[tuple[str, str]]) -> str:
    """Set the marks of one style after the other, each around as much as has it."""
    if not marks:
        return "".join(map(_span, spans))
    (name, mark), *inner = marks
    return "".join(
        _marked(_styled(tuple(run), inner), mark) if on else _styled(tuple(run), inner)
        for on, run in groupby(spans, attrgetter(name))
    )


def _marked(text: str, mark: str) -> str:
    body = text.strip()
    if not body:
        return text
    lead, _, trail = text.partition(body)
    return f"{lead}{mark}{body}{mark}{trail}"


def _span(span: Span) -> str:
    text = span.text.replace("\r\n", "\n").replace("\r", "\n")
    return _code(text.replace("\n", " ")) if span.code else escaped(text)


def _code(text: str) -> str:
    if not text:
        return ""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    edges = text[0] + text[-1]
    padded = "`" in edges or (edges == "  " and text.strip(" "))
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def escaped(text: str) -> str:
    """Write text that means itself; tags of ours as entities, as lines are searched for those."""
    return _TAG_OF_OURS.sub("&lt;", _MARKUP.sub(_with_backslash, text))


def _with_backslash(found: re.Match[str]) -> str:
    return found[0] if _TAG_OF_OURS.match(found.string, found.start()) else f"\\{found[0]}"


def _line(text: str) -> str:
    """Write a line so that its beginning is not taken for that of a list, a heading, a quote."""
    line = text.strip(" \t")
    if _BEGINS_A_BLOCK.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
