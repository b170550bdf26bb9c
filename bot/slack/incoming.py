"""What came in from Slack, as values: who, where, which press, and where to answer."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.session import AttemptId

Body: TypeAlias = Mapping[str, Any]
MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


class Nameless(Exception):
    """It does not say who did it, or in which workspace: there is nobody to play or to answer."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an answer goes. `url` is the response_url of a verified payload, or empty.

    `in_place` tells that the message that was clicked belongs to this person alone, so that it
    may be replaced: an ephemeral one, or one in their conversation with the bot.
    """

    url: str
    channel: str
    user: UserId
    thread: str = ""
    in_place: bool = False

    @property
    def is_direct(self) -> bool:
        return self.channel.startswith("D")

    def pack(self) -> str:
        """As text, for the time a form is open."""
        return json.dumps(asdict(self))

    @classmethod
    def unpack(cls, packed: str | None, user: UserId) -> "Address":
        """Where the form was opened; when that is forgotten, the person's own conversation."""
        return cls(**json.loads(packed)) if packed else cls(url="", channel="", user=user)


@dataclass(frozen=True, slots=True)
class Click:
    """A button, a choice or a sent form. `state` is block id -> action id -> element state.

    `team` is the workspace that the person is of, None where Slack does not say; `block` is the
    id of the block that was clicked, `message` the timestamp of the message it is in, `form` the
    id of the modal. `home` is the hash of the Home tab that was clicked, None elsewhere.
    """

    player: Player
    attempt: AttemptId
    address: Address
    value: str
    trigger: str
    name: str
    state: Mapping[str, Mapping[str, Mapping[str, Any]]]
    team: TeamId | None = None
    block: str = ""
    message: str = ""
    form: str = ""
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A slash command, a direct message or a mention.

    `name` is what the person is called, if the payload says so; `team` and `trigger` are as those
    of a click, and only a command has a trigger. `home` is the hash of the Home tab that was
    opened, empty where there was none yet, None for anything else.
    """

    player: Player
    attempt: AttemptId
    address: Address
    text: str
    name: str = ""
    team: TeamId | None = None
    trigger: str = ""
    home: str | None = None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _player(body: Body, user: str) -> Player:
    """The workspace is the one that installed the bot, also for somebody from another one.

    Where the bot is installed for a whole organisation, a click may name it beside the person
    only. Raises `Nameless`.
    """
    named = (_map(body.get("team")).get("id"), body.get("team_id"))
    team = next(filter(None, map(_text, (*named, _map(body.get("user")).get("team_id")))), "")
    if not (team and user):
        raise Nameless
    return Player(Workspace(TeamId(team)), UserId(user))


def _team(value: object) -> TeamId | None:
    return TeamId(value) if isinstance(value, str) and value else None


def _value(action: Mapping[str, Any]) -> str:
    return _text(action.get("value")) or _text(_map(action.get("selected_option")).get("value"))


def read_click(body: Body) -> Click:
    """A `block_actions` payload; in a message it says where to answer."""
    user = _map(body.get("user"))
    container = _map(body.get("container"))
    view = _map(body.get("view"))
    actions = body.get("actions")
    action = _map(actions[0]) if isinstance(actions, list) and actions else {}
    channel = _text(container.get("channel_id")) or _text(_map(body.get("channel")).get("id"))
    is_ephemeral = container.get("is_ephemeral") is True
    return Click(
        player=_player(body, _text(user.get("id"))),
        attempt=_attempt(body, _text(action.get("action_ts"))),
        address=Address(
            url=_text(body.get("response_url")),
            channel=channel,
            user=UserId(_text(user.get("id"))),
            thread=_text(container.get("thread_ts")),
            in_place=is_ephemeral or channel.startswith("D"),
        ),
        value=_value(action),
        trigger=_text(body.get("trigger_id")),
        name=_text(user.get("username")) or _text(user.get("name")),
        state=_map(_map(body.get("state") or view.get("state")).get("values")),
        team=_team(user.get("team_id")),
        block=_text(action.get("block_id")),
        message="" if is_ephemeral else _text(container.get("message_ts")),
        form=_text(container.get("view_id")),
        home=_text(view.get("hash")) if view.get("type") == "home" else None,
    )


def read_form(body: Body) -> Click:
    """A `view_submission` payload; it does not say where to answer, `value` is our metadata."""
    user = _map(body.get("user"))
    view = _map(body.get("view"))
    return Click(
        player=_player(body, _text(user.get("id"))),
        attempt=_attempt(body, f"{_text(view.get('id'))}.{_text(view.get('hash'))}"),
        address=Address(url="", channel="", user=UserId(_text(user.get("id")))),
        value=_text(view.get("private_metadata")),
        trigger=_text(body.get("trigger_id")),
        name=_text(user.get("username")) or _text(user.get("name")),
        state=_map(_map(view.get("state")).get("values")),
        team=_team(user.get("team_id")),
    )


def read_command(body: Body) -> Words:
    user = _text(body.get("user_id"))
    return Words(
        player=_player(body, user),
        attempt=_attempt(body, ""),
        address=Address(
            url=_text(body.get("response_url")),
            channel=_text(body.get("channel_id")),
            user=UserId(user),
        ),
        text=_text(body.get("text")),
        name=_text(body.get("user_name")),
        team=_team(body.get("team_id")),
        trigger=_text(body.get("trigger_id")),
    )


def read_event(body: Body) -> Words:
    """A message to the bot, a mention of it, or somebody who opens its tab."""
    event = _map(body.get("event"))
    user = _text(event.get("user"))
    return Words(
        player=_player(body, user),
        attempt=AttemptId(_text(body.get("event_id"))),
        address=Address(
            url="",
            channel=_text(event.get("channel")),
            user=UserId(user),
            thread=_text(event.get("thread_ts")),
        ),
        text=MENTION.sub(" ", _text(event.get("text"))).strip(),
        team=_team(event.get("user_team") or event.get("team")),
        home=_text(_map(event.get("view")).get("hash")) if event.get("tab") == "home" else None,
    )


def read_workspace(body: Body) -> Workspace:
    """Where something happened that nobody in particular did. Raises `Nameless`."""
    team = _text(body.get("team_id"))
    if not team:
        raise Nameless
    return Workspace(TeamId(team))


def _attempt(body: Body, fallback: str) -> AttemptId:
    """What stays the same when Slack delivers a press again, and is new for a new press."""
    return AttemptId(_text(body.get("trigger_id")) or fallback)
