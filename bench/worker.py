"""One worker of the bot, as it is installed, for the moment when all channels are due at once."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from time import time
from typing import Final

from bench.pages import page
from bench.process import begin, until_input_ends
from bench.serving import our_settings
from bot.bank.files import Bank
from bot.bank.gather import gather
from bot.bank.parser import parse_page
from bot.quiz.question import Slug
from bot.wiring import open_bot

NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When all channels want their question."""

PAGES: Final = 25
QUESTIONS: Final = 20


class StagedClock:
    """Early in the morning, until it is told when, in seconds of `time`, it is nine."""

    def __init__(self) -> None:
        self._nine: float | None = None

    def set_nine(self, moment: str) -> None:
        if moment:
            self._nine = float(moment)

    def __call__(self) -> datetime:
        if self._nine is None:
            return NINE - timedelta(hours=1)
        return NINE + timedelta(seconds=time() - self._nine)


def bank() -> Bank:
    """Questions of all kinds, as many as a busy bank has."""
    pages = [
        parse_page(page(number, QUESTIONS), path=f"{number}.md", slug=Slug(f"page-{number}"))
        for number in range(PAGES)
    ]
    catalogue, problems = gather(pages)
    return Bank(catalogue, problems, PAGES)


async def _work(slack: str, redis: str) -> None:
    clock = StagedClock()
    async with open_bot(our_settings(slack, redis), bank(), now=clock) as bot:
        await until_input_ends(bot.url, clock.set_nine)


if __name__ == "__main__":
    begin()
    asyncio.run(_work(*sys.argv[1:]))
