"""Files that the bot sends: announced, uploaded, then shared in a conversation."""

import mimetypes
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.sandbox.people import BOT_USER
from bot.sandbox.refusal import Refused

_IMAGES: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`length` was announced; `content` is None until it is uploaded."""

    id: str
    name: str
    title: str
    length: int
    created: int
    content: bytes | None = None
    channels: tuple[str, ...] = ()
    complete: bool = False

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def image_type(self) -> str:
        """What a browser may draw it as, by its first bytes; empty for anything but an image."""
        content = self.content or b""
        found = (kind for start, kind in _IMAGES.items() if content.startswith(start))
        return next(found, "")

    def wire(self) -> dict[str, Any]:
        """The file object of the Web API."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2].lower(),
            "user": BOT_USER,
            "mode": "hosted",
            "size": self.length,
            "is_external": False,
            "is_public": any(channel.startswith("C") for channel in self.channels),
            "channels": [channel for channel in self.channels if channel.startswith("C")],
            "ims": [channel for channel in self.channels if channel.startswith("D")],
        }


@dataclass
class FileShelf:
    """`slow` refuses to show each new file so many times, as Slack does while it looks through
    it.
    """

    now: Callable[[], float]
    token: Callable[[], str]
    _files: dict[str, StoredFile] = field(default_factory=dict)
    _tickets: dict[str, str] = field(default_factory=dict)
    slow: int = 0
    _refused: Counter[str] = field(default_factory=Counter)

    def announce(self, name: str, length: int) -> tuple[StoredFile, str]:
        """A file that is yet to come, and the ticket for its upload."""
        file = StoredFile(f"F{self.token().upper():0>10}", name, name, length, int(self.now()))
        ticket = self.token()
        self._files[file.id] = file
        self._tickets[ticket] = file.id
        return file, ticket

    def upload(self, ticket: str, content: bytes) -> None:
        """Take the content once, and only in the announced length."""
        file = self._files.get(self._tickets.get(ticket, ""))
        if file is None:
            raise Refused("no_such_url")
        if len(content) != file.length:
            words = f"/length: {file.length} bytes were announced, {len(content)} came"
            raise Refused("invalid_length", [words])
        del self._tickets[ticket]
        self._files[file.id] = replace(file, content=content)

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def uploaded(self, file_id: str) -> StoredFile:
        file = self._files.get(file_id)
        if file is None or file.content is None:
            raise Refused("file_not_found")
        return file

    def share(self, file: StoredFile, title: str, channel: str | None) -> StoredFile:
        """Finish an upload; without a channel nobody sees it."""
        places = (*file.channels, channel) if channel else file.channels
        self._files[file.id] = replace(
            file, title=title or file.name, channels=places, complete=True
        )
        return self._files[file.id]

    def can_be_shown(self, file_id: str) -> bool:
        """Whether an image block may show it; asking counts as a try."""
        file = self._files.get(file_id)
        if file is None or not (file.complete and file.image_type):
            return False
        self._refused[file_id] += 1
        return self._refused[file_id] > self.slow

    def delete(self, file_id: str) -> None:
        """As a workspace does with what is too old for it."""
        del self._files[file_id]
