"""The rules for what blocks and elements are composed of: texts, options, confirmations."""

from collections.abc import Iterator, Mapping, Sequence

from bot.blocks import limits
from bot.sandbox.shape import (
    Check,
    address,
    array,
    boolean,
    both,
    by_type,
    one_of,
    pattern,
    record,
    text,
)


def _texts(most: int) -> dict[str, Check]:
    return {
        "plain_text": record({"text": text(most)}, {"emoji": boolean}),
        "mrkdwn": record({"text": text(most)}, {"verbatim": boolean}),
    }


def plain_text(most: int) -> Check:
    return by_type(_texts(most), {"plain_text"}, "a text object")


def any_text(most: int) -> Check:
    return by_type(_texts(most), {"plain_text", "mrkdwn"}, "a text object")


ACTION = {"action_id": text(limits.ACTION_ID)}
BLOCK = {"block_id": text(limits.BLOCK_ID)}

CONFIRM = record(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)


def _option(words: Check, description: Check, extra: Mapping[str, Check]) -> Check:
    return record(
        {"text": words, "value": text(limits.OPTION_VALUE)},
        {"description": description, **extra},
    )


SELECT_OPTION = _option(plain_text(limits.OPTION_TEXT), plain_text(limits.OPTION_DESCRIPTION), {})
OVERFLOW_OPTION = _option(
    plain_text(limits.OPTION_TEXT),
    plain_text(limits.OPTION_DESCRIPTION),
    {"url": address(limits.OPTION_URL)},
)
CHOICE_OPTION = _option(any_text(limits.OPTION_TEXT), any_text(limits.OPTION_DESCRIPTION), {})
"""Of radio buttons and checkboxes, the only ones that may be formatted."""


def options_of(element: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Options of an element in their order, whether grouped or not; leaves out what is none."""
    found: list[object] = list(_listed(element.get("options")))
    for group in _listed(element.get("option_groups")):
        if isinstance(group, Mapping):
            found += _listed(group.get("options"))
    return [option for option in found if isinstance(option, Mapping)]


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def no_value_twice(element: object, path: str) -> Iterator[str]:
    if not isinstance(element, Mapping):
        return
    seen: set[str] = set()
    for option in options_of(element):
        value = option.get("value")
        if isinstance(value, str) and value in seen:
            yield f"{path}: two options have the value `{value}`"
        seen.add(str(value))


def initial_among_options(element: object, path: str) -> Iterator[str]:
    if not isinstance(element, Mapping):
        return
    chosen = list(_listed(element.get("initial_options")))
    if element.get("initial_options") == []:
        yield f"{path}/initial_options: must have at least 1 item"
    if "initial_option" in element:
        chosen.append(element["initial_option"])
    known = options_of(element)
    if any(option not in known for option in chosen):
        yield f"{path}: an initial option must be exactly one of the options"


def _group(option: Check) -> Check:
    return record(
        {
            "label": plain_text(limits.OPTION_GROUP_LABEL),
            "options": array(option, 1, limits.SELECT_OPTIONS),
        }
    )


def _either_options_or_groups(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping) and ("options" in value) == ("option_groups" in value):
        yield f"{path}: needs either `options` or `option_groups`"


SELECT_OPTIONS = array(SELECT_OPTION, 1, limits.SELECT_OPTIONS)
SELECT_GROUPS = array(_group(SELECT_OPTION), 1, limits.OPTION_GROUPS)

either_options_or_groups: Check = both(_either_options_or_groups, no_value_twice)

SUGGESTIONS: Check = both(
    record(
        {},
        {
            "options": array(SELECT_OPTION, 0, limits.SELECT_OPTIONS),
            "option_groups": array(_group(SELECT_OPTION), 0, limits.OPTION_GROUPS),
        },
    ),
    either_options_or_groups,
)
"""What a bot may answer to a search in an external select."""

FILE_ID = "F[A-Z0-9]{8,}"


def _either_id_or_url(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping) and ("id" in value) == ("url" in value):
        yield f"{path}: needs either `id` or `url`"


IMAGE = both(
    record(
        {"alt_text": text(limits.IMAGE_ALT)},
        {
            "image_url": address(limits.IMAGE_URL),
            "slack_file": both(
                record({}, {"id": pattern(FILE_ID, "the id of a file"), "url": address(3_000)}),
                _either_id_or_url,
            ),
        },
    ),
    lambda value, path: (
        iter([f"{path}: needs either `image_url` or `slack_file`"])
        if isinstance(value, Mapping) and ("image_url" in value) == ("slack_file" in value)
        else iter(())
    ),
)
