"""What a listener wants Slack to show, said as a value before anything is sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.blocks.kit import Block, Message


@dataclass(frozen=True, slots=True)
class Show:
    """Replace the message that was clicked where it is the person's own, else tell them alone."""

    message: Message


@dataclass(frozen=True, slots=True)
class Tell:
    """A new private message; the one that was clicked stays as it is."""

    message: Message


@dataclass(frozen=True, slots=True)
class Announce:
    """A message for the whole channel; then the one that was clicked is replaced, if given.

    Slack cannot tell a repeated message, so this one is sent at most once. When Slack refuses
    it for certain, `release` is called and `refused` told; when its answer is lost, `unsure`.
    """

    message: Message
    then: Message | None
    refused: Message
    unsure: Message
    release: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A modal, by a trigger that lives for three seconds; `late` is told when it is over."""

    trigger: str
    view: Block
    late: Message


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is to be shown."""


Effect: TypeAlias = Show | Tell | Announce | OpenForm | Silence
