"""How fast a large bank is read, beside the Markdown parser alone, and how fast it is searched."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.figures import ratio
from bench.finding import finding_table
from bench.pages import write_bank
from bench.reading import Reading
from bench.searching import searching_table

QUESTIONS_A_PAGE: Final = 20
PAGES: Final = 5_000
PAGES_QUICKLY: Final = 50
QUIZZES: Final = 10_000
QUESTIONS: Final = (10_000, 100_000)
LONGEST: Final = 900
"""Seconds for one reading."""

HERE: Final = Path(__file__).parents[1]


class NotComparable(Exception):
    """A run did not do the work that it was timed for."""


def measure(console: Console, *, quick: bool) -> None:
    pages = PAGES_QUICKLY if quick else PAGES
    with TemporaryDirectory(prefix="quiz-bench-") as folder:
        write_bank(Path(folder), pages, QUESTIONS_A_PAGE)
        bare, ours = _read("bare", folder), _read("ours", folder)
    expected = pages * QUESTIONS_A_PAGE
    if (ours.questions, ours.problems) != (expected, 0):
        raise NotComparable(f"{ours.questions} of {expected} questions were read")
    console.print(_table(pages, bare, ours))
    console.print(finding_table(QUIZZES, 20 if quick else 100))
    for questions in QUESTIONS[:1] if quick else QUESTIONS:
        console.print(searching_table(questions, 20 if quick else 200))


def _read(way: str, folder: str) -> Reading:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", way, folder],
        cwd=HERE,
        stdout=subprocess.PIPE,
        timeout=LONGEST,
        check=True,
    )
    return Reading(**json.loads(done.stdout))


def _table(pages: int, bare: Reading, ours: Reading) -> Table:
    questions = pages * QUESTIONS_A_PAGE
    table = Table(
        title=f"Reading {questions:,} questions on {pages:,} pages", title_justify="left"
    )
    table.add_column("")
    for column in ("time to bare", "seconds", "questions/s", "memory", "a question"):
        table.add_column(column, justify="right")
    table.add_row(
        "this bot",
        ratio([ours.seconds / bare.seconds]),
        f"{ours.seconds:.1f}",
        f"{questions / ours.seconds:,.0f}",
        f"{ours.grown / 1e6:.0f} MB",
        f"{ours.grown / questions / 1000:.1f} kB",
    )
    table.add_row(
        "bare MarkdownIt",
        "1.00x",
        f"{bare.seconds:.1f}",
        f"{questions / bare.seconds:,.0f}",
        f"{bare.grown / 1e6:.0f} MB",
        f"{bare.grown / questions / 1000:.1f} kB",
    )
    return table
