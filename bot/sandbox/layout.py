"""The rules for blocks, one by one; what holds for a whole payload is in `block_kit`."""

from collections.abc import Iterator, Mapping, Sequence

from bot.blocks import limits
from bot.sandbox.compositions import BLOCK, IMAGE, any_text, plain_text
from bot.sandbox.elements import ACCESSORY, ACTIONS_ELEMENT, ELEMENTS, INPUT_ELEMENT
from bot.sandbox.rich_text import RICH_TEXT
from bot.sandbox.shape import (
    Check,
    anything,
    array,
    boolean,
    both,
    by_type,
    one_of,
    record,
    text,
    whole,
)

_CONTEXT_TABLE: dict[str, Check] = {
    "image": ELEMENTS["image"],
    "plain_text": any_text(limits.TEXT),
    "mrkdwn": any_text(limits.TEXT),
}


def _text_or_fields(block: object, path: str) -> Iterator[str]:
    if isinstance(block, Mapping) and not ("text" in block or "fields" in block):
        yield f"{path}: needs `text` or `fields`"


SECTION = both(
    record(
        {},
        {
            **BLOCK,
            "text": any_text(limits.SECTION_TEXT),
            "fields": array(any_text(limits.SECTION_FIELD_TEXT), 1, limits.SECTION_FIELDS),
            "accessory": ACCESSORY,
            "expand": boolean,
        },
    ),
    _text_or_fields,
)


def _image(block: object, path: str) -> Iterator[str]:
    """An image block is an image element with a title and an id."""
    if not isinstance(block, Mapping):
        return
    own = {"title": plain_text(limits.IMAGE_TITLE), **BLOCK}
    for name, check in own.items():
        if name in block:
            yield from check(block[name], f"{path}/{name}")
    yield from IMAGE({name: block[name] for name in block if name not in own}, path)


def _only_typed_text_dispatches_by_config(block: object, path: str) -> Iterator[str]:
    if not isinstance(block, Mapping) or not isinstance(block.get("element"), Mapping):
        return
    if "dispatch_action_config" in block["element"] and not block.get("dispatch_action"):
        yield f"{path}: `dispatch_action_config` needs `dispatch_action` in its block"


INPUT = both(
    record(
        {"label": plain_text(limits.INPUT_LABEL), "element": INPUT_ELEMENT},
        {
            **BLOCK,
            "hint": plain_text(limits.INPUT_HINT),
            "optional": boolean,
            "dispatch_action": boolean,
        },
    ),
    _only_typed_text_dispatches_by_config,
)

_CELLS: dict[str, Check] = {
    "raw_text": record({"text": text(limits.TABLE_TEXT)}),
    "rich_text": RICH_TEXT,
}
_CELL = by_type(_CELLS, _CELLS.keys(), "a table cell")
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column(value: object, path: str) -> Iterator[str]:
    if value is not None:  # Slack skips a column without settings
        yield from _COLUMN(value, path)


def _rows_of_one_length(block: object, path: str) -> Iterator[str]:
    rows = block.get("rows") if isinstance(block, Mapping) else None
    if isinstance(rows, Sequence) and not isinstance(rows, str):
        lengths = {len(row) for row in rows if isinstance(row, Sequence)}
        if len(lengths) > 1:
            yield f"{path}/rows: must all have the same number of cells"


TABLE = both(
    record(
        {"rows": array(array(_CELL, 1, limits.TABLE_COLUMNS), 1, limits.TABLE_ROWS)},
        {**BLOCK, "column_settings": array(_column, 1, limits.TABLE_COLUMNS)},
    ),
    _rows_of_one_length,
)

_NOT_DRAWN = (
    "alert",
    "call",
    "card",
    "carousel",
    "container",
    "context_actions",
    "data_table",
    "data_visualization",
    "file",
    "plan",
    "task_card",
    "video",
)


def _not_drawn(block: object, path: str) -> Iterator[str]:
    kind = block.get("type") if isinstance(block, Mapping) else block
    yield f"{path}/type: the local Slack does not draw `{kind}` blocks, though Slack does"


BLOCKS: dict[str, Check] = {
    "section": SECTION,
    "header": record(
        {"text": plain_text(limits.HEADER_TEXT)},
        {**BLOCK, "level": whole(1, limits.HEADER_LEVELS)},
    ),
    "context": record(
        {
            "elements": array(
                by_type(_CONTEXT_TABLE, _CONTEXT_TABLE.keys(), "a context element"),
                1,
                limits.CONTEXT_ELEMENTS,
            )
        },
        BLOCK,
    ),
    "divider": record({}, BLOCK),
    "image": _image,
    "actions": record({"elements": array(ACTIONS_ELEMENT, 1, limits.ACTIONS_ELEMENTS)}, BLOCK),
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "markdown": record({"text": text(limits.MARKDOWN_TEXT)}, {"block_id": anything}),
    **dict.fromkeys(_NOT_DRAWN, _not_drawn),
}

EVERYWHERE = BLOCKS.keys() - {"markdown", "table"}
IN_MESSAGES = BLOCKS.keys()
IN_HOME = EVERYWHERE | {"table"}
IN_MODALS = EVERYWHERE
