"""A person sends a modal off or closes it, and the bot's answer decides what comes next."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import inputs, payloads
from bot.sandbox.inputs import State
from bot.sandbox.line import Line
from bot.sandbox.people import Person
from bot.sandbox.refusal import NotPossible, Refused
from bot.sandbox.views import View
from bot.sandbox.views_api import checked
from bot.sandbox.workspace import Refusal, Workspace

METHOD = "answer to view_submission"


class Forms:
    def __init__(self, workspace: Workspace, line: Line) -> None:
        self._workspace = workspace
        self._line = line

    async def submit(self, user: str, view_id: str, values: Mapping[str, Any]) -> None:
        """Send a modal off with these values beside the state it already has.

        What Slack checks itself (required, lengths, addresses) never reaches the bot.
        """
        person = self._workspace.someone(user)
        view = self._top(user, view_id)
        views = self._workspace.views
        view = views.fill(view, filled(view, values))
        if errors := inputs.complaints(view.blocks, view.state):
            views.complain(view, errors)
            self._workspace.signal.changed()
            return
        trigger = self._workspace.triggers.issue(user, from_modal=True)
        payload = payloads.view_submission(person, trigger, view)
        reply = await self._line.tell(person, "interactive", payload)
        if reply.ok:
            self._continue(person, view_id, reply.body)

    def _top(self, user: str, view_id: str) -> View:
        view = self._workspace.view_of(user, view_id)
        if self._workspace.views.stack(user)[-1:] != [view] or "submit" not in view.body:
            raise NotPossible("not_submittable", "Only the modal on top can be sent.")
        return view

    def _continue(self, person: Person, view_id: str, body: Mapping[str, Any]) -> None:
        view = self._workspace.views.get(view_id)
        if view is None:
            return  # the bot or the person closed it meanwhile
        try:
            self._obey(view, body)
        except Refused as refusal:
            refused = Refusal(METHOD, refusal.code, refusal.details)
            self._workspace.refuse(refused, person.id)
        self._workspace.signal.changed()

    def _obey(self, view: View, body: Mapping[str, Any]) -> None:
        views = self._workspace.views
        match body.get("response_action"):
            case None:
                views.close(view)
            case "clear":
                views.close(view, whole_stack=True)
            case "update":
                views.update(view, checked(self._workspace, body.get("view"), "modal"))
            case "push":
                views.push(view.owner, checked(self._workspace, body.get("view"), "modal"))
            case "errors":
                views.complain(view, _errors(view, body.get("errors")))
            case other:
                raise Refused("invalid_arguments", [f"/response_action: {other} is unknown"])

    async def close(self, user: str, view_id: str) -> None:
        """Close a modal and those above it; the bot hears of each that wants it told."""
        person = self._workspace.someone(user)
        view = self._workspace.view_of(user, view_id)
        whole = bool(view.body.get("clear_on_close"))
        closed = self._workspace.views.close(view, whole_stack=whole)
        self._workspace.signal.changed()
        for each in closed:
            if each.body.get("notify_on_close"):
                payload = payloads.view_closed(person, each, is_cleared=whole)
                await self._line.tell(person, "interactive", payload)


def _errors(view: View, errors: object) -> dict[str, str]:
    """Words for input blocks only: Slack takes no others."""
    if not isinstance(errors, Mapping) or not errors:
        raise Refused("invalid_arguments", ["/errors: must be an object with words for inputs"])
    known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    strange = [block_id for block_id in errors if block_id not in known]
    if strange:
        raise Refused("invalid_arguments", [f"/errors/{strange[0]}: is no input block"])
    return {str(block_id): str(words) for block_id, words in errors.items()}


def filled(view: View, values: Mapping[str, Any]) -> State:
    """The state with what a person filled in; NotPossible for a value that cannot be."""
    state = {block: dict(actions) for block, actions in view.state.items()}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            found = inputs.find(view.blocks, action_id, block_id)
            if found is None:
                raise NotPossible("element_not_found", f"There is no input {block_id}.")
            if reason := inputs.unfit(found[1], value):
                raise NotPossible("invalid_value", f"{action_id}: {reason}.")
            state[block_id][action_id] = inputs.canonical(found[1], value)
    return state
