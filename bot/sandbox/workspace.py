"""Everything the local Slack knows, without any I/O: the state between the bot and the people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.changes import Signal
from bot.sandbox.messages import Message, MessageLog
from bot.sandbox.passes import ReplyAddresses, Triggers
from bot.sandbox.people import BOT, BOT_USER, CHANNELS, PEOPLE, Channel, Person
from bot.sandbox.refusal import NotPossible, Refused
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


class Workspace:
    def __init__(
        self, *, command: str, now: Callable[[], float], token: Callable[[], str]
    ) -> None:
        self.command = command
        self.now = now
        self.token = token
        self.messages = MessageLog(now, token)
        self.views = ViewBook(now, token)
        self.triggers = Triggers(now, token)
        self.replies = ReplyAddresses(now, token)
        self.signal = Signal()
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self.notices: dict[str, Notice] = {}
        self.dismissed: set[tuple[str, str]] = set()
        self._people = {person.id: person for person in (*PEOPLE, BOT)}
        self._channels = {channel.id: channel for channel in CHANNELS}

    # People and channels

    def everybody(self) -> list[Person]:
        return list(self._people.values())

    def channels(self) -> list[Channel]:
        return list(self._channels.values())

    def person(self, user: str) -> Person:
        if user not in self._people:
            raise Refused("user_not_found")
        return self._people[user]

    def someone(self, user: str) -> Person:
        """The person who does something here; NotPossible for a stranger or the bot."""
        person = self._people.get(user)
        if person is None or person.is_bot:
            raise NotPossible("user_not_found", f"There is no person {user}.")
        return person

    def channel(self, name: str) -> Channel:
        """By id, by name with or without `#`, or by a person's id: their direct message."""
        if name in self._channels:
            return self._channels[name]
        if name in self._people and name != BOT_USER:
            return self.dm(name)
        for channel in self._channels.values():
            if not channel.is_im and channel.name == name.removeprefix("#"):
                return channel
        raise Refused("channel_not_found")

    def dm(self, user: str) -> Channel:
        return next(c for c in self._channels.values() if c.is_im and user in c.members)

    def open_to(self, user: str) -> list[Channel]:
        """Channels a person sees, the direct message with the bot last."""
        return [channel for channel in self._channels.values() if user in channel.members]

    def join(self, user: str, channel: str) -> None:
        """`user` may be the bot's id, here and in `leave`."""
        old = self._channels[channel]
        self._channels[channel] = replace(old, members=old.members | {user})
        self.signal.changed()

    def leave(self, user: str, channel: str) -> None:
        old = self._channels[channel]
        self._channels[channel] = replace(old, members=old.members - {user})
        self.signal.changed()

    # What people see

    def seen_by(self, user: str, channel: str) -> list[Message]:
        if user not in self._channels[channel].members:
            return []
        seen = self.messages.seen_by(user, channel)
        return [message for message in seen if (user, message.ts) not in self.dismissed]

    def visible(self, user: str, channel: str, ts: str) -> Message:
        for message in self.seen_by(user, channel) if channel in self._channels else ():
            if message.ts == ts:
                return message
        raise NotPossible("message_not_found", f"{user} sees no message {ts} in {channel}.")

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

    def tell(self, user: str, text: str) -> None:
        self.notices[user] = Notice("error", text)
        self.signal.changed()
