"""Images that are files of the bank: each is brought to Slack once, by whoever needs it first."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from posixpath import splitext
from typing import Protocol

from bot.bank.catalogue import Catalogue
from bot.bank.shelf import Library, Shelf
from bot.play.ports import Chance, Clock
from bot.quiz.player import Workspace
from bot.quiz.prose import Image, images
from bot.quiz.question import Question, Quiz


class PictureStore(Protocol):
    async def picture_files(
        self, workspace: Workspace, names: Collection[str]
    ) -> Mapping[str, str]:
        """The files of those images that are in Slack already."""

    async def claim_picture(
        self, workspace: Workspace, name: str, attempt: str, now: datetime
    ) -> str | None:
        """An empty text lets this attempt upload it; else it is the file, or None while somebody
        else is at it. A claim ends by itself.
        """

    async def settle_picture(
        self, workspace: Workspace, name: str, attempt: str, file: str
    ) -> str:
        """The file that counts; an empty `file` gives the claim back."""

    async def forget_picture(self, workspace: Workspace, name: str, file: str) -> None:
        """Slack knows this file no more."""


Upload = Callable[[str, bytes], Awaitable[str]]
"""Brings a file, with its name and content, to Slack and gives its id. Raises `SlackRefused` and
`SlackAway`.
"""

Read = Callable[[Image], Awaitable[bytes | None]]
"""The content of an image; None when it is nowhere any more."""


@dataclass(slots=True)
class Pictures:
    """The workspace's own copies of the images; `name` is always `Image.name`."""

    store: PictureStore
    library: Library
    upload: Upload
    read: Read
    now: Clock
    chance: Chance
    home: Workspace
    _walked: tuple[Catalogue | None, Mapping[str, Image]] = field(default=(None, {}), init=False)

    def images(self) -> Mapping[str, Image]:
        """All files that the questions of the newest bank show, by their names. A new bank is
        walked through once, which may take a part of a second and may be done in a thread.
        """
        newest = self.library.current if isinstance(self.library, Shelf) else self.library
        bank, found = self._walked
        if bank is not newest:
            shown = (image for quiz in newest for image in images_of_quiz(quiz))
            found = {image.name: image for image in shown if image.name}
            self._walked = newest, found
        return found

    async def files(self, names: Collection[str]) -> Mapping[str, str]:
        return await self.store.picture_files(self.home, names)

    async def bring(self, name: str) -> str | None:
        """Upload an image, unless it is there. The file; an empty text if it cannot be had; None
        while somebody else is at it.
        """
        image = self.images().get(name)
        content = await self.read(image) if image else None
        if image is None or content is None:
            return ""
        attempt = self.chance.token()
        found = await self.store.claim_picture(self.home, name, attempt, self.now())
        if found != "":
            return found
        file = ""
        try:
            # Slack shows what a file is called, and authors call one after what is right.
            file = await self.upload(f"image{splitext(image.url)[1].lower()}", content)
        finally:
            found = await self.store.settle_picture(self.home, name, attempt, file)
        return found

    async def is_gone(self, name: str, file: str) -> None:
        await self.store.forget_picture(self.home, name, file)


def images_of_quiz(quiz: Quiz) -> Iterator[Image]:
    return (image for question in quiz for image in images_of_question(question))


def images_of_question(question: Question) -> Iterator[Image]:
    for text in (question.prompt, question.explanation, question.hint):
        yield from images(text)
    for option in question.options:
        yield from images(option.text)
        yield from images(option.feedback)
