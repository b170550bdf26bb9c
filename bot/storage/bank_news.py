"""Who was told what about broken pages, so that many workers tell it once."""

from datetime import datetime, timedelta
from typing import Final

from bot.quiz.player import ChannelId, UserId, Workspace
from bot.quiz.trouble import News
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import MILLISECOND, milliseconds
from bot.storage.wire import text

CLAIM: Final = Script("bank_news")
RELEASE: Final = Script("unsay_bank_news")
KEEP: Final = int(keys.KEEP_NEWS.total_seconds())


class BankNews(Part):
    async def claim_bank_news(
        self,
        workspace: Workspace,
        to: ChannelId | UserId,
        name: str,
        token: str,
        now: datetime,
        lag: timedelta,
    ) -> News:
        """Whether to tell them; `name` is empty for: all is well again. `token` tells a command
        that Redis repeated from another worker's.
        """
        args: list[str | bytes | int] = [name, token, milliseconds(now), lag // MILLISECOND, KEEP]
        async with in_time(self._deadline):
            found = await CLAIM(self._redis, [keys.bank_news(workspace, to)], args)
        return News(text(found))

    async def release_bank_news(
        self, workspace: Workspace, to: ChannelId | UserId, name: str, token: str
    ) -> None:
        """They were certainly not told."""
        async with in_time(self._deadline):
            await RELEASE(self._redis, [keys.bank_news(workspace, to)], [name, token])
