"""The one way in which a listener works: decide, acknowledge, then let Slack show it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import notices
from bot.blocks.kit import Element
from bot.errors import SlackAway, SlackRefused
from bot.slack.background import Background
from bot.slack.chat import Chat
from bot.slack.effect import Effect, Silence
from bot.slack.incoming import (
    Address,
    Body,
    Click,
    Words,
    read_click,
    read_command,
    read_event,
    read_form,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form: a sentence for each block id."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """A form that was taken, and what to show where."""

    effect: Effect
    to: Address


OnForm: TypeAlias = Callable[[Click], Awaitable[Wrong | Taken]]
OnClick: TypeAlias = Callable[[Click], Awaitable[Effect]]
OnWords: TypeAlias = Callable[[Words], Awaitable[Effect]]


@dataclass(frozen=True, slots=True)
class Listening:
    """Registers listeners. The call to Slack is made in the background, after the ack: Slack
    waits three seconds for the ack, and for nothing else.
    """

    app: AsyncApp
    chat: Chat
    background: Background

    def click(self, action_id: Any, decide: OnClick) -> None:
        """`action_id` is what Bolt takes: a name or a pattern."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            click = read_click(body)
            effect = await decide(click)
            await ack()
            await self.send(effect, click.address)

        self.app.action(action_id)(listener)

    def command(self, name: str, decide: OnWords) -> None:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            words = read_command(body)
            effect = await decide(words)
            await ack()
            await self.send(effect, words.address)

        self.app.command(name)(listener)

    def event(
        self, name: str, decide: OnWords, *, only: Callable[[Body], bool] = lambda _: True
    ) -> None:
        async def listener(body: dict[str, Any]) -> None:
            if only(body["event"]):
                words = read_event(body)
                await self.send(await decide(words), words.address)

        self.app.event(name)(listener)

    def form(self, callback_id: str, decide: OnForm) -> None:
        """A sent modal: it closes, or stays open and points at what is wrong."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            decision = await decide(read_form(body))
            if isinstance(decision, Wrong):
                await ack(response_action="errors", errors=decision.fields)
                return
            await ack()
            await self.send(decision.effect, decision.to)

        self.app.view(callback_id)(listener)

    def choices(self, action_id: str, search: Callable[[str], list[Element]]) -> None:
        """The entries of a type-ahead, in groups, for what is typed so far."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack(option_groups=search(str(body.get("value") or "")))

        self.app.options(action_id)(listener)

    def quietly(self, action_ids: Sequence[str]) -> None:
        """A choice that is read later, with the press of a button."""

        async def listener(ack: AsyncAck) -> None:
            await ack()

        for action_id in action_ids:
            self.app.action(action_id)(listener)

    async def send(self, effect: Effect, to: Address) -> None:
        if not isinstance(effect, Silence):
            await self.background.start(self._carry_out(effect, to), type(effect).__name__)

    async def _carry_out(self, effect: Effect, to: Address) -> None:
        """A person must not wait without a word: what could not be shown is said in short."""
        try:
            await self.chat.carry_out(effect, to)
        except SlackRefused:
            log.exception("slack refused a message", effect=type(effect).__name__)
            await self.chat.tell(notices.sentence(notices.NOT_SHOWN), to)
        except SlackAway as error:
            log.warning("slack did not answer", call=str(error))
