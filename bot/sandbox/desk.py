"""The Python side of the local Slack: do what people do, look at what they see, wait for it."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox import inputs
from bot.sandbox.backstage import Backstage
from bot.sandbox.compositions import options_of
from bot.sandbox.doings import Doings, Source
from bot.sandbox.files import StoredFile
from bot.sandbox.forms import Forms
from bot.sandbox.inputs import Value
from bot.sandbox.messages import Message
from bot.sandbox.refusal import NotPossible
from bot.sandbox.views import View
from bot.sandbox.workspace import Call, Refusal

T = TypeVar("T")
Look = TypeVar("Look", bound=Hashable)


@dataclass(kw_only=True)
class Desk(Backstage):
    """A workspace with three people, and the bot at the other end of the line."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._doings = Doings(self.workspace, self.line, lambda: self.url)
        self._forms = Forms(self.workspace, self.line)
        self._tasks: set[asyncio.Task[None]] = set()

    # What people do; each returns when the bot has acknowledged, or had its time to

    async def say(self, user: str, channel: str, text: str) -> None:
        """Write a message, or a slash command if the text begins with one."""
        await self._doings.say(user, channel, text)

    async def act(
        self, user: str, source: Source, block_id: str | None, action_id: str, value: Value
    ) -> None:
        """Bring an element into a new state, given as Slack's state value."""
        await self._doings.act(user, source, block_id, action_id, value)

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, *, block_id: str | None = None
    ) -> None:
        """Press a button of a message."""
        source = {"channel": channel, "ts": ts}
        await self.act(user, source, block_id, action_id, {"type": "button"})

    async def press_in(self, user: str, view: View | str, action_id: str) -> None:
        """Press a button of a modal or Home tab."""
        source = view if isinstance(view, View) else {"view": view}
        await self.act(user, source, None, action_id, {"type": "button"})

    async def choose(
        self,
        user: str,
        source: Source,
        action_id: str,
        *values: str,
        block_id: str | None = None,
    ) -> None:
        """Choose by option values in a select, radio buttons, checkboxes or an overflow menu.

        An external select is searched first, with the value as the query. Several values are
        the complete new choice; none empties it.
        """
        place = self._doings.place(user, source)
        block, element = self._doings.element(place, action_id, block_id)
        options = options_of(element)
        if element["type"].endswith("external_select"):
            found = [await self.suggest(user, source, block, action_id, v) for v in values]
            options = [option for each in found for option in options_of(each)]
        await self.act(user, source, block, action_id, chosen(element, options, values))

    async def suggest(
        self, user: str, source: Source, block_id: str | None, action_id: str, query: str
    ) -> Mapping[str, Any]:
        """Search in an external select; gives `options` or `option_groups`."""
        return await self._doings.suggest(user, source, block_id, action_id, query)

    async def submit(
        self, user: str, view_id: str, values: Mapping[str, Any] | None = None
    ) -> None:
        """Send a modal with state values: `{block_id: {action_id: {"type": …, …}}}`."""
        await self._forms.submit(user, view_id, values or {})

    async def fill(self, user: str, view: View, values: Mapping[str, str | Sequence[str]]) -> None:
        """Send a modal with plain values by action_id: typed text or values of options."""
        state: dict[str, dict[str, Value]] = {}
        for action_id, value in values.items():
            block_id, element = self._doings.element(view, action_id)
            listed = [value] if isinstance(value, str) else value
            filled = chosen(element, options_of(element), listed)
            state.setdefault(block_id, {})[action_id] = filled
        await self.submit(user, view.id, state)

    async def close_view(self, user: str, view_id: str) -> None:
        await self._forms.close(user, view_id)

    async def open_home(self, user: str) -> None:
        await self._doings.open_home(user)

    async def open_messages(self, user: str) -> None:
        await self._doings.open_messages(user)

    def dismiss(self, user: str, channel: str, ts: str) -> None:
        self._doings.dismiss(user, channel, ts)

    def file(self, user: str, file_id: str) -> StoredFile:
        """A file that was sent to a conversation of this person."""
        return self.workspace.file_for(user, file_id)

    def clear_notice(self, user: str) -> None:
        self.workspace.notices.pop(user, None)
        self.workspace.signal.changed()

    # What there is to see

    @property
    def calls(self) -> list[Call]:
        return self.workspace.calls

    @property
    def refusals(self) -> list[Refusal]:
        return self.workspace.refusals

    def sent(self, method: str) -> list[Mapping[str, Any]]:
        """Arguments of every accepted call of one method, oldest first.

        What went to a response_url stands under `response_url`.
        """
        return [call.arguments for call in self.calls if call.method == method and call.ok]

    def messages(self, user: str, channel: str) -> list[Message]:
        """What this person sees in a channel (id, name, or a person's id), oldest first."""
        return self.workspace.seen_by(user, self.workspace.channel(channel).id)

    def message(self, user: str, channel: str, words: str) -> Message | None:
        """The newest message that this person sees with these words in it."""
        found = [m for m in self.messages(user, channel) if words in m.words]
        return found[-1] if found else None

    def view(self, user: str) -> View | None:
        """The modal on top."""
        stack = self.workspace.views.stack(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        return self.workspace.views.home(user)

    def notice(self, user: str) -> str:
        """What this person is told beside the messages; empty if nothing."""
        notice = self.workspace.notices.get(user)
        return notice.text if notice else ""

    async def wait_until(self, value: Callable[[], T], timeout: float = 5) -> T:  # noqa: ASYNC109 - the limit belongs to the question
        """First truthy value, looked at on each change; TimeoutError tells what was done."""
        try:
            return await self.workspace.signal.until(value, timeout)
        except TimeoutError:
            done = ", ".join(f"{c.method} {c.error or 'ok'}" for c in self.calls[-8:])
            refused = "".join(f"\n{refusal}" for refusal in self.refusals[-3:])
            words = f"waited {timeout} s in vain; last calls: {done or 'none'}{refused}"
            raise TimeoutError(words) from None

    async def wait_for(self, user: str, channel: str, words: str) -> Message:
        """The newest message with these words, as soon as this person sees one."""
        found = await self.wait_until(lambda: self.message(user, channel, words))
        if found is None:
            raise AssertionError  # wait_until returns what is true
        return found

    def watch(
        self, look: Callable[[], Look], tell: Callable[[Look], Awaitable[None]]
    ) -> asyncio.Task[None]:
        """Tell what there is to see now, and again whenever that has changed."""
        task = asyncio.create_task(self._watch(look, tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _watch(
        self, look: Callable[[], Look], tell: Callable[[Look], Awaitable[None]]
    ) -> None:
        shown: Look | None = None
        while True:
            if (seen := look()) != shown:
                shown = seen
                try:
                    await tell(seen)
                except ConnectionError:
                    return
            else:
                await self.workspace.signal.next()


def chosen(
    element: Mapping[str, Any], options: Sequence[Mapping[str, Any]], values: Sequence[str]
) -> Value:
    """The state value for plain values: typed text, or the values of options."""
    name = inputs.field_of(element["type"])
    if not name.startswith("selected_option"):
        whole: object = list(values) if name.endswith("s") else next(iter(values), None)
        return {"type": element["type"], name: whole}
    known = {option["value"]: option for option in options}
    if strange := [value for value in values if value not in known]:
        raise NotPossible("invalid_value", f"There is no option {strange[0]}.")
    picked = [known[value] for value in values]
    content: object = picked if name.endswith("s") else next(iter(picked), None)
    return {"type": element["type"], name: content}
