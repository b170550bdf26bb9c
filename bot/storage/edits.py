"""How often messages are edited: all that show something share what Slack grants a workspace."""

from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from bot.quiz.occurrence import Attempt
from bot.quiz.player import Workspace
from bot.storage import keys
from bot.storage.script import Script
from bot.storage.snapshot import MILLISECOND, milliseconds

ALLOW_EDIT: Final = Script("allow_edit")
EDIT_WINDOW: Final = timedelta(minutes=1)


async def time_to_edit(
    redis: Redis, workspace: Workspace, shown: str, attempt: Attempt, apart: timedelta, most: int
) -> timedelta:
    """How long an edit has to wait; for zero it is counted as made.

    `shown` is the key of what the message shows, `apart` the least time since the last edit of
    that message that had one, `most` how many edits the workspace may see in `EDIT_WINDOW`.
    """
    args: list[str | bytes | int] = [
        milliseconds(attempt.at),
        apart // MILLISECOND,
        most,
        EDIT_WINDOW // MILLISECOND,
        attempt.name,
    ]
    wait = await ALLOW_EDIT(redis, [shown, keys.edits(workspace)], args)
    return int(wait) * MILLISECOND
