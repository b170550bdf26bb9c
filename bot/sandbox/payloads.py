"""What Slack sends to a bot, field by field."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.inputs import Value, field_of
from bot.sandbox.messages import Message
from bot.sandbox.people import APP_ID, BOT_ID, BOT_USER, TEAM, Channel, Person
from bot.sandbox.views import View

VERIFICATION_TOKEN = "verification"  # noqa: S105 - Slack's deprecated field, a secret to nobody


def _base(kind: str, person: Person) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": TEAM["id"], "domain": TEAM["domain"]},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": person.brief(),
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
    }


def message_wire(message: Message) -> dict[str, Any]:
    """The message object, as the Web API and clicks carry it."""
    wire: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM["id"],
    }
    if message.user == BOT_USER:
        wire |= {"bot_id": BOT_ID, "app_id": APP_ID}
    if message.blocks:
        wire["blocks"] = message.blocks
    if message.edited:
        wire["edited"] = {"user": message.user, "ts": message.ts}
    if message.thread_ts:
        wire["thread_ts"] = message.thread_ts
    if message.metadata:
        wire["metadata"] = message.metadata
    if message.files:
        wire["files"] = [{"id": file_id} for file_id in message.files]
    return wire


def view_wire(view: View) -> dict[str, Any]:
    """The view object, as the Web API and interactions carry it."""
    wire = {
        "id": view.id,
        "team_id": TEAM["id"],
        "app_id": APP_ID,
        "app_installed_team_id": TEAM["id"],
        "bot_id": BOT_ID,
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "submit": None,
        "close": None,
        **view.body,
        "state": {"values": view.state},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
    }
    if view.type == "home":
        for name in ("submit", "close", "title"):
            wire.pop(name)
    return wire


def in_message(message: Message, channel: Channel, state: Mapping[str, Any]) -> dict[str, Any]:
    """Where a click happened. An ephemeral message is not sent along, as in Slack."""
    place: dict[str, Any] = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        },
        "channel": {
            "id": channel.id,
            "name": "directmessage" if channel.is_im else channel.name,
        },
        "state": {"values": state},
    }
    if not message.ephemeral:
        place["message"] = message_wire(message)
    return place


def in_view(view: View) -> dict[str, Any]:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_wire(view)}


def block_actions(
    person: Person, trigger_id: str, place: Mapping[str, Any], action: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        **_base("block_actions", person),
        **place,
        "trigger_id": trigger_id,
        "actions": [action],
    }


def action(block_id: str, element: Mapping[str, Any], value: Value, moment: str) -> Value:
    """The entry of `actions`: the element without its looks, with its new state."""
    entry: Value = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": moment,
    }
    if element["type"] == "button":
        given = {name: element[name] for name in ("text", "value", "url") if name in element}
        return entry | given
    field = field_of(element["type"])
    entry[field] = value.get(field)
    if "placeholder" in element:
        entry["placeholder"] = element["placeholder"]
    return entry


def block_suggestion(
    person: Person, place: Mapping[str, Any], target: tuple[str, str], query: str
) -> dict[str, Any]:
    """`target` is block_id and action_id."""
    block_id, action_id = target
    return {
        **_base("block_suggestion", person),
        **{name: part for name, part in place.items() if name != "state"},
        "block_id": block_id,
        "action_id": action_id,
        "value": query,
    }


def view_submission(person: Person, trigger_id: str, view: View) -> dict[str, Any]:
    return {
        **_base("view_submission", person),
        "trigger_id": trigger_id,
        "view": view_wire(view),
        "response_urls": [],
    }


def view_closed(person: Person, view: View, *, is_cleared: bool) -> dict[str, Any]:
    return {
        **_base("view_closed", person),
        "view": view_wire(view),
        "is_cleared": is_cleared,
    }


def slash_command(person: Person, channel: Channel, command: str, text: str) -> dict[str, str]:
    """Without trigger_id and response_url, which are made for each command."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": person.team,
        "team_domain": TEAM["domain"],
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": person.id,
        "user_name": person.name.lower(),
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }


def event(body: Mapping[str, Any], event_id: str, moment: float) -> dict[str, Any]:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM["id"],
        "api_app_id": APP_ID,
        "event": dict(body),
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(moment),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM["id"],
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
