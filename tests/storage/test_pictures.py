"""Images become files once for a workspace: what each script promises."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE
from tests.storage.playing import ACME, EVERYWHERE

pytestmark = EVERYWHERE
MAP, BOX = "F0000000000000000000A", "F0000000000000000000B"
LATER = NINE + keys.UPLOADING


async def test_one_of_many_may_upload(store: RedisStore) -> None:
    claims = [store.claim_picture(ACME, MAP, f"a{i}", NINE) for i in range(20)]
    assert sorted(await asyncio.gather(*claims), key=str) == ["", *[None] * 19]


async def test_a_claim_that_is_repeated_still_stands(store: RedisStore) -> None:
    assert [await store.claim_picture(ACME, MAP, "a1", NINE) for _ in range(2)] == ["", ""]
    assert await store.claim_picture(ACME, BOX, "a2", NINE) == ""


async def test_whoever_was_uploading_and_went_away_is_replaced(store: RedisStore) -> None:
    await store.claim_picture(ACME, MAP, "a1", NINE)
    before = LATER - timedelta(milliseconds=1)
    assert await store.claim_picture(ACME, MAP, "a2", before) is None
    assert await store.claim_picture(ACME, MAP, "a2", LATER) == ""


async def test_the_first_file_is_everybodys(store: RedisStore) -> None:
    await store.claim_picture(ACME, MAP, "a1", NINE)
    await store.claim_picture(ACME, MAP, "a2", LATER)
    assert await store.settle_picture(ACME, MAP, "a2", "F2") == "F2"
    assert await store.settle_picture(ACME, MAP, "a1", "F1") == "F2"
    assert await store.settle_picture(ACME, MAP, "a1", "") == "F2"
    assert await store.claim_picture(ACME, MAP, "a3", LATER) == "F2"
    assert await store.picture_files(ACME, [MAP, BOX]) == {MAP: "F2"}


async def test_an_upload_that_failed_may_be_tried_at_once(store: RedisStore) -> None:
    await store.claim_picture(ACME, MAP, "a1", NINE)
    assert await store.settle_picture(ACME, MAP, "other", "") == ""
    assert await store.claim_picture(ACME, MAP, "a2", NINE) is None
    assert await store.settle_picture(ACME, MAP, "a1", "") == ""
    assert await store.claim_picture(ACME, MAP, "a2", NINE) == ""


async def test_only_the_file_that_is_gone_is_forgotten(store: RedisStore) -> None:
    await store.settle_picture(ACME, MAP, "a1", "F1")
    await store.forget_picture(ACME, MAP, "F0")
    assert await store.picture_files(ACME, [MAP]) == {MAP: "F1"}
    await store.forget_picture(ACME, MAP, "F1")
    await store.forget_picture(ACME, MAP, "F1")
    assert await store.picture_files(ACME, [MAP]) == {}
    assert await store.claim_picture(ACME, MAP, "a2", NINE) == ""


async def test_neither_claims_nor_files_are_kept_for_good(store: RedisStore, redis: Redis) -> None:
    key = keys.picture(ACME, MAP)
    await store.claim_picture(ACME, MAP, "a1", NINE)
    assert 0 < await redis.ttl(key) <= keys.UPLOADING.total_seconds()
    await store.settle_picture(ACME, MAP, "a1", "F1")
    assert keys.UPLOADING.total_seconds() < await redis.ttl(key)
    assert await redis.ttl(key) <= keys.KEEP_PICTURE.total_seconds()
