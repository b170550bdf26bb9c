"""A bad network may delay an answer, but never lose one or count it twice."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.errors import MemoryAway
from bot.quiz.session import Answered, State
from bot.storage.redis_store import RedisStore
from tests.fault_proxy import Fate, FaultProxy, passing
from tests.quiz.samples import FLAG, NINE, press, wrong_answer
from tests.storage.calls import CHANGES, EVERY_CALL, LOOKS, PATIENT, S1, answer_well, counted_once
from tests.storage.playing import ANA, kept


def lose_next(proxy: FaultProxy, fate: Fate) -> None:
    """Lose the next reply to a command that ran, and no other."""

    def decide(reply: bytes) -> Fate:
        if reply.startswith(b"-NOSCRIPT"):
            return Fate.PASS
        proxy.fate = passing
        return fate

    proxy.fate = decide


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE, Fate.DROP])
async def test_an_answer_whose_reply_was_lost_is_told_as_won_and_counts_once(
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore, fate: Fate
) -> None:
    lose_next(proxy, fate)
    outcome = await answer_well(shaky, press(1))
    assert proxy.struck.is_set()
    assert (outcome.again, outcome.points) == (False, FLAG.worth)
    await counted_once(near)


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE])
@pytest.mark.parametrize("name", CHANGES)
async def test_a_change_whose_reply_was_lost_is_told_as_it_was_made(
    proxy: FaultProxy, shaky: RedisStore, name: str, fate: Fate
) -> None:
    call, expected = CHANGES[name]
    lose_next(proxy, fate)
    assert await call(shaky) == expected
    assert proxy.struck.is_set()


async def test_a_change_whose_reply_was_lost_is_made_once(
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore
) -> None:
    lose_next(proxy, Fate.CUT)
    await shaky.skip(ANA, S1, 0)
    assert (await kept(near)).queue == (1, 2, 0)
    lose_next(proxy, Fate.CUT)
    await shaky.stop(ANA, press(1))
    assert (await kept(near)).state is State.STOPPED


@pytest.mark.parametrize("name", LOOKS)
async def test_a_look_whose_reply_was_lost_is_taken_again(
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore, name: str
) -> None:
    expected = await LOOKS[name](near)
    lose_next(proxy, Fate.HALVE)
    assert await LOOKS[name](shaky) == expected
    assert proxy.struck.is_set()


async def test_a_lost_welcome_is_no_welcome_rather_than_two(
    proxy: FaultProxy, shaky: RedisStore
) -> None:
    lose_next(proxy, Fate.CUT)
    assert not await shaky.claim_welcome(ANA)
    assert not await shaky.claim_welcome(ANA)


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.HALVE])
async def test_who_was_told_to_try_again_finds_the_answer_counted(
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore, fate: Fate
) -> None:
    proxy.always(fate)
    with pytest.raises(MemoryAway):
        await answer_well(shaky, press(1))
    await counted_once(near)
    proxy.fate = passing
    delivered_again = await answer_well(shaky, press(1))
    assert not delivered_again.again
    other = await shaky.answer(ANA, S1, 1, wrong_answer(FLAG), press(2), NINE)
    assert isinstance(other, Answered)
    assert (other.again, other.answer) == (True, delivered_again.answer)
    await counted_once(near)


async def test_an_answer_that_nobody_waited_for_counts_once(
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore
) -> None:
    proxy.always(Fate.DROP)
    call = asyncio.ensure_future(answer_well(shaky, press(1)))
    await proxy.struck.wait()
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await counted_once(near)
    proxy.fate = passing
    assert not (await answer_well(shaky, press(1))).again
    await counted_once(near)


@pytest.mark.parametrize("name", EVERY_CALL)
async def test_every_call_says_that_the_server_is_away(
    proxy: FaultProxy, shaky: RedisStore, name: str
) -> None:
    proxy.refuse()
    with pytest.raises(MemoryAway):
        await EVERY_CALL[name](shaky)
    proxy.accept()
    await EVERY_CALL[name](shaky)


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
    proxy: FaultProxy, shaky: RedisStore, near: RedisStore
) -> None:
    proxy.refuse()
    away = await asyncio.gather(
        *(answer_well(shaky, press(n)) for n in range(100)), return_exceptions=True
    )
    assert {type(outcome) for outcome in away} == {MemoryAway}
    proxy.accept()
    served = await asyncio.gather(*(answer_well(shaky, press(n)) for n in range(100)))
    assert sum(not outcome.again for outcome in served) == 1
    await counted_once(near)
