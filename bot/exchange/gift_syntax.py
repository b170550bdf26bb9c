r"""Moodle's GIFT as text: blocks, their parts, and the signs that a backslash makes harmless.

The rules follow the description of the format in Moodle's documentation ("GIFT format").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SPECIAL: Final = "\\~=#{}:"
_ESCAPED: Final = re.compile(r"\\([\\~=#{}:])|\\n")
_TITLE: Final = re.compile(r"\s*::((?:[^:\\]|\\.|:(?!:))*)::")
_FORMAT: Final = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_PART: Final = re.compile(r"\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One question: `line` counts from 1; `comments` are those directly above and within it."""

    line: int
    text: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stem:
    """A question taken apart: `answers` is None without braces, `after` is what follows them."""

    title: str
    form: str
    before: str
    answers: str | None = None
    after: str = ""


def escape(text: str) -> str:
    r"""Write text so that it means itself; a line feed is `\n`."""
    return "".join(f"\\{c}" if c in SPECIAL else c for c in text).replace("\n", "\\n")


def unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: found[1] or "\n", text)


def blocks(text: str) -> Iterator[Block]:
    """Divide a file at its empty lines, but not within the braces of a question."""
    lines: list[str] = []
    comments: list[str] = []
    start = depth = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//") and not depth:
            comments.append(stripped[2:].strip())
        elif stripped.startswith("$CATEGORY:") and not lines:
            comments.clear()
        elif stripped or depth > 0:
            start = start if lines else number
            lines.append(line)
            depth += _opened(line)
        if lines and not stripped and depth <= 0:
            yield Block(start, "\n".join(lines), tuple(comments))
        if not stripped and depth <= 0:
            lines, comments, depth = [], [], 0
    if lines:
        yield Block(start, "\n".join(lines), tuple(comments))


def _opened(line: str) -> int:
    bare = re.sub(r"\\.", "", line)
    return bare.count("{") - bare.count("}")


def stem(text: str) -> Stem:
    """Take a question apart at its title, its format and its braces."""
    title = ""
    if found := _TITLE.match(text):
        title, text = unescape(found[1]).strip(), text[found.end() :]
    form = "moodle"
    if found := _FORMAT.match(text):
        form, text = found[1].lower(), text[found.end() :]
    opening = _first(text, "{")
    closing = _last(text, "}")
    if opening < 0 or closing < opening:
        return Stem(title, form, text.strip())
    return Stem(
        title, form, text[:opening], text[opening + 1 : closing].strip(), text[closing + 1 :]
    )


def _first(text: str, sign: str) -> int:
    return next((found.start() for found in _PART.finditer(text) if found[0] == sign), -1)


def _last(text: str, sign: str) -> int:
    return max((found.start() for found in _PART.finditer(text) if found[0] == sign), default=-1)


def split_at(text: str, signs: str) -> list[str]:
    """Divide a text before each of the signs that has no backslash."""
    pieces = [""]
    for found in _PART.finditer(text):
        if found[0] in signs:
            pieces.append("")
        pieces[-1] += found[0]
    return pieces


def cut_at(text: str, mark: str) -> tuple[str, str]:
    """Divide a text at a mark such as `#` or `####` that has no backslash before it."""
    parts = [found[0] for found in _PART.finditer(text)]
    size = len(mark)
    for i in range(len(parts)):
        if "".join(parts[i : i + size]) == mark:
            return "".join(parts[:i]), "".join(parts[i + size :])
    return text, ""
