"""Images on their way out and in: which of them are files, and where these lie."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from bot.bank.pictures import MOST_BYTES, Found, Mistake, Picture, kind_of, path_below
from bot.quiz.prose import Image, Prose, images
from bot.quiz.question import Option, Question

ReadImage: TypeAlias = Callable[[Image], bytes | None]
"""Gives the content of an image that is a file; None when it is nowhere any more."""

Address: TypeAlias = Callable[[Image], str]
"""Where an image is found by those who read the export; empty where it is not."""

FOLDER: Final = "images"
_ENDINGS: Final = {"png": ".png", "jpeg": ".jpg", "gif": ".gif"}
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_MARK: Final = 8
"""Characters of the digest that tell two images of one name apart."""


def no_image(_image: Image) -> bytes | None:
    return None


def is_file(image: Image) -> bool:
    """Whether an image lies in a bank's folder, not at an address."""
    return not urlsplit(image.url).scheme


def files_of(question: Question) -> Iterator[Image]:
    """The files that a question shows, each as often as it does."""
    return (each for text in _texts(question) for each in images(text) if is_file(each))


def _texts(question: Question) -> Iterator[Prose]:
    yield from (question.prompt, question.explanation, question.hint)
    yield from (text for each in question.options for text in (each.text, each.feedback))


def moved(question: Question, address: Address) -> Question:
    """The same question with other addresses of its images."""
    if not any(images(text) for text in _texts(question)):
        return question

    def text(given: Prose) -> Prose:
        return tuple(
            replace(block, url=address(block)) if isinstance(block, Image) else block
            for block in given
        )

    return replace(
        question,
        prompt=text(question.prompt),
        options=tuple(
            Option(text(each.text), each.correct, text(each.feedback)) for each in question.options
        ),
        explanation=text(question.explanation),
        hint=text(question.hint),
    )


def from_bank(image: Image) -> str:
    """The address of an image in Markdown that counts from the bank's folder."""
    return quote(image.url) if is_file(image) else image.url


def from_folder(image: Image, folder: str) -> str:
    """The address of an image on a page that lies in `folder` below the bank's folder."""
    return quote(posixpath.relpath(image.url, folder or ".")) if is_file(image) else image.url


def as_written(target: str) -> Found:
    """Take a path for the file it names, whether there is one or not."""
    path = path_below("", target)
    return Mistake() if path is None else Picture(path)


class Unpacked:
    """The images of an archive: those that questions show are kept, below names of their own.

    `kept` has their contents by a path that counts from the folder of the page.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.kept: dict[str, bytes] = {}

    def find(self, target: str, beside: str) -> Found:
        """An image by its address in a file of the archive that is called `beside`."""
        path = unquote(urlsplit(target).path)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path))
        content = self._files.get(name, b"")
        ending = _ENDINGS.get(kind_of(content), "")
        if not ending or len(content) > MOST_BYTES:
            return Mistake()
        digest = hashlib.sha256(content).hexdigest()
        kept = f"{FOLDER}/{_marked(PurePosixPath(name).stem, digest)}{ending}"
        self.kept[kept] = content
        return Picture(kept, digest)


def _marked(stem: str, digest: str) -> str:
    """A harmless name that no other image has, and the same one when it comes again."""
    mark = digest[:_MARK]
    bare = _ODD.sub("-", stem).strip("-").removesuffix(mark).strip("-")
    return f"{bare}-{mark}" if bare else mark
