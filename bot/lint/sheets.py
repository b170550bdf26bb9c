"""A bank with what its files look like: read once, for the lint alone.

The running bot keeps neither lines nor tags, so that nothing here costs it anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.bank.files import Bank, content_of, files, page_of
from bot.bank.front_matter import split_head
from bot.bank.gather import gather
from bot.bank.parser import Page
from bot.bank.problem import Problem
from bot.lint.source import Source, source_at, split_lines

IGNORE: Final = "lint-ignore"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: the rules that its head wants ignored, and its questions by their first line."""

    ignored: tuple[str, ...] = ()
    sources: Mapping[int, Source] = field(default_factory=dict)

    def ignored_at(self, line: int) -> frozenset[str]:
        """What the head and, on a line of a question, its opening tag want ignored."""
        within = (source for source in self.sources.values() if source.line <= line <= source.last)
        tags = (name for source in within for name in ignored_in(source))
        return frozenset((*self.ignored, *tags))


@dataclass(frozen=True, slots=True)
class Sheets:
    """`by_path` has the files that could be read, by their path as problems name it."""

    bank: Bank
    by_path: Mapping[str, Sheet]


def ignored_in(source: Source) -> tuple[str, ...]:
    return _names(source.attributes.get(IGNORE, ""))


def read_sheets(paths: Sequence[Path]) -> Sheets:
    """Read a bank as `read_bank` does, with its files beside it."""
    pages: list[Page] = []
    sheets: dict[str, Sheet] = {}
    for file in files(paths):
        content = content_of(file)
        page = page_of(file, content, None)
        pages.append(page)
        if not isinstance(content, Problem):
            sheets[str(file.path)] = sheet_of(content.decode("utf-8-sig", "replace"), page)
    catalogue, problems = gather(pages)
    return Sheets(Bank(catalogue, problems, len(pages)), sheets)


def sheet_of(text: str, page: Page) -> Sheet:
    head = split_head(text.replace("\r\n", "\n").replace("\r", "\n")) if IGNORE in text else None
    lines, _ = split_lines(text)
    found = (source_at(lines, question.place.line) for question in page.quiz or ())
    return Sheet(
        _names(head.values.get(IGNORE, "")) if head else (),
        {source.line: source for source in found},
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.lower().replace(",", " ").split() if name)
