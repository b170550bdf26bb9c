"""The form in which admins choose user groups: Slack takes it however many there are."""

import json
from typing import Any

import pytest

from bot.blocks import groups_form, ids, limits
from bot.play.groups import Choosing
from bot.quiz.membership import MOST_GROUPS, UserGroup
from bot.quiz.teams import GroupId
from bot.sandbox.block_kit import check_view


def groups(count: int, name: str = "Group") -> tuple[UserGroup, ...]:
    return tuple(UserGroup(GroupId(f"S{n:05}"), f"{name} {n}", f"group-{n}") for n in range(count))


def element(view: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = view["blocks"][0]["element"]
    return found


def offered(view: dict[str, Any]) -> list[str]:
    select = element(view)
    shelves = select.get("option_groups") or [select]
    return [option["value"] for shelf in shelves for option in shelf["options"]]


def test_the_form_shows_what_is_chosen() -> None:
    listed = groups(3)
    view = groups_form.groups_view(Choosing(listed, frozenset({listed[1].id})), "place")
    assert check_view(view) == []
    assert [option["value"] for option in element(view)["initial_options"]] == [listed[1].id]
    assert offered(view) == [group.id for group in listed]
    assert element(view)["options"][0]["description"]["text"] == "@group-0"
    assert view["private_metadata"] == "place"


@pytest.mark.parametrize(
    "name",
    ["Group", "\N{GRINNING FACE}" * 40, '"\\' * 37],
    ids=["ordinary", "pictures", "signs"],
)
@pytest.mark.parametrize("count", [1, 100, 101, 1_000, 12_000])
def test_a_form_of_any_number_of_groups_is_taken(count: int, name: str) -> None:
    """Far more than a workspace has; a thousand with ordinary names are all there."""
    listed = groups(count, name)
    chosen = frozenset(group.id for group in listed[-MOST_GROUPS:])
    view = groups_form.groups_view(Choosing(listed, chosen), "place")
    assert check_view(view) == []
    assert len(json.dumps(view)) <= limits.VIEW_BYTES
    assert chosen <= set(offered(view)), "what is chosen is always among them"
    if count <= 1_000 and name == "Group":
        assert len(offered(view)) == count


def test_what_was_sent_is_read_back() -> None:
    sent = {"selected_options": [{"value": "S1"}, {"value": "S2"}]}
    assert groups_form.read_groups({ids.GROUPS: {ids.GROUPS: sent}}) == ("S1", "S2")
    assert groups_form.read_groups({}) == ()
