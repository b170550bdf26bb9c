"""The Bolt app: registers every listener, and has the one place that catches what fails."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import notices
from bot.blocks.kit import Message
from bot.errors import QuizError, StaleButton
from bot.slack.background import Background
from bot.slack.chat import Chat
from bot.slack.effect import Effect, Tell
from bot.slack.incoming import Address, Body, Click, read_click, read_command, read_event
from bot.slack.listening import Listening
from bot.slack.playing import Playing
from bot.slack.talking import Talking

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SlackSide:
    """What talks to Slack: the app, its calls, and the work under way."""

    app: AsyncApp
    chat: Chat
    background: Background


def build_app(
    client: AsyncWebClient, chat: Chat, playing: Playing, talking: Talking, background: Background
) -> AsyncApp:
    """`client` carries the bot's token and the shared session, and is created inside the loop.

    Requests are checked in `guard.py`, or come through Socket Mode: Bolt need not check again.
    """
    app = AsyncApp(
        client=client,
        process_before_response=True,  # else every ack waits for a poll of 10 ms
        request_verification_enabled=False,
    )
    listening = Listening(app, chat, background)
    playing.register(listening)
    talking.register(listening)
    listening.click(re.compile(""), _outdated)  # last: whatever nobody else knows

    async def explain(error: Exception, body: dict[str, Any]) -> BoltResponse:
        message = _words(error)
        if body.get("type") == "view_submission":
            return _below_first_input(body, message)
        to = address_of(body)
        if to.user:
            await listening.send(Tell(message), to)
        return BoltResponse(status=200, body="")  # handled: Slack must not deliver it again

    app.error(explain)
    app.view(re.compile(""))(_close)
    return app


async def _outdated(click: Click) -> Effect:
    raise StaleButton(click.value)


async def _close(ack: AsyncAck) -> None:
    await ack()


def _words(error: Exception) -> Message:
    """Advice for what we know, a reference for what we do not."""
    if isinstance(error, QuizError):
        log.warning("told a person", error=type(error).__name__)
        return notices.advice(error.advice)
    reference = secrets.token_hex(4)
    log.error("unexpected error", reference=reference, exc_info=error)
    return notices.apology(reference)


def _below_first_input(body: Body, message: Message) -> BoltResponse:
    """Keep the form open, with what was typed, and say what is wrong below its first field."""
    blocks = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    answer = {"response_action": "errors", "errors": {blocks[0]: message.text}}
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
    return BoltResponse(status=200, body=json.dumps(answer), headers=headers)


def address_of(body: Body) -> Address:
    """Where to say that something failed, whatever kind of payload it was."""
    if "command" in body:
        return read_command(body).address
    if "event" in body:
        return read_event(body).address
    return read_click(body).address
