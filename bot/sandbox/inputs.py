"""What people have chosen and typed: Slack's `state.values`, kept by rules without I/O."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from bot.sandbox.block_kit import elements
from bot.sandbox.compositions import options_of
from bot.sandbox.elements import CHOICES, TYPED
from bot.sandbox.shape import WEB_ADDRESS

Blocks: TypeAlias = list[dict[str, Any]]
Value: TypeAlias = dict[str, Any]
State: TypeAlias = dict[str, dict[str, Value]]

_NAMED_FIELDS = {"datepicker": "date", "timepicker": "time"}


def complete(blocks: Sequence[Mapping[str, Any]], token: Callable[[], str]) -> Blocks:
    """A copy as Slack stores it: missing ids made up, defaults of texts written out."""
    done: Blocks = [_with_defaults(block) for block in blocks]
    for block in done:
        block.setdefault("block_id", token())
        for _, element in elements(block):
            if isinstance(element, dict):
                element.setdefault("action_id", token())
    return done


def _with_defaults(value: Any) -> Any:
    if isinstance(value, Mapping):
        copy = {name: _with_defaults(content) for name, content in value.items()}
        if copy.get("type") == "plain_text":
            copy.setdefault("emoji", True)
        if copy.get("type") == "mrkdwn":
            copy.setdefault("verbatim", False)
        return copy
    return [_with_defaults(each) for each in value] if isinstance(value, list | tuple) else value


def field_of(kind: str) -> str:
    """Name of the field in which the state of an element of this type lies."""
    if kind in TYPED:
        return "value"
    if kind in _NAMED_FIELDS:
        return f"selected_{_NAMED_FIELDS[kind]}"
    noun = kind.removeprefix("multi_").removesuffix("_select")
    if noun in {"users", "channels", "conversations"}:
        return f"selected_{noun if kind.startswith('multi_') else noun.removesuffix('s')}"
    several = kind.startswith("multi_") or kind == "checkboxes"
    return "selected_options" if several else "selected_option"


def fresh(blocks: Sequence[Mapping[str, Any]]) -> State:
    """State of blocks that nobody has touched."""
    state: State = {}
    for block in blocks:
        for _, element in elements(block):
            kind = element["type"]
            if kind in CHOICES | TYPED:
                initial = _initial(element)
                state.setdefault(block["block_id"], {})[element["action_id"]] = {
                    "type": kind,
                    field_of(kind): initial,
                }
    return state


def _initial(element: Mapping[str, Any]) -> object:
    name = field_of(element["type"])
    given = element.get(
        name.replace("selected", "initial") if name != "value" else "initial_value"
    )
    return given if given is not None else ([] if name.endswith("s") else None)


def carried(blocks: Sequence[Mapping[str, Any]], old: State) -> State:
    """State after an update: what was chosen stays where block, action and option still exist."""
    state = fresh(blocks)
    for block_id, action_id, element in everything(blocks):
        before = old.get(block_id, {}).get(action_id)
        if before and before["type"] == element["type"] and not unfit(element, before):
            state[block_id][action_id] = before
    return state


def everything(
    blocks: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every interactive element with its block_id and action_id."""
    for block in blocks:
        for _, element in elements(block):
            yield block["block_id"], element["action_id"], element


def find(
    blocks: Sequence[Mapping[str, Any]], action_id: str, block_id: str | None
) -> tuple[str, Mapping[str, Any]] | None:
    """First element with this action_id (in that block, if one is named) and its block_id."""
    for block, action, element in everything(blocks):
        if action == action_id and block_id in (None, block):
            return block, element
    return None


def unfit(element: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    """Why a person cannot bring the element into this state; empty if they can."""
    kind = element["type"]
    if value.get("type") != kind:
        return f"the element is a {kind}, not a {value.get('type')}"
    if kind == "button" or (kind in TYPED | CHOICES and field_of(kind) not in value):
        return "" if kind == "button" else f"the state of a {kind} has the field {field_of(kind)}"
    if "options" not in element and "option_groups" not in element:
        return ""
    known = {option["value"] for option in options_of(element)}
    strange = [each for each in _selected(value) if each.get("value") not in known]
    return f"there is no option {strange[0].get('value')}" if strange else ""


def _selected(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    several = value.get("selected_options") or []
    one = value.get("selected_option")
    return [each for each in (*several, one) if isinstance(each, Mapping)]


def canonical(element: Mapping[str, Any], value: Mapping[str, Any]) -> Value:
    """The same state with the options as the bot wrote them, in the order it wrote them."""
    state = dict(value)
    known = {option["value"]: option for option in options_of(element)}
    if isinstance(one := state.get("selected_option"), Mapping):
        state["selected_option"] = known.get(one["value"], one)
    if isinstance(several := state.get("selected_options"), Sequence):
        chosen = {each["value"]: each for each in several}
        ordered = [known[key] for key in known if key in chosen]
        state["selected_options"] = ordered or list(several)
    return state


_FORMS: dict[str, tuple[str, str]] = {
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Enter an email address."),
    "url_text_input": (WEB_ADDRESS, "Enter a web address."),
    "number_input": (r"-?\d+(\.\d+)?", "Enter a number."),
}


def complaints(blocks: Sequence[Mapping[str, Any]], state: State) -> dict[str, str]:
    """What Slack itself says about a form before the bot sees it, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            value = state[block["block_id"]][element["action_id"]]
            words = _complaint(block, element, value[field_of(element["type"])])
            if words:
                found[block["block_id"]] = words
    return found


def _complaint(block: Mapping[str, Any], element: Mapping[str, Any], content: object) -> str:
    if not content:
        return "" if block.get("optional") else "Please complete this required field."
    if element["type"] in _FORMS:
        form, words = _FORMS[element["type"]]
        return "" if re.fullmatch(form, str(content)) else words
    if isinstance(content, str):
        if len(content) < element.get("min_length", 0):
            return f"Enter at least {element['min_length']} characters."
        if len(content) > element.get("max_length", len(content)):
            return f"Enter at most {element['max_length']} characters."
    return ""
