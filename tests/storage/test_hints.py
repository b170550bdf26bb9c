"""A hint that somebody took costs half the points of their first answer, wherever each of them is
given.
"""

from dataclasses import replace
from typing import Final

import pytest
from redis.asyncio import Redis

from bot.quiz.occurrence import (
    Claimed,
    Gone,
    HintTaken,
    Kept,
    Occurrence,
    Settlement,
    daily_id,
)
from bot.quiz.player import ChannelId, Player
from bot.quiz.schedule import Saved
from bot.quiz.session import Answer, Answered, AttemptId, SessionId
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import MOON, right_answer, wrong_answer
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, begin, choice, give
from tests.storage.posting import MONDAY, NINE, PLATFORM, attempt_of, occurrence_of, schedule_of

pytestmark = EVERYWHERE
HALF: Final = MOON.worth // 2
ELSEWHERE: Final = ChannelId("C2")
S1: Final = SessionId("s1")
PRESS: Final = AttemptId("press")


async def post(
    store: RedisStore, channel: ChannelId = PLATFORM, *, instant: bool = True
) -> Occurrence:
    """Ask a channel about the moon."""
    asked = occurrence_of(MOON, id=daily_id(channel, MONDAY), channel=channel, instant=instant)
    saved = await store.save_schedule(ACME, schedule_of(channel), f"v-{channel}", NINE)
    assert isinstance(saved, Saved)
    claim = await store.claim_post(ACME, asked, saved.schedule, attempt_of("a1"))
    assert claim == Claimed()
    await store.settle_post(ACME, asked, attempt_of("a1"), Settlement.SENT, NINE, "1.1")
    return asked


async def answer_there(
    store: RedisStore, asked: Occurrence, player: Player = ANA, *, right: bool = True
) -> Answer:
    given = right_answer(MOON) if right else wrong_answer(MOON)
    answer = Answer(given, right, 0, AttemptId(f"{asked.channel}-{player.user}"))
    kept = await store.keep_answer(player, asked, answer, NINE, "")
    assert isinstance(kept, Kept)
    return kept.answer


async def answer_alone(store: RedisStore) -> Answered:
    return await give(store, "s1", 0, right_answer(MOON), PRESS)


async def look(store: RedisStore, asked: Occurrence) -> HintTaken:
    taken = await store.take_daily_hint(ANA, asked, NINE, "")
    assert isinstance(taken, HintTaken)
    return taken


async def taken(redis: Redis) -> list[bytes | str]:
    return list(await redis.smembers(keys.hints(ANA)))


@pytest.mark.parametrize("instant", [True, False])
async def test_a_hint_taken_alone_counts_for_the_question_of_the_day(
    store: RedisStore, *, instant: bool
) -> None:
    await begin(store, MOON, name="s1")
    await store.take_hint(ANA, S1, 0)
    asked = await post(store, instant=instant)
    assert (await answer_there(store, asked)).hinted
    assert not (await answer_there(store, asked, BEN)).hinted
    if not instant:
        await store.begin_closing(ACME, asked, attempt_of("a2", asked.closes))
        for each in await store.answers(ACME, asked):
            await store.award(Player(ACME, each.user), asked, each)
    assert (await store.progress(ANA)).points == HALF
    assert (await store.progress(BEN)).points == MOON.worth


@pytest.mark.parametrize("begun", ["before the hint", "after the hint"])
async def test_the_hint_of_a_channel_counts_for_whoever_answers_alone(
    store: RedisStore, begun: str
) -> None:
    asked = await post(store)
    if begun == "before the hint":
        await begin(store, MOON, name="s1")
    assert not (await look(store, asked)).is_free
    if begun == "after the hint":
        await begin(store, MOON, name="s1")
    answered = await answer_alone(store)
    assert (answered.answer.points, answered.answer.hinted) == (HALF, True)


async def test_the_hint_of_one_channel_counts_in_another_one(store: RedisStore) -> None:
    here, there = await post(store), await post(store, ELSEWHERE)
    await look(store, here)
    answer = await answer_there(store, there)
    assert (answer.points, answer.hinted) == (HALF, True)


async def test_a_hint_that_its_author_took_away_costs_nothing_any_more(store: RedisStore) -> None:
    await look(store, await post(store))
    bare = replace(MOON, hint=())
    there = replace(await post(store, ELSEWHERE, instant=False), question=bare)
    assert not (await answer_there(store, there)).hinted
    await begin(store, bare, name="s1")
    assert not (await answer_alone(store)).answer.hinted


async def test_a_hint_after_the_answer_is_free_there_but_not_elsewhere(store: RedisStore) -> None:
    """Before the close the first answer is still to be given: no guess buys the hint."""
    asked = await post(store, instant=False)
    await answer_there(store, asked, right=False)
    assert (await look(store, asked)).is_free
    assert not (await answer_there(store, asked, right=False)).hinted
    await begin(store, MOON, name="s1")
    assert (await answer_alone(store)).answer.points == HALF


async def test_a_hint_is_kept_once_and_until_the_first_answer(
    store: RedisStore, redis: Redis
) -> None:
    asked = await post(store)
    for _ in range(2):  # Slack delivered it again
        assert not (await look(store, asked)).is_free
    assert await taken(redis) == [MOON.id.encode()]
    week = int(keys.KEEP_SESSION.total_seconds())
    assert week - 3600 < await redis.ttl(keys.hints(ANA)) <= week
    await answer_there(store, asked)
    assert await taken(redis) == []


async def test_a_hint_of_a_question_that_was_answered_leaves_nothing_behind(
    store: RedisStore, redis: Redis
) -> None:
    """Such as that of a retry: nothing is earned with the question any more."""
    asked = await post(store)
    await begin(store, MOON, name="s1")
    await give(store, "s1", 0, choice(1), PRESS)
    await begin(store, MOON, name="s2")
    await store.take_hint(ANA, SessionId("s2"), 0)
    await look(store, asked)
    assert await taken(redis) == []


async def test_a_question_that_was_withdrawn_shows_no_hint(
    store: RedisStore, redis: Redis
) -> None:
    asked = await post(store)
    await store.void_post(ACME, asked, NINE)
    assert await store.take_daily_hint(ANA, asked, NINE, "") == Gone()
    assert await taken(redis) == []
