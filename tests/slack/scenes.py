"""What several scenarios begin with, and how a test looks at a message."""

from collections.abc import Iterator
from typing import Any, Final

from aiohttp import ClientSession

from bot.quiz.player import TeamId, Workspace
from bot.sandbox.delivery import Delivery, encoded
from bot.sandbox.messages import Message
from bot.scheduler import Scheduler
from bot.slack.web import EVENTS
from tests.conftest import ANA, CHI, GENERAL, Stage
from tests.slack.signed import signed

ACME: Final = Workspace(TeamId("T1"))
RIGHT_SIDES, WRONG_SIDES = "answer:1", "answer:0"
RIGHT_CORNERS, WRONG_CORNERS = "answer:0", "answer:1"


def seen(stage: Stage, user: str = ANA, channel: str = GENERAL) -> Message:
    """The message that a person looks at, as it is now."""
    found = stage.slack.messages(user, channel)
    return next(message for message in found if message.ts == stage.ts[user])


def public(stage: Stage) -> list[Message]:
    """What everybody sees in the channel."""
    return [message for message in stage.slack.messages(CHI, GENERAL) if not message.ephemeral]


async def finish(*schedulers: Scheduler) -> None:
    """All that is due, and all that becomes due by that."""
    while sum([await each.tick() + await each.drain() for each in schedulers]):
        pass


async def press_here(stage: Stage, action_id: str, words: str) -> Message:
    """Press a button of the message that Ana looks at; that very message then has these words."""
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], action_id)
    await stage.slack.wait_until(lambda: words in seen(stage).words)
    return seen(stage)


def actions(message: Message) -> set[str]:
    """The action ids of everything that can be pressed or chosen in it."""
    return actions_of(message.blocks)


def actions_of(blocks: Any) -> set[str]:
    return set(_actions(blocks))


def _actions(part: Any) -> Iterator[str]:
    if isinstance(part, dict) and "action_id" in part:
        yield part["action_id"]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inner:
        yield from _actions(each)


async def finish_shapes(
    stage: Stage,
    *presses: str,
    user: str = ANA,
    channel: str = GENERAL,
    command: str = "/quiz start shapes",
) -> Message:
    """Play both questions about shapes, right unless told otherwise, up to the summary."""
    await stage.type(command, "How many sides has a triangle?", user, channel)
    sides, corners = presses or (RIGHT_SIDES, RIGHT_CORNERS)
    await stage.press(sides, "right", user, channel)
    await stage.press("next", "How many corners has a square?", user, channel)
    await stage.press(corners, "right", user, channel)
    return await stage.press("next", "of 2 right", user, channel)


async def knock(stage: Stage, delivery: Delivery, at: float) -> int:
    """Send a delivery by HTTP once more, signed at that moment; the status of the answer."""
    body, content_type = encoded(delivery)
    headers = {**signed(body, at), "Content-Type": content_type}
    async with (
        ClientSession() as http,
        http.post(stage.running.url + EVENTS, data=body, headers=headers) as response,
    ):
        return response.status
