"""The pieces of modals: fields with their labels, and how a sent form is read."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bot.blocks import kit, limits
from bot.blocks.kit import Block, Element, Message

FormState: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Block id -> action id -> state of the element. Our fields have one element by the same name."""


def modal(
    title: str, blocks: Sequence[Block], *, callback_id: str = "", metadata: str = "", close: str
) -> Block:
    """Without `sends` it has nothing to send."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": kit.plain_text(title, limits.VIEW_TITLE),
        "close": kit.plain_text(close, limits.VIEW_CLOSE),
        "blocks": list(blocks),
    }


def sends(view: Block, label: str) -> Block:
    """The same modal with a button that sends it."""
    return {**view, "submit": kit.plain_text(label, limits.VIEW_SUBMIT)}


def message_view(title: str, message: Message) -> Block:
    """A modal that only tells something."""
    return modal(title, message.blocks, close="Close")


def field(
    name: str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    """An input; `name` is its block id and the action id of its element."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": kit.plain_text(label, limits.INPUT_LABEL),
        "element": {**element, "action_id": name},
    }
    if hint:
        block["hint"] = kit.plain_text(hint, limits.INPUT_HINT)
    return {**block, "optional": True} if optional else block


def time_picker(chosen: str = "") -> Element:
    """`chosen` is like `09:30`."""
    element: Element = {"type": "timepicker"}
    return {**element, "initial_time": chosen} if chosen else element


def text_box(words: str, most: int, *, placeholder: str = "") -> Element:
    """Several lines of text."""
    element: Element = {"type": "plain_text_input", "multiline": True, "max_length": most}
    if placeholder:
        element["placeholder"] = kit.plain_text(placeholder, limits.PLACEHOLDER)
    return {**element, "initial_value": words} if words else element


def one_of(kind: str, options: Sequence[Element], chosen: str) -> Element:
    """Radio buttons or a static select; `chosen` is the value of an option."""
    element: Element = {"type": kind, "options": list(options)}
    found = [option for option in options if option["value"] == chosen]
    return {**element, "initial_option": found[0]} if found else element


def some_of(kind: str, options: Sequence[Element], chosen: Sequence[str]) -> Element:
    """Checkboxes or a multi static select; `chosen` are values of options."""
    element: Element = {"type": kind, "options": list(options)}
    found = [option for option in options if option["value"] in chosen]
    return {**element, "initial_options": found} if found else element


def type_ahead(placeholder: str, chosen: Element | None = None) -> Element:
    """A select whose options are searched for; it shows some before anything is typed."""
    element: Element = {
        "type": "external_select",
        "placeholder": kit.plain_text(placeholder, limits.PLACEHOLDER),
        "min_query_length": 0,
    }
    return element if chosen is None else {**element, "initial_option": chosen}


def type_ahead_several(placeholder: str, chosen: Sequence[Element], most: int) -> Element:
    element: Element = {
        "type": "multi_external_select",
        "placeholder": kit.plain_text(placeholder, limits.PLACEHOLDER),
        "min_query_length": 0,
        "max_selected_items": most,
    }
    return {**element, "initial_options": list(chosen)} if chosen else element


def _element(state: FormState, name: str) -> Mapping[str, Any]:
    return state.get(name, {}).get(name, {})


def typed(state: FormState, name: str) -> str:
    """What was typed, or the time that was picked; empty for an untouched field."""
    element = _element(state, name)
    return str(element.get("value") or element.get("selected_time") or "")


def picked(state: FormState, name: str) -> str:
    """The value of the chosen option; empty for none."""
    return str((_element(state, name).get("selected_option") or {}).get("value", ""))


def ticked(state: FormState, name: str) -> tuple[str, ...]:
    """The values of all chosen options, in their order."""
    chosen = _element(state, name).get("selected_options") or ()
    return tuple(str(option["value"]) for option in chosen)
