"""What is kept about a person can be handed over, and is gone when they want it to be."""

import json
from dataclasses import replace

from redis.asyncio import Redis

from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.schedule import Saved
from bot.quiz.session import SessionId
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, MOON, NINE, SKY, SNOW
from tests.storage.playing import ACME, ANA, ANA_ELSEWHERE, BEN, EVERYWHERE, NOTHING, begin, finish
from tests.storage.posting import schedule_of
from tests.storage.test_boards import ALL, answer

pytestmark = EVERYWHERE


async def everything(store: RedisStore, player: Player, name: str) -> None:
    """All that one person can leave behind by playing alone and deciding about themselves."""
    await store.note_name(player, name)
    await store.choose_zone(player, "Asia/Tokyo")
    await finish(store, SKY, SNOW, name=f"{name}-1", player=player)
    await answer(store, player, MOON)
    await store.hide(player, NINE, hidden=True)
    await store.claim_welcome(player)
    await begin(store, SKY, FLAG, SNOW, name=f"{name}-2", player=player)
    await store.take_hint(player, SessionId(f"{name}-2"), 1)
    await store.hold_reply(player, SessionId(f"{name}-2"), 2, "https://hooks.slack.com/x")


async def contents(redis: Redis) -> dict[bytes, bytes | None]:
    """Without the figures of questions, which count answers and name nobody."""
    found = [key async for key in redis.scan_iter() if b":item:" not in key]
    return {key: await redis.dump(key) for key in found}


async def test_nothing_is_left_of_whoever_is_forgotten(store: RedisStore, redis: Redis) -> None:
    """Neither a key nor anything in one has their id; what is left is of others."""
    await everything(store, BEN, "ben")
    of_ben = await contents(redis)
    await everything(store, ANA, "ana")
    assert any(ANA.user.encode() in key for key in await contents(redis))
    await store.forget(ANA)
    left = await contents(redis)
    for key in left:
        assert ANA.user.encode() not in key
    for values in (await all_values(redis)).values():
        assert ANA.user not in values
    assert {key: left.get(key) for key in of_ben} == of_ben
    assert {key.split(b":")[3] for key in left.keys() - of_ben.keys()} <= {b"result", b"once"}
    await store.forget(ANA)
    assert (await store.progress(ANA)) == NOTHING
    assert (await store.board(ANA, ALL, NINE)).lines == ()


async def all_values(redis: Redis) -> dict[bytes, str]:
    """Every key with all that it holds, as text."""
    found = {}
    async for key in redis.scan_iter():
        match await redis.type(key):
            case b"hash":
                value: object = await redis.hgetall(key)
            case b"zset":
                value = await redis.zrange(key, 0, -1)
            case b"set":
                value = await redis.smembers(key)
            case _:
                value = await redis.get(key)
        found[key] = repr(value)
    return found


async def test_whoever_was_forgotten_may_begin_anew(store: RedisStore) -> None:
    await everything(store, ANA, "ana")
    await store.forget(ANA)
    await answer(store, ANA, SKY)
    board = await store.board(ANA, ALL, NINE)
    assert [(row.placed.row.points, row.is_hidden) for row in board.rows] == [(SKY.worth, False)]
    assert await store.claim_welcome(ANA)


async def test_an_export_has_all_that_is_theirs_and_nothing_of_others(store: RedisStore) -> None:
    await everything(store, BEN, "ben")
    await everything(store, ANA, "ana")
    await everything(store, ANA_ELSEWHERE, "elsewhere")
    kept = await store.traces(ANA)
    text = json.dumps(kept)
    for theirs in ("Asia/Tokyo", "ana", MOON.id):
        assert theirs in text
    for other in ("ben", BEN.user, "elsewhere", "hooks.slack.com"):
        assert other not in text
    assert {name.split(":")[0] for name in kept} == {
        *("session", "firsts", "progress", "people", "names", "welcomed", "shade", "tally"),
        *("review", "to", "hints"),
    }
    assert kept[f"hints:{ANA.user}"] == [FLAG.id]
    assert kept[f"progress:{ANA.user}"]["points"] == str(SKY.worth + MOON.worth)


async def test_an_export_does_not_tell_the_answers(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, name="s1")
    session = (await store.traces(ANA))[f"session:{ANA.user}"]
    assert {"id", "slug", "queue"} <= session.keys()
    assert not any(name.startswith(("k:", "q:")) for name in session)


async def test_nothing_is_kept_of_strangers(store: RedisStore, redis: Redis) -> None:
    await everything(store, BEN, "ben")
    before = await contents(redis)
    assert await store.traces(ANA) == {}
    await store.forget(ANA)
    assert await contents(redis) == before
    assert keys.prefix(ACME) == "{T1}:quiz:1:"


async def test_a_schedule_goes_on_without_the_owner_who_is_forgotten(
    store: RedisStore, redis: Redis
) -> None:
    mine = schedule_of(owner=ANA.user)
    other = schedule_of(ChannelId("C2"), owner=BEN.user)
    for schedule in (mine, other):
        saved = await store.save_schedule(ANA.workspace, schedule, "1", NINE)
        assert isinstance(saved, Saved)
    await store.forget(ANA)
    for values in (await all_values(redis)).values():
        assert ANA.user not in values
    left = {each.channel: each for each in await store.schedules(ANA.workspace)}
    assert left[mine.channel] == replace(
        mine, owner=UserId(""), version=left[mine.channel].version
    )
    assert left[ChannelId("C2")].owner == BEN.user
