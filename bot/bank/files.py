"""The only module that opens the files of the bank, and opens none that lies elsewhere."""

import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.bank.catalogue import Catalogue
from bot.bank.gather import gather
from bot.bank.links import is_index
from bot.bank.naming import clean_slug, slug_of
from bot.bank.parser import Page, parse_page
from bot.bank.problem import Problem, problem
from bot.quiz.question import Place, Slug

SUFFIXES: Final = frozenset({".md", ".markdown"})
MOST_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bank:
    """What was read: `pages` counts the files, those without a question too."""

    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    pages: int = 0


def read_bank(paths: Sequence[Path], site_url: str | None = None) -> Bank:
    """Read folders with all pages below them, and single files whatever they are called.

    Never raises for what it finds: a file that cannot be read is one of the problems, and a
    bank without a question is left to the caller. Problems come in the order of files.
    """
    pages: dict[Path, Page] = {}
    for path in paths:
        for file, slug in _files(path):
            real = _real(file)
            if real not in pages:
                pages[real] = _page(file, slug, path, site_url)
    catalogue, problems = gather(pages.values())
    return Bank(catalogue, problems, len(pages))


def _files(path: Path) -> Iterator[tuple[Path, Slug]]:
    if path.is_dir():
        yield from ((file, _slug(file, path)) for file in _below(path))
    else:
        yield path, _folder_slug(path.parent) if is_index(path.name) else clean_slug(path.stem)


def _below(folder: Path) -> Iterator[Path]:
    """Pages in the order of names, without hidden ones; a folder that is closed stands for itself.

    Linked folders are left out, as links may go round in circles; linked files are pages, as in
    a folder that Kubernetes makes of a ConfigMap.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in _shown(entries):
        if entry.suffix.lower() in SUFFIXES and not entry.is_dir():
            yield entry
    for entry in _shown(entries):
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)


def _shown(entries: Iterable[Path]) -> Iterator[Path]:
    return (entry for entry in entries if not entry.name.startswith("."))


def _slug(file: Path, root: Path) -> Slug:
    """Name a page by its path; the index page of the whole bank by the bank's folder."""
    if file == root or (file.parent == root and is_index(file.name)):
        return _folder_slug(root)
    return slug_of(file.relative_to(root))


def _folder_slug(folder: Path) -> Slug:
    return clean_slug(_real(folder).name)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # links that go round in circles, before Python 3.13
        return path.absolute()


def _page(file: Path, slug: Slug, root: Path, site_url: str | None) -> Page:
    place = Place(str(file), 1)
    if not _real(file).is_relative_to(_real(root)):
        return _unread(slug, problem(place, "outside-root", "This link leads out of the folder."))
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # reading a pipe would never end
            return _unread(slug, problem(place, "unreadable-file", "This is not a page to read."))
        if found.st_size > MOST_BYTES:
            return _unread(slug, problem(place, "file-too-big", "The file has more than 4 MB."))
        content = file.read_bytes()
    except OSError as error:
        return _unread(slug, problem(place, "unreadable-file", f"{error.strerror}."))
    return _decoded(content, slug, place, site_url)


def _decoded(content: bytes, slug: Slug, place: Place, site_url: str | None) -> Page:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"Byte {error.start + 1} of the file is not UTF-8."
        return _unread(slug, problem(Place(place.path, line), "not-utf8", what))
    return parse_page(text, path=place.path, slug=slug, site_url=site_url)


def _unread(slug: Slug, why: Problem) -> Page:
    return Page(slug, None, (why,))
