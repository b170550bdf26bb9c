"""The views methods: triggers, stacks, hashes, Home tabs."""

from typing import Any

from bot.sandbox.desk import Desk
from tests.sandbox.conftest import Clock
from tests.sandbox.samples import home, modal, section


def call(desk: Desk, method: str, **arguments: Any) -> dict[str, Any]:
    return dict(desk.web_api.answer(method, "xoxb-test", arguments).body)


def test_a_trigger_opens_one_modal_within_three_seconds(desk: Desk, clock: Clock) -> None:
    trigger = desk.workspace.triggers.issue("U1")
    clock.moment += 3
    assert call(desk, "views.open", trigger_id=trigger, view=modal())["ok"]
    again = call(desk, "views.open", trigger_id=trigger, view=modal())
    assert again["error"] == "exchanged_trigger_id"
    late = desk.workspace.triggers.issue("U1")
    clock.moment += 3.1
    body = call(desk, "views.open", trigger_id=late, view=modal())
    assert body["error"] == "expired_trigger_id"


def test_a_refused_view_does_not_use_the_trigger_up(desk: Desk) -> None:
    trigger = desk.workspace.triggers.issue("U1")
    assert not call(desk, "views.open", trigger_id=trigger, view=modal(section("")))["ok"]
    assert call(desk, "views.open", trigger_id=trigger, view=modal())["ok"]


def test_three_modals_can_be_stacked(desk: Desk) -> None:
    def push() -> dict[str, Any]:
        trigger = desk.workspace.triggers.issue("U1", from_modal=True)
        return call(desk, "views.push", trigger_id=trigger, view=modal())

    assert push()["error"] == "not_found"
    trigger = desk.workspace.triggers.issue("U1")
    root = call(desk, "views.open", trigger_id=trigger, view=modal())["view"]
    second, third = push()["view"], push()["view"]
    assert push()["error"] == "push_limit_reached"
    assert second["previous_view_id"] == root["id"]
    assert third["root_view_id"] == root["id"]


def test_a_click_outside_a_modal_cannot_push(desk: Desk) -> None:
    trigger = desk.workspace.triggers.issue("U1")
    call(desk, "views.open", trigger_id=trigger, view=modal())
    outside = desk.workspace.triggers.issue("U1")
    assert call(desk, "views.push", trigger_id=outside, view=modal())["error"] == "not_found"


def test_an_old_hash_protects_the_newer_view(desk: Desk) -> None:
    trigger = desk.workspace.triggers.issue("U1")
    view = call(desk, "views.open", trigger_id=trigger, view=modal(external_id="x"))["view"]
    known = {"view": modal(section("second")), "hash": view["hash"]}
    assert call(desk, "views.update", external_id="x", **known)["ok"]
    assert call(desk, "views.update", view_id=view["id"], **known)["error"] == "hash_conflict"
    seen = desk.view("U1")
    assert seen is not None
    assert "second" in seen.words


def test_an_external_id_is_unique(desk: Desk) -> None:
    assert call(desk, "views.publish", user_id="U1", view=home(external_id="x"))["ok"]
    assert call(desk, "views.publish", user_id="U1", view=home(external_id="x"))["ok"]
    body = call(desk, "views.publish", user_id="U2", view=home(external_id="x"))
    assert body["error"] == "duplicate_external_id"


def test_a_view_of_more_than_250_kilobytes_is_refused(desk: Desk) -> None:
    view = home(*[section("ä" * 2_900)] * 100)
    assert call(desk, "views.publish", user_id="U1", view=view)["error"] == "view_too_large"
