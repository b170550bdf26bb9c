"""What the store lets happen once: sharing, a welcome, hearing an event."""

import asyncio

from redis.asyncio import Redis

from bot.quiz.session import AttemptId, SessionId, Started, State
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import SKY, press, session_of
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, finish, kept

pytestmark = EVERYWHERE


async def test_one_of_many_presses_may_share_and_still_may_when_it_is_repeated(
    stores: list[RedisStore],
) -> None:
    await finish(stores[0], SKY, name="s1")
    session = SessionId("s1")
    claims = await asyncio.gather(
        *(stores[n % len(stores)].claim_share(ACME, session, press(n)) for n in range(20))
    )
    owner = press(claims.index(True))
    assert claims.count(True) == 1
    assert await stores[0].claim_share(ACME, session, owner)
    assert not await stores[0].claim_share(ACME, session, press(99))


async def test_a_released_share_can_be_claimed_anew(store: RedisStore) -> None:
    await finish(store, SKY, name="s1")
    before = await store.result(ACME, SessionId("s1"))
    assert await store.claim_share(ACME, SessionId("s1"), press(1))
    await store.release_share(ACME, SessionId("s1"))
    assert await store.claim_share(ACME, SessionId("s1"), press(2))
    assert await store.result(ACME, SessionId("s1")) == before


async def test_a_share_of_no_result_makes_none_and_is_not_kept_for_good(
    store: RedisStore, redis: Redis
) -> None:
    await store.claim_share(ACME, SessionId("s1"), press(1))
    assert await store.result(ACME, SessionId("s1")) is None
    assert await redis.ttl(keys.result(ACME, SessionId("s1"))) > 0


async def test_each_person_is_welcomed_once(stores: list[RedisStore]) -> None:
    welcomes = await asyncio.gather(*(store.claim_welcome(ANA) for store in stores * 5))
    assert welcomes.count(True) == 1
    assert await stores[0].claim_welcome(BEN)


async def test_an_event_is_heard_by_one_delivery(stores: list[RedisStore]) -> None:
    heard = await asyncio.gather(
        *(stores[n % len(stores)].claim_event(ACME, press(1), f"token-{n}") for n in range(20))
    )
    assert heard.count(True) == 1
    owner = f"token-{heard.index(True)}"
    assert await stores[0].claim_event(ACME, press(1), owner), "a repeat by Redis stays true"
    assert not await stores[0].claim_event(ACME, press(1), "token-99")


async def test_an_event_that_was_heard_can_start_and_stop_a_session(store: RedisStore) -> None:
    for event in ("event-1", "event-2"):
        assert await store.claim_event(ACME, AttemptId(event), "token")
    begun = await store.start(ANA, session_of(SKY), AttemptId("event-1"))
    assert begun == Started(SessionId("s1"))
    assert (await kept(store)).state is State.OPEN
    assert await store.stop(ANA, AttemptId("event-2"))
    assert (await kept(store)).state is State.STOPPED


async def test_a_held_reply_belongs_to_one_question(store: RedisStore) -> None:
    session = SessionId("s1")
    await store.hold_reply(ANA, session, 2, "https://hooks.slack.com/first")
    await store.hold_reply(ANA, session, 2, "https://hooks.slack.com/second")
    assert await store.held_reply(ANA, session, 2) == "https://hooks.slack.com/second"
    assert await store.held_reply(ANA, session, 1) is None


async def test_nobody_has_answered_nothing(store: RedisStore) -> None:
    assert await store.answered_before(ANA, []) == frozenset()


async def test_it_says_whether_it_is_there(store: RedisStore) -> None:
    assert await store.is_there()
