"""The messages of the local Slack: who sees them, how they change, what was chosen in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.inputs import Blocks, State, Value, carried, complete, fresh


def words_of(value: Any) -> str:
    """Everything a person can read in blocks, one piece a line."""
    return "\n".join(_readable(value))


def _readable(value: Any) -> Iterator[str]:
    match value:
        case {"type": "text" | "link" | "raw_text" | "plain_text" | "mrkdwn" | "markdown"}:
            yield str(value.get("text") or value.get("url") or "")
        case {"type": "rich_text_section" | "rich_text_preformatted" | "rich_text_quote"}:
            yield "".join("".join(_readable(each)) for each in value["elements"])
        case Mapping():
            for content in value.values():
                if isinstance(content, Mapping | list):
                    yield from _readable(content)
        case list() | tuple():
            for each in value:
                yield from _readable(each)


@dataclass(frozen=True, slots=True)
class Message:
    """`only_for` is the person who alone sees an ephemeral message, else empty.

    `files` are the ids of those that were sent with it.
    """

    ts: str
    channel: str
    user: str
    text: str
    blocks: Blocks | None = None
    only_for: str = ""
    edited: bool = False
    thread_ts: str | None = None
    metadata: Mapping[str, Any] | None = None
    files: tuple[str, ...] = ()

    @property
    def ephemeral(self) -> bool:
        return bool(self.only_for)

    @property
    def words(self) -> str:
        """What a person reads: the blocks, or the text where there are none."""
        return words_of(self.blocks) if self.blocks else self.text


@dataclass
class MessageLog:
    now: Callable[[], float]
    token: Callable[[], str]
    # By channel and timestamp, and what each person has chosen in a message.
    _messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    _states: dict[tuple[str, str], dict[str, State]] = field(default_factory=dict)
    _last: int = 0

    def next_ts(self) -> str:
        """Slack's clock in microseconds, which never shows the same moment twice."""
        self._last = max(int(self.now() * 1_000_000), self._last + 1)
        seconds, rest = divmod(self._last, 1_000_000)
        return f"{seconds}.{rest:06d}"

    def add(self, message: Message) -> Message:
        stored = replace(message, blocks=self._stored(message.blocks))
        self._messages.setdefault(message.channel, {})[message.ts] = stored
        return stored

    def change(self, old: Message, **changes: Any) -> Message:
        """Put a new version in the old one's place; what people chose stays where it can."""
        if "blocks" in changes:
            changes["blocks"] = self._stored(changes["blocks"])
        new = replace(old, **changes)
        self._messages[old.channel][old.ts] = new
        chosen = self._states.get((old.channel, old.ts), {})
        for user, state in chosen.items():
            chosen[user] = carried(new.blocks or [], state)
        return new

    def remove(self, message: Message) -> None:
        self._messages.get(message.channel, {}).pop(message.ts, None)
        self._states.pop((message.channel, message.ts), None)

    def get(self, channel: str, ts: str) -> Message | None:
        return self._messages.get(channel, {}).get(ts)

    def of(self, channel: str) -> list[Message]:
        """All messages of a channel, oldest first."""
        return sorted(self._messages.get(channel, {}).values(), key=lambda m: m.ts)

    def state(self, user: str, message: Message) -> State:
        """What this person has chosen in the message, as `state.values` has it."""
        chosen = self._states.get((message.channel, message.ts), {})
        return chosen[user] if user in chosen else fresh(message.blocks or [])

    def choose(self, user: str, message: Message, place: tuple[str, str], value: Value) -> None:
        """Keep a choice; `place` is block_id and action_id."""
        block_id, action_id = place
        state = self.state(user, message)
        if action_id in state.get(block_id, {}):
            changed = {**state, block_id: {**state[block_id], action_id: value}}
            self._states.setdefault((message.channel, message.ts), {})[user] = changed

    def _stored(self, blocks: Sequence[Mapping[str, Any]] | None) -> Blocks | None:
        return complete(blocks, self.token) if blocks else None
