"""Whatever happens at the same time, each question is answered once and counted once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.scoring import points
from bot.quiz.session import (
    Answered,
    AttemptId,
    Given,
    Session,
    SessionId,
    Stale,
    Started,
    State,
    is_right,
)
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, MOON, NINE, SEA, SKY, press, sensible, session_of

ANA: Final = Player(Workspace(TeamId("T1")), UserId("U1"))
S1: Final = SessionId("s1")
QUESTIONS: Final = (SKY, FLAG, SEA, MOON)
BOTS: Final = 4


@dataclass(frozen=True, slots=True)
class Reply:
    number: int
    given: Given
    attempt: AttemptId


@dataclass(frozen=True, slots=True)
class Skip:
    number: int


@dataclass(frozen=True, slots=True)
class TakeHint:
    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    attempt: AttemptId


Press: TypeAlias = Reply | Skip | TakeHint | Stop
Heard: TypeAlias = tuple[Reply, Answered | Stale]

numbers = st.integers(0, len(QUESTIONS) - 1)


@st.composite
def schedules(draw: st.DrawFn, *, stops: int) -> list[list[Press]]:
    """What each bot gets, one after the other; the same press may come to several bots."""
    presses: list[Press] = []
    for name, number in enumerate(draw(st.lists(numbers, min_size=2, max_size=12))):
        reply = Reply(number, draw(sensible([QUESTIONS[number]])), press(name))
        presses += [reply] * draw(st.integers(1, 3))
    presses += map(Skip, draw(st.lists(numbers, max_size=6)))
    presses += map(TakeHint, draw(st.lists(numbers, max_size=4)))
    presses += [Stop(AttemptId("stop"))] * stops
    queues: list[list[Press]] = [[] for _ in range(BOTS)]
    for one in draw(st.permutations(presses)):
        queues[draw(st.integers(0, BOTS - 1))].append(one)
    return queues


async def work(bot: RedisStore, queue: Sequence[Press]) -> list[Heard]:
    heard: list[Heard] = []
    for one in queue:
        match one:
            case Reply(number, given_answer, attempt):
                said = await bot.answer(ANA, S1, number, given_answer, attempt, NINE)
                heard.append((one, said))
            case Skip(number):
                assert await bot.skip(ANA, S1, number)
            case TakeHint(number):
                assert await bot.take_hint(ANA, S1, number)
            case Stop(attempt):
                await bot.stop(ANA, attempt)
    return heard


async def play(stores: Sequence[RedisStore], queues: Sequence[Sequence[Press]]) -> list[Heard]:
    begun = await stores[0].start(ANA, session_of(*QUESTIONS), AttemptId("start"))
    assert begun == Started(S1)
    worked = await asyncio.gather(*map(work, stores, queues))
    return [heard for of_one_bot in worked for heard in of_one_bot]


def one_answer_stands(session: Session, heard: Sequence[Heard]) -> None:
    """Everybody was told of the answer that stands, and who gave it, that it is theirs."""
    for reply, said in heard:
        stands = session.answers.get(reply.number)
        if isinstance(said, Stale):
            assert stands is None
            continue
        assert stands is not None
        assert said.answer == stands
        assert said.again == (reply.attempt != stands.attempt)
        assert said.again or reply.given == stands.given


async def counts_agree(bot: RedisStore, session: Session) -> None:
    progress = await bot.progress(ANA)
    right = {n for n, answer in session.answers.items() if is_right(QUESTIONS[n], answer.given)}
    assert progress.answered == len(session.answers)
    assert progress.right == session.right == len(right)
    earned = {n: points(QUESTIONS[n], right=True, hinted=n in session.hinted) for n in right}
    assert progress.points == session.points == sum(earned.values())
    hinted = {n for n, answer in session.answers.items() if answer.hinted}
    assert hinted == session.hinted & session.answers.keys()
    assert progress.runs == (session.state is State.DONE)
    result = await bot.result(ANA.workspace, S1)
    assert (result is not None) == (session.state is State.DONE)
    if result:
        assert result.right == session.right
        assert result.missed == tuple(QUESTIONS[n].id for n in session.missed)


SCHEDULED: Final = settings(
    max_examples=40,
    deadline=None,
    # Each schedule empties the server itself.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@SCHEDULED
@given(queues=schedules(stops=0))
async def test_no_interleaving_of_presses_counts_a_question_twice_or_not_at_all(
    redis: Redis, stores: list[RedisStore], queues: list[list[Press]]
) -> None:
    await redis.flushall()
    heard = await play(stores, queues)
    session = await stores[0].load(ANA)
    assert session is not None
    assert not [said for _, said in heard if isinstance(said, Stale)]
    assert session.answers.keys() == {reply.number for reply, _ in heard}
    assert sorted(session.queue) == list(range(len(QUESTIONS)))
    one_answer_stands(session, heard)
    await counts_agree(stores[0], session)


@SCHEDULED
@given(queues=schedules(stops=2))
async def test_a_stop_in_between_leaves_every_answer_before_it_and_none_after_it(
    redis: Redis, stores: list[RedisStore], queues: list[list[Press]]
) -> None:
    await redis.flushall()
    heard = await play(stores, queues)
    session = await stores[0].load(ANA)
    assert session is not None
    was_open = await stores[0].stop(ANA, AttemptId("stop"))
    assert session.state is (State.STOPPED if was_open else State.DONE)
    told = {reply.number for reply, said in heard if isinstance(said, Answered)}
    assert session.answers.keys() == told
    one_answer_stands(session, heard)
    await counts_agree(stores[0], session)


@SCHEDULED
@given(queues=schedules(stops=0))
async def test_a_second_delivery_of_everything_says_the_same_and_changes_nothing(
    redis: Redis, stores: list[RedisStore], queues: list[list[Press]]
) -> None:
    await redis.flushall()
    heard = await play(stores, queues)
    before = await stores[0].load(ANA), await stores[0].progress(ANA)
    replies = [reply for reply, _ in heard]
    again = await asyncio.gather(*(work(stores[n % BOTS], [r]) for n, r in enumerate(replies)))
    for (_, first), [(_, second)] in zip(heard, again, strict=True):
        assert isinstance(first, Answered)
        assert isinstance(second, Answered)
        assert (first.answer, first.again) == (second.answer, second.again)
    assert (await stores[0].load(ANA), await stores[0].progress(ANA)) == before
