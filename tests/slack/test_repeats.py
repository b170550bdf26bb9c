"""Second clicks, old messages, redeliveries, other workers and restarts: nothing counts twice."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.slack.web import EVENTS
from bot.storage.redis_store import RedisStore
from tests.conftest import (
    ANA,
    BEN,
    COLOURS,
    GENERAL,
    Hand,
    Stage,
    bank_of,
    open_stage,
    open_worker,
)

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))


async def begin(stage: Stage) -> str:
    """The timestamp of the message in which Ana sees the first question about shapes."""
    message = await stage.type("/quiz start shapes", "How many sides has a triangle?")
    return message.ts


async def test_the_first_of_two_clicks_stands(stage: Stage, store: RedisStore) -> None:
    ts = await begin(stage)
    await asyncio.gather(
        stage.slack.press(ANA, GENERAL, ts, "answer:1"),
        stage.slack.press(ANA, GENERAL, ts, "answer:0"),
    )
    await stage.see("1 answered")
    progress = await store.progress(PLAYER)
    assert progress.answered == 1
    assert progress.points == 100 * progress.right


async def test_a_click_delivered_again_says_the_same(stage: Stage, store: RedisStore) -> None:
    await begin(stage)
    first = await stage.press("answer:1", "Right: B")
    assert "100 points" in first.words
    count = len(stage.slack.sent("response_url"))
    await stage.slack.redeliver()
    await stage.slack.wait_until(lambda: len(stage.slack.sent("response_url")) > count)
    assert (await stage.see("Right: B")).words == first.words
    assert (await store.progress(PLAYER)).answered == 1


async def test_a_click_on_an_older_copy_of_a_question_shows_the_answer_that_stands(
    stage: Stage, store: RedisStore
) -> None:
    old = await begin(stage)
    await stage.type("/quiz resume", "How many sides has a triangle?")
    assert stage.ts[ANA] != old
    await stage.press("answer:1", "Right: B")
    stage.ts[ANA] = old
    again = await stage.press("answer:0", "Your first answer stands.")
    assert again.ts == old
    assert "Right: B" in again.words
    assert (await store.progress(PLAYER)).answered == 1


async def test_a_click_on_a_finished_quiz_leads_on(stage: Stage) -> None:
    old = await begin(stage)
    await stage.type("/quiz stop", "Stopped: Shapes, nothing answered yet.")
    stage.ts[ANA] = old
    message = await stage.press("answer:0", "That quiz is finished.")
    assert message.ts != old
    await stage.press("menu", "What shall we play?")


async def test_a_click_on_a_replaced_quiz_names_the_place_in_the_open_one(stage: Stage) -> None:
    old = await begin(stage)
    await stage.type("/quiz start colours", "You are still in Shapes, 1 of 2.")
    await stage.press("start", "What colour is a clear sky at noon?")
    stage.ts[ANA] = old
    message = await stage.press("answer:0", "brings you to number 1 of Colours")
    assert "`/quiz resume`" in message.words
    await stage.press("resume", "What colour is a clear sky at noon?")


async def test_the_other_choice_continues_the_open_quiz(stage: Stage) -> None:
    await begin(stage)
    await stage.type("/quiz start colours", "You are still in Shapes, 1 of 2.")
    await stage.press("resume", "How many sides has a triangle?")


async def test_a_start_delivered_again_starts_once(stage: Stage, store: RedisStore) -> None:
    await begin(stage)
    before = await store.load(PLAYER)
    count = len(stage.slack.sent("response_url"))
    await stage.slack.redeliver()
    await stage.slack.wait_until(lambda: len(stage.slack.sent("response_url")) > count)
    after = await store.load(PLAYER)
    assert before is not None
    assert after is not None
    assert after.id == before.id


async def test_a_restart_in_the_middle_loses_nothing(
    valkey: str, redis: Redis, colours: Bank, hand: Hand
) -> None:
    async with open_stage(valkey, colours, hand) as stage:
        await begin(stage)
        await stage.press("answer:1", "Right: B")
    hand.wait(timedelta(days=2))
    async with open_stage(valkey, colours, hand) as stage:
        await stage.type("/quiz resume", "How many corners has a square?")
        await stage.press("answer:0", "Right: A")
        await stage.press("next", "2 of 2 right")
        assert await redis.dbsize() > 0


async def test_two_workers_count_one_answer(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, store: RedisStore
) -> None:
    """The same click delivered to both, and another click to the second."""
    async with (
        open_stage(valkey, colours, hand) as stage,
        open_worker(stage.slack, valkey, colours, hand) as other,
    ):
        ts = await begin(stage)
        await stage.slack.press(ANA, GENERAL, ts, "answer:1")
        stage.slack.bot_url = other.url + EVENTS
        await asyncio.gather(*(stage.slack.redeliver() for _ in range(3)))
        await stage.see("Right: B")
        await stage.slack.say(ANA, GENERAL, "/quiz resume")
        await stage.see("How many corners has a square?")
        assert (await store.progress(PLAYER)).answered == 1
        assert await redis.dbsize() > 0


async def test_an_open_session_plays_what_it_began_with(
    valkey: str, redis: Redis, colours: Bank, hand: Hand
) -> None:
    async with open_stage(valkey, colours, hand) as stage:
        await begin(stage)
        assert await redis.dbsize() > 0
    edited = bank_of(basics__colours=COLOURS)
    async with open_stage(valkey, edited, hand) as stage:
        await stage.type("/quiz resume", "How many sides has a triangle?")
        await stage.press("answer:1", "Right: B")
        await stage.press("next", "How many corners has a square?")
        await stage.press("answer:1", "right is A")
        summary = await stage.press("next", "1 of 2 right")
        assert "Retry this one" in summary.words
        await stage.press("retry", "I no longer have these questions.")


async def test_people_do_not_meet_in_each_others_sessions(stage: Stage) -> None:
    await begin(stage)
    await stage.type("/quiz resume", "No quiz is open.", user=BEN)
