"""The chat methods of the Web API: post, show to one person, change, delete."""

from collections.abc import Mapping
from typing import Any

from bot.blocks import limits
from bot.sandbox import scopes
from bot.sandbox.arguments import Arguments
from bot.sandbox.block_kit import message_problems
from bot.sandbox.image_files import file_problems
from bot.sandbox.messages import Message
from bot.sandbox.payloads import message_wire
from bot.sandbox.people import BOT_USER, TEAM, Channel
from bot.sandbox.refusal import Refused
from bot.sandbox.workspace import Workspace


def checked(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """`text`, `blocks` and `metadata` of a message that Slack would take; raises Refused."""
    payload = {
        "text": arguments.given.get("text"),
        "blocks": arguments.structure("blocks", "invalid_blocks_format"),
        "metadata": arguments.structure("metadata", "invalid_metadata_format"),
    }
    if "attachments" in arguments:
        raise Refused("invalid_attachments", ["/attachments: the local Slack draws blocks only"])
    problems = message_problems(payload)
    if problems:
        code = problems[0].code
        raise Refused(code, [problem.words for problem in problems if problem.code == code])
    if unusable := file_problems(payload["blocks"], workspace.files, "/blocks"):
        raise Refused("invalid_blocks", unusable)
    return {**payload, "text": payload["text"] or ""}


def known_channel(workspace: Workspace, name: str) -> Channel:
    """A conversation that the bot may know of: not a private one that it is not in."""
    channel = workspace.channel(name)
    if channel.is_private and BOT_USER not in channel.members:
        raise Refused("channel_not_found")
    return channel


def channel_to_post_in(workspace: Workspace, name: str) -> Channel:
    """A conversation that the bot may write in; raises Refused."""
    channel = known_channel(workspace, name)
    if channel.is_archived:
        raise Refused("is_archived")
    if channel.is_im and any(workspace.person(user).deleted for user in channel.members):
        raise Refused("channel_not_found")
    if BOT_USER not in channel.members and scopes.PUBLIC not in workspace.scopes:
        raise Refused("not_in_channel")
    if channel.is_restricted:
        raise Refused("restricted_action")
    return channel


def _thread(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts and workspace.messages.get(channel.id, thread_ts) is None:
        raise Refused("thread_not_found", [f"/thread_ts: no message {thread_ts}"])
    return thread_ts


def post_message(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = channel_to_post_in(workspace, arguments.needed("channel", "channel_not_found"))
    content = checked(workspace, arguments)
    message = workspace.messages.add(
        Message(
            ts=workspace.messages.next_ts(),
            channel=channel.id,
            user=BOT_USER,
            text=content["text"][: limits.POST_TEXT],
            blocks=content["blocks"],
            thread_ts=_thread(workspace, channel, arguments),
            metadata=content["metadata"],
        )
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_wire(message)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = channel_to_post_in(workspace, arguments.needed("channel", "channel_not_found"))
    person = workspace.person(arguments.needed("user", "no_user"))
    if person.id not in channel.members:
        raise Refused("user_not_in_channel")
    content = checked(workspace, arguments)
    if len(content["text"].encode()) > limits.EPHEMERAL_TEXT_BYTES:
        raise Refused("msg_too_long", [f"/text: at most {limits.EPHEMERAL_TEXT_BYTES} bytes"])
    message = workspace.messages.add(
        Message(
            ts=workspace.messages.next_ts(),
            channel=channel.id,
            user=BOT_USER,
            text=content["text"],
            blocks=content["blocks"],
            only_for=person.id,
            thread_ts=_thread(workspace, channel, arguments),
        )
    )
    return {"message_ts": message.ts}


def _own_message(workspace: Workspace, arguments: Arguments, error: str) -> Message:
    """A public message of the bot; an ephemeral one is beyond the reach of the Web API."""
    channel = known_channel(workspace, arguments.needed("channel", "channel_not_found"))
    if channel.is_archived:
        raise Refused("is_archived")
    message = workspace.messages.get(channel.id, arguments.needed("ts", "message_not_found"))
    if message is None or message.ephemeral:
        raise Refused("message_not_found")
    if message.user != BOT_USER:
        raise Refused(error)
    return message


def update(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    old = _own_message(workspace, arguments, "cant_update_message")
    if {"text", "blocks"} & arguments.given.keys():
        message = workspace.messages.change(old, **_new_content(workspace, old, arguments))
    elif "metadata" in arguments:
        metadata = arguments.structure("metadata", "invalid_metadata_format")
        message = workspace.messages.change(old, metadata=metadata or None)
    else:
        raise Refused("no_text", ["/text: needs `text` or `blocks`"])
    wire = message_wire(message)
    return {"channel": old.channel, "ts": old.ts, "text": message.text, "message": wire}


def _new_content(workspace: Workspace, old: Message, arguments: Arguments) -> Mapping[str, Any]:
    content = checked(workspace, arguments)
    if len(content["text"]) > limits.UPDATE_TEXT:
        raise Refused("msg_too_long", [f"/text: at most {limits.UPDATE_TEXT} characters"])
    changes: dict[str, Any] = {"text": content["text"], "blocks": content["blocks"]}
    changes["edited"] = old.edited or not content["blocks"]
    if content["metadata"] is not None:
        changes["metadata"] = content["metadata"] or None
    return changes


def delete(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    message = _own_message(workspace, arguments, "cant_delete_message")
    workspace.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = known_channel(workspace, arguments.needed("channel", "channel_not_found"))
    ts = arguments.needed("message_ts", "message_not_found")
    message = workspace.messages.get(channel.id, ts)
    if message is None or message.ephemeral:
        raise Refused("message_not_found")
    number = ts.replace(".", "")
    link = f"https://{TEAM['domain']}.slack.example/archives/{channel.id}/p{number}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    arguments.needed("name", "invalid_name")
    ts = arguments.needed("timestamp", "no_item_specified")
    message = workspace.messages.get(channel.id, ts)
    if message is None or message.ephemeral:
        raise Refused("message_not_found")
    return {}
