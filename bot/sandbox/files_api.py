"""The files methods of the Web API: an upload in three steps, and what became of it."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chat_api import channel_to_post_in
from bot.sandbox.files import StoredFile
from bot.sandbox.messages import Message
from bot.sandbox.people import BOT_USER
from bot.sandbox.refusal import Refused
from bot.sandbox.workspace import Workspace

UPLOADS = "/upload/v1/"


def upload_url(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    name = arguments.needed("filename")
    length = arguments.number("length", 0)
    if not length:
        raise Refused("invalid_arguments", ["/length: must be the size in bytes, above zero"])
    file, ticket = workspace.files.announce(name, length)
    return {"upload_url": f"{workspace.url}{UPLOADS}{ticket}", "file_id": file.id}


def complete_upload(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    files = _listed(workspace, arguments)
    channel_id = arguments.text("channel_id") or None
    if channel_id:
        channel = channel_to_post_in(workspace, channel_id)
        if channel.id != channel_id:
            raise Refused("channel_not_found", ["/channel_id: must be the id of a conversation"])
    shared = [workspace.files.share(file, title, channel_id) for file, title in files]
    if channel_id:
        workspace.messages.add(
            Message(
                ts=workspace.messages.next_ts(),
                channel=channel_id,
                user=BOT_USER,
                text=arguments.text("initial_comment"),
                thread_ts=arguments.text("thread_ts") or None,
                files=tuple(file.id for file in shared),
            )
        )
    return {"files": [{"id": file.id, "title": file.title} for file in shared]}


def _listed(workspace: Workspace, arguments: Arguments) -> list[tuple[StoredFile, str]]:
    listed = arguments.structure("files")
    if not isinstance(listed, list) or not listed:
        raise Refused("invalid_arguments", ["/files: must be a list of files"])
    if not all(isinstance(each, Mapping) and "id" in each for each in listed):
        raise Refused("invalid_arguments", ["/files: each needs its id"])
    return [
        (workspace.files.uploaded(str(each["id"])), str(each.get("title") or ""))
        for each in listed
    ]


def file_info(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    file = workspace.files.uploaded(arguments.needed("file", "file_not_found"))
    return {
        "file": file.wire(),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }
