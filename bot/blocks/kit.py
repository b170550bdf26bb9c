"""The pieces of Block Kit that our screens are made of, each within Slack's limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.blocks import limits
from bot.blocks.graphemes import whole

Element: TypeAlias = dict[str, Any]
Block: TypeAlias = dict[str, Any]

ROOM: Final = limits.MESSAGE_BLOCKS_TEXT - 2_700
"""What a message may weigh in all. The limit is not documented and the rest is a wide margin:
a message of eleven thousand characters has been seen to be refused."""


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what a screen reader and a notification say; it is mrkdwn, escaped already."""

    text: str
    blocks: tuple[Block, ...]


def message(words: str, blocks: Iterable[Block]) -> Message:
    """A message whose `text` is the given plain words."""
    return Message(spoken([words]), tuple(blocks))


def spoken(lines: Sequence[str]) -> str:
    """Plain lines as the `text` of a message; long ones are cut so that each of them is heard."""
    marked = [escape(line) for line in lines if line]
    room = limits.EPHEMERAL_TEXT_BYTES - len(marked)  # for the line feeds between them
    shares = share_out([len(line.encode()) for line in marked], room)
    return "\n".join(clip_bytes(*pair) for pair in zip(marked, shares, strict=True))


def share_out(sizes: Sequence[int], room: int) -> list[int]:
    """What each part may weigh so that all fit: small parts whole, large ones equally much."""
    if sum(sizes) <= room:
        return list(sizes)
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    given = [0] * len(sizes)
    for left, i in zip(range(len(sizes), 0, -1), order, strict=True):
        given[i] = min(sizes[i], room // left)
        room -= given[i]
    return given


def escape(text: str) -> str:
    """Plain words as mrkdwn in which nothing is a mention, a link or a date."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{whole(text, limit - 1).rstrip()}…"


def clip_bytes(text: str, limit: int) -> str:
    """Cut to a number of UTF-8 bytes, never inside a sign or an escaped one."""
    if len(text.encode()) <= limit:
        return text
    cut = text.encode()[: limit - len("…".encode())].decode(errors="ignore")
    return f"{_unbroken(whole(text, len(cut))).rstrip()}…"


def _unbroken(cut: str) -> str:
    """Without the beginning of an escaped character at the end."""
    head, sign, tail = cut.rpartition("&")
    return head if sign and ";" not in tail else cut


def weight(part: object) -> int:
    """Characters of all strings but `type`, which is how a message's size is counted."""
    if isinstance(part, str):  # the hottest function of a screen: no slower tests than these
        return len(part)
    if isinstance(part, dict):
        return sum(weight(value) for name, value in part.items() if name != "type")
    if isinstance(part, list | tuple):
        return sum(map(weight, part))
    return 0


def plain_text(text: str, limit: int) -> Element:
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int = limits.SECTION_TEXT) -> Element:
    """`verbatim` keeps Slack from making links of what only looks like one."""
    if len(text) > limit:
        text = f"{_unbroken(whole(text, limit - 1)).rstrip()}…"
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(markup: str, accessory: Element | None = None) -> Block:
    """`markup` is mrkdwn of our own: whatever came from elsewhere is escaped in it."""
    block: Block = {"type": "section", "text": mrkdwn(markup)}
    return block if accessory is None else {**block, "accessory": accessory}


def context(*lines: str) -> Block:
    """Small grey words, shown as they are: no markup."""
    elements = [plain_text(line, limits.TEXT) for line in lines if line]
    return {"type": "context", "elements": elements}


def hint(markup: str) -> Block:
    """Small grey words in mrkdwn of our own."""
    return {"type": "context", "elements": [mrkdwn(markup)]}


def rich_text(elements: Sequence[Element]) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def actions(block_id: str, elements: Sequence[Element]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    label: str, action_id: str, value: str = "", *, style: str = "", spoken: str = ""
) -> Element:
    """`style` is primary or danger; `spoken` replaces the label for a screen reader."""
    element: Element = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON_TEXT_SHOWN),
        "action_id": action_id,
    }
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if spoken:
        element["accessibility_label"] = clip(spoken, limits.ACCESSIBILITY_LABEL)
    return element


def confirmed(element: Element, title: str, words: str, yes: str) -> Element:
    """A button that asks once more before it counts as pressed."""
    return {
        **element,
        "confirm": {
            "title": plain_text(title, limits.CONFIRM_TITLE),
            "text": plain_text(words, limits.CONFIRM_TEXT),
            "confirm": plain_text(yes, limits.CONFIRM_BUTTON),
            "deny": plain_text("Cancel", limits.CONFIRM_BUTTON),
            "style": "danger",
        },
    }


def option(label: str, value: str) -> Element:
    return {"text": plain_text(label, limits.OPTION_TEXT), "value": value}


def static_select(
    action_id: str, placeholder: str, options: Sequence[Element], chosen: Element | None = None
) -> Element:
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, limits.PLACEHOLDER),
        "options": list(options),
    }
    return element if chosen is None else {**element, "initial_option": chosen}


def bar(part: int, whole: int) -> str:
    """Ten cells; the number stands beside it, never only here."""
    cells = 10 * part // whole if whole else 0
    return "▓" * cells + "░" * (10 - cells)


def count(number: int, thing: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
