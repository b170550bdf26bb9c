"""Says what Slack would refuse in a message or a view, and where, before a person sees it."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.blocks import limits
from bot.sandbox.compositions import plain_text
from bot.sandbox.layout import BLOCKS, IN_HOME, IN_MESSAGES, IN_MODALS
from bot.sandbox.shape import array, boolean, by_type, record, text

Block: TypeAlias = Mapping[str, Any]
Blocks: TypeAlias = Sequence[Block]


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is the error that Slack answers, `words` say where and what."""

    code: str
    words: str


def check_message(payload: Mapping[str, object]) -> list[str]:
    """Problems of a message (`text`, `blocks`, `metadata`) as `pointer: words`; none is good."""
    return [problem.words for problem in message_problems(payload)]


def check_view(view: object) -> list[str]:
    """Problems of a modal or Home tab as `/view…: words`; none is good."""
    if not isinstance(view, Mapping):
        return ["/view: must be an object"]
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in _VIEWS:
        return ["/view/type: must be modal or home"]
    problems = list(_VIEWS[kind](view, "/view"))
    blocks = view.get("blocks")
    if not problems and isinstance(blocks, Sequence):
        problems += _whole(blocks, "/view/blocks")
        problems += _one_focus(blocks)
        problems += _inputs_can_be_sent(view, blocks)
    return problems


def message_problems(payload: Mapping[str, object]) -> list[Problem]:
    blocks = payload.get("blocks")
    problems = [Problem("invalid_blocks", words) for words in _block_problems(blocks)]
    if not problems and isinstance(blocks, Sequence):
        problems += _totals(blocks)
    return problems + list(_around(payload))


def weight(value: object) -> int:
    """Characters of all strings inside, apart from the names of types."""
    match value:
        case str():
            return len(value)
        case Mapping():
            return sum(weight(content) for name, content in value.items() if name != "type")
        case Sequence():
            return sum(weight(each) for each in value)
        case _:
            return 0


def elements(block: Block) -> Iterator[tuple[str, Block]]:
    """Interactive elements of a block with their pointer inside it."""
    match block.get("type"):
        case "section":
            found = {"/accessory": block.get("accessory")}
        case "input":
            found = {"/element": block.get("element")}
        case "actions":
            listed = block.get("elements")
            rest = listed if isinstance(listed, Sequence) else ()
            found = {f"/elements/{number}": each for number, each in enumerate(rest)}
        case _:
            found = {}
    for path, element in found.items():
        if isinstance(element, Mapping) and element.get("type") != "image":
            yield path, element


def _block_problems(blocks: object) -> list[str]:
    if blocks is None:
        return []
    problems = list(_MESSAGE_BLOCKS(blocks, "/blocks"))
    if not problems and isinstance(blocks, Sequence):
        problems += _whole(blocks, "/blocks")
    return problems


def _blocks(allowed: Collection[str], most: int, least: int = 0) -> Callable[..., Iterator[str]]:
    return array(by_type(BLOCKS, allowed, "a block"), least, most)


_MESSAGE_BLOCKS = _blocks(IN_MESSAGES, limits.MESSAGE_BLOCKS)
_ANY_VIEW = {
    "callback_id": text(limits.CALLBACK_ID, least=0),
    "external_id": text(limits.EXTERNAL_ID, least=0),
    "private_metadata": text(limits.PRIVATE_METADATA, least=0),
}
_VIEWS = {
    "modal": record(
        {
            "title": plain_text(limits.VIEW_TITLE),
            "blocks": _blocks(IN_MODALS, limits.VIEW_BLOCKS, 1),
        },
        {
            **_ANY_VIEW,
            "submit": plain_text(limits.VIEW_SUBMIT),
            "close": plain_text(limits.VIEW_CLOSE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": record({"blocks": _blocks(IN_HOME, limits.VIEW_BLOCKS, 1)}, _ANY_VIEW),
}


def _whole(blocks: Blocks, path: str) -> Iterator[str]:
    """What can only be seen over all blocks together."""
    ids = Counter(block.get("block_id") for block in blocks if block.get("block_id"))
    for number, block in enumerate(blocks):
        if ids[block.get("block_id")] > 1:
            yield f"{path}/{number}/block_id: `{block['block_id']}` is there more than once"
        actions = [element.get("action_id") for _, element in elements(block)]
        for action, times in Counter(filter(None, actions)).items():
            if times > 1:
                yield f"{path}/{number}: action_id `{action}` is there more than once"
        yield from _table_text(block, f"{path}/{number}")
    markdown = sum(weight(block.get("text")) for block in _of(blocks, "markdown"))
    if markdown > limits.MARKDOWN_TEXT:
        yield (
            f"{path}: markdown blocks must have at most {limits.MARKDOWN_TEXT} characters "
            f"together, have {markdown}"
        )


def _of(blocks: Blocks, kind: str) -> Iterator[Block]:
    return (block for block in blocks if block.get("type") == kind)


def _table_text(block: Block, path: str) -> Iterator[str]:
    if block.get("type") == "table" and weight(block.get("rows")) > limits.TABLE_TEXT:
        yield f"{path}/rows: must have at most {limits.TABLE_TEXT} characters together"


def _totals(blocks: Blocks) -> Iterator[Problem]:
    if len(list(_of(blocks, "table"))) > limits.TABLES:
        yield Problem("only_one_table_allowed", "/blocks: a message can have only one table")
    total = weight(blocks)
    if total > limits.MESSAGE_BLOCKS_TEXT:
        words = f"at most {limits.MESSAGE_BLOCKS_TEXT} characters together, have {total}"
        yield Problem("msg_blocks_too_long", f"/blocks: must have {words}")


def _around(payload: Mapping[str, object]) -> Iterator[Problem]:
    """Text and metadata of a message; how long a text may be depends on the method."""
    words, metadata = payload.get("text"), payload.get("metadata")
    if words is not None and not isinstance(words, str):
        yield Problem("invalid_arguments", "/text: must be a string")
    if not words and not payload.get("blocks"):
        yield Problem("no_text", "/text: needs `text` or `blocks`")
    if metadata is None or metadata == {}:
        return
    if not isinstance(metadata, Mapping) or not {"event_type", "event_payload"} <= set(metadata):
        yield Problem(
            "invalid_metadata_format", "/metadata: needs `event_type` and `event_payload`"
        )
    elif len(json.dumps(metadata, ensure_ascii=False).encode()) > limits.METADATA_BYTES:
        yield Problem(
            "metadata_too_large", f"/metadata: must be at most {limits.METADATA_BYTES} bytes"
        )


def _one_focus(blocks: Blocks) -> Iterator[str]:
    focused = [
        f"/view/blocks/{number}{path}"
        for number, block in enumerate(blocks)
        for path, element in elements(block)
        if element.get("focus_on_load")
    ]
    for path in focused[1:]:
        yield f"{path}/focus_on_load: only one element of a view can have it"


def _inputs_can_be_sent(view: Mapping[str, object], blocks: Blocks) -> Iterator[str]:
    if view["type"] == "modal" and "submit" not in view and any(_of(blocks, "input")):
        yield "/view/submit: a modal with input blocks needs it"
