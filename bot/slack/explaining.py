"""What a person is told when something fails: advice for what we know, else a reference."""

import secrets
from collections.abc import Awaitable, Callable

import structlog

from bot.blocks import notices
from bot.blocks.forms import message_view
from bot.blocks.kit import Block, Message
from bot.errors import QuizError

log = structlog.get_logger(__name__)


def explained(error: Exception) -> Message:
    if isinstance(error, QuizError):
        log.warning("told a person", error=type(error).__name__)
        return notices.advice(error.advice)
    reference = secrets.token_hex(4)
    log.error("unexpected error", reference=reference, exc_info=error)
    return notices.apology(reference)


async def filled(view: Callable[[], Awaitable[Block]], title: str) -> Block:
    """A form that takes a while to make; where that fails, it says so itself."""
    try:
        return await view()
    except Exception as error:  # noqa: BLE001  nobody else would tell whoever looks at the form
        return message_view(title, explained(error))
