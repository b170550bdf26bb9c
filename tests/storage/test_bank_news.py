"""News about the bank: each of them new once, however many workers notice it, and when."""

import asyncio
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from bot.quiz.player import ChannelId
from bot.quiz.trouble import News
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, OTHER

pytestmark = EVERYWHERE

LAG: Final = timedelta(minutes=10)
REVIEW: Final = ChannelId("C9")
WELL: Final = ""


async def claim(store: RedisStore, name: str, token: str, minutes: float = 0) -> News:
    now = NINE + timedelta(minutes=minutes)
    return await store.claim_bank_news(ACME, REVIEW, name, token, now, LAG)


async def test_trouble_is_new_once_however_many_notice_it(stores: list[RedisStore]) -> None:
    found = await asyncio.gather(
        *(claim(stores[n % len(stores)], "broken", f"t{n}") for n in range(20))
    )
    assert sorted(found) == [News.KNOWN] * 19 + [News.NEW]
    assert await claim(stores[0], "broken", f"t{found.index(News.NEW)}") is News.NEW  # repeated


async def test_that_all_is_well_is_no_news_to_whoever_heard_of_no_trouble(
    store: RedisStore, redis: Redis
) -> None:
    assert await claim(store, WELL, "t1") is News.KNOWN
    assert not await redis.exists(keys.bank_news(ACME, REVIEW))


async def test_that_all_is_well_again_is_new_once(store: RedisStore) -> None:
    await claim(store, "broken", "t1")
    assert await claim(store, WELL, "t2", 1) is News.NEW
    assert await claim(store, WELL, "t3", 2) is News.KNOWN


async def test_a_slower_worker_repeats_nothing(store: RedisStore) -> None:
    for number, name in enumerate(("one", "two", WELL)):
        assert await claim(store, name, f"quick{number}", number) is News.NEW
    for number, name in enumerate(("one", "two")):
        assert await claim(store, name, f"slow{number}", number + 3) is News.TOO_SOON
    assert await claim(store, WELL, "slow2", 5) is News.KNOWN


async def test_the_same_trouble_is_new_again_when_no_worker_can_be_so_slow(
    store: RedisStore,
) -> None:
    await claim(store, "broken", "t1")
    await claim(store, WELL, "t2", 1)
    assert await claim(store, "broken", "t3", 5) is News.TOO_SOON
    assert await claim(store, "broken", "t4", 10) is News.NEW
    assert await claim(store, WELL, "t5", 11) is News.NEW


async def test_what_was_certainly_not_told_is_new_to_the_next(store: RedisStore) -> None:
    await claim(store, "one", "t1")
    await claim(store, "two", "t2", 1)
    for _ in range(2):  # a command may be repeated
        await store.release_bank_news(ACME, REVIEW, "two", "t2")
    assert await claim(store, "one", "t3", 2) is News.KNOWN
    assert await claim(store, "two", "t4", 2) is News.NEW


async def test_nobody_takes_back_what_another_one_told(store: RedisStore) -> None:
    await claim(store, "broken", "t1")
    await store.release_bank_news(ACME, REVIEW, "broken", "t2")
    assert await claim(store, "broken", "t3", 20) is News.KNOWN


async def test_each_of_them_is_told_and_each_workspace_for_itself(store: RedisStore) -> None:
    found = [
        await store.claim_bank_news(workspace, to, "broken", "t1", NINE, LAG)
        for workspace in (ACME, OTHER)
        for to in (REVIEW, ANA.user, BEN.user)
    ]
    assert found == [News.NEW] * 6


async def test_news_are_kept_for_a_while_and_old_ones_are_thrown_away(
    store: RedisStore, redis: Redis
) -> None:
    for number in range(50):
        await claim(store, f"n{number}", f"t{number}", 6 * number)
    assert await redis.hlen(keys.bank_news(ACME, REVIEW)) <= 4
    assert 0 < await redis.ttl(keys.bank_news(ACME, REVIEW)) <= keys.KEEP_NEWS.total_seconds()


async def test_nothing_is_left_with_whoever_is_forgotten(store: RedisStore, redis: Redis) -> None:
    await store.claim_bank_news(ACME, ANA.user, "broken", "t1", NINE, LAG)
    await store.forget(ANA)
    assert not await redis.exists(keys.bank_news(ACME, ANA.user))
