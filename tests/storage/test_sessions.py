"""What the store promises about the begin and the end of a session, and about its order."""

import asyncio

import pytest

from bot.quiz.session import AttemptId, SessionId, Stale, Started, State, StillOpen
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, MOON, NINE, SKY, SNOW, press, right_answer, session_of
from tests.storage.playing import ACME, ANA, EVERYWHERE, begin, finish, give, kept

pytestmark = EVERYWHERE


async def test_an_open_session_is_replaced_only_by_a_press_that_knows_it(
    store: RedisStore,
) -> None:
    await begin(store, SKY, FLAG, name="s1")
    new = session_of(MOON, name="s2")
    open_one = StillOpen(SessionId("s1"))
    assert await store.start(ANA, new, press(1)) == open_one
    assert await store.start(ANA, new, press(2), replaces=SessionId("s0")) == open_one
    assert (await kept(store)).id == "s1"
    assert await store.start(ANA, new, press(3), replaces=SessionId("s1")) == Started(new.id)
    assert await kept(store) == new


async def test_a_start_delivered_many_times_at_once_starts_once(stores: list[RedisStore]) -> None:
    begun = await asyncio.gather(
        *(
            stores[n % len(stores)].start(ANA, session_of(SKY, name=f"s{n}"), press(1))
            for n in range(20)
        )
    )
    session = await kept(stores[0])
    assert set(begun) == {Started(session.id)}


async def test_many_starts_at_once_leave_one_session(stores: list[RedisStore]) -> None:
    begun = await asyncio.gather(
        *(
            stores[n % len(stores)].start(ANA, session_of(SKY, name=f"s{n}"), press(n))
            for n in range(20)
        )
    )
    session = await kept(stores[0])
    assert begun.count(Started(session.id)) == 1
    assert begun.count(StillOpen(session.id)) == 19


async def test_a_replayed_start_does_not_start_again_even_when_its_session_is_over(
    store: RedisStore,
) -> None:
    await finish(store, SKY, name="s1")
    replay = await store.start(ANA, session_of(SKY, name="s2"), AttemptId("start-s1"))
    assert replay == Started(SessionId("s1"))
    assert (await kept(store)).state is State.DONE


async def test_a_replayed_replacement_does_not_replace_again(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, name="s1")
    for name in ("s2", "s3"):
        new = session_of(SKY, FLAG, name=name)
        begun = await store.start(ANA, new, press(1), replaces=SessionId("s1"))
        assert begun == Started(SessionId("s2"))
    assert (await kept(store)).id == "s2"


@pytest.mark.parametrize("named", [SessionId("s1"), None])
async def test_a_replayed_stop_never_stops_a_later_session(
    store: RedisStore, named: SessionId | None
) -> None:
    await begin(store, SKY, name="s1")
    assert await store.stop(ANA, press(1), named)
    assert (await kept(store)).state is State.STOPPED
    await begin(store, SKY, name="s2")
    assert await store.stop(ANA, press(1), named), "the press is told what it did"
    assert (await kept(store)).state is State.OPEN


async def test_a_stop_that_found_nothing_stops_nothing_when_it_is_replayed(
    store: RedisStore,
) -> None:
    assert not await store.stop(ANA, press(1))
    await begin(store, SKY, name="s1")
    assert not await store.stop(ANA, press(1))
    assert (await kept(store)).state is State.OPEN


async def test_a_stopped_session_takes_no_answer_but_tells_those_it_has(
    store: RedisStore,
) -> None:
    await begin(store, SKY, FLAG, name="s1")
    before = await give(store, "s1", 0, right_answer(SKY), press(1))
    await store.stop(ANA, press(2))
    late = await store.answer(ANA, SessionId("s1"), 1, right_answer(FLAG), press(3), NINE)
    assert late == Stale(None)
    assert await give(store, "s1", 0, right_answer(SKY), press(1)) == before
    assert (await store.progress(ANA)).answered == 1


async def test_a_stop_of_a_former_session_leaves_the_open_one_alone(store: RedisStore) -> None:
    await finish(store, SKY, name="s1")
    await begin(store, SKY, name="s2")
    assert not await store.stop(ANA, press(1), SessionId("s1"))
    assert (await kept(store)).state is State.OPEN


async def test_a_skip_delivered_many_times_at_once_moves_once(stores: list[RedisStore]) -> None:
    await begin(stores[0], SKY, FLAG, SNOW, name="s1")
    known = await asyncio.gather(
        *(stores[n % len(stores)].skip(ANA, SessionId("s1"), 0) for n in range(20))
    )
    assert all(known)
    assert (await kept(stores[0])).queue == (1, 2, 0)


async def test_a_question_moves_once_however_often_it_is_asked(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, name="s1")
    for number in (0, 1, 0):
        assert await store.skip(ANA, SessionId("s1"), number)
    assert (await kept(store)).queue == (0, 1)


async def test_there_is_no_result_before_the_end(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, name="s1")
    await give(store, "s1", 0, right_answer(SKY), press(1))
    await store.stop(ANA, press(2))
    assert await store.result(ACME, SessionId("s1")) is None
