"""What the store promises about answers, on one server and on a cluster."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.quiz.player import Player, UserId
from bot.quiz.session import Fill, Given, SessionId, Stale, Standing, State
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import (
    FLAG,
    MOON,
    NINE,
    SEA,
    SKY,
    SNOW,
    press,
    right_answer,
    session_of,
    wrong_answer,
)
from tests.storage.playing import (
    ACME,
    ANA,
    BEN,
    EVERYWHERE,
    NOTHING,
    begin,
    choice,
    finish,
    give,
    kept,
)

pytestmark = EVERYWHERE


async def test_a_session_comes_back_as_it_began(store: RedisStore) -> None:
    session = session_of(SKY, FLAG, SNOW, SEA, practice=True)
    await store.start(ANA, session, press(1))
    assert await store.load(ANA) == session
    assert await store.load(BEN) is None


async def test_only_one_of_many_simultaneous_answers_wins(stores: list[RedisStore]) -> None:
    await begin(stores[0], FLAG, SKY, name="s1")
    outcomes = await asyncio.gather(
        *(give(stores[n % len(stores)], "s1", 0, choice(n % 4), press(n)) for n in range(40))
    )
    winners = [outcome for outcome in outcomes if not outcome.again]
    assert len(winners) == 1
    assert {outcome.answer for outcome in outcomes} == {winners[0].answer}
    assert {outcome.answered for outcome in outcomes} == {1}
    assert (await kept(stores[0])).answers == {0: winners[0].answer}
    assert (await stores[0].progress(ANA)).answered == 1


async def test_a_press_delivered_many_times_at_once_counts_once_and_is_told_the_same(
    stores: list[RedisStore],
) -> None:
    await begin(stores[0], FLAG, name="s1")
    outcomes = await asyncio.gather(
        *(give(stores[n % len(stores)], "s1", 0, right_answer(FLAG), press(1)) for n in range(40))
    )
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert not outcomes[0].again
    assert (outcomes[0].points, outcomes[0].done) == (FLAG.worth, True)
    progress = await stores[0].progress(ANA)
    assert (progress.answered, progress.points, progress.runs) == (1, FLAG.worth, 1)


async def test_many_people_answer_at_once_and_each_counts(stores: list[RedisStore]) -> None:
    people = [Player(ACME, UserId(f"U{n}")) for n in range(30)]
    for n, person in enumerate(people):
        await begin(stores[0], MOON, name=f"s{n}", player=person)
    outcomes = await asyncio.gather(
        *(
            give(stores[n % len(stores)], f"s{n}", 0, right_answer(MOON), press(n), person)
            for n, person in enumerate(people)
        )
    )
    assert [outcome.points for outcome in outcomes] == [MOON.worth] * len(people)


async def test_the_same_press_after_another_still_gets_its_own_outcome(store: RedisStore) -> None:
    await begin(store, SKY, name="s1")
    first = await give(store, "s1", 0, wrong_answer(SKY), press(1))
    second = await give(store, "s1", 0, right_answer(SKY), press(2))
    assert (first.again, second.again) == (False, True)
    assert await give(store, "s1", 0, wrong_answer(SKY), press(1)) == first
    assert second == replace(first, again=True)


async def test_a_question_earns_points_once_in_all_sessions(store: RedisStore) -> None:
    await finish(store, FLAG, SKY, name="s1")
    await begin(store, FLAG, SKY, name="s2")
    assert (await give(store, "s2", 0, right_answer(FLAG), press(1))).points == 0
    assert (await give(store, "s2", 1, right_answer(SKY), press(2))).points == 0
    progress = await store.progress(ANA)
    assert (progress.answered, progress.right, progress.points) == (2, 1, FLAG.worth)
    assert progress.runs == 2


async def test_a_second_run_knows_the_score_of_the_first(store: RedisStore) -> None:
    await finish(store, FLAG, SKY, name="s1")
    assert (await kept(store)).previous is None
    await finish(store, FLAG, SKY, name="s2")
    assert (await kept(store)).previous == 1
    await finish(store, FLAG, SKY, MOON, name="s3")
    assert (await kept(store)).previous is None, "a run of another length cannot be compared"


async def test_practice_is_no_run(store: RedisStore) -> None:
    practice = session_of(MOON, name="s1", practice=True)
    await store.start(ANA, practice, press(1))
    assert (await give(store, "s1", 0, right_answer(MOON), press(2))).practice
    assert (await store.progress(ANA)).runs == 0
    result = await store.result(ACME, SessionId("s1"))
    assert result is not None
    assert result.practice


async def test_a_press_from_a_former_session_is_told_what_is_open(store: RedisStore) -> None:
    late = (ANA, SessionId("s1"), 0, right_answer(SKY), press(1), NINE)
    assert await store.answer(*late) == Stale(None)
    await begin(store, SKY, FLAG, name="s2")
    assert await store.answer(*late) == Stale(Standing("Colours", 1, 2))
    await give(store, "s2", 0, right_answer(SKY), press(2))
    assert await store.answer(*late) == Stale(Standing("Colours", 2, 2))
    assert not await store.skip(ANA, SessionId("s1"), 1)
    assert (await kept(store)).queue == (0, 1)


@pytest.mark.parametrize(
    ("number", "given_answer"),
    [
        pytest.param(0, choice(3), id="an option that is not there"),
        pytest.param(0, choice(0, 1), id="two where one is asked for"),
        pytest.param(0, Fill(("1",)), id="words where options are"),
        pytest.param(1, choice(0), id="an option where a gap is"),
        pytest.param(1, Fill(("white", "")), id="two words for one gap"),
        pytest.param(2, choice(0), id="a question that is not there"),
        pytest.param(-1, choice(0), id="a question before the first"),
    ],
)
async def test_an_impossible_answer_changes_nothing(
    store: RedisStore, number: int, given_answer: Given
) -> None:
    await begin(store, SKY, SNOW, name="s1")
    outcome = await store.answer(ANA, SessionId("s1"), number, given_answer, press(1), NINE)
    assert outcome == Stale(Standing("Colours", 1, 2))
    assert await kept(store) == session_of(SKY, SNOW)
    assert await store.progress(ANA) == NOTHING


@pytest.mark.parametrize("typed", ['"quoted" \\ / \n', "😀", "\ud83d", "\x00", "[1]"])
async def test_what_was_typed_is_kept_as_it_was_typed(store: RedisStore, typed: str) -> None:
    await begin(store, SNOW, name="s1")
    outcome = await give(store, "s1", 0, Fill((typed,)), press(1))
    assert not outcome.answer.right
    assert outcome.answer.given == Fill((typed,))
    assert (await kept(store)).answers[0].given == Fill((typed,))


async def test_a_result_outlives_its_session(store: RedisStore) -> None:
    await finish(store, SKY, FLAG, SNOW, name="s1")
    before = await store.result(ACME, SessionId("s1"))
    await begin(store, MOON, name="s2")
    result = await store.result(ACME, SessionId("s1"))
    assert result is not None
    assert result == before
    assert (result.right, result.total, result.missed) == (2, 3, (SNOW.id,))


async def test_a_result_names_missed_questions_in_the_order_of_asking(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, SNOW, name="s1")
    await store.skip(ANA, SessionId("s1"), 0)
    for number, question in enumerate((SKY, FLAG, SNOW)):
        await give(store, "s1", number, wrong_answer(question), press(number))
    result = await store.result(ACME, SessionId("s1"))
    assert result is not None
    assert result.missed == (FLAG.id, SNOW.id, SKY.id)


async def test_scripts_work_on_a_server_that_has_forgotten_them(
    store: RedisStore, redis: Redis
) -> None:
    await redis.script_flush()
    await begin(store, SKY, FLAG, name="s1")
    await redis.script_flush()
    assert await store.skip(ANA, SessionId("s1"), 0)
    await redis.script_flush()
    assert not (await give(store, "s1", 0, right_answer(SKY), press(1))).again
    await redis.script_flush()
    assert await store.stop(ANA, press(2))
    assert (await kept(store)).state is State.STOPPED
