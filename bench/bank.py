"""How fast a large bank is read, beside the Markdown parser alone on the same files."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.figures import ratio
from bench.finding import finding_table
from bench.pages import write_bank
from bench.reading import Reading

QUESTIONS_A_PAGE: Final = 20
QUIZZES: Final = 10_000
HERE: Final = Path(__file__).parents[1]


class NotComparable(Exception):
    """A run did not do the work that it was timed for."""


def measure(console: Console, *, quick: bool) -> None:
    pages = 50 if quick else 500
    rounds = 1 if quick else 2
    with TemporaryDirectory(prefix="quiz-bench-") as folder:
        write_bank(Path(folder), pages, QUESTIONS_A_PAGE)
        readings = [(_read("bare", folder), _read("ours", folder)) for _ in range(rounds)]
    expected = pages * QUESTIONS_A_PAGE
    for _, ours in readings:
        if (ours.questions, ours.problems) != (expected, 0):
            raise NotComparable(f"{ours.questions} of {expected} questions were read")
    console.print(_table(pages, readings))
    console.print(finding_table(QUIZZES, 20 if quick else 100))


def _read(way: str, folder: str) -> Reading:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", way, folder],
        cwd=HERE,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    return Reading(**json.loads(done.stdout))


def _table(pages: int, readings: list[tuple[Reading, Reading]]) -> Table:
    questions = pages * QUESTIONS_A_PAGE
    table = Table(title=f"Reading {questions:,} questions on {pages} pages", title_justify="left")
    table.add_column("")
    for column in ("time to bare", "questions/s", "memory", "a question"):
        table.add_column(column, justify="right")
    bare, ours = zip(*readings, strict=True)
    times = [mine.seconds / parser.seconds for parser, mine in readings]
    grown = median(reading.grown for reading in ours)
    table.add_row(
        "this bot",
        ratio(times),
        f"{questions / median(reading.seconds for reading in ours):,.0f}",
        f"{grown / 1e6:.0f} MB",
        f"{grown / questions / 1000:.1f} kB",
    )
    table.add_row(
        "bare MarkdownIt",
        "1.00x",
        f"{questions / median(reading.seconds for reading in bare):,.0f}",
        "",
        "",
    )
    return table
