"""Modals and Home tabs of the local Slack: one stack of modals and one Home for each person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.blocks import limits
from bot.sandbox.inputs import Blocks, State, Value, carried, complete, fresh
from bot.sandbox.messages import words_of
from bot.sandbox.refusal import Refused


@dataclass(frozen=True, slots=True)
class View:
    """`body` is the view as the bot sent it, with its ids filled in."""

    id: str
    owner: str
    body: Mapping[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    state: State = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata", ""))

    @property
    def blocks(self) -> Blocks:
        return list(self.body["blocks"])

    @property
    def words(self) -> str:
        """What a person reads, the title first."""
        return words_of([self.body.get("title"), self.blocks])


@dataclass
class ViewBook:
    now: Callable[[], float]
    token: Callable[[], str]
    _stacks: dict[str, list[View]] = field(default_factory=dict)
    _homes: dict[str, View] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)

    def stack(self, user: str) -> list[View]:
        """Open modals, the one on top last."""
        return list(self._stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def get(self, view_id: str) -> View | None:
        owner = self._owners.get(view_id, "")
        home = self._homes.get(owner)
        theirs = [*self.stack(owner), *([home] if home else [])]
        return next((view for view in theirs if view.id == view_id), None)

    def by_external_id(self, external_id: str) -> View | None:
        return next((v for v in self._all() if v.body.get("external_id") == external_id), None)

    def open(self, user: str, body: Mapping[str, Any]) -> View:
        view = self._new(user, body)
        self._stacks[user] = [view]
        return view

    def push(self, user: str, body: Mapping[str, Any]) -> View:
        stack = self._stacks.setdefault(user, [])
        if len(stack) >= limits.VIEW_STACK:
            raise Refused("push_limit_reached")
        view = self._new(user, body)
        if stack:
            view = replace(view, root_id=stack[0].id, previous_id=stack[-1].id)
        stack.append(view)
        return view

    def publish(self, user: str, body: Mapping[str, Any]) -> View:
        old = self._homes.get(user)
        self._homes[user] = self._changed(old, body) if old else self._new(user, body)
        return self._homes[user]

    def update(self, old: View, body: Mapping[str, Any]) -> View:
        view = self._changed(old, body)
        self._put(view)
        return view

    def close(self, view: View, *, whole_stack: bool = False) -> list[View]:
        """Close a modal and those above it; returns the closed ones, the top one first."""
        stack = self.stack(view.owner)
        keep = next((i for i, each in enumerate(stack) if each.id == view.id), len(stack))
        if whole_stack:
            keep = 0
        self._stacks[view.owner] = stack[:keep]
        return stack[keep:][::-1]

    def choose(self, view: View, place: tuple[str, str], value: Value) -> View:
        """Keep a choice; `place` is block_id and action_id."""
        block_id, action_id = place
        if action_id not in view.state.get(block_id, {}):
            return view
        block = {**view.state[block_id], action_id: value}
        changed = replace(view, state={**view.state, block_id: block})
        self._put(changed)
        return changed

    def fill(self, view: View, state: State) -> View:
        """Keep what a person typed; words about earlier mistakes go."""
        filled = replace(view, state=state, errors={})
        self._put(filled)
        return filled

    def complain(self, view: View, errors: Mapping[str, str]) -> None:
        self._put(replace(view, errors=dict(errors)))

    def _all(self) -> list[View]:
        modals = [view for stack in self._stacks.values() for view in stack]
        return [*modals, *self._homes.values()]

    def _put(self, view: View) -> None:
        if view.type == "home":
            self._homes[view.owner] = view
        else:
            stack = self._stacks.get(view.owner, [])
            self._stacks[view.owner] = [view if v.id == view.id else v for v in stack]

    def _new(self, user: str, body: Mapping[str, Any]) -> View:
        view_id = f"V{self.token()}"
        stored = self._stored(body)
        state = fresh(stored["blocks"])
        self._owners[view_id] = user
        return View(view_id, user, stored, self._hash(), root_id=view_id, state=state)

    def _changed(self, old: View, body: Mapping[str, Any]) -> View:
        stored = self._stored(body)
        state = carried(stored["blocks"], old.state)
        return replace(old, body=stored, hash=self._hash(), state=state, errors={})

    def _stored(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return {**body, "blocks": complete(body["blocks"], self.token)}

    def _hash(self) -> str:
        return f"{int(self.now())}.{self.token()}"
