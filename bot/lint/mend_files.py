"""Mends the files of a bank, each whole or not at all."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from bot.bank.files import File, content_of, files, page_of
from bot.bank.parser import Page
from bot.bank.problem import Problem
from bot.errors import ConfigError
from bot.lint.config import Configs
from bot.lint.mending import Mended, Namer, ReadableIds, mended, present_ids
from bot.lint.rules import known
from bot.lint.sheets import ignored_in, sheet_of
from bot.lint.source import Source, split_lines

_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Change:
    """A page that can be mended; `before` and `after` are all its text."""

    path: Path
    before: str
    after: str
    ids: int
    boxes: int

    def diff(self) -> str:
        """A unified diff, as `patch` and `git apply` take it, but with the ends of lines as LF."""
        name = self.path.as_posix()
        (before, _), (after, _) = split_lines(self.before), split_lines(self.after)
        return "\n".join(unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""))

    def write(self) -> None:
        """Replace the file in one step. ConfigError says why it cannot be done."""
        real = self.path.resolve()  # a link stays a link
        new = real.with_name(f".{real.name}.new")  # hidden, so that no bank takes it for a page
        try:
            new.write_bytes(self.after.encode())
            shutil.copymode(real, new)
            new.replace(real)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise ConfigError(f"{self.path}: it cannot be written: {error.strerror}") from error


def changes(paths: Sequence[Path], configs: Configs, *, readable: bool) -> Iterator[Change]:
    """What can be mended in a bank, page by page; nothing is written yet."""
    read = [(file, content_of(file)) for file in files(paths)]
    pages = [(file, content, page_of(file, content, None)) for file, content in read]
    taken = [question.id for _, _, page in pages for question in page.quiz or ()]
    name = ReadableIds(taken) if readable else present_ids
    for file, content, page in pages:
        if not isinstance(content, Problem) and page.quiz is not None:
            change = _change(file, content.decode(), page, name, configs)
            if change.before != change.after:
                yield change


def _change(file: File, text: str, page: Page, name: Namer, configs: Configs) -> Change:
    config = configs.for_page(file.path)
    ignored = config.ignored_on(file.path) | known(sheet_of(text, page).ignored)

    def left(source: Source) -> frozenset[str]:
        return ignored | known(ignored_in(source))

    done: Mended = mended(text.removeprefix(_BOM), page, name, left)
    after = (_BOM if text.startswith(_BOM) else "") + done.text
    return Change(file.path, text, after, done.ids, done.boxes)
