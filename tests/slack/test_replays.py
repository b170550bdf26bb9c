"""Somebody records a request that Slack signed and sends it again, word for word."""

import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.slack.guard import OLDEST
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, BEN, GENERAL, Hand, Stage, open_stage
from tests.slack.scenes import finish_shapes, knock

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))


@pytest.fixture
def recorded() -> float:
    """When every request of these tests is signed: the replay has the same signature."""
    return time.time()


@pytest.fixture
async def stage(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
    recorded: float,
) -> AsyncIterator[Stage]:
    async with open_stage(valkey, colours, hand) as opened:
        opened.slack.courier.clock = lambda: recorded
        yield opened


async def replay(stage: Stage, recorded: float, times: int = 3) -> None:
    """The last request again; returns when all its effects are there."""
    delivery = stage.slack.courier.sent[-1]
    for _ in range(times):
        assert await knock(stage, delivery, recorded) == 200
        await stage.running.background.drain()


def screen(stage: Stage, user: str = ANA, channel: str = GENERAL) -> list[tuple[str, str]]:
    return [(message.ts, message.words) for message in stage.slack.messages(user, channel)]


async def test_an_answer_counts_once_and_shows_the_same(
    stage: Stage, store: RedisStore, recorded: float
) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.press("answer:1", "Right: B")
    before = await store.progress(PLAYER), screen(stage)
    await replay(stage, recorded)
    assert (await store.progress(PLAYER), screen(stage)) == before
    assert before[0].points == 100


async def test_the_answer_to_an_earlier_question_counts_nothing_more(
    stage: Stage, store: RedisStore, recorded: float
) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.press("answer:1", "Right: B")
    answer = stage.slack.courier.sent[-1]
    await stage.press("next", "How many corners")
    await stage.press("answer:0", "Right: A")
    before = await store.progress(PLAYER)
    assert await knock(stage, answer, recorded) == 200
    await stage.running.background.drain()
    assert await store.progress(PLAYER) == before


async def test_a_start_begins_one_session_and_tells_nobody_else(
    stage: Stage, store: RedisStore, recorded: float
) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    before = await store.load(PLAYER)
    await replay(stage, recorded)
    after = await store.load(PLAYER)
    assert before is not None
    assert after == before
    assert {words for _, words in screen(stage)} == {(await stage.see("How many sides")).words}
    assert screen(stage, BEN) == []


async def test_a_stop_never_stops_a_later_quiz(
    stage: Stage, store: RedisStore, recorded: float
) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.type("/quiz stop", "Stopped: Shapes")
    stop = stage.slack.courier.sent[-1]
    await stage.type("/quiz start colours", "What colour")
    assert await knock(stage, stop, recorded) == 200
    await stage.running.background.drain()
    session = await store.load(PLAYER)
    assert session is not None
    assert session.standing is not None
    assert session.title == "Colours"


async def test_a_skip_moves_one_question_once(
    stage: Stage, store: RedisStore, recorded: float
) -> None:
    await stage.type("/quiz start colours", "What colour")
    await stage.press("skip", "Choose all that apply")
    before = await store.load(PLAYER), screen(stage)
    await replay(stage, recorded)
    assert (await store.load(PLAYER), screen(stage)) == before


async def test_a_result_is_shared_once(stage: Stage, recorded: float) -> None:
    await finish_shapes(stage)
    await stage.press("share", "ana played Shapes")
    await replay(stage, recorded)
    assert len(screen(stage, BEN)) == 1
    await stage.see("You have shared this result already.")


async def test_a_sent_form_counts_once(stage: Stage, store: RedisStore, recorded: float) -> None:
    await stage.type("/quiz start colours", "What colour")
    await stage.press("skip", "Choose all that apply")
    await stage.press("skip", "Fresh snow looks")
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], "fill_in")
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form is not None
    await stage.slack.fill(ANA, form, {"blanks": "white"})
    await stage.see("Right: white")
    before = await store.progress(PLAYER), screen(stage)
    await replay(stage, recorded)
    assert (await store.progress(PLAYER), screen(stage)) == before


async def test_a_message_is_answered_once(stage: Stage, recorded: float) -> None:
    await stage.type("hello", "What shall we play?", channel=ANAS_DIRECT)
    before = screen(stage, channel=ANAS_DIRECT)
    await replay(stage, recorded)
    assert screen(stage, channel=ANAS_DIRECT) == before


async def test_a_request_is_too_old_after_five_minutes(stage: Stage, recorded: float) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.running.background.drain()
    calls = len(stage.slack.calls)
    delivery = stage.slack.courier.sent[-1]
    assert await knock(stage, delivery, recorded - OLDEST - 1) == 401
    await stage.running.background.drain()
    assert len(stage.slack.calls) == calls


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_slack_too_may_deliver_a_share_twice(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    async with open_stage(valkey, colours, hand, sockets=sockets) as stage:
        await finish_shapes(stage)
        await stage.press("share", "ana played Shapes")
        await stage.slack.redeliver()
        await stage.see("You have shared this result already.")
        assert len(screen(stage, BEN)) == 1
        assert await redis.dbsize() > 0
