"""Each limit of messages and views, from both sides."""

from collections.abc import Callable

import pytest

from bot.blocks import limits
from bot.sandbox.block_kit import check_message, check_view
from tests.sandbox.samples import (
    Json,
    actions,
    button,
    cell,
    element,
    field,
    home,
    image,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
    table,
    text_input,
)

CONFIRM = {
    "title": plain("Sure"),
    "text": mrkdwn("Really"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}


def _x(number: int) -> str:
    return "x" * number


Build = Callable[[int], list[Json]]


BOUNDS: dict[str, tuple[int, Build]] = {
    "blocks": (limits.MESSAGE_BLOCKS, lambda n: [{"type": "divider"}] * n),
    "section text": (limits.SECTION_TEXT, lambda n: [section(_x(n))]),
    "fields": (
        limits.SECTION_FIELDS,
        lambda n: [{"type": "section", "fields": [plain()] * n}],
    ),
    "field text": (
        limits.SECTION_FIELD_TEXT,
        lambda n: [{"type": "section", "fields": [plain(_x(n))]}],
    ),
    "header": (limits.HEADER_TEXT, lambda n: [{"type": "header", "text": plain(_x(n))}]),
    "context": (
        limits.CONTEXT_ELEMENTS,
        lambda n: [{"type": "context", "elements": [plain()] * n}],
    ),
    "actions": (
        limits.ACTIONS_ELEMENTS,
        lambda n: [actions(*(button(f"b{each}") for each in range(n)))],
    ),
    "action_id": (limits.ACTION_ID, lambda n: [actions(button(_x(n)))]),
    "block_id": (limits.BLOCK_ID, lambda n: [section(block_id=_x(n))]),
    "alt text": (limits.IMAGE_ALT, lambda n: [image(alt_text=_x(n))]),
    "image title": (limits.IMAGE_TITLE, lambda n: [image(title=plain(_x(n)))]),
    "image url": (
        limits.IMAGE_URL,
        lambda n: [image(image_url="https://" + _x(n - len("https://")))],
    ),
    "button text": (limits.BUTTON_TEXT, lambda n: [actions(button(text=_x(n)))]),
    "button value": (limits.BUTTON_VALUE, lambda n: [actions(button(value=_x(n)))]),
    "button url": (
        limits.BUTTON_URL,
        lambda n: [actions(button(url="https://" + _x(n - len("https://"))))],
    ),
    "accessibility label": (
        limits.ACCESSIBILITY_LABEL,
        lambda n: [actions(button(accessibility_label=_x(n)))],
    ),
    "confirm title": (
        limits.CONFIRM_TITLE,
        lambda n: [actions(button(confirm={**CONFIRM, "title": plain(_x(n))}))],
    ),
    "confirm text": (
        limits.CONFIRM_TEXT,
        lambda n: [actions(button(confirm={**CONFIRM, "text": plain(_x(n))}))],
    ),
    "confirm button": (
        limits.CONFIRM_BUTTON,
        lambda n: [actions(button(confirm={**CONFIRM, "deny": plain(_x(n))}))],
    ),
    "options": (limits.SELECT_OPTIONS, lambda n: [actions(select(n))]),
    "groups": (
        limits.OPTION_GROUPS,
        lambda n: [
            actions(
                element(
                    "static_select",
                    option_groups=[
                        {"label": plain("g"), "options": [option(f"v{each}")]} for each in range(n)
                    ],
                )
            )
        ],
    ),
    "group label": (
        limits.OPTION_GROUP_LABEL,
        lambda n: [
            actions(
                element(
                    "static_select",
                    option_groups=[{"label": plain(_x(n)), "options": options(1)}],
                )
            )
        ],
    ),
    "placeholder": (limits.PLACEHOLDER, lambda n: [actions(select(placeholder=plain(_x(n))))]),
    "radio": (
        limits.RADIO_OPTIONS,
        lambda n: [actions(element("radio_buttons", options=options(n)))],
    ),
    "checkboxes": (
        limits.CHECKBOX_OPTIONS,
        lambda n: [actions(element("checkboxes", options=options(n)))],
    ),
    "overflow": (
        limits.OVERFLOW_OPTIONS,
        lambda n: [actions(element("overflow", options=options(n)))],
    ),
    "option text": (
        limits.OPTION_TEXT,
        lambda n: [actions(element("static_select", options=[option(text=_x(n))]))],
    ),
    "option value": (
        limits.OPTION_VALUE,
        lambda n: [actions(element("static_select", options=[option(_x(n))]))],
    ),
    "option description": (
        limits.OPTION_DESCRIPTION,
        lambda n: [actions(element("static_select", options=[option(description=plain(_x(n)))]))],
    ),
    "label": (limits.INPUT_LABEL, lambda n: [field(label=plain(_x(n)))]),
    "hint": (limits.INPUT_HINT, lambda n: [field(hint=plain(_x(n)))]),
    "initial value": (limits.INPUT_VALUE, lambda n: [field(text_input(initial_value=_x(n)))]),
    "max_length": (limits.INPUT_VALUE, lambda n: [field(text_input(max_length=n))]),
    "markdown": (limits.MARKDOWN_TEXT, lambda n: [{"type": "markdown", "text": _x(n)}]),
    "markdown together": (
        limits.MARKDOWN_TEXT,
        lambda n: [
            {"type": "markdown", "text": _x(5_000)},
            {"type": "markdown", "text": _x(n - 5_000)},
        ],
    ),
    "rows": (limits.TABLE_ROWS, lambda n: [table(rows=n, columns=1)]),
    "columns": (limits.TABLE_COLUMNS, lambda n: [table(rows=1, columns=n)]),
    "table text": (
        limits.TABLE_TEXT,
        lambda n: [{"type": "table", "rows": [[cell(_x(5_000)), cell(_x(n - 5_000))]]}],
    ),
    "whole message": (
        limits.MESSAGE_BLOCKS_TEXT,
        lambda n: [section(_x(3_000))] * 4 + [section(_x(n - 12_000))],
    ),
    "tables": (limits.TABLES, lambda n: [table()] * n),
}


@pytest.mark.parametrize(("most", "build"), BOUNDS.values(), ids=BOUNDS.keys())
def test_a_limit_is_the_last_number_that_passes(most: int, build: Build) -> None:
    assert check_message({"blocks": build(most)}) == []
    assert check_message({"blocks": build(most + 1)}) != []


VIEW_BOUNDS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "title": (limits.VIEW_TITLE, lambda n: modal(title=plain(_x(n)))),
    "submit": (limits.VIEW_SUBMIT, lambda n: modal(submit=plain(_x(n)))),
    "close": (limits.VIEW_CLOSE, lambda n: modal(close=plain(_x(n)))),
    "metadata": (limits.PRIVATE_METADATA, lambda n: modal(private_metadata=_x(n))),
    "callback_id": (limits.CALLBACK_ID, lambda n: modal(callback_id=_x(n))),
    "external_id": (limits.EXTERNAL_ID, lambda n: home(external_id=_x(n))),
    "modal blocks": (limits.VIEW_BLOCKS, lambda n: modal(*[{"type": "divider"}] * n)),
    "home blocks": (limits.VIEW_BLOCKS, lambda n: home(*[{"type": "divider"}] * n)),
}


@pytest.mark.parametrize(("most", "build"), VIEW_BOUNDS.values(), ids=VIEW_BOUNDS.keys())
def test_a_limit_of_views_is_the_last_number_that_passes(
    most: int, build: Callable[[int], Json]
) -> None:
    assert check_view(build(most)) == []
    assert check_view(build(most + 1)) != []
