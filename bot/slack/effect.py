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
class HandOver:
    """A file for one person, in their own conversation with the bot, with `message` before it.

    Where the bot may not send files, `pages` say the same; `done` is told where they clicked.
    """

    file_name: str
    content: str
    message: Message
    pages: tuple[Message, ...]
    done: Message


@dataclass(frozen=True, slots=True)
class OpenAndFill:
    """A modal that shows `view` at once, as the trigger does not live for long, and what `fill`
    makes as soon as that is known. It goes `above` the one in which it was asked for, or opens
    the first. `late` as in `OpenForm`.
    """

    trigger: str
    view: Block
    fill: Callable[[], Awaitable[Block]]
    late: Message
    above: bool = False


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """A modal that is open shows something else; what was filled in stays where it fits."""

    form: str
    view: Block


@dataclass(frozen=True, slots=True)
class Later:
    """What takes longer than Slack waits for an answer: done afterwards, then shown."""

    work: Callable[[], Awaitable["Effect"]]


@dataclass(frozen=True, slots=True)
class Redraw:
    """Nothing but the Home tab that was clicked, which is drawn anew with `note` on top."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is to be shown."""


Effect: TypeAlias = (
    Show
    | Tell
    | Announce
    | OpenForm
    | OpenAndFill
    | ChangeForm
    | HandOver
    | Later
    | Redraw
    | Silence
)
