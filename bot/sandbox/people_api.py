"""The methods of the Web API that tell about people, channels and the bot itself."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.people import APP_ID, BOT_ID, BOT_NAME, BOT_USER, TEAM, Channel
from bot.sandbox.refusal import Refused
from bot.sandbox.workspace import Workspace

MOST_PER_PAGE = 1_000


def _page(arguments: Arguments, name: str, found: Sequence[Any]) -> dict[str, Any]:
    """A part of a list with the cursor of the next part, empty at the end."""
    start = arguments.number("cursor", 0) if arguments.text("cursor") else 0
    limit = arguments.number("limit", 100) or 100
    if limit > MOST_PER_PAGE:
        raise Refused("invalid_limit")
    end = start + limit
    following = str(end) if end < len(found) else ""
    return {name: list(found[start:end]), "response_metadata": {"next_cursor": following}}


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
    return {"user": person.wire(workspace.now())}


def list_users(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    members = [person.wire(workspace.now()) for person in workspace.everybody()]
    return _page(arguments, "members", members)


def users_conversations(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    person = workspace.person(arguments.text("user", BOT_USER))
    found = _wanted(workspace.open_to(person.id), arguments)
    return _page(arguments, "channels", found)


def list_conversations(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return _page(arguments, "channels", _wanted(workspace.channels(), arguments))


def _wanted(channels: Sequence[Channel], arguments: Arguments) -> list[dict[str, Any]]:
    """The kinds asked for; public channels unless other types are named."""
    types = arguments.text("types", "public_channel").split(",")
    kinds = {"im" if name == "im" else "channel" for name in types if name in _TYPES}
    return [channel.wire() for channel in channels if channel.kind in kinds]


_TYPES = {"public_channel", "im"}


def conversation_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return {"channel": _by_id(workspace, arguments).wire()}


def members(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    return _page(arguments, "members", sorted(_by_id(workspace, arguments).members))


def _by_id(workspace: Workspace, arguments: Arguments) -> Channel:
    """A channel by its id alone: these methods know no names."""
    name = arguments.needed("channel", "channel_not_found")
    channel = workspace.channel(name)
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
        channel = workspace.dm(workspace.person(users[0]).id)
    wire = channel.wire() if arguments.flag("return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": wire}
