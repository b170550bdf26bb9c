"""What the store promises to whoever calls it, on one server and on a cluster."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, strategies as st
from redis.asyncio import Redis
from redis.exceptions import ClusterCrossSlotError

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.question import Question
from bot.quiz.session import (
    Answered,
    AttemptId,
    Choice,
    Fill,
    Given,
    Progress,
    Session,
    SessionId,
    Stale,
    Standing,
    Started,
    State,
    StillOpen,
)
from bot.storage import keys
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from bot.storage.snapshot import milliseconds
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

ACME: Final = Workspace(TeamId("T1"))
OTHER: Final = Workspace(TeamId("T2"))
ANA: Final = Player(ACME, UserId("U1"))
BEN: Final = Player(ACME, UserId("U2"))
ANA_ELSEWHERE: Final = Player(OTHER, UserId("U1"))
WEEK: Final = 7 * 24 * 3600
HOUR: Final = 3600
NOTHING: Final = Progress(answered=0, right=0, points=0, runs=0, quizzes={})


@pytest.fixture(params=["valkey", "cluster"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def redis(address: str) -> AsyncIterator[Redis]:
    async with open_redis(address) as client:
        await client.flushall()
        yield client


@pytest.fixture
async def stores(redis: Redis, address: str) -> AsyncIterator[list[RedisStore]]:
    """Several bots on one server."""
    async with AsyncExitStack() as stack:
        others = [await stack.enter_async_context(open_redis(address)) for _ in range(3)]
        yield [RedisStore(client, deadline=30) for client in (redis, *others)]


@pytest.fixture
def store(stores: list[RedisStore]) -> RedisStore:
    return stores[0]


def choice(*chosen: int) -> Choice:
    return Choice(frozenset(chosen))


async def begin(store: RedisStore, *questions: Question, name: str, player: Player = ANA) -> None:
    session = session_of(*questions, name=name)
    started = await store.start(player, session, AttemptId(f"start-{name}"))
    assert started == Started(session.id)


async def give(
    store: RedisStore,
    name: str,
    number: int,
    given_answer: Given,
    attempt: AttemptId,
    player: Player = ANA,
) -> Answered:
    outcome = await store.answer(player, SessionId(name), number, given_answer, attempt, NINE)
    assert isinstance(outcome, Answered)
    return outcome


async def finish(store: RedisStore, *questions: Question, name: str, player: Player = ANA) -> None:
    """Play a session to its end, everything right but the last question."""
    await begin(store, *questions, name=name, player=player)
    for number, question in enumerate(questions):
        is_last = number == len(questions) - 1
        answer = wrong_answer(question) if is_last else right_answer(question)
        await give(store, name, number, answer, AttemptId(f"{name}-{number}"), player)


async def kept(store: RedisStore, player: Player = ANA) -> Session:
    session = await store.load(player)
    assert session is not None
    return session


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


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  hypothesis adds the zone
def test_moments_are_kept_to_the_millisecond(moment: datetime) -> None:
    kept_moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds(moment))
    assert timedelta(0) <= moment - kept_moment < timedelta(milliseconds=1)


async def test_every_click_keeps_a_session_for_another_week(
    store: RedisStore, redis: Redis
) -> None:
    await begin(store, SKY, FLAG, SNOW, name="s1")
    session = SessionId("s1")
    clicks: dict[str, Callable[[], Awaitable[object]]] = {
        "answer": lambda: give(store, "s1", 0, right_answer(SKY), press(1)),
        "same answer": lambda: give(store, "s1", 0, right_answer(SKY), press(1)),
        "second answer": lambda: give(store, "s1", 0, right_answer(SKY), press(2)),
        "skip": lambda: store.skip(ANA, session, 1),
        "useless skip": lambda: store.skip(ANA, session, 0),
        "look": lambda: store.load(ANA),
    }
    for name, click in clicks.items():
        await redis.expire(keys.session(ANA), HOUR)
        await click()
        assert WEEK - HOUR < await redis.ttl(keys.session(ANA)) <= WEEK, name


async def everything(store: RedisStore, player: Player, name: str) -> None:
    """Use all that leaves something behind; two sessions, of which the second stays open."""
    workspace = player.workspace
    await finish(store, SKY, SNOW, name=f"{name}-1", player=player)
    assert await store.claim_share(workspace, SessionId(f"{name}-1"), press(90))
    assert await store.claim_welcome(player)
    assert await store.claim_event(workspace, AttemptId(f"event-{name}"), "token")
    assert not await store.stop(player, AttemptId(f"stop-{name}"))
    await begin(store, SKY, FLAG, SNOW, name=f"{name}-2", player=player)
    await store.skip(player, SessionId(f"{name}-2"), 0)
    await store.hold_reply(player, SessionId(f"{name}-2"), 2, f"https://hooks.slack.com/{name}")


async def test_only_progress_and_welcomes_are_kept_for_good(
    store: RedisStore, redis: Redis
) -> None:
    await everything(store, ANA, "ana")
    longest = {
        "session": WEEK,
        "result": WEEK,
        "once": 25 * HOUR,
        "event": 25 * HOUR,
        "reply": HOUR // 2,
        "firsts": -1,
        "progress": -1,
        "welcomed": -1,
    }
    found = {key async for key in redis.scan_iter()}
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


async def test_a_result_outlives_its_session(store: RedisStore) -> None:
    await finish(store, SKY, FLAG, SNOW, name="s1")
    before = await store.result(ACME, SessionId("s1"))
    await begin(store, MOON, name="s2")
    result = await store.result(ACME, SessionId("s1"))
    assert result is not None
    assert result == before
    assert (result.right, result.total, result.missed) == (2, 3, (SNOW.id,))


async def test_there_is_no_result_before_the_end(store: RedisStore) -> None:
    await begin(store, SKY, FLAG, name="s1")
    await give(store, "s1", 0, right_answer(SKY), press(1))
    await store.stop(ANA, press(2))
    assert await store.result(ACME, SessionId("s1")) is None


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


async def test_a_share_of_no_result_makes_none(store: RedisStore) -> None:
    await store.claim_share(ACME, SessionId("s1"), press(1))
    assert await store.result(ACME, SessionId("s1")) is None


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


async def test_a_cluster_refuses_what_one_server_allows(cluster: str) -> None:
    """The proof that the other tests would notice keys in different slots."""
    async with open_redis(cluster) as client:
        with pytest.raises(ClusterCrossSlotError):
            await client.eval("return 1", 2, "{T1}:one", "{T2}:two")


async def test_it_says_whether_it_is_there(store: RedisStore) -> None:
    assert await store.is_there()
