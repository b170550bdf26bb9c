"""Spreadsheets: the first sheet of a workbook as rows of text."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Final
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.exchange.pieces import Imported, Refusal
from bot.exchange.safe_files import MOST_LINE, unpacked, xml_of
from bot.exchange.table import MOST_ROWS, read_rows

MOST_COLUMNS: Final = 100
_BROKEN: Final = (
    BadZipFile,
    InvalidFileException,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What openpyxl raises for a workbook whose parts do not fit together."""


def read_xlsx(content: bytes) -> Imported:
    """Read a workbook as Kahoot's template is one. Raises Refusal."""
    for name, part in unpacked(content).items():
        if name.endswith((".xml", ".rels")):
            xml_of(part)  # what is harmful is refused before the library sees it
    try:
        rows = list(_rows(content))
    except _BROKEN as error:
        raise Refusal("this workbook cannot be read; save it as CSV and try that") from error
    return read_rows(rows)


def _rows(content: bytes) -> Iterator[tuple[str, ...]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # a sheet may claim to be much larger than it is
        for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1):
            yield tuple(_text(cell) for cell in row[:MOST_COLUMNS])
    finally:
        workbook.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:MOST_LINE]
