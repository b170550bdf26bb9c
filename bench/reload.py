"""A page of a large bank changes while the bot is at work: what a reload costs, and whom."""

import asyncio
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.figures import percentile
from bench.pages import write_bank
from bot.bank.reader import Reader
from bot.bank.shelf import Shelf
from bot.quiz.trouble import BankTrouble
from bot.reloading import Reloading, Supply

PAGES: Final = 5_000
QUICK_PAGES: Final = 500
QUESTIONS: Final = 20
TICK: Final = 0.001


@dataclass
class Pulse:
    """How late a loop is that wants to do something every millisecond."""

    late: list[float] = field(default_factory=list)

    async def beat(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - began - TICK)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a reload, and by how many the loop was late meanwhile: mostly, and at worst."""

    name: str
    seconds: float
    usual: float
    worst: float


async def measured(name: str, reloading: Reloading) -> Cost:
    pulse = Pulse()
    beating = asyncio.create_task(pulse.beat())
    began = time.perf_counter()
    await reloading.check()
    seconds = time.perf_counter() - began
    beating.cancel()
    await asyncio.wait([beating])
    return Cost(name, seconds, percentile(pulse.late, 99), max(pulse.late))


async def costs(folder: Path, pages: int) -> tuple[float, list[Cost]]:
    """Seconds of the first load, and what then happens with nothing, one page, and all changed."""
    began = time.perf_counter()
    reader = Reader([folder])
    bank = reader.read()
    first = time.perf_counter() - began
    supply, shelf = Supply(bank, reader), Shelf(bank.catalogue)
    del bank
    gc.collect()
    gc.freeze()
    reloading = Reloading(supply, shelf, _tell, sleep=_no_pause)
    await reloading.check()
    changes: dict[str, Callable[[], None]] = {
        "nothing": lambda: None,
        "one page": lambda: _change(folder, 0),
        "a tenth": lambda: _change(folder, *range(pages // 10)),
        "every page": lambda: _change(folder, *range(pages)),
    }
    found = []
    for name, change in changes.items():
        change()
        found.append(await measured(name, reloading))
    return first, found


def _change(folder: Path, *numbers: int) -> None:
    for number in numbers:
        path = folder / f"track-{number // 20}" / f"page-{number}.md"
        path.write_text(
            f"{path.read_text('utf-8')}\n- [More](https://example.org/more)\n", "utf-8"
        )


async def _tell(_: BankTrouble) -> bool:
    return True


async def _no_pause(_: float) -> None:
    """Between two looks: it would only be waiting."""


def measure(console: Console, *, quick: bool) -> None:
    pages = QUICK_PAGES if quick else PAGES
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_bank(folder, pages, QUESTIONS)
        first, found = asyncio.run(costs(folder, pages))
    table = Table(title=f"Reload in a bank of {pages * QUESTIONS:,} questions")
    for heading in ("changed", "of the first load", "loop late, p99", "loop late, at worst"):
        table.add_column(heading, justify="left" if heading == "changed" else "right")
    for cost in found:
        table.add_row(
            cost.name,
            f"{cost.seconds / first:.1%}",
            f"{cost.usual * 1000:.0f} ms",
            f"{cost.worst * 1000:.0f} ms",
        )
    console.print(table)
