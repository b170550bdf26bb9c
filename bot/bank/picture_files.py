"""Reads the images that pages name, and none that lies outside their bank's folder."""

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.bank.pictures import MOST_BYTES, SUFFIXES, Found, Mistake, Picture, kind_of, path_below
from bot.quiz.prose import Image

_MARKS: Final = (".quizlint.toml", ".git")
_OUTSIDE: Final = Mistake("This image lies outside the bank's folder.")
_MISSING: Final = Mistake("There is no such image.")
_TOO_BIG: Final = Mistake("This image has more than 5 MB.")
_NO_IMAGE: Final = Mistake("This file is no PNG, JPEG or GIF.")


@dataclass(slots=True)
class PictureFolder:
    """The images of one page: `root` is the bank's folder, `folder` that of the page below it.

    `seen` has what each file that was looked for was like, see `glance`.
    """

    root: Path
    folder: str
    seen: dict[Path, str] = field(default_factory=dict)

    def find(self, target: str) -> Found:
        path = path_below(self.folder, target)
        if path is None:
            return _OUTSIDE
        file = self.root / path
        self.seen[file] = glance(file)
        content = _content(self.root, path)
        if isinstance(content, Mistake):
            return content
        return Picture(path, hashlib.sha256(content).hexdigest())


def glance(file: Path) -> str:
    """What tells a file from another version of it, without reading it; empty without a file."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}:{found.st_ino}"


def picture_root(path: Path) -> Path:
    """Where the images lie of what was given as a bank. Of a single page it is the nearest folder
    above it that looks like a bank: with a configuration of the lint, or a repository.
    """
    try:
        if path.is_dir():
            return path
        folders = (f for f in path.parents if any((f / mark).exists() for mark in _MARKS))
        return next(folders, path.parent)
    except OSError:  # a folder that is closed: its pages are told about, not its images
        return path.parent


def content_of_image(image: Image, roots: Sequence[Path]) -> bytes | None:
    """The very content that the image was made of; None when it is nowhere any more."""
    for root in roots:
        content = _content(picture_root(root.resolve()), image.url)
        if isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == image.digest:
            return content
    return None


def _content(root: Path, path: str) -> bytes | Mistake:
    if path_below("", path) is None:
        return _OUTSIDE
    try:
        file = (root / path).resolve(strict=True)
        if not file.is_relative_to(root.resolve()):
            return _OUTSIDE
        found = file.stat()
        if not stat.S_ISREG(found.st_mode) or file.suffix.lower() not in SUFFIXES:
            return _NO_IMAGE
        if found.st_size > MOST_BYTES:
            return _TOO_BIG
        content = file.read_bytes()
    except (OSError, RuntimeError, ValueError):  # links in a circle, names that cannot be
        return _MISSING
    return content if kind_of(content) else _NO_IMAGE
