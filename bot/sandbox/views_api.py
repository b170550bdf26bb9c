"""The views methods of the Web API: modals and Home tabs."""

import json
from collections.abc import Mapping
from typing import Any

from bot.blocks import limits
from bot.sandbox.arguments import Arguments
from bot.sandbox.block_kit import check_view
from bot.sandbox.image_files import file_problems
from bot.sandbox.payloads import view_wire
from bot.sandbox.refusal import Refused
from bot.sandbox.views import View
from bot.sandbox.workspace import Workspace


def checked(workspace: Workspace, view: object, kind: str) -> Mapping[str, Any]:
    """The view if Slack would take it as a modal or home; raises Refused."""
    problems = check_view(view)
    if problems or not isinstance(view, Mapping):
        raise Refused("invalid_arguments", problems)
    if view["type"] != kind:
        raise Refused("invalid_arguments", [f"/view/type: must be {kind}"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise Refused("view_too_large")
    if unusable := file_problems(view["blocks"], workspace.files, "/view/blocks"):
        raise Refused("invalid_arguments", unusable)
    return view


def _unique(workspace: Workspace, body: Mapping[str, Any], own: str = "") -> None:
    external_id = body.get("external_id")
    other = workspace.views.by_external_id(external_id) if external_id else None
    if other is not None and other.id != own:
        raise Refused("duplicate_external_id")


def _answer(view: View) -> dict[str, Any]:
    return {"view": view_wire(view)}


def open_modal(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    body = checked(workspace, arguments.structure("view"), "modal")
    _unique(workspace, body)
    trigger = workspace.triggers.redeem(arguments.needed("trigger_id"))
    return _answer(workspace.views.open(trigger.user, body))


def push_modal(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    body = checked(workspace, arguments.structure("view"), "modal")
    _unique(workspace, body)
    trigger = workspace.triggers.redeem(arguments.needed("trigger_id"))
    if not trigger.from_modal or not workspace.views.stack(trigger.user):
        raise Refused("not_found", ["/trigger_id: a push needs a click inside an open modal"])
    return _answer(workspace.views.push(trigger.user, body))


def update_view(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise Refused("invalid_arguments", ["/view_id: is missing"])
    views = workspace.views
    old = views.get(view_id) if view_id else views.by_external_id(external_id)
    if old is None:
        raise Refused("not_found")
    body = checked(workspace, arguments.structure("view"), old.type)
    _unique(workspace, body, old.id)
    _same_hash(old, arguments)
    return _answer(views.update(old, body))


def publish_home(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    person = workspace.person(arguments.needed("user_id", "user_not_found"))
    body = checked(workspace, arguments.structure("view"), "home")
    old = workspace.views.home(person.id)
    _unique(workspace, body, old.id if old else "")
    if old is not None:
        _same_hash(old, arguments)
    elif "hash" in arguments:
        raise Refused("hash_conflict")
    return _answer(workspace.views.publish(person.id, body))


def _same_hash(view: View, arguments: Arguments) -> None:
    if "hash" in arguments and arguments.text("hash") != view.hash:
        raise Refused("hash_conflict")
