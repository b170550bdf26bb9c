"""The boards of the week in Redis: each is posted by one attempt."""

from typing import Final

from bot.quiz.occurrence import Attempt, Claim, Settlement
from bot.quiz.player import ChannelId, Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.occurrences import unpack_claim
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds

CLAIM: Final = Script("claim_board")
SETTLE: Final = Script("settle_board")
KEEP: Final = int(keys.KEEP_POST.total_seconds())


class WeeklyBoards(Part):
    async def claim_board(
        self, workspace: Workspace, channel: ChannelId, week: str, attempt: Attempt
    ) -> Claim:
        """Whether this attempt, and no other, may post the board of a week."""
        times = map(milliseconds, (attempt.at, attempt.until))
        async with in_time(self._deadline):
            key = keys.weekly(workspace, channel, week)
            return unpack_claim(await CLAIM(self._redis, [key], [attempt.name, *times, KEEP]))

    async def settle_board(
        self,
        workspace: Workspace,
        channel: ChannelId,
        week: str,
        attempt: Attempt,
        settlement: Settlement,
    ) -> None:
        async with in_time(self._deadline):
            key = keys.weekly(workspace, channel, week)
            await SETTLE(self._redis, [key], [attempt.name, settlement.value])
