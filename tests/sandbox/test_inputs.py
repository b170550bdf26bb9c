"""The state of inputs: untouched, chosen, carried over, complained about."""

from typing import Any

import pytest

from bot.sandbox import inputs
from bot.sandbox.block_kit import check_message
from tests.sandbox.samples import Json, actions, element, field, options, section, text_input

FRESH: dict[str, tuple[Json, Json]] = {
    "static_select": (element("static_select", options=options(1)), {"selected_option": None}),
    "multi_static_select": (
        element("multi_static_select", options=options(1), initial_options=options(1)),
        {"selected_options": options(1)},
    ),
    "external_select": (element("external_select"), {"selected_option": None}),
    "multi_external_select": (element("multi_external_select"), {"selected_options": []}),
    "users_select": (element("users_select", initial_user="U1"), {"selected_user": "U1"}),
    "multi_users_select": (element("multi_users_select"), {"selected_users": []}),
    "channels_select": (element("channels_select"), {"selected_channel": None}),
    "multi_channels_select": (element("multi_channels_select"), {"selected_channels": []}),
    "conversations_select": (
        element("conversations_select"),
        {"selected_conversation": None},
    ),
    "radio_buttons": (
        element("radio_buttons", options=options(1), initial_option=options(1)[0]),
        {"selected_option": options(1)[0]},
    ),
    "checkboxes": (element("checkboxes", options=options(1)), {"selected_options": []}),
    "datepicker": (
        element("datepicker", initial_date="2026-03-31"),
        {"selected_date": "2026-03-31"},
    ),
    "timepicker": (element("timepicker"), {"selected_time": None}),
    "plain_text_input": (text_input(initial_value="x"), {"value": "x"}),
    "number_input": (element("number_input", is_decimal_allowed=True), {"value": None}),
}


@pytest.mark.parametrize(("inside", "value"), FRESH.values(), ids=FRESH.keys())
def test_an_untouched_element_has_slacks_empty_or_initial_value(inside: Json, value: Json) -> None:
    blocks = [field(inside)]
    assert check_message({"blocks": blocks}) == []
    state = {"field": {inside["action_id"]: {"type": inside["type"], **value}}}
    assert inputs.fresh(blocks) == state


def test_buttons_and_menus_have_no_state() -> None:
    blocks = [actions(element("overflow", options=options(1))), section(block_id="words")]
    assert inputs.fresh(blocks) == {}


def test_a_copy_for_storage_leaves_the_original_alone() -> None:
    blocks = [section()]
    stored = inputs.complete(blocks, lambda: "made-up")
    assert stored[0]["block_id"] == "made-up"
    assert blocks == [section()]


def test_choices_are_kept_in_the_order_of_the_options() -> None:
    boxes = element("checkboxes", options=options(3))
    value = {"type": "checkboxes", "selected_options": [{"value": "v2"}, {"value": "v0"}]}
    chosen = inputs.canonical(boxes, value)["selected_options"]
    assert chosen == [options(3)[0], options(3)[2]]


def test_a_choice_goes_when_the_element_becomes_another() -> None:
    value = {"type": "radio_buttons", "selected_option": options(1)[0]}
    blocks = [actions(element("checkboxes", options=options(1)))]
    state = inputs.carried(blocks, {"row": {"pick": value}})
    assert state == {"row": {"pick": {"type": "checkboxes", "selected_options": []}}}


@pytest.mark.parametrize(
    ("inside", "content", "words"),
    [
        pytest.param(text_input(), None, "Please complete this required field.", id="empty"),
        pytest.param(text_input(min_length=3), "ab", "Enter at least 3 characters.", id="short"),
        pytest.param(text_input(max_length=3), "abcd", "Enter at most 3 characters.", id="long"),
        pytest.param(text_input(min_length=3, max_length=3), "abc", "", id="just right"),
        pytest.param(element("email_text_input"), "ana", "Enter an email address.", id="email"),
        pytest.param(element("email_text_input"), "ana@example.org", "", id="good email"),
        pytest.param(element("url_text_input"), "example", "Enter a web address.", id="url"),
        pytest.param(element("url_text_input"), "https://example.org", "", id="good url"),
        pytest.param(element("number_input"), "ten", "Enter a number.", id="number"),
        pytest.param(element("number_input"), "-1.5", "", id="good number"),
        pytest.param(
            element("checkboxes", options=options(1)),
            [],
            "Please complete this required field.",
            id="nothing ticked",
        ),
    ],
)
def test_slack_complains_before_the_bot_is_asked(inside: Json, content: Any, words: str) -> None:
    kind, action_id = inside["type"], inside["action_id"]
    state = {"field": {action_id: {"type": kind, inputs.field_of(kind): content}}}
    expected = {"field": words} if words else {}
    assert inputs.complaints([field(inside)], state) == expected
    if not content:
        assert inputs.complaints([field(inside, optional=True)], state) == {}
