"""The rules for interactive elements: buttons, selects, checkboxes, inputs."""

from collections.abc import Iterator, Mapping

from bot.blocks import limits
from bot.sandbox.compositions import (
    ACTION,
    CHOICE_OPTION,
    CONFIRM,
    IMAGE,
    OVERFLOW_OPTION,
    SELECT_GROUPS,
    SELECT_OPTION,
    SELECT_OPTIONS,
    either_options_or_groups,
    initial_among_options,
    no_value_twice,
    plain_text,
)
from bot.sandbox.shape import (
    Check,
    address,
    anything,
    array,
    boolean,
    both,
    by_type,
    one_of,
    pattern,
    record,
    text,
    whole,
)

_FOCUS = {"focus_on_load": boolean}
_CONFIRM = {"confirm": CONFIRM}
_PLACEHOLDER = {"placeholder": plain_text(limits.PLACEHOLDER)}
_SELECT = {**ACTION, **_CONFIRM, **_PLACEHOLDER, **_FOCUS}
_SEVERAL = {**_SELECT, "max_selected_items": whole(1)}
_DISPATCH = {
    "dispatch_action_config": record(
        {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
    )
}
_TYPED = {**ACTION, **_PLACEHOLDER, **_FOCUS, **_DISPATCH}
_DAY = pattern(r"\d{4}-\d{2}-\d{2}", "a date like 2026-03-31")
_HOUR = pattern(r"\d{2}:\d{2}", "a time like 09:30")
_NUMBER = pattern(r"-?\d+(\.\d+)?", "a number written as a string")
_ID = pattern(r"[A-Z][A-Z0-9]+", "an id")

BUTTON = record(
    {"text": plain_text(limits.BUTTON_TEXT)},
    {
        **ACTION,
        **_CONFIRM,
        "value": text(limits.BUTTON_VALUE),
        "url": address(limits.BUTTON_URL),
        "style": one_of("primary", "danger"),
        "accessibility_label": text(limits.ACCESSIBILITY_LABEL),
    },
)


def _static(extra: Mapping[str, Check]) -> Check:
    fields = {**extra, "options": SELECT_OPTIONS, "option_groups": SELECT_GROUPS}
    return both(record({}, fields), either_options_or_groups, initial_among_options)


def _listing(option: Check, most: int, extra: Mapping[str, Check]) -> Check:
    return both(
        record({"options": array(option, 1, most)}, {**ACTION, **_CONFIRM, **extra}),
        no_value_twice,
        initial_among_options,
    )


def _pickers(noun: str, several: str) -> dict[str, Check]:
    """Selects whose options Slack knows: people, channels, conversations."""
    more: dict[str, Check] = {}
    if noun == "conversations":
        more = {"default_to_current_conversation": boolean, "filter": anything}
    answer = {} if noun == "users" else {"response_url_enabled": boolean}
    single = {**_SELECT, **more, **answer, f"initial_{noun.removesuffix('s')}": _ID}
    return {
        f"{noun}_select": record({}, single),
        f"multi_{noun}_select": record({}, {**_SEVERAL, **more, several: array(_ID, 1)}),
    }


def _lengths_in_order(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        least, most = value.get("min_length"), value.get("max_length")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield f"{path}: min_length must not be greater than max_length"


PLAIN_TEXT_INPUT = both(
    record(
        {},
        {
            **_TYPED,
            "initial_value": text(limits.INPUT_VALUE),
            "multiline": boolean,
            "min_length": whole(0, limits.INPUT_VALUE),
            "max_length": whole(1, limits.INPUT_VALUE),
        },
    ),
    _lengths_in_order,
)

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "image": IMAGE,
    "static_select": _static({**_SELECT, "initial_option": SELECT_OPTION}),
    "multi_static_select": _static({**_SEVERAL, "initial_options": array(SELECT_OPTION, 1)}),
    "external_select": record(
        {}, {**_SELECT, "initial_option": SELECT_OPTION, "min_query_length": whole(0)}
    ),
    "multi_external_select": record(
        {},
        {**_SEVERAL, "initial_options": array(SELECT_OPTION, 1), "min_query_length": whole(0)},
    ),
    **_pickers("users", "initial_users"),
    **_pickers("channels", "initial_channels"),
    **_pickers("conversations", "initial_conversations"),
    "overflow": _listing(OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS, {}),
    "radio_buttons": _listing(
        CHOICE_OPTION, limits.RADIO_OPTIONS, {**_FOCUS, "initial_option": CHOICE_OPTION}
    ),
    "checkboxes": _listing(
        CHOICE_OPTION,
        limits.CHECKBOX_OPTIONS,
        {**_FOCUS, "initial_options": array(CHOICE_OPTION, 1)},
    ),
    "plain_text_input": PLAIN_TEXT_INPUT,
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    ),
    "email_text_input": record({}, {**_TYPED, "initial_value": text(limits.INPUT_VALUE)}),
    "url_text_input": record({}, {**_TYPED, "initial_value": text(limits.INPUT_VALUE)}),
    "datepicker": record(
        {}, {**ACTION, **_CONFIRM, **_PLACEHOLDER, **_FOCUS, "initial_date": _DAY}
    ),
    "timepicker": record(
        {},
        {
            **ACTION,
            **_CONFIRM,
            **_PLACEHOLDER,
            **_FOCUS,
            "initial_time": _HOUR,
            "timezone": text(64),
        },
    ),
}

TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
SELECTS = {kind for kind in ELEMENTS if kind.endswith("_select")}
CHOICES = SELECTS | {"radio_buttons", "checkboxes", "datepicker", "timepicker"}
"""Elements that keep a state, in whatever block they stand."""

_WHAT = "an element that the local Slack knows"
ACCESSORY = by_type(ELEMENTS, CHOICES | {"button", "overflow", "image"}, _WHAT)
ACTIONS_ELEMENT = by_type(ELEMENTS, CHOICES | {"button", "overflow"}, _WHAT)
INPUT_ELEMENT = by_type(ELEMENTS, CHOICES | TYPED, _WHAT)
