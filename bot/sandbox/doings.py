"""What a person does in the local Slack: writes, clicks, chooses, fills in, opens, closes."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.sandbox import inputs, payloads, replies
from bot.sandbox.compositions import SUGGESTIONS
from bot.sandbox.inputs import Value
from bot.sandbox.line import Line
from bot.sandbox.messages import Message
from bot.sandbox.passes import ReplyAddress
from bot.sandbox.people import BOT_NAME, BOT_USER, Channel, Person
from bot.sandbox.refusal import NotPossible, Refused
from bot.sandbox.views import View
from bot.sandbox.workspace import Refusal, Workspace

Source: TypeAlias = Message | View | Mapping[str, str]
"""Where an element stands: a message, a view, or their names as the page sends them."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Doings:
    """Each returns when the bot has acknowledged, or has had its time to."""

    def __init__(self, workspace: Workspace, line: Line, url: Callable[[], str]) -> None:
        """`url` tells where this server is reached, for the addresses a bot answers to."""
        self._workspace = workspace
        self._line = line
        self._url = url

    # Writing

    async def say(self, user: str, channel: str, text: str) -> None:
        person = self._workspace.someone(user)
        place = self._channel(person, channel)
        command, _, rest = text.strip().partition(" ")
        if command == self._workspace.command:
            await self._command(person, place, rest.strip())
        elif command.startswith("/"):
            raise NotPossible("unknown_command", f"{command} is not a command here.")
        elif text.strip():
            await self._message(person, place, text)

    async def _command(self, person: Person, channel: Channel, text: str) -> None:
        workspace = self._workspace
        token = workspace.replies.issue(person.id, channel.id)
        form = payloads.slash_command(person, channel, workspace.command, text) | {
            "trigger_id": workspace.triggers.issue(person.id),
            "response_url": self._reply_url(token),
        }
        reply = await self._line.tell(person, "slash_commands", form)
        if reply.body:
            self._show_answer(ReplyAddress(person.id, channel.id, None, 0), reply.body)

    def _show_answer(self, address: ReplyAddress, body: Mapping[str, Any]) -> None:
        try:
            replies.reply(self._workspace, address, body)
        except Refused as refusal:
            method = "answer to a slash command"
            refused = Refusal(method, refusal.code, refusal.details)
            self._workspace.refuse(refused, address.user)
        self._workspace.signal.changed()

    async def _message(self, person: Person, channel: Channel, text: str) -> None:
        mention = f"<@{BOT_USER}>"
        parts = text.replace(f"@{BOT_NAME}", mention).split(mention)
        wire = mention.join(re.sub("[&<>]", lambda sign: _ESCAPES[sign[0]], p) for p in parts)
        log = self._workspace.messages
        message = log.add(Message(log.next_ts(), channel.id, person.id, wire))
        self._workspace.signal.changed()
        body = payloads.message_wire(message) | {"channel": channel.id, "event_ts": message.ts}
        if person.foreign_team:
            names = ("team", "user_team", "source_team")
            body |= dict.fromkeys(names, person.team)
        if channel.is_im:
            await self._line.event(person, body | {"channel_type": "im"})
        elif mention in wire:
            await self._line.event(person, body | {"type": "app_mention"})

    def dismiss(self, user: str, channel: str, ts: str) -> None:
        """Hide a private message for good."""
        message = self._workspace.visible(user, channel, ts)
        if not message.ephemeral:
            raise NotPossible("not_ephemeral", "Only private messages can be dismissed.")
        self._workspace.dismissed.add((user, ts))
        self._workspace.signal.changed()

    # Clicking and choosing

    async def act(
        self, user: str, source: Source, block_id: str | None, action_id: str, value: Value
    ) -> None:
        """Bring an element into a new state: a click of a button, a choice in a select."""
        person = self._workspace.someone(user)
        place = self._place(person, source)
        block, element = self.element(place, action_id, block_id)
        if reason := inputs.unfit(element, value):
            raise NotPossible("invalid_value", f"{action_id}: {reason}.")
        state = inputs.canonical(element, value)
        place = self._choose(person, place, (block, action_id), state)
        moment = self._workspace.messages.next_ts()
        payload = payloads.block_actions(
            person,
            self._workspace.triggers.issue(person.id, from_modal=_is_modal(place)),
            self._where(person, place),
            payloads.action(block, element, state, moment),
        )
        if isinstance(place, Message):
            token = self._workspace.replies.issue(person.id, place.channel, place.ts)
            payload["response_url"] = self._reply_url(token)
        await self._line.tell(person, "interactive", payload)

    def element(
        self, place: Message | View, action_id: str, block_id: str | None = None
    ) -> tuple[str, Mapping[str, Any]]:
        """An element with its block_id; NotPossible when it is not there."""
        found = inputs.find(place.blocks or [], action_id, block_id)
        if found is None:
            raise NotPossible("element_not_found", f"There is no element {action_id} here.")
        return found

    async def suggest(
        self, user: str, source: Source, block_id: str | None, action_id: str, query: str
    ) -> Mapping[str, Any]:
        """Options (or option_groups) of an external select; empty when the bot gives none."""
        person = self._workspace.someone(user)
        place = self._place(person, source)
        block, element = self.element(place, action_id, block_id)
        if not element["type"].endswith("external_select"):
            raise NotPossible("invalid_value", f"{action_id} does not ask for suggestions.")
        where = self._where(person, place)
        payload = payloads.block_suggestion(person, where, (block, action_id), query)
        reply = await self._line.tell(person, "interactive", payload)
        if not reply.ok:
            return {"options": []}
        if problems := list(SUGGESTIONS(reply.body, "")):
            refused = Refusal("options", "invalid_options", tuple(problems))
            self._workspace.refuse(refused, user)
            return {"options": []}
        return reply.body

    def place(self, user: str, source: Source) -> Message | View:
        """The message or view as this person sees it now."""
        return self._place(self._workspace.someone(user), source)

    def _place(self, person: Person, source: Source) -> Message | View:
        match source:
            case Message():
                return self._workspace.visible(person.id, source.channel, source.ts)
            case View():
                return self._workspace.view_of(person.id, source.id)
            case {"view": view_id}:
                return self._workspace.view_of(person.id, view_id)
            case {"channel": channel, "ts": ts}:
                return self._workspace.visible(person.id, channel, ts)
        raise NotPossible("invalid_source", "A source is a message or a view.")

    def _choose(
        self, person: Person, place: Message | View, where: tuple[str, str], state: Value
    ) -> Message | View:
        if isinstance(place, View):
            place = self._workspace.views.choose(place, where, state)
        else:
            self._workspace.messages.choose(person.id, place, where, state)
        self._workspace.signal.changed()
        return place

    def _where(self, person: Person, place: Message | View) -> dict[str, Any]:
        if isinstance(place, View):
            return payloads.in_view(place)
        state = self._workspace.messages.state(person.id, place)
        return payloads.in_message(place, self._workspace.channel(place.channel), state)

    # Opening the app

    async def open_home(self, user: str) -> None:
        await self._opened(user, "home")

    async def open_messages(self, user: str) -> None:
        await self._opened(user, "messages")

    async def _opened(self, user: str, tab: str) -> None:
        person = self._workspace.someone(user)
        body: dict[str, Any] = {
            "type": "app_home_opened",
            "user": user,
            "channel": self._workspace.dm(user).id,
            "tab": tab,
            "event_ts": self._workspace.messages.next_ts(),
        }
        if home := self._workspace.views.home(user):
            body["view"] = payloads.view_wire(home)
        await self._line.event(person, body)

    # Common

    def _reply_url(self, token: str) -> str:
        return f"{self._url()}/actions/T1/1/{token}"

    def _channel(self, person: Person, name: str) -> Channel:
        for channel in self._workspace.open_to(person.id):
            if name in (channel.id, channel.name):
                return channel
        raise NotPossible("channel_not_found", f"{person.name} is in no channel {name}.")


def _is_modal(place: Message | View) -> bool:
    return isinstance(place, View) and place.type == "modal"
