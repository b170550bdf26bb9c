"""Tables of plain words: Slack's own table, of which a message may hold one, and a drawn one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from bot.blocks import kit, limits, richtext
from bot.blocks.kit import Block, Element

NOTHING: Final = "·"
"""Slack refuses an empty cell."""

CELL: Final = 40
Rows: TypeAlias = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers stand on the right."""

    title: str
    is_number: bool = False


def table(columns: Sequence[Column], rows: Rows) -> Block:
    """As many of the rows as Slack takes, below the columns' titles."""
    shown = [[column.title for column in columns], *rows][: limits.TABLE_ROWS]
    return {
        "type": "table",
        "column_settings": [
            {"align": "right" if column.is_number else "left"} for column in columns
        ],
        "rows": [[_cell(words) for words in row] for row in shown],
    }


def _cell(words: str) -> Element:
    return {"type": "raw_text", "text": kit.clip(words, CELL) or NOTHING}


def drawn(columns: Sequence[Column], rows: Rows) -> Block:
    """The same in letters of one width, for the second table of a message."""
    shown = [[kit.clip(words, CELL) or NOTHING for words in row] for row in rows]
    lines = [[column.title for column in columns], *shown]
    widths = [max(map(_width, cells)) for cells in zip(*lines, strict=True)]
    text = "\n".join(_line(columns, line, widths) for line in lines)
    return kit.rich_text([{"type": "rich_text_preformatted", "elements": [richtext.text(text)]}])


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        room = " " * (width - _width(cell))
        padded.append(f"{room}{cell}" if column.is_number else f"{cell}{room}")
    return "  ".join(padded).rstrip()


def _width(words: str) -> int:
    """How many letters wide it is drawn: East Asian letters and emoji take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
