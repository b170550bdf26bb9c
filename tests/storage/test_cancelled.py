"""A call that is given up leaves its reply to nobody and its connection to the next."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from redis.asyncio import Redis

from bot.quiz.player import Player, UserId
from bot.quiz.session import Answered, AttemptId, Choice, Session, SessionId
from bot.storage.redis_store import RedisStore
from tests.fault_proxy import Fate, FaultProxy
from tests.quiz.samples import FLAG, NINE, SKY, session_of
from tests.storage.playing import ACME, kept


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
    far: Redis, shaky: RedisStore, near: RedisStore
) -> None:
    chance = Random(7)  # noqa: S311  no secret
    cancelled = 0
    async with crowd(near) as people:
        for _ in range(12):
            calls = [asyncio.ensure_future(click(shaky, person, chance)) for person in people]
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
    proxy: FaultProxy, far: Redis, shaky: RedisStore, near: RedisStore
) -> None:
    chance = Random(7)  # noqa: S311  no secret
    async with crowd(near) as people:
        for _ in range(3):
            await asyncio.gather(*(kept(shaky, person) for person in people))  # connects all
            proxy.always(Fate.HOLD)
            calls = [asyncio.ensure_future(click(shaky, person, chance)) for person in people]
            await proxy.struck.wait()
            assert in_use(far) > 0
            for call in calls:
                call.cancel()
            said = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(outcome) for outcome in said} == {asyncio.CancelledError}
            assert in_use(far) == 0
            proxy.release()
            proxy.struck.clear()
            found = await asyncio.gather(*(kept(shaky, person) for person in people))
            assert [session.id for session in found] == [own_session(p).id for p in people]
