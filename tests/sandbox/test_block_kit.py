"""What the local Slack accepts and refuses in messages and views."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

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
    rich,
    rich_list,
    rich_section,
    run,
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


GROUPS = [{"label": plain("Group"), "options": options(2)}]


ACCEPTED: dict[str, Json] = {
    "section": section(),
    "section with fields": {"type": "section", "fields": [mrkdwn(), plain()]},
    "expanded section": section(expand=True),
    "header": {"type": "header", "text": plain(), "level": 2},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [mrkdwn(), plain(), image()]},
    "image": image(title=plain(), block_id="picture"),
    "markdown": {"type": "markdown", "text": "**bold**"},
    "table": table(column_settings=[None, {"align": "right", "is_wrapped": True}]),
    "table of rich text": {"type": "table", "rows": [[rich(rich_section())]]},
    "button": actions(button(style="primary", value="x", url="https://example.org")),
    "button with care": actions(button(confirm=CONFIRM, accessibility_label="Answer A")),
    "accessory": section(accessory=button()),
    "picture beside": section(accessory=image()),
    "select": actions(select(placeholder=plain("Pick"), initial_option=option("v1"))),
    "grouped select": actions(element("static_select", option_groups=GROUPS)),
    "several": section(
        accessory=element("multi_static_select", options=options(3), max_selected_items=2)
    ),
    "external select": actions(element("external_select", min_query_length=0)),
    "several external": field(element("multi_external_select", placeholder=plain())),
    "people": actions(element("users_select", initial_user="U1")),
    "several people": field(element("multi_users_select", initial_users=["U1"])),
    "channels": actions(element("channels_select", initial_channel="C1")),
    "conversations": actions(
        element("conversations_select", default_to_current_conversation=True)
    ),
    "overflow": actions(
        element("overflow", options=[option(url="https://example.org")], confirm=CONFIRM)
    ),
    "radio": actions(
        element(
            "radio_buttons",
            options=[{"text": mrkdwn("*a*"), "value": "a", "description": mrkdwn()}],
        )
    ),
    "checkboxes": actions(
        element("checkboxes", options=options(2), initial_options=[option("v0")])
    ),
    "input": field(hint=plain(), optional=True),
    "long input": field(text_input(multiline=True, min_length=2, max_length=9)),
    "dispatching input": field(
        text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
        dispatch_action=True,
    ),
    "number": field(element("number_input", is_decimal_allowed=False, min_value="0")),
    "email": field(element("email_text_input", focus_on_load=True)),
    "url": field(element("url_text_input")),
    "date": actions(element("datepicker", initial_date="2026-03-31")),
    "time": actions(element("timepicker", initial_time="09:30", timezone="Europe/Berlin")),
    "rich section": rich(rich_section(run(bold=True, code=True), run("\n"))),
    "rich link": rich(rich_section({"type": "link", "url": "https://example.org", "text": "x"})),
    "rich mentions": rich(
        rich_section(
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "broadcast", "range": "here"},
            {"type": "emoji", "name": "tada"},
            {"type": "color", "value": "#1d9bd1"},
            {"type": "date", "timestamp": 1, "format": "{time}", "fallback": "then"},
        )
    ),
    "rich quote": rich({"type": "rich_text_quote", "elements": [run()], "border": 1}),
    "rich code": rich({"type": "rich_text_preformatted", "elements": [run("x = 1")]}),
    "rich list": rich(rich_list(style="ordered", indent=8, offset=3, border=0)),
}


REFUSED: dict[str, tuple[Json, str]] = {
    "no block": ({}, "/blocks/0: must be a block with a `type`"),
    "unknown block": ({"type": "hologram"}, "/blocks/0/type: `hologram` is not the type of a"),
    "not drawn": ({"type": "video"}, "/blocks/0/type: the local Slack does not draw"),
    "unknown field": (section(color="red"), "/blocks/0: `color` is not an allowed field"),
    "unknown field deep down": (
        actions(button(colour="red")),
        "/blocks/0/elements/0: `colour` is not an allowed field",
    ),
    "empty section": ({"type": "section"}, "/blocks/0: needs `text` or `fields`"),
    "empty text": (section(""), "/blocks/0/text/text: must not be empty"),
    "text as a string": ({"type": "section", "text": "x"}, "/blocks/0/text: must be a text obj"),
    "emoji in mrkdwn": (
        {"type": "section", "text": {**mrkdwn(), "emoji": True}},
        "/blocks/0/text: `emoji` is not an allowed field",
    ),
    "input beside a section": (
        section(accessory=text_input()),
        "/blocks/0/accessory/type: `plain_text_input` is not allowed here",
    ),
    "formatted header": (
        {"type": "header", "text": mrkdwn()},
        "/blocks/0/text/type: `mrkdwn` is not allowed here",
    ),
    "header level 5": ({"type": "header", "text": plain(), "level": 5}, "/blocks/0/level: must"),
    "level is a number": (
        {"type": "header", "text": plain(), "level": True},
        "/blocks/0/level: must",
    ),
    "button in context": (
        {"type": "context", "elements": [button()]},
        "/blocks/0/elements/0/type: `button` is not the type of a context element",
    ),
    "no alt text": (
        {"type": "image", "image_url": "https://example.org/a.png"},
        "/blocks/0: needs the field `alt_text`",
    ),
    "two pictures in one": (
        image(slack_file={"id": "F00000001"}),
        "/blocks/0: needs either `image_url` or `slack_file`",
    ),
    "picture from a disk": (image(image_url="file:///a.png"), "/blocks/0/image_url: must be an"),
    "formatted button": (
        actions({**button(), "text": mrkdwn()}),
        "/blocks/0/elements/0/text/type: `mrkdwn` is not allowed here",
    ),
    "default style": (
        actions(button(style="default")),
        "/blocks/0/elements/0/style: must be one of: primary, danger",
    ),
    "empty value": (
        actions(button(value="")),
        "/blocks/0/elements/0/value: must not be empty",
    ),
    "value is a number": (
        actions(button(value=3)),
        "/blocks/0/elements/0/value: must be a string",
    ),
    "half a confirmation": (
        actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()})),
        "/blocks/0/elements/0/confirm: needs the field `deny`",
    ),
    "no options": (
        actions(element("static_select")),
        "/blocks/0/elements/0: needs either `options` or `option_groups`",
    ),
    "options twice over": (
        actions(element("static_select", options=options(1), option_groups=GROUPS)),
        "/blocks/0/elements/0: needs either `options` or `option_groups`",
    ),
    "one value twice": (
        actions(element("static_select", options=[option("a"), option("a")])),
        "/blocks/0/elements/0: two options have the value `a`",
    ),
    "one value in two groups": (
        actions(element("static_select", option_groups=GROUPS * 2)),
        "/blocks/0/elements/0: two options have the value `v0`",
    ),
    "foreign initial option": (
        actions(select(initial_option=option("elsewhere"))),
        "/blocks/0/elements/0: an initial option must be exactly one of the options",
    ),
    "empty initial options": (
        actions(element("checkboxes", options=options(1), initial_options=[])),
        "/blocks/0/elements/0/initial_options: must have at least 1 item",
    ),
    "formatted select option": (
        actions(element("static_select", options=[{"text": mrkdwn(), "value": "a"}])),
        "/blocks/0/elements/0/options/0/text/type: `mrkdwn` is not allowed here",
    ),
    "address in a select": (
        actions(element("static_select", options=[option(url="https://example.org")])),
        "/blocks/0/elements/0/options/0: `url` is not an allowed field",
    ),
    "text input in actions": (
        actions(text_input()),
        "/blocks/0/elements/0/type: `plain_text_input` is not allowed here",
    ),
    "button as an input": (field(button()), "/blocks/0/element/type: `button` is not allowed"),
    "no label": ({"type": "input", "element": text_input()}, "/blocks/0: needs the field `label`"),
    "lengths crossed": (
        field(text_input(min_length=5, max_length=4)),
        "/blocks/0/element: min_length must not be greater",
    ),
    "dispatch without dispatching": (
        field(text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]})),
        "/blocks/0: `dispatch_action_config` needs `dispatch_action`",
    ),
    "number without kind": (
        field(element("number_input")),
        "/blocks/0/element: needs the field `is_decimal_allowed`",
    ),
    "day of no calendar": (
        actions(element("datepicker", initial_date="tomorrow")),
        "/blocks/0/elements/0/initial_date: must be a date",
    ),
    "rich text without parts": (rich(), "/blocks/0/elements: must have at least 1 item"),
    "text outside a section": (
        rich(run()),
        "/blocks/0/elements/0/type: `text` is not the type of a rich text part",
    ),
    "empty run": (
        rich(rich_section(run(""))),
        "/blocks/0/elements/0/elements/0/text: must not be empty",
    ),
    "unknown style": (
        rich(rich_section(run(blink=True))),
        "/blocks/0/elements/0/elements/0/style: `blink` is not an allowed field",
    ),
    "emoji in code": (
        rich({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "tada"}]}),
        "/blocks/0/elements/0/elements/0/type: `emoji` is not allowed here",
    ),
    "language of code": (
        rich({"type": "rich_text_preformatted", "elements": [run()], "language": "python"}),
        "/blocks/0/elements/0: `language` is not an allowed field",
    ),
    "list in a list": (
        rich(rich_list(elements=[rich_list()])),
        "/blocks/0/elements/0/elements/0/type: `rich_text_list` is not the type of a list item",
    ),
    "deep list": (
        rich(rich_list(indent=9)),
        "/blocks/0/elements/0/indent: must be a whole number from 0 to 8",
    ),
    "list of no style": (rich(rich_list(style="dash")), "/blocks/0/elements/0/style: must be one"),
    "link without scheme": (
        rich(rich_section({"type": "link", "url": "example.org"})),
        "/blocks/0/elements/0/elements/0/url: must be an address with its scheme",
    ),
    "empty cell": (
        {"type": "table", "rows": [[cell("")]]},
        "/blocks/0/rows/0/0/text: must not be empty",
    ),
    "ragged table": (
        {"type": "table", "rows": [[cell()], [cell(), cell()]]},
        "/blocks/0/rows: must all have the same number of cells",
    ),
}


@pytest.mark.parametrize("block", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_good_block_has_no_problems(block: Json) -> None:
    assert check_message({"blocks": [block]}) == []


@pytest.mark.parametrize(("block", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_block_is_refused_with_the_place(block: Json, problem: str) -> None:
    problems = check_message({"blocks": [block]})
    assert [each for each in problems if each.startswith(problem)], problems


def _x(number: int) -> str:
    return "x" * number


def test_the_problem_names_the_place_and_the_limit() -> None:
    blocks = [section(), section(), actions(button(text=_x(76)))]
    assert check_message({"blocks": blocks}) == [
        "/blocks/2/elements/0/text/text: must be at most 75 characters, has 76"
    ]


def test_all_problems_are_named_at_once() -> None:
    assert len(check_message({"blocks": [section(""), actions(), {"type": "x"}]})) == 3


def test_two_blocks_cannot_share_a_block_id() -> None:
    blocks = [section(block_id="a"), section(block_id="a"), section(block_id="b")]
    assert check_message({"blocks": blocks}) == [
        f"/blocks/{number}/block_id: `a` is there more than once" for number in (0, 1)
    ]


def test_an_action_id_is_unique_in_its_block_only() -> None:
    twice = actions(button("a"), button("a"))
    assert check_message({"blocks": [twice]}) == [
        "/blocks/0: action_id `a` is there more than once"
    ]
    apart = [actions(button("a"), block_id="1"), actions(button("a"), block_id="2")]
    assert check_message({"blocks": apart}) == []


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        pytest.param({}, "/text: needs", id="nothing"),
        pytest.param({"text": ""}, "/text: needs", id="empty text"),
        pytest.param({"text": "", "blocks": []}, "/text: needs", id="no blocks"),
        pytest.param({"text": 3}, "/text: must be a string", id="number"),
        pytest.param({"blocks": {"type": "divider"}}, "/blocks: must be a list", id="one block"),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "a"}}, "/metadata: needs", id="half"
        ),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"a": _x(8_000)}}},
            "/metadata: must be at most",
            id="large metadata",
        ),
    ],
)
def test_a_message_is_more_than_its_blocks(payload: Json, problem: str) -> None:
    assert any(each.startswith(problem) for each in check_message(payload))


VIEWS: dict[str, Json] = {
    "modal": modal(callback_id="a", private_metadata="", close=plain(), notify_on_close=True),
    "modal with input": modal(field()),
    "modal without submit": {"type": "modal", "title": plain(), "blocks": [section()]},
    "home": home(actions(button()), field(), table(), private_metadata="x"),
}


BAD_VIEWS: dict[str, tuple[Any, str]] = {
    "no object": ("modal", "/view: must be an object"),
    "workflow": ({"type": "workflow_step", "blocks": []}, "/view/type: must be modal or home"),
    "no title": ({"type": "modal", "blocks": [section()]}, "/view: needs the field `title`"),
    "no blocks": (modal(blocks=[]), "/view/blocks: must have at least 1 item"),
    "home with a title": (home(title=plain()), "/view: `title` is not an allowed field"),
    "unknown field": (modal(size="large"), "/view: `size` is not an allowed field"),
    "input without submit": (
        {"type": "modal", "title": plain(), "blocks": [field()]},
        "/view/submit: a modal with input blocks needs it",
    ),
    "markdown in a modal": (
        modal({"type": "markdown", "text": "x"}),
        "/view/blocks/0/type: `markdown` is not allowed here",
    ),
    "markdown at home": (
        home({"type": "markdown", "text": "x"}),
        "/view/blocks/0/type: `markdown` is not allowed here",
    ),
    "table in a modal": (modal(table()), "/view/blocks/0/type: `table` is not allowed here"),
    "two focused": (
        modal(
            field(text_input(focus_on_load=True), "a"), field(text_input(focus_on_load=True), "b")
        ),
        "/view/blocks/1/element/focus_on_load: only one",
    ),
    "bad block": (modal(section("")), "/view/blocks/0/text/text: must not be empty"),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_a_good_view_has_no_problems(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(("view", "problem"), BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_a_bad_view_is_refused_with_the_place(view: object, problem: str) -> None:
    problems = check_view(view)
    assert [each for each in problems if each.startswith(problem)], problems


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    names = value.keys() if isinstance(value, dict) else range(len(value))
    found = [(*path, name) for name in names]
    deeper = [
        p for f in found if isinstance(value[f[-1]], dict | list) for p in _paths(value[f[-1]], f)
    ]
    return found + deeper


def _with(value: Any, path: tuple[Any, ...], junk: object) -> Any:
    name, *rest = path
    inner = _with(value[name], tuple(rest), junk) if rest else junk
    if isinstance(value, dict):
        return {**value, name: inner}
    return [*value[:name], inner, *value[name + 1 :]]


@settings(deadline=None)  # a busy machine is no mistake
@given(st.data(), JUNK)
def test_whatever_a_bot_sends_is_judged_and_never_crashes(
    data: st.DataObject, junk: object
) -> None:
    block = data.draw(st.sampled_from(list(ACCEPTED.values())))
    spoiled = _with([block], data.draw(st.sampled_from(_paths([block]))), junk)
    assert all(":" in problem for problem in check_message({"text": "x", "blocks": spoiled}))
    assert all(":" in problem for problem in check_view({"type": "home", "blocks": spoiled}))
