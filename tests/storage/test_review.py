"""What was missed waits to be asked again, and a perfect run is counted."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest
from redis.asyncio import Redis

from bot.quiz.badges import PERFECT_RUN
from bot.quiz.question import Question
from bot.quiz.session import AttemptId, SessionId
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import (
    FLAG,
    MOON,
    NINE,
    SEA,
    SKY,
    SNOW,
    choosing,
    right_answer,
    session_of,
    wrong_answer,
)
from tests.storage.playing import ANA, ANA_ELSEWHERE, BEN, EVERYWHERE
from tests.storage.test_boards import answer

MINUTE = timedelta(minutes=1)
MANY = tuple(choosing(f"many-{n}", {0}, 2) for n in range(PERFECT_RUN))


async def play(
    store: RedisStore, questions: Sequence[Question], *, name: str, practice: bool = False
) -> None:
    """A session of its own, from the first question to the last, all right."""
    session = session_of(*questions, name=name, practice=practice)
    open_one = await store.load(ANA)
    replaced = open_one.id if open_one else None
    await store.start(ANA, session, AttemptId(f"start-{name}"), replaces=replaced)
    for number, question in enumerate(questions):
        attempt = AttemptId(f"{name}-{number}")
        await store.answer(ANA, SessionId(name), number, right_answer(question), attempt, NINE)


@EVERYWHERE
async def test_missed_questions_wait_the_longest_first(store: RedisStore) -> None:
    for n, question in enumerate((SNOW, FLAG, SEA)):
        await answer(store, ANA, question, right=False, at=NINE + n * MINUTE)
    await answer(store, ANA, SKY, right=True, at=NINE)
    assert await store.to_review(ANA) == (SNOW.id, FLAG.id, SEA.id)
    assert await store.to_review(BEN) == await store.to_review(ANA_ELSEWHERE) == ()


async def test_a_right_answer_takes_a_question_off_and_a_wrong_one_to_the_end(
    store: RedisStore,
) -> None:
    for n, question in enumerate((SNOW, FLAG, SEA)):
        await answer(store, ANA, question, right=False, at=NINE + n * MINUTE)
    await answer(store, ANA, FLAG, right=True, at=NINE + 4 * MINUTE)
    await answer(store, ANA, SNOW, right=False, at=NINE + 5 * MINUTE)
    assert await store.to_review(ANA) == (SEA.id, SNOW.id)
    await answer(store, ANA, FLAG, right=False, at=NINE + 6 * MINUTE)
    assert await store.to_review(ANA) == (SEA.id, SNOW.id, FLAG.id)


async def test_practice_takes_a_question_off_and_earns_nothing(store: RedisStore) -> None:
    await answer(store, ANA, MOON, right=False)
    before = await store.progress(ANA)
    await play(store, [MOON], name="practice", practice=True)
    assert await store.to_review(ANA) == ()
    assert await store.progress(ANA) == before


async def test_the_list_is_the_last_misses_whatever_the_order(store: RedisStore) -> None:
    """Against plain Python: a list without repeats, the newest at its end."""
    random = Random(3)  # noqa: S311  a game
    waiting: list[str] = []
    for n in range(60):
        question, right = random.choice((SKY, FLAG, SNOW, SEA, MOON)), random.random() < 0.4
        await answer(store, ANA, question, right=right, at=NINE + n * MINUTE)
        waiting = [name for name in waiting if name != question.id]
        waiting += [] if right else [question.id]
        assert await store.to_review(ANA) == tuple(waiting)


async def test_of_too_many_the_longest_waiting_go(store: RedisStore, redis: Redis) -> None:
    await redis.zadd(keys.review(ANA), {f"old-{n:03}": n for n in range(500)})
    await answer(store, ANA, SKY, right=False)
    waiting = await store.to_review(ANA)
    assert len(waiting) == 500
    assert (waiting[0], waiting[-1]) == ("old-001", SKY.id)


@pytest.mark.parametrize(
    ("questions", "practice", "counted"),
    [
        pytest.param(MANY, False, 1, id="ten right"),
        pytest.param(MANY[:-1], False, 0, id="too few"),
        pytest.param(MANY, True, 0, id="practice"),
    ],
)
async def test_a_perfect_run_is_counted(
    store: RedisStore, questions: Sequence[Question], counted: int, *, practice: bool
) -> None:
    await play(store, questions, name="run", practice=practice)
    assert (await store.progress(ANA)).perfect == counted


async def test_a_run_with_a_mistake_is_not_perfect(store: RedisStore) -> None:
    session = session_of(*MANY, name="run")
    await store.start(ANA, session, AttemptId("start"))
    for number, question in enumerate(MANY):
        given = wrong_answer(question) if number == 4 else right_answer(question)
        attempt = AttemptId(f"run-{number}")
        await store.answer(ANA, SessionId("run"), number, given, attempt, NINE)
    progress = await store.progress(ANA)
    assert (progress.runs, progress.perfect) == (1, 0)
