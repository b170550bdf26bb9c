"""Everything the local Slack knows, without any I/O: the state between the bot and the people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.directory import Directory
from bot.sandbox.files import FileShelf, StoredFile
from bot.sandbox.messages import Message, MessageLog
from bot.sandbox.passes import ReplyAddresses, Triggers
from bot.sandbox.people import PEOPLE
from bot.sandbox.refusal import NotPossible
from bot.sandbox.scopes import KNOWN
from bot.sandbox.views import View, ViewBook


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: a Web API method, or `response_url`."""

    method: str
    arguments: Mapping[str, Any]
    ok: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call that Slack would have refused; `messages` say where and why."""

    method: str
    error: str
    messages: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = "".join(f"\n{words}" for words in self.messages)
        return f"{self.method}: {self.error}{details}"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person is told beside the messages; `kind` is error or info."""

    kind: str
    text: str


class Workspace(Directory):
    """`url` is where the local Slack is reached; `scopes` are what the bot may do."""

    def __init__(
        self, *, command: str, now: Callable[[], float], token: Callable[[], str]
    ) -> None:
        super().__init__()
        self.command = command
        self.now = now
        self.token = token
        self.url = ""
        self.scopes = set(KNOWN)
        self.messages = MessageLog(now, token)
        self.files = FileShelf(now, token)
        self.views = ViewBook(now, token)
        self.triggers = Triggers(now, token)
        self.replies = ReplyAddresses(now, token)
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self.notices: dict[str, Notice] = {}
        self.dismissed: set[tuple[str, str]] = set()

    # What people see

    def seen_by(self, user: str, channel: str) -> list[Message]:
        if user not in self._channels[channel].members:
            return []
        return [m for m in self.messages.of(channel) if self._is_for(user, m)]

    def visible(self, user: str, channel: str, ts: str) -> Message:
        message = self.messages.get(channel, ts)
        is_there = message is not None and user in self._channels[channel].members
        if message is None or not is_there or not self._is_for(user, message):
            raise NotPossible("message_not_found", f"{user} sees no message {ts} in {channel}.")
        return message

    def _is_for(self, user: str, message: Message) -> bool:
        return message.only_for in ("", user) and (user, message.ts) not in self.dismissed

    def file_for(self, user: str, file_id: str) -> StoredFile:
        """A file that stands in a message which this person sees."""
        file = self.files.get(file_id)
        if file is None or not any(user in self._channels[c].members for c in file.channels):
            raise NotPossible("file_not_found", f"{user} sees no file {file_id}.")
        return file

    def view_of(self, user: str, view_id: str) -> View:
        view = self.views.get(view_id)
        if view is None or view.owner != user:
            raise NotPossible("view_not_found", f"{user} has no view {view_id} open.")
        return view

    # What is remembered about the bot

    def record(self, call: Call, details: tuple[str, ...] = ()) -> None:
        """Keep a call; a refused one is also shown, to the person it was meant for or to all."""
        self.calls.append(call)
        if not call.ok:
            self.refuse(Refusal(call.method, call.error, details), call.arguments.get("user"))
        self.signal.changed()

    def refuse(self, refusal: Refusal, user: object = None) -> None:
        self.refusals.append(refusal)
        concerned = [str(user)] if user in self._people else [p.id for p in PEOPLE]
        for each in concerned:
            self.notices[each] = Notice("error", str(refusal))
        self.signal.changed()

    def tell(self, user: str | None, text: str) -> None:
        """Without a person, everybody at the page is told."""
        for each in (user,) if user else [person.id for person in PEOPLE]:
            self.notices[each] = Notice("error", text)
        self.signal.changed()
