"""What the page shows to one person: their part of the local Slack as plain JSON values."""

from typing import Any
from urllib.parse import urlencode

from bot.sandbox.messages import Message
from bot.sandbox.payloads import view_wire
from bot.sandbox.people import BOT_ID, BOT_NAME, BOT_USER, TEAM
from bot.sandbox.views import View
from bot.sandbox.workspace import Workspace


def state(workspace: Workspace, user: str) -> dict[str, Any]:
    channels = workspace.open_to(user)
    home = workspace.views.home(user)
    notice = workspace.notices.get(user)
    return {
        "me": user,
        "bot": {"id": BOT_USER, "name": BOT_NAME, "bot_id": BOT_ID},
        "team": {"id": TEAM["id"], "name": TEAM["name"]},
        "people": [
            {"id": p.id, "name": p.name, "real_name": p.real_name, "tz": p.tz}
            for p in workspace.people()
        ],
        "commands": [
            {
                "command": workspace.command,
                "description": "Start a quiz, see the leaderboard or your progress",
                "usage_hint": "[start docker 5 | help]",
            }
        ],
        "channels": [{"id": c.id, "name": c.name, "kind": c.kind} for c in channels],
        "messages": {
            c.id: [_message(workspace, user, m) for m in workspace.seen_by(user, c.id)]
            for c in channels
        },
        "views": [_view(view) for view in workspace.views.stack(user)],
        "home": _view(home) if home else None,
        "notice": {"kind": notice.kind, "text": notice.text} if notice else None,
    }


def _message(workspace: Workspace, user: str, message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "text": message.text,
        "ephemeral": message.ephemeral,
        "edited": message.edited,
        "selection": workspace.messages.state(user, message),
    }
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.files:
        shown["files"] = [_file(workspace, user, file_id) for file_id in message.files]
    return shown


def _file(workspace: Workspace, user: str, file_id: str) -> dict[str, Any]:
    file = workspace.file_for(user, file_id)
    address = f"/local/files/{file_id}?{urlencode({'user': user})}"
    return {
        "id": file_id,
        "name": file.name,
        "title": file.title,
        "size": file.length,
        "url": address,
    }


def _view(view: View) -> dict[str, Any]:
    """The view without `private_metadata`, which is the bot's own business."""
    wire = view_wire(view)
    del wire["private_metadata"]
    return wire | {"errors": dict(view.errors)}
