"""Reads a bank once and says what it took; a process of its own, so that memory starts empty."""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

from markdown_it import MarkdownIt

from bot.bank.files import Bank, read_bank


@dataclass(frozen=True, slots=True)
class Reading:
    """`seconds` of the processor, so that other programs do not count. `grown` is by how many
    bytes the largest size of the process rose.
    """

    seconds: float
    grown: int
    questions: int
    problems: int


def ours(folder: Path) -> Bank:
    return read_bank([folder])


def bare(folder: Path) -> Bank:
    """The same files through the Markdown parser alone; its tokens are thrown away."""
    parser = MarkdownIt("commonmark")
    for file in sorted(folder.rglob("*.md")):
        parser.parse(file.read_text("utf-8"))
    return read_bank([])


WAYS: dict[str, Callable[[Path], Bank]] = {"ours": ours, "bare": bare}


def peak() -> int:
    """The largest size of this process so far, in bytes.

    On Linux `ru_maxrss` begins with the size of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(way: str, folder: str) -> None:
    before = peak()
    began = process_time()
    bank = WAYS[way](Path(folder))
    seconds = process_time() - began
    questions = sum(map(len, bank.catalogue))
    print(json.dumps(asdict(Reading(seconds, peak() - before, questions, len(bank.problems)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
