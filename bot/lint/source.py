"""How a question stands in its file: the lines of its options and boxes, and its opening tag."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.bank.quiz_extent import Extent, extent
from bot.bank.quiz_parts import BOX, PartKind, parts
from bot.bank.quiz_tag import opening_tag

_LINE_END: Final = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Box:
    """A line with a box, from its first to its last character."""

    line: int
    text: str

    @property
    def tidy(self) -> str:
        """The line as it should be; a box behind the opening tag is left as it is."""
        found = BOX.match(self.text)
        if not found:
            return self.text
        lead = self.text[: len(self.text) - len(self.text.lstrip(" \t"))]
        box = f"{lead}- [{'x' if found['mark'] else ' '}]"
        return f"{box} {found['text']}" if found["text"] else box

    @property
    def is_tidy(self) -> bool:
        return self.text.rstrip() == self.tidy.rstrip()


@dataclass(frozen=True, slots=True)
class Source:
    """Lines count from 1; `last` is the one with the closing tag."""

    line: int = 0
    last: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()

    def option_line(self, at: int) -> int:
        """The line of an option counted from 0; that of the question if it is not to be found."""
        return self.boxes[at].line if at < len(self.boxes) else self.line


def split_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of a file and what ends each of them, as the bank counts lines."""
    pieces = _LINE_END.split(text)
    return pieces[::2], [*pieces[1::2], ""]


def source_at(lines: list[str], line: int) -> Source:
    """The question whose opening tag stands on a line.

    For a question that cannot be read so, such as one within a list, only the line is known.
    """
    tag = opening_tag(lines[line - 1]) if 0 < line <= len(lines) else None
    if tag is None or not tag.whole:
        return Source(line, line)

    def row(at: int) -> str:
        return lines[line - 1 + at] if at else tag.rest

    reach = extent(row, len(lines) - line + 1, line)
    return Source(
        line,
        line + reach.size - 1,
        {each.name: each.value for each in tag.attributes},
        tuple(_boxes(reach, lines)),
    )


def _boxes(reach: Extent, lines: list[str]) -> Iterator[Box]:
    for part in parts(reach.lines).parts:
        if part.kind is PartKind.OPTION:
            yield Box(part.line, lines[part.line - 1])
