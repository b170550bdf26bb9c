"""Files that the bot sends: announced, uploaded, then shared in a conversation."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.people import BOT_USER
from bot.sandbox.refusal import Refused


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

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

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
    now: Callable[[], float]
    token: Callable[[], str]
    _files: dict[str, StoredFile] = field(default_factory=dict)
    _tickets: dict[str, str] = field(default_factory=dict)

    def announce(self, name: str, length: int) -> tuple[StoredFile, str]:
        """A file that is yet to come, and the ticket for its upload."""
        file = StoredFile(f"F{self.token()}", name, name, length, int(self.now()))
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
        self._files[file.id] = replace(file, title=title or file.name, channels=places)
        return self._files[file.id]
