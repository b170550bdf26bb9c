"""How long the store keeps what, and for whom."""

from collections.abc import Awaitable, Callable
from typing import Final

from redis.asyncio import Redis

from bot.quiz.player import Player
from bot.quiz.session import AttemptId, SessionId, Stale, State
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, NINE, SKY, SNOW, press, right_answer
from tests.storage.playing import (
    ANA,
    ANA_ELSEWHERE,
    BEN,
    EVERYWHERE,
    NOTHING,
    OTHER,
    begin,
    finish,
    give,
    kept,
)

pytestmark = EVERYWHERE
WEEK: Final = 7 * 24 * 3600
HOUR: Final = 3600
BOARDS: Final = f"{keys.board(ANA.workspace)}:".encode()  # see test_boards.py
TALLIES: Final = f"{keys.tally(ANA.workspace)}:".encode()


async def test_every_click_keeps_a_session_for_another_week(
    store: RedisStore, redis: Redis
) -> None:
    await begin(store, SKY, FLAG, SNOW, name="s1")
    assert WEEK - HOUR < await redis.ttl(keys.session(ANA)) <= WEEK
    session = SessionId("s1")
    clicks: dict[str, Callable[[], Awaitable[object]]] = {
        "answer": lambda: give(store, "s1", 0, right_answer(SKY), press(1)),
        "same answer": lambda: give(store, "s1", 0, right_answer(SKY), press(1)),
        "second answer": lambda: give(store, "s1", 0, right_answer(SKY), press(2)),
        "skip": lambda: store.skip(ANA, session, 1),
        "useless skip": lambda: store.skip(ANA, session, 0),
        "hint": lambda: store.take_hint(ANA, session, 1),
        "useless hint": lambda: store.take_hint(ANA, session, 0),
        "look": lambda: store.load(ANA),
    }
    for name, click in clicks.items():
        await redis.expire(keys.session(ANA), HOUR)
        await click()
        assert WEEK - HOUR < await redis.ttl(keys.session(ANA)) <= WEEK, name


async def everything(store: RedisStore, player: Player, name: str) -> None:
    """Use all that leaves something behind; the last of three sessions stays open."""
    workspace = player.workspace
    await finish(store, SKY, name=f"{name}-0", player=player)
    await finish(store, SKY, SNOW, name=f"{name}-1", player=player)
    assert await store.claim_share(workspace, SessionId(f"{name}-1"), press(90))
    assert await store.claim_welcome(player)
    assert await store.claim_event(workspace, AttemptId(f"event-{name}"), "token")
    assert not await store.stop(player, AttemptId(f"stop-{name}"))
    await begin(store, SKY, FLAG, SNOW, name=f"{name}-2", player=player)
    await store.skip(player, SessionId(f"{name}-2"), 0)
    await store.take_hint(player, SessionId(f"{name}-2"), 1)
    await store.hold_reply(player, SessionId(f"{name}-2"), 2, f"https://hooks.slack.com/{name}")


async def test_only_progress_and_welcomes_are_kept_for_good(
    store: RedisStore, redis: Redis
) -> None:
    await everything(store, ANA, "ana")
    longest = {
        "session": WEEK,
        "hints": WEEK,
        "result": WEEK,
        "once": 25 * HOUR,
        "event": 25 * HOUR,
        "reply": HOUR // 2,
        "firsts": -1,
        "to": -1,
        "progress": -1,
        "welcomed": -1,
        "people": -1,
        "boards": -1,
        "review": -1,
        "item": 400 * 24 * HOUR,
    }
    found = {key async for key in redis.scan_iter() if not key.startswith((BOARDS, TALLIES))}
    assert {key.split(b":")[3].decode() for key in found} == set(longest)
    for key in found:
        limit = longest[key.split(b":")[3].decode()]
        left = await redis.ttl(key)
        assert left == limit or limit / 2 < left <= limit, key


async def test_every_key_belongs_to_its_workspace(store: RedisStore, redis: Redis) -> None:
    await everything(store, ANA, "ana")
    of_acme = {key async for key in redis.scan_iter()}
    await everything(store, ANA_ELSEWHERE, "elsewhere")
    of_other = {key async for key in redis.scan_iter()} - of_acme
    assert all(key.startswith(b"{T1}:quiz:1:") for key in of_acme)
    assert all(key.startswith(b"{T2}:quiz:1:") for key in of_other)
    assert len(of_acme) == len(of_other)


async def test_nothing_is_read_across_workspaces(store: RedisStore) -> None:
    await everything(store, ANA, "ana")
    session = SessionId("ana-2")
    assert await store.load(ANA_ELSEWHERE) is None
    assert await store.progress(ANA_ELSEWHERE) == NOTHING
    assert await store.answered_before(ANA_ELSEWHERE, [SKY.id]) == frozenset()
    assert await store.result(OTHER, SessionId("ana-1")) is None
    assert await store.held_reply(ANA_ELSEWHERE, session, 2) is None
    late = (ANA_ELSEWHERE, session, 0, right_answer(SKY), press(1), NINE)
    assert await store.answer(*late) == Stale(None)
    assert not await store.skip(ANA_ELSEWHERE, session, 1)
    assert not await store.stop(ANA_ELSEWHERE, press(2))
    assert await store.claim_welcome(ANA_ELSEWHERE)
    assert await store.claim_event(OTHER, AttemptId("event-ana"), "another")
    assert (await kept(store)).state is State.OPEN


async def test_nothing_is_read_across_people(store: RedisStore) -> None:
    await everything(store, ANA, "ana")
    session = SessionId("ana-2")
    assert await store.load(BEN) is None
    assert await store.progress(BEN) == NOTHING
    assert await store.answered_before(BEN, [SKY.id]) == frozenset()
    assert await store.held_reply(BEN, session, 2) is None
    late = (BEN, session, 0, right_answer(SKY), press(1), NINE)
    assert await store.answer(*late) == Stale(None)
    assert not await store.skip(BEN, session, 1)
    assert not await store.stop(BEN, press(2), session)
