"""An author corrects a key in a file: the bot notices it, marks answers again and says so."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.bank.reader import Reader
from bot.quiz.board import BoardQuery
from bot.quiz.player import Player, UserId
from bot.reloading import Supply
from bot.storage import keys
from tests.conftest import ANA, BEN, CHI, Hand, Stage, open_stage, open_worker
from tests.slack.scenes import ACME, finish, public, seen
from tests.slack.test_daily import Channel

MOONS = """
# Moons

<quiz id="mars">
How many moons has Mars?
- [x] One
- [ ] Two
- [ ] Twelve
</quiz>
"""
CORRECTED = MOONS.replace("[x] One", "[ ] One").replace("[ ] Two", "[x] Two")


@dataclass
class Desk:
    """An author's file, and the channel in which its question is asked."""

    page: Path
    channel: Channel

    @property
    def stage(self) -> Stage:
        return self.channel.stage

    async def notice(self) -> None:
        reloading = self.stage.running.reloading
        assert reloading
        await reloading.check()
        await finish(self.stage.running.scheduler)

    async def correct(self, text: str = CORRECTED) -> None:
        self.page.write_text(text, "utf-8")
        await self.notice()

    async def points(self) -> dict[str, int]:
        """Of everybody on the board of the week."""
        store, now = self.stage.running.store, self.channel.hand.now()
        board = await store.board(Player(ACME, UserId("")), BoardQuery(), now)
        return {row.placed.row.user: row.placed.row.points for row in board.rows}


def supply(page: Path) -> Supply:
    reader = Reader([page.parent])
    return Supply(reader.read(), reader)


@pytest.fixture
async def desk(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    hand: Hand,
    tmp_path: Path,
) -> AsyncIterator[Desk]:
    page = tmp_path / "moons.md"
    page.write_text(MOONS, "utf-8")
    async with open_stage(valkey, supply(page), hand) as stage:
        desk = Desk(page, Channel(stage, hand))
        await desk.notice()
        yield desk


async def test_from_the_file_to_the_board_of_the_week(desk: Desk) -> None:
    channel = desk.channel
    await channel.plan(topics=("moons",), board_day=4)
    await channel.wait(1)
    await channel.press(ANA, "daily:0", "Recorded: ")
    await channel.press(BEN, "daily:1", "Recorded: ")
    await channel.wait(8)
    assert "1 of 2 right" in channel.post.words
    await desk.stage.type("/quiz start moons", "How many moons", CHI)
    await desk.stage.press("answer:1", "Not quite", CHI)
    await desk.correct()
    assert "1 of 2 right" in channel.post.words, "a message keeps what it showed"
    assert await desk.points() == {ANA: 0, BEN: 100, CHI: 100}
    await desk.stage.type("/quiz leaderboard", "3 answers were marked again.", CHI)
    await channel.wait(4 * 24 - 8)
    (board,) = [each for each in public(desk.stage) if "Leaderboard of the week" in each.words]
    said = "The key of “How many moons has Mars?” was corrected: 3 answers were marked again."
    assert said in board.words
    assert "hardest" not in board.words
    await desk.stage.type("/quiz start moons", "How many moons", CHI)
    await desk.stage.press("answer:1", "Right: ", CHI)


async def test_a_session_from_before_shows_its_own_key_and_counts_by_the_new_one(
    desk: Desk, redis: Redis
) -> None:
    await desk.stage.type("/quiz start moons", "How many moons")
    await desk.correct()
    await desk.stage.press("answer:0", "Right: ")
    assert "100 points" in seen(desk.stage).words
    await redis.delete(keys.swept())  # as some minutes later
    await desk.stage.running.store.sweep_jobs("another", desk.channel.hand.now())
    await finish(desk.stage.running.scheduler)
    assert await desk.points() == {ANA: 0}


async def test_two_workers_that_notice_the_same_change_mark_once(
    desk: Desk, valkey: str, hand: Hand
) -> None:
    await desk.stage.type("/quiz start moons", "How many moons")
    await desk.stage.press("answer:1", "Not quite")
    async with open_worker(desk.stage.slack, valkey, supply(desk.page), hand) as other:
        assert other.reloading
        desk.page.write_text(CORRECTED, "utf-8")
        await other.reloading.check()
        await desk.notice()
        await finish(desk.stage.running.scheduler, other.scheduler)
    assert await desk.points() == {ANA: 100}


async def test_a_key_that_was_corrected_during_a_pause_is_noticed_at_the_start(
    desk: Desk, valkey: str, hand: Hand
) -> None:
    await desk.stage.type("/quiz start moons", "How many moons")
    await desk.stage.press("answer:1", "Not quite")
    desk.page.write_text(CORRECTED, "utf-8")
    async with open_worker(desk.stage.slack, valkey, supply(desk.page), hand) as anew:
        assert anew.reloading
        await anew.reloading.check()
        await finish(anew.scheduler)
    assert await desk.points() == {ANA: 100}
