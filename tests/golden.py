"""Reads examples from text files, so that adding one needs no Python.

A case is its title, what is given and what is wanted, each ended by a line with a dot alone.
"""

import re
from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).parent / "golden"
CASE: Final = re.compile(r"^(.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", re.MULTILINE)


def cases(name: str) -> list[object]:
    """Give the cases of a file as parameters `given` and `wanted`, named by their titles."""
    return read_cases((FOLDER / f"{name}.txt").read_text("utf-8"), name)


def read_cases(text: str, name: str) -> list[object]:
    """Raise AssertionError for text that is no case, or it would be a case that never runs."""
    rest = CASE.sub("", text).strip()
    assert not rest, f"{name}.txt: not read as a case: {rest[:60]!r}"
    return [pytest.param(given, wanted, id=title) for title, given, wanted in CASE.findall(text)]
