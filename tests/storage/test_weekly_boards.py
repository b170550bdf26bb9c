"""Of all who want to post a channel's board of a week, one may."""

import asyncio
from datetime import timedelta
from typing import Final

import pytest
from redis.asyncio import Redis

from bot.quiz.occurrence import (
    Attempt,
    Busy,
    Claim,
    Claimed,
    OccurrenceState,
    Settlement,
    Stands,
)
from bot.quiz.player import ChannelId
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE
from tests.storage.playing import ACME

HERE: Final = ChannelId("C1")
WEEK: Final = "2026-W10"


def attempt(name: str, minutes: int = 0) -> Attempt:
    at = NINE + timedelta(minutes=minutes)
    return Attempt(name, at, at + timedelta(minutes=1))


async def claim(store: RedisStore, name: str, minutes: int = 0, week: str = WEEK) -> Claim:
    return await store.claim_board(ACME, HERE, week, attempt(name, minutes))


async def settle(store: RedisStore, name: str, settlement: Settlement) -> None:
    await store.settle_board(ACME, HERE, WEEK, attempt(name), settlement)


async def test_only_one_of_many_gets_it(stores: list[RedisStore]) -> None:
    claims = await asyncio.gather(
        *(claim(store, f"a{n}-{m}") for m, store in enumerate(stores) for n in range(5))
    )
    assert sum(isinstance(each, Claimed) for each in claims) == 1


async def test_a_claim_that_is_repeated_stands(store: RedisStore) -> None:
    assert await claim(store, "mine") == Claimed()
    assert await claim(store, "mine") == Claimed()
    assert isinstance(await claim(store, "other"), Busy)


async def test_every_week_is_claimed_anew(store: RedisStore) -> None:
    await claim(store, "mine")
    assert await claim(store, "other", week="2026-W11") == Claimed()


async def test_a_claim_whose_time_is_over_is_given_to_nobody(store: RedisStore) -> None:
    await claim(store, "mine")
    assert await claim(store, "other", minutes=1) == Stands(OccurrenceState.UNKNOWN)
    await settle(store, "mine", Settlement.SENT)
    assert await claim(store, "other", minutes=2) == Stands(OccurrenceState.SENT)


@pytest.mark.parametrize(
    ("settlement", "after"),
    [
        (Settlement.SENT, Stands(OccurrenceState.SENT)),
        (Settlement.UNKNOWN, Stands(OccurrenceState.UNKNOWN)),
        (Settlement.REFUSED, Stands(OccurrenceState.REFUSED)),
        (Settlement.RELEASED, Claimed()),
    ],
)
async def test_what_slack_made_of_it_decides(
    store: RedisStore, settlement: Settlement, after: Claim
) -> None:
    await claim(store, "mine")
    await settle(store, "mine", settlement)
    await settle(store, "mine", settlement)
    assert await claim(store, "other") == after


async def test_only_whoever_has_the_claim_settles_it(store: RedisStore) -> None:
    await claim(store, "mine")
    await settle(store, "other", Settlement.RELEASED)
    assert isinstance(await claim(store, "other"), Busy)


async def test_it_is_kept_for_longer_than_its_week(store: RedisStore, redis: Redis) -> None:
    await claim(store, "mine")
    (key,) = await redis.keys("*:weekly:*")
    assert await redis.ttl(key) > timedelta(days=14).total_seconds()
