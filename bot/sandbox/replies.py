"""What a bot sends to a response_url, or says in the answer to a slash command."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chat_api import checked
from bot.sandbox.messages import Message
from bot.sandbox.passes import ReplyAddress
from bot.sandbox.people import BOT_USER
from bot.sandbox.refusal import Refused
from bot.sandbox.web_api import Answer, refusal_body
from bot.sandbox.workspace import Call, Workspace

METHOD = "response_url"
"""The name under which replies stand among the calls of the bot."""


def answer(workspace: Workspace, token: str, body: Mapping[str, Any]) -> Answer:
    """What Slack says to a POST at a response_url; a refused one is remembered."""
    try:
        address = workspace.replies.use(token)
    except Refused as refusal:
        workspace.record(Call(METHOD, body, ok=False, error=refusal.code))
        return Answer(refusal_body(refusal), status=404)
    try:
        reply(workspace, address, body)
    except Refused as refusal:
        shown = {"user": address.user, **body}
        workspace.record(Call(METHOD, shown, ok=False, error=refusal.code), refusal.details)
        return Answer(refusal_body(refusal), status=400)
    workspace.record(Call(METHOD, body, ok=True))
    return Answer({"ok": True})


def reply(workspace: Workspace, address: ReplyAddress, body: Mapping[str, Any]) -> None:
    """Replace, delete or add a message. Without `replace_original` a new private one is added.

    A command has no original, so `replace_original` adds as well, as in Slack.
    """
    arguments = Arguments(body)
    original = _original(workspace, address)
    if arguments.flag("delete_original"):
        if original is not None:
            workspace.messages.remove(original)
        if not {"text", "blocks"} & arguments.given.keys():
            return
    content = _content(workspace, arguments)
    if arguments.flag("replace_original") and address.ts:
        if original is not None:
            edited = original.edited or not (content["blocks"] or original.ephemeral)
            workspace.messages.change(original, **content, edited=edited)
        return
    _add(workspace, address, arguments, content)


def _original(workspace: Workspace, address: ReplyAddress) -> Message | None:
    return workspace.messages.get(address.channel, address.ts) if address.ts else None


def _content(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    kind = arguments.text("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        raise Refused("invalid_arguments", ["/response_type: must be ephemeral or in_channel"])
    content = checked(workspace, arguments)
    return {"text": content["text"], "blocks": content["blocks"]}


def _add(
    workspace: Workspace, address: ReplyAddress, arguments: Arguments, content: Mapping[str, Any]
) -> None:
    public = arguments.text("response_type") == "in_channel"
    message = Message(
        ts=workspace.messages.next_ts(),
        channel=address.channel,
        user=BOT_USER,
        text="",
        only_for="" if public else address.user,
        thread_ts=arguments.text("thread_ts") or None,
    )
    workspace.messages.add(replace(message, **content))
