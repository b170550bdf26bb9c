"""Reads a bank again and again: what has not changed is not parsed, what broke stays as it was."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeAlias

from bot.bank.files import Bank, File, content_of, files, page_of
from bot.bank.gather import gather
from bot.bank.parser import Page
from bot.bank.picture_files import glance
from bot.bank.problem import Problem, is_error, problem
from bot.quiz.question import Place, QuestionId, Slug

Look: TypeAlias = Mapping[Path, str]
"""What every file was like: equal looks, equal files."""

BATCH: Final = 20
"""Pages to parse before whoever waits gets a word."""

_NO_PAGE: Final = "There is no page here any more, so its quizzes stay as they were."


@dataclass(frozen=True, slots=True)
class _Copy:
    """A page as it is now, and the version that is shown: an older one when this is broken."""

    file: File
    digest: str
    newest: Page
    shown: Page

    @property
    def is_kept(self) -> bool:
        return self.shown is not self.newest

    @property
    def page(self) -> Page:
        """What is shown, with what is wrong with the newest."""
        return replace(self.shown, problems=self.newest.problems) if self.is_kept else self.shown


class Reader:
    """Remembers what it read. Nothing is raised for what it finds; see `read_bank`.

    A page keeps its last good version while the newest cannot be read, or has an error that costs
    a question which was there before. What is deleted is gone; but a folder that cannot be looked
    into, or suddenly has no page at all, is a mishap, and its pages stay.
    """

    def __init__(self, paths: Sequence[Path], site_url: str | None = None) -> None:
        self.paths = tuple(paths)
        self._site_url = site_url
        self._copies: dict[Path, _Copy] = {}
        self._read: Look = {}

    def look(self) -> Look:
        """Read every file and parse none."""
        looks: dict[Path, str] = {}
        for file in files(self.paths):
            looks[file.path] = _digest(content_of(file))
            if copy := self._copies.get(file.path):
                looks |= {image: glance(image) for image, _ in copy.newest.images}
        return looks

    def is_news(self, look: Look) -> bool:
        """Whether a look shows anything else than what was read last."""
        return look != self._read

    def read(self, after_batch: Callable[[], None] = lambda: None) -> Bank:
        """The bank as it is to be shown now; `after_batch` is called from time to time."""
        copies: dict[Path, _Copy] = {}
        parsed = 0
        for file in files(self.paths):
            copies[file.path] = copy = self._copy(file)
            parsed += copy is not self._copies.get(file.path)
            if parsed >= BATCH:
                parsed = 0
                after_batch()
        pages = {path: copy.digest for path, copy in copies.items()}
        images = {image: seen for each in copies.values() for image, seen in each.newest.images}
        self._read = pages | images
        rescued = self._rescued(copies)
        self._copies = copies | rescued
        return self._bank(copies, rescued)

    def _copy(self, file: File) -> _Copy:
        content = content_of(file)
        digest = _digest(content)
        before = self._copies.get(file.path)
        if before and before.digest == digest and _has_its_images(before.newest):
            return before
        newest = page_of(file, content, self._site_url)
        broken = before and _is_broken(newest, before.shown)
        return _Copy(file, digest, newest, before.shown if before and broken else newest)

    def _rescued(self, copies: Mapping[Path, _Copy]) -> dict[Path, _Copy]:
        """Pages that are missing by a mishap, not because somebody deleted them."""
        shut = {path for path, copy in copies.items() if copy.newest.quiz is None}
        shut |= {root for root in self.paths if not any(_is_below(each, root) for each in copies)}
        return {
            path: copy
            for path, copy in self._copies.items()
            if path not in copies and not shut.isdisjoint(path.parents)
        }

    def _bank(self, copies: Mapping[Path, _Copy], rescued: Mapping[Path, _Copy]) -> Bank:
        shown = [copy.page for copy in copies.values()]
        shown += [replace(copy.shown, problems=()) for copy in rescued.values()]
        shown += map(_emptied, self._emptied(copies, rescued))
        catalogue, problems = gather(shown)
        kept = [path for path, copy in copies.items() if copy.is_kept]
        return Bank(catalogue, problems, len(copies), tuple(map(str, (*kept, *rescued))))

    def _emptied(
        self, copies: Mapping[Path, _Copy], rescued: Mapping[Path, _Copy]
    ) -> Iterator[Path]:
        for root in self.paths:
            if any(_is_below(path, root) for path in rescued) and not any(
                _is_below(path, root) for path in copies
            ):
                yield root


def _has_its_images(page: Page) -> bool:
    return all(glance(image) == seen for image, seen in page.images)


def _is_below(path: Path, root: Path) -> bool:
    return path == root or root in path.parents


def _emptied(root: Path) -> Page:
    why = problem(Place(str(root), 1), "unreadable-file", _NO_PAGE)
    return Page(Slug(""), None, (why,))


def _digest(content: bytes | Problem) -> str:
    if isinstance(content, Problem):
        return str(content)
    return blake2b(content, digest_size=16).hexdigest()


def _is_broken(newest: Page, shown: Page) -> bool:
    """Whether a new error costs a question: what an author takes out is no error, and one that
    was there from the beginning is no news.
    """
    return bool(_errors(newest) - _errors(shown)) and not _ids(newest).issuperset(_ids(shown))


def _errors(page: Page) -> Counter[str]:
    return Counter(found.rule for found in page.problems if is_error(found))


def _ids(page: Page) -> set[QuestionId]:
    return {question.id for question in page.quiz} if page.quiz else set()
