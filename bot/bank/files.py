"""The only module that opens the pages of the bank, and opens none that lies elsewhere."""

import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.bank.catalogue import Catalogue
from bot.bank.collecting import without_collector
from bot.bank.gather import gather
from bot.bank.links import is_index
from bot.bank.naming import clean_slug, slug_of
from bot.bank.parser import Page, parse_page
from bot.bank.picture_files import PictureFolder, picture_root
from bot.bank.problem import Problem, problem
from bot.quiz.question import Place, Slug

SUFFIXES: Final = frozenset({".md", ".markdown"})
MOST_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bank:
    """What was read: `pages` counts the files, those without a question too. `kept` are the paths
    of those that are shown as they were before they broke.
    """

    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A page as it was found. `inside` is its path below the bank's folder, with slashes; `root`
    is where that folder, or a file that was asked for by itself, really is.
    """

    path: Path
    slug: Slug
    inside: str
    root: Path


@without_collector()
def read_bank(paths: Sequence[Path], site_url: str | None = None) -> Bank:
    """Read folders with all pages below them, and single files whatever they are called.

    Never raises for what it finds: a file that cannot be read is one of the problems, and a
    bank without a question is left to the caller. Problems come in the order of files.
    """
    found = [page_of(file, content_of(file), site_url) for file in files(paths)]
    catalogue, problems = gather(found)
    return Bank(catalogue, problems, len(found))


def files(paths: Sequence[Path]) -> Iterator[File]:
    """Find every page once. A folder that is closed, or gone, stands for itself."""
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path, _real(path)):
            real = _real(file.path)
            if real not in seen:
                seen.add(real)
                yield file


def content_of(file: File) -> bytes | Problem:
    """What is in a file, or why it is not read."""
    place = Place(str(file.path), 1, file.inside)
    if not _real(file.path).is_relative_to(file.root):
        return problem(place, "outside-root", "This link leads out of the folder.")
    try:
        found = file.path.stat()
        if not stat.S_ISREG(found.st_mode):  # reading a pipe would never end
            return problem(place, "unreadable-file", "This is not a page to read.")
        if found.st_size > MOST_BYTES:
            return problem(place, "file-too-big", "The file has more than 4 MB.")
        return file.path.read_bytes()
    except OSError as error:
        return problem(place, "unreadable-file", f"{error.strerror}.")


def page_of(file: File, content: bytes | Problem, site_url: str | None) -> Page:
    if isinstance(content, Problem):
        return _unread(file, content)
    place = Place(str(file.path), 1, file.inside)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"Byte {error.start + 1} of the file is not UTF-8."
        return _unread(file, problem(replace(place, line=line), "not-utf8", what))
    pictures = pictures_of(file)
    page = parse_page(
        text,
        path=place.path,
        slug=file.slug,
        site_url=site_url,
        inside=file.inside,
        find=pictures.find,
    )
    return replace(page, images=tuple(pictures.seen.items()))


def pictures_of(file: File) -> PictureFolder:
    root = picture_root(file.root)
    page = root / file.inside if file.root == root else file.root
    below = page.parent.relative_to(root).as_posix()
    return PictureFolder(root, "" if below == "." else below)


def _unread(file: File, why: Problem) -> Page:
    return Page(file.slug, None, (why,))


def _files(path: Path, root: Path) -> Iterator[File]:
    if is_folder(path):
        for file in _below(path):
            yield File(file, _slug(file, path), file.relative_to(path).as_posix(), root)
    else:
        slug = _folder_slug(path.parent) if is_index(path.name) else clean_slug(path.stem)
        yield File(path, slug, path.name, root)


def _below(folder: Path) -> Iterator[Path]:
    """Pages in the order of names, without hidden ones.

    Linked folders are left out, as links may go round in circles; linked files are pages, as in
    a folder that Kubernetes makes of a ConfigMap.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in _shown(entries):
        if entry.suffix.lower() in SUFFIXES and not is_folder(entry):
            yield entry
    for entry in _shown(entries):
        if is_folder(entry) and not entry.is_symlink():
            yield from _below(entry)


def is_folder(path: Path) -> bool:
    """False where nobody may look: it is read as a file then, which says why it cannot be."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _shown(entries: Iterable[Path]) -> Iterator[Path]:
    return (entry for entry in entries if not entry.name.startswith("."))


def _slug(file: Path, root: Path) -> Slug:
    """Name a page by its path; the index page of the whole bank by the bank's folder."""
    if file == root or (file.parent == root and is_index(file.name)):
        return _folder_slug(root)
    return slug_of(file.relative_to(root))


def _folder_slug(folder: Path) -> Slug:
    """Name a folder as it was given: what a link leads to may be called otherwise tomorrow."""
    named = folder if folder.name and ".." not in folder.parts else _real(folder)
    return clean_slug(named.name)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # links that go round in circles, before Python 3.13
        return path.absolute()


def page_text(path: Path) -> str | None:
    """A page that was read before, as it is now; None when it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > MOST_BYTES:
            return None
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
