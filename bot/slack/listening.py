"""The one way in which a listener works: decide, acknowledge, then let Slack show it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, assert_never

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import notices
from bot.blocks.kit import Block, Element
from bot.errors import MemoryAway, SlackAway, SlackRefused
from bot.quiz.player import Player, Workspace
from bot.slack.background import Background
from bot.slack.chat import Chat
from bot.slack.effect import Effect, Redraw, Silence
from bot.slack.explaining import explained
from bot.slack.incoming import (
    Address,
    Body,
    Click,
    Words,
    read_click,
    read_command,
    read_event,
    read_form,
    read_workspace,
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


@dataclass(frozen=True, slots=True)
class NextForm:
    """A form that was taken and leads to another one, above it: one can go back."""

    view: Block


@dataclass(frozen=True, slots=True)
class OtherForm:
    """A form that was taken and becomes another one."""

    view: Block


@dataclass(frozen=True, slots=True)
class AllTaken:
    """The last of several forms: all of them close."""

    effect: Effect
    to: Address


AfterForm: TypeAlias = Wrong | Taken | NextForm | OtherForm | AllTaken
OnForm: TypeAlias = Callable[[Click], Awaitable[AfterForm]]
OnClick: TypeAlias = Callable[[Click], Awaitable[Effect]]
OnWords: TypeAlias = Callable[[Words], Awaitable[Effect]]
Wanted: TypeAlias = Callable[[Body], bool]
Meet: TypeAlias = Callable[[Player, str], Awaitable[None]]
AtHome: TypeAlias = Callable[[Click, Effect], Effect]


async def nobody(_player: Player, _name: str) -> None:
    """For those who do not care who comes by."""


def nowhere(_click: Click, _effect: Effect) -> Effect:
    """For those without a Home tab."""
    return Silence()


@dataclass(frozen=True, slots=True)
class Listening:
    """Registers listeners. The call to Slack is made in the background, after the ack: Slack
    waits three seconds for the ack, and for nothing else. `meet` is told who came by; `at_home`
    says what becomes of a Home tab after a click in it.
    """

    app: AsyncApp
    chat: Chat
    background: Background
    meet: Meet = nobody
    at_home: AtHome = nowhere
    _events: dict[str, list[tuple[Wanted, OnWords]]] = field(default_factory=dict, init=False)

    def click(self, action_id: Any, decide: OnClick, *, unmet: bool = False) -> None:
        """`action_id` is what Bolt takes: a name or a pattern. Of an `unmet` click nobody is told:
        that of somebody who wants to be forgotten.
        """

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            click = read_click(body)
            effect = await decide(click)
            await ack()
            await self.send(effect, click.address)
            if click.home is not None:
                await self.send(self.at_home(click, effect), click.address)
            if not unmet:
                await self._meet(click.player, click.name)

        self.app.action(action_id)(listener)

    def command(self, name: str, decide: OnWords) -> None:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            words = read_command(body)
            effect = await decide(words)
            await ack()
            await self.send(effect, words.address)
            await self._meet(words.player, words.name)

        self.app.command(name)(listener)

    def event(self, name: str, decide: OnWords, *, only: Wanted = lambda _: True) -> None:
        """Of several for the same event the first is asked that wants it; Bolt would stop at the
        first of all.
        """
        heard = self._events.setdefault(name, [])
        heard.append((only, decide))
        if len(heard) > 1:
            return

        async def listener(body: dict[str, Any]) -> None:
            for wanted, act in heard:
                if wanted(body["event"]):
                    words = read_event(body)
                    await self.send(await act(words), words.address)
                    return

        self.app.event(name)(listener)

    def news(self, name: str, heed: Callable[[Workspace], Awaitable[None]]) -> None:
        """An event that nobody in particular did. It may come more than once."""

        async def listener(body: dict[str, Any]) -> None:
            await heed(read_workspace(body))

        self.app.event(name)(listener)

    def form(self, callback_id: str, decide: OnForm) -> None:
        """A sent modal: it closes, or stays open and points at what is wrong."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            decision = await decide(read_form(body))
            match decision:
                case Wrong(fields):
                    await ack(response_action="errors", errors=fields)
                case NextForm(view):
                    await ack(response_action="push", view=await self.chat.drawn(view))
                case OtherForm(view):
                    await ack(response_action="update", view=await self.chat.drawn(view))
                case Taken(effect, to):
                    await ack()
                    await self.send(effect, to)
                case AllTaken(effect, to):
                    await ack(response_action="clear")
                    await self.send(effect, to)
                case _:
                    assert_never(decision)

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

    async def _meet(self, player: Player, name: str) -> None:
        await self.background.start(self._try_to_meet(player, name), "meet")

    async def _try_to_meet(self, player: Player, name: str) -> None:
        try:
            await self.meet(player, name)
        except MemoryAway:
            log.warning("a name was not kept")

    async def send(self, effect: Effect, to: Address) -> None:
        if not isinstance(effect, Redraw | Silence):
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
        except Exception as error:  # noqa: BLE001  what was put off can fail like a listener
            await self.chat.tell(explained(error), to)
