"""A bad network and a full server may delay an answer, but never lose one or count it twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.errors import MemoryAway
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.session import (
    Answered,
    AttemptId,
    Choice,
    Session,
    SessionId,
    Started,
    State,
)
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from tests.fault_proxy import Fate, FaultProxy, fault_proxy, passing
from tests.quiz.samples import (
    FLAG,
    MOON,
    NINE,
    SKY,
    SNOW,
    press,
    right_answer,
    session_of,
    wrong_answer,
)

ACME: Final = Workspace(TeamId("T1"))
ANA: Final = Player(ACME, UserId("U1"))
BEN: Final = Player(ACME, UserId("U2"))
S1: Final = SessionId("s1")
DONE: Final = SessionId("done")
PATIENT: Final = 30.0

Call: TypeAlias = Callable[[RedisStore], Awaitable[object]]

CHANGES: Final[dict[str, tuple[Call, object]]] = {
    "start": (
        lambda store: store.start(ANA, session_of(MOON, name="s2"), press(1), replaces=S1),
        Started(SessionId("s2")),
    ),
    "skip": (lambda store: store.skip(ANA, S1, 0), True),
    "stop": (lambda store: store.stop(ANA, press(1)), True),
    "share": (lambda store: store.claim_share(ACME, DONE, press(1)), True),
    "event": (lambda store: store.claim_event(ACME, press(1), "token"), True),
    "hold": (lambda store: store.hold_reply(ANA, S1, 2, "https://hooks.slack.com/x"), None),
}
"""What changes something besides an answer, and what it says."""

LOOKS: Final[dict[str, Call]] = {
    "load": lambda store: store.load(ANA),
    "progress": lambda store: store.progress(ANA),
    "result": lambda store: store.result(ACME, DONE),
    "answered before": lambda store: store.answered_before(ANA, [SKY.id]),
    "held reply": lambda store: store.held_reply(ANA, S1, 2),
}

EVERY_CALL: Final[dict[str, Call]] = {
    **{name: call for name, (call, _) in CHANGES.items()},
    **LOOKS,
    "answer": lambda store: answer_well(store, press(1)),
    "welcome": lambda store: store.claim_welcome(ANA),
    "release": lambda store: store.release_share(ACME, DONE),
    "there": lambda store: store.is_there(),
}


@pytest.fixture
async def near(redis: Redis) -> RedisStore:
    """The same server without a bad network, where Ana has a session and Ben finished one."""
    store = RedisStore(redis, deadline=PATIENT)
    await store.start(ANA, session_of(SKY, FLAG, SNOW), AttemptId("start-ana"))
    await store.start(BEN, session_of(MOON, name=DONE), AttemptId("start-ben"))
    await store.answer(BEN, DONE, 0, right_answer(MOON), press(0), NINE)
    return store


@pytest.fixture
async def proxy(valkey: str) -> AsyncIterator[FaultProxy]:
    async with fault_proxy(Path(unquote(urlsplit(valkey).path))) as proxy:
        yield proxy


@pytest.fixture
async def far(proxy: FaultProxy) -> AsyncIterator[Redis]:
    async with open_redis(f"redis://127.0.0.1:{proxy.port}") as client:
        await client.ping()
        yield client


@pytest.fixture
def store(far: Redis, near: RedisStore) -> RedisStore:  # noqa: ARG001  what is there already
    return RedisStore(far, deadline=PATIENT)


@pytest.fixture
async def endless(proxy: FaultProxy, near: RedisStore) -> AsyncIterator[Redis]:  # noqa: ARG001  what is there already
    """A client that would wait for ever: only a deadline can end its calls."""
    never = Retry(NoBackoff(), 0)
    async with Redis(port=proxy.port, socket_timeout=None, retry=never) as client:
        await client.ping()
        yield client


def lose_next(proxy: FaultProxy, fate: Fate) -> None:
    """Lose the next reply to a command that ran, and no other."""

    def decide(reply: bytes) -> Fate:
        if reply.startswith(b"-NOSCRIPT"):
            return Fate.PASS
        proxy.fate = passing
        return fate

    proxy.fate = decide


async def answer_well(store: RedisStore, attempt: AttemptId) -> Answered:
    outcome = await store.answer(ANA, S1, 1, right_answer(FLAG), attempt, NINE)
    assert isinstance(outcome, Answered)
    return outcome


async def kept(store: RedisStore, player: Player = ANA) -> Session:
    session = await store.load(player)
    assert session is not None
    return session


async def counted_once(store: RedisStore) -> None:
    progress = await store.progress(ANA)
    assert (progress.answered, progress.right, progress.points) == (1, 1, FLAG.worth)
    session = await kept(store)
    assert (len(session.answers), session.points) == (1, FLAG.worth)


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE, Fate.DROP])
async def test_an_answer_whose_reply_was_lost_is_told_as_won_and_counts_once(
    proxy: FaultProxy, store: RedisStore, near: RedisStore, fate: Fate
) -> None:
    lose_next(proxy, fate)
    outcome = await answer_well(store, press(1))
    assert proxy.struck.is_set()
    assert (outcome.again, outcome.points) == (False, FLAG.worth)
    await counted_once(near)


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE])
@pytest.mark.parametrize("name", CHANGES)
async def test_a_change_whose_reply_was_lost_is_told_as_it_was_made(
    proxy: FaultProxy, store: RedisStore, name: str, fate: Fate
) -> None:
    call, expected = CHANGES[name]
    lose_next(proxy, fate)
    assert await call(store) == expected
    assert proxy.struck.is_set()


async def test_a_change_whose_reply_was_lost_is_made_once(
    proxy: FaultProxy, store: RedisStore, near: RedisStore
) -> None:
    lose_next(proxy, Fate.CUT)
    await store.skip(ANA, S1, 0)
    assert (await kept(near)).queue == (1, 2, 0)
    lose_next(proxy, Fate.CUT)
    await store.stop(ANA, press(1))
    assert (await kept(near)).state is State.STOPPED


@pytest.mark.parametrize("name", LOOKS)
async def test_a_look_whose_reply_was_lost_is_taken_again(
    proxy: FaultProxy, store: RedisStore, near: RedisStore, name: str
) -> None:
    expected = await LOOKS[name](near)
    lose_next(proxy, Fate.HALVE)
    assert await LOOKS[name](store) == expected
    assert proxy.struck.is_set()


async def test_a_lost_welcome_is_no_welcome_rather_than_two(
    proxy: FaultProxy, store: RedisStore
) -> None:
    lose_next(proxy, Fate.CUT)
    assert not await store.claim_welcome(ANA)
    assert not await store.claim_welcome(ANA)


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE])
async def test_who_was_told_to_try_again_finds_the_answer_counted(
    proxy: FaultProxy, store: RedisStore, near: RedisStore, fate: Fate
) -> None:
    proxy.always(fate)
    with pytest.raises(MemoryAway):
        await answer_well(store, press(1))
    await counted_once(near)
    proxy.fate = passing
    delivered_again = await answer_well(store, press(1))
    assert not delivered_again.again
    other = await store.answer(ANA, S1, 1, wrong_answer(FLAG), press(2), NINE)
    assert isinstance(other, Answered)
    assert (other.again, other.answer) == (True, delivered_again.answer)
    await counted_once(near)


async def test_an_answer_that_nobody_waited_for_counts_once(
    proxy: FaultProxy, store: RedisStore, near: RedisStore
) -> None:
    proxy.always(Fate.DROP)
    call = asyncio.ensure_future(answer_well(store, press(1)))
    await proxy.struck.wait()
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await counted_once(near)
    proxy.fate = passing
    assert not (await answer_well(store, press(1))).again
    await counted_once(near)


@pytest.mark.parametrize("name", EVERY_CALL)
async def test_every_call_says_that_the_server_is_away(
    proxy: FaultProxy, store: RedisStore, name: str
) -> None:
    proxy.refuse()
    with pytest.raises(MemoryAway):
        await EVERY_CALL[name](store)
    proxy.accept()
    await EVERY_CALL[name](store)


@pytest.mark.parametrize("name", EVERY_CALL)
async def test_every_call_gives_up_on_a_silent_server_at_its_deadline(
    proxy: FaultProxy, endless: Redis, name: str
) -> None:
    proxy.always(Fate.DROP)
    with pytest.raises(MemoryAway):
        async with asyncio.timeout(PATIENT):
            await EVERY_CALL[name](RedisStore(endless, deadline=0.05))
    proxy.fate = passing
    await EVERY_CALL[name](RedisStore(endless, deadline=PATIENT))


async def test_a_crowd_that_found_nobody_there_is_served_as_soon_as_somebody_is(
    proxy: FaultProxy, store: RedisStore, near: RedisStore
) -> None:
    proxy.refuse()
    away = await asyncio.gather(
        *(answer_well(store, press(n)) for n in range(100)), return_exceptions=True
    )
    assert {type(outcome) for outcome in away} == {MemoryAway}
    proxy.accept()
    served = await asyncio.gather(*(answer_well(store, press(n)) for n in range(100)))
    assert sum(not outcome.again for outcome in served) == 1
    await counted_once(near)


def in_use(redis: Redis) -> int:
    return sum(
        number
        for number, attributes in redis.connection_pool.get_connection_count()
        if "used" in attributes.values()
    )


@asynccontextmanager
async def crowd(near: RedisStore) -> AsyncIterator[list[Player]]:
    """Forty people with a session each, whose answers must agree with the counts in the end."""
    people = [Player(ACME, UserId(f"P{n}")) for n in range(40)]
    for person in people:
        await near.start(person, own_session(person), AttemptId(f"start-{person.user}"))
    yield people
    for person in people:
        session, progress = await kept(near, person), await near.progress(person)
        assert (progress.answered, progress.right) == (len(session.answers), session.right)
        assert progress.points == session.points


def own_session(person: Player) -> Session:
    return session_of(SKY, FLAG, name=f"s-{person.user}")


async def click(store: RedisStore, person: Player, chance: Random) -> SessionId:
    """Look or answer; both say whose session it was."""
    own = own_session(person).id
    if chance.random() < 0.5:
        return (await kept(store, person)).id
    chosen = Choice(frozenset({chance.randrange(3)}))
    attempt = AttemptId(f"{person.user}-{chance.random()}")
    outcome = await store.answer(person, own, chance.randrange(2), chosen, attempt, NINE)
    assert isinstance(outcome, Answered)
    return outcome.session_id


async def test_a_storm_of_cancelled_calls_gives_nobody_a_wrong_reply(
    far: Redis, store: RedisStore, near: RedisStore
) -> None:
    chance = Random(7)  # noqa: S311  no secret
    cancelled = 0
    async with crowd(near) as people:
        for _ in range(12):
            calls = [asyncio.ensure_future(click(store, person, chance)) for person in people]
            for _ in range(chance.randrange(40)):
                await asyncio.sleep(0)  # a turn of the loop: calls are stuck at different points
            for call in chance.sample(calls, 25):
                call.cancel()
            said = await asyncio.gather(*calls, return_exceptions=True)
            for person, whose in zip(people, said, strict=True):
                if isinstance(whose, asyncio.CancelledError):
                    cancelled += 1
                else:
                    assert whose == own_session(person).id
        assert cancelled > 0
        assert in_use(far) == 0


async def test_calls_cancelled_before_their_reply_leave_it_to_nobody(
    proxy: FaultProxy, far: Redis, store: RedisStore, near: RedisStore
) -> None:
    chance = Random(7)  # noqa: S311  no secret
    async with crowd(near) as people:
        for _ in range(3):
            await asyncio.gather(*(kept(store, person) for person in people))  # connects all
            proxy.always(Fate.HOLD)
            calls = [asyncio.ensure_future(click(store, person, chance)) for person in people]
            await proxy.struck.wait()
            assert in_use(far) > 0
            for call in calls:
                call.cancel()
            said = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(outcome) for outcome in said} == {asyncio.CancelledError}
            assert in_use(far) == 0
            proxy.release()
            proxy.struck.clear()
            found = await asyncio.gather(*(kept(store, person) for person in people))
            assert [session.id for session in found] == [own_session(p).id for p in people]


async def contents(redis: Redis) -> dict[bytes, bytes | None]:
    return {key: await redis.dump(key) async for key in redis.scan_iter()}


@asynccontextmanager
async def full(redis: Redis) -> AsyncIterator[None]:
    await redis.config_set("maxmemory", 1)
    try:
        yield
    finally:
        await redis.config_set("maxmemory", 0)


GROWS: Final = ["answer", "start", "stop", "share", "event", "hold", "welcome"]


@pytest.mark.parametrize("name", GROWS)
async def test_a_full_server_takes_nothing_and_later_the_whole(
    redis: Redis, near: RedisStore, name: str
) -> None:
    before = await contents(redis)
    async with full(redis):
        with pytest.raises(MemoryAway):
            await EVERY_CALL[name](near)
    assert await contents(redis) == before
    outcome = await EVERY_CALL[name](near)
    assert isinstance(outcome, Answered | Started) or outcome in {True, None}
    assert await contents(redis) != before


@pytest.mark.parametrize("name", LOOKS)
async def test_a_full_server_can_still_be_asked(redis: Redis, near: RedisStore, name: str) -> None:
    expected = await LOOKS[name](near)
    async with full(redis):
        assert await LOOKS[name](near) == expected
