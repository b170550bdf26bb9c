"""The methods of the Web API that tell about people, channels and the bot itself."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.sandbox.arguments import Arguments
from bot.sandbox.chat_api import known_channel
from bot.sandbox.people import APP_ID, BOT_ID, BOT_NAME, BOT_USER, TEAM, Channel
from bot.sandbox.refusal import Refused
from bot.sandbox.workspace import Workspace

T = TypeVar("T")

MOST_PER_PAGE = 1_000


def _page(
    arguments: Arguments, name: str, found: Sequence[T], wire: Callable[[T], Any]
) -> dict[str, Any]:
    """A part of a list with the cursor of the next part, empty at the end."""
    start = arguments.number("cursor", 0) if arguments.text("cursor") else 0
    limit = arguments.number("limit", 100) or 100
    if limit > MOST_PER_PAGE:
        raise Refused("invalid_limit")
    end = start + limit
    following = str(end) if end < len(found) else ""
    part = [wire(each) for each in found[start:end]]
    return {name: part, "response_metadata": {"next_cursor": following}}


def test_auth(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    del workspace, arguments
    return {
        "url": "https://sandbox.slack.example/",
        "team": TEAM["name"],
        "user": BOT_NAME.lower().replace(" ", ""),
        "team_id": TEAM["id"],
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def test_api(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    del workspace
    if error := arguments.text("error"):
        raise Refused(error)
    return {"args": arguments.given}


def team_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    del workspace, arguments
    return {"team": {**TEAM, "email_domain": "", "icon": {"image_default": True}}}


def user_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    person = workspace.person(arguments.needed("user", "user_not_found"))
    return {"user": workspace.user_wire(person, workspace.now())}


def list_users(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """Everybody, the deactivated and people from elsewhere included, as in Slack."""
    now = workspace.now()
    people = workspace.everybody()
    return _page(arguments, "members", people, lambda person: workspace.user_wire(person, now))


def users_conversations(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    person = workspace.person(arguments.text("user", BOT_USER))
    found = _wanted(workspace.open_to(person.id), arguments)
    return _page(arguments, "channels", found, Channel.wire)


def list_conversations(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    found = _wanted(workspace.channels(), arguments)
    return _page(arguments, "channels", found, Channel.wire)


def _wanted(channels: Sequence[Channel], arguments: Arguments) -> list[Channel]:
    """The kinds asked for, public channels by default; private ones only with the bot in them."""
    types = set(arguments.text("types", "public_channel").split(","))
    skips = arguments.flag("exclude_archived")
    return [
        channel
        for channel in channels
        if channel.type in types
        and not (skips and channel.is_archived)
        and not (channel.is_private and BOT_USER not in channel.members)
    ]


def conversation_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = _by_id(workspace, arguments)
    shared = {"is_ext_shared": workspace.is_shared(channel.id)}
    return {"channel": channel.wire() | shared}


def members(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return _page(arguments, "members", sorted(_by_id(workspace, arguments).members), str)


def _by_id(workspace: Workspace, arguments: Arguments) -> Channel:
    """A channel by its id alone: these methods know no names."""
    name = arguments.needed("channel", "channel_not_found")
    channel = known_channel(workspace, name)
    if channel.id != name:
        raise Refused("channel_not_found")
    return channel


def open_conversation(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    if "channel" in arguments:
        channel = _by_id(workspace, arguments)
    else:
        users = arguments.needed("users", "users_list_not_supplied").split(",")
        if len(users) > 1:
            raise Refused("method_not_supported_for_channel_type", ["/users: only one here"])
        if users[0] == BOT_USER:
            raise Refused("cannot_dm_bot")
        person = workspace.person(users[0])
        if person.deleted:
            raise Refused("user_disabled")
        channel = workspace.dm(person.id)
    wire = channel.wire() if arguments.flag("return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": wire}
