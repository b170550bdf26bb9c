"""Which image of a page can be shown, and what its author is told of one that cannot."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif"})
MOST_BYTES: Final = 5 * 1024 * 1024
_BEGINNINGS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_NOT_DRAWN: Final = frozenset({".svg", ".svgz", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico"})
"""What Slack draws nowhere (docs.slack.dev/reference/block-kit/blocks/image-block)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`url` and `digest` as an `Image` has them."""

    url: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why there is nothing to show; empty where nobody has looked."""

    what: str = ""


Found: TypeAlias = Picture | Mistake
Find: TypeAlias = Callable[[str], Found]
"""Looks for the file that a page names by a path, as it is written there."""


def not_looked_for(_target: str) -> Found:
    """For texts that belong to no folder."""
    return Mistake()


def picture_of(target: str, find: Find) -> Found:
    """What an image with this target shows."""
    try:
        parts = urlsplit(target)
    except ValueError:  # an address such as http://[
        return Mistake("This is no address of an image.")
    if not parts.scheme and not parts.netloc:
        return find(target)
    return _remote(target, parts)


def _remote(target: str, parts: SplitResult) -> Found:
    if parts.scheme != "https" or not parts.netloc:
        return Mistake("Slack does not fetch an image from such an address.")
    if posixpath.splitext(parts.path)[1].lower() in _NOT_DRAWN:
        return Mistake("Slack does not show images of this kind.")
    return Picture(target)


def path_below(folder: str, target: str) -> str | None:
    """Where a page in `folder` finds a file, from the bank's folder on, both with slashes; None
    for what would lie outside.
    """
    path = unquote(urlsplit(target).path)
    if not path or path.startswith("/") or "\\" in path or "\0" in path or ":" in path:
        return None
    found = posixpath.normpath(posixpath.join(folder, path))
    return None if found == ".." or found.startswith(("../", "/")) else found


def kind_of(content: bytes) -> str:
    """`png`, `jpeg` or `gif` by the first bytes, whatever the file is called; else nothing."""
    kinds = (kind for start, kind in _BEGINNINGS.items() if content.startswith(start))
    return next(kinds, "")
