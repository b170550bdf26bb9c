"""The Bolt app: registers every listener, and has the one place that catches what fails."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.kit import Message
from bot.errors import StaleButton
from bot.slack.background import Background
from bot.slack.chat import Chat
from bot.slack.effect import Effect, Tell
from bot.slack.explaining import explained
from bot.slack.incoming import (
    Address,
    Body,
    Click,
    Nameless,
    read_click,
    read_command,
    read_event,
)
from bot.slack.listening import AtHome, Listening, Meet, nobody, nowhere

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SlackSide:
    """What talks to Slack: the app, its calls, and the work under way."""

    app: AsyncApp
    chat: Chat
    background: Background


class Registers(Protocol):
    def register(self, listening: Listening) -> None:
        """Add listeners; of two that fit, the one that was added first is called."""


def build_app(
    client: AsyncWebClient,
    chat: Chat,
    parts: Sequence[Registers],
    background: Background,
    meet: Meet = nobody,
    at_home: AtHome = nowhere,
) -> AsyncApp:
    """`client` carries the bot's token and the shared session, and is created inside the loop.

    Requests are checked in `guard.py`, or come through Socket Mode: Bolt need not check again.
    """
    app = AsyncApp(
        client=client,
        process_before_response=True,  # else every ack waits for a poll of 10 ms
        request_verification_enabled=False,
    )
    listening = Listening(app, chat, background, meet, at_home)
    for part in parts:
        part.register(listening)
    listening.click(re.compile(""), _outdated)  # last: whatever nobody else knows

    async def explain(error: Exception, body: dict[str, Any]) -> BoltResponse:
        """It must not fail itself: this is what stands between an error and a 500."""
        if isinstance(error, Nameless):
            log.warning("nobody to answer", kind=str(body.get("type"))[:40])
            return BoltResponse(status=200, body="")
        message = explained(error)
        field = _first_input(body) if body.get("type") == "view_submission" else None
        if field:
            return _below(field, message)
        to = address_of(body)
        if to:
            await listening.send(Tell(message), to)
        return BoltResponse(status=200, body="")  # handled: Slack must not deliver it again

    app.error(explain)
    app.view(re.compile(""))(_close)
    return app


async def _outdated(click: Click) -> Effect:
    raise StaleButton(click.value)


async def _close(ack: AsyncAck) -> None:
    await ack()


def _first_input(body: Body) -> str | None:
    """The block id of a form's first field; None for a form without one."""
    view = body.get("view")
    blocks = view.get("blocks") if isinstance(view, Mapping) else None
    inputs = (
        block.get("block_id")
        for block in (blocks if isinstance(blocks, list) else ())
        if isinstance(block, Mapping) and block.get("type") == "input"
    )
    return next((field for field in inputs if isinstance(field, str)), None)


def _below(field: str, message: Message) -> BoltResponse:
    """Keep the form open, with what was typed, and say what is wrong below a field: there Slack
    shows words as they are, without markup.
    """
    answer = {"response_action": "errors", "errors": {field: message.text.replace("`", "")}}
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
    return BoltResponse(status=200, body=json.dumps(answer), headers=headers)


def address_of(body: Body) -> Address | None:
    """Where to say that something failed, whatever kind of payload it was; None for nowhere."""
    try:
        if "command" in body:
            return read_command(body).address
        if isinstance(body.get("event"), Mapping):
            return read_event(body).address
        return read_click(body).address
    except Nameless:
        return None
