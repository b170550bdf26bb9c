"""Members of channels and reminders, as they are kept."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from bot.quiz.local_time import DAY
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.player import ChannelId, UserId
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE
from tests.storage.playing import ACME, ANA, ANA_ELSEWHERE, BEN, EVERYWHERE, OTHER

GENERAL, PLATFORM = ChannelId("C1"), ChannelId("C2")
BOTH = (GENERAL, PLATFORM)
MONDAY = NINE.date()


@EVERYWHERE
async def test_a_person_is_in_the_channels_that_list_them(store: RedisStore) -> None:
    await store.keep_members(ACME, GENERAL, [ANA.user, BEN.user])
    await store.keep_members(ACME, PLATFORM, [BEN.user])
    assert await store.channels_of(ANA, BOTH) == (GENERAL,)
    assert await store.channels_of(BEN, BOTH) == BOTH
    assert await store.channels_of(ANA_ELSEWHERE, BOTH) == ()
    await store.keep_members(ACME, GENERAL, [BEN.user])
    assert await store.channels_of(ANA, BOTH) == ()


async def test_where_nobody_is_listed_answers_tell_who_is_there(
    store: RedisStore, redis: Redis
) -> None:
    await redis.hset(keys.streaks(ACME, GENERAL), ANA.user, "1 1 2026-03-02 -")
    assert await store.channels_of(ANA, BOTH) == (GENERAL,)
    await store.keep_members(ACME, GENERAL, [BEN.user])
    assert await store.channels_of(ANA, BOTH) == ()


async def test_a_large_channel_is_kept_whole(store: RedisStore, redis: Redis) -> None:
    await store.keep_members(ACME, GENERAL, [UserId(f"U{n}") for n in range(12_001)])
    assert await redis.scard(keys.channel_members(ACME, GENERAL)) == 12_001
    assert 0 < await redis.ttl(keys.channel_members(ACME, GENERAL)) <= 2 * 24 * 3600


async def test_one_worker_asks_for_a_channel_at_a_time(stores: list[RedisStore]) -> None:
    claimed = await asyncio.gather(*(store.claim_asking(ACME, BOTH) for store in stores))
    assert sorted(channel for each in claimed for channel in each) == sorted(BOTH)
    assert await stores[0].claim_asking(OTHER, BOTH) == BOTH


async def test_a_channel_is_asked_for_again_when_that_failed(
    store: RedisStore, redis: Redis
) -> None:
    await store.claim_asking(ACME, BOTH)
    await store.ask_again(ACME, GENERAL, timedelta(minutes=10))
    assert 0 < await redis.ttl(keys.channel_members_fresh(ACME, GENERAL)) <= 600
    assert 600 < await redis.ttl(keys.channel_members_fresh(ACME, PLATFORM)) <= 3600
    assert await store.claim_asking(ACME, BOTH) == ()


async def test_a_link_is_kept(store: RedisStore) -> None:
    about = OccurrenceId("C1.2026-03-02")
    assert await store.link(ACME, about) == ""
    await store.keep_link(ACME, about, "https://acme.slack.example/p1")
    assert await store.link(ACME, about) == "https://acme.slack.example/p1"
    assert await store.link(OTHER, about) == ""


# Reminders


async def test_reminders_are_wanted_until_they_are_not(store: RedisStore) -> None:
    assert not await store.wants_reminders(ANA)
    await store.choose_reminders(ANA, wanted=True)
    await store.choose_reminders(ANA, wanted=True)
    assert await store.wants_reminders(ANA)
    assert not await store.wants_reminders(ANA_ELSEWHERE)
    await store.choose_reminders(ANA, wanted=False)
    assert not await store.wants_reminders(ANA)


@EVERYWHERE
async def test_a_reminder_is_claimed_once_a_date(stores: list[RedisStore], redis: Redis) -> None:
    claims = [store.claim_reminder(ANA, MONDAY) for store in stores * 3]
    assert sum(await asyncio.gather(*claims)) == 1
    store = stores[0]
    assert await store.claim_reminder(BEN, MONDAY)
    assert await store.claim_reminder(ANA, MONDAY + DAY)
    await store.release_reminder(ANA, MONDAY)
    assert await store.claim_reminder(ANA, MONDAY)
    assert await redis.ttl(keys.reminded(ACME, MONDAY)) > 2 * 24 * 3600


async def test_nothing_of_a_forgotten_person_is_left(store: RedisStore, redis: Redis) -> None:
    await store.keep_members(ACME, GENERAL, [ANA.user, BEN.user])
    await store.choose_reminders(ANA, wanted=True)
    await store.claim_reminder(ANA, MONDAY)
    await redis.zadd(keys.review(ANA), {"sky": 1})
    await store.forget(ANA)
    assert await store.traces(ANA) == {}
    assert not await redis.exists(keys.review(ANA))
    assert await store.channels_of(BEN, [GENERAL]) == (GENERAL,)
