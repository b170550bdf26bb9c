"""The ways through a quiz besides straight on: skip, stop, retry, replace, come back later."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.blocks.limits import RESPONSE_URL_SECONDS
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, GENERAL, Hand, Stage, open_stage
from tests.slack.scenes import actions, finish_shapes, press_here, seen

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))


# Skip


async def test_a_skipped_question_comes_last_and_cannot_be_skipped_again(stage: Stage) -> None:
    first = await stage.type("/quiz start shapes", "How many sides")
    assert "skip" in actions(first)
    second = await stage.press("skip", "How many corners")
    assert second.ts == first.ts
    assert "1 of 2" in second.words
    assert "skip" in actions(second)
    await stage.press("answer:0", "Right: A")
    last = await stage.press("next", "How many sides")
    assert "2 of 2" in last.words
    assert "skip" not in actions(last)


async def test_the_last_question_has_no_skip(stage: Stage) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.press("answer:1", "Right: B")
    last = await stage.press("next", "How many corners")
    assert "skip" not in actions(last)


async def test_everything_skipped_comes_round_without_a_skip(stage: Stage) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.press("skip", "How many corners")
    again = await stage.press("skip", "How many sides")
    assert "skip" not in actions(again)


async def test_a_double_click_skips_once(stage: Stage, store: RedisStore) -> None:
    ts = (await stage.type("/quiz start colours", "What colour")).ts
    await asyncio.gather(*(stage.slack.press(ANA, GENERAL, ts, "skip") for _ in range(2)))
    await stage.see("Choose all that apply")
    await stage.running.background.drain()
    session = await store.load(PLAYER)
    assert session is not None
    assert session.queue == (1, 2, 0)


# Stop


async def test_the_menu_beside_the_question_stops_the_quiz(
    stage: Stage, store: RedisStore
) -> None:
    ts = (await stage.type("/quiz start shapes", "How many sides")).ts
    await stage.press("answer:1", "Right: B")
    await stage.press("next", "How many corners")
    session = await store.load(PLAYER)
    assert session is not None
    here = {"channel": GENERAL, "ts": ts}
    await stage.slack.choose(ANA, here, "more", f"stop:{session.id}")
    stopped = await stage.see("Stopped: Shapes, 1 right of 1 answered.")
    assert stopped.ts == ts
    await stage.press("start", "1 of 2")


async def test_the_menu_beside_the_question_helps_without_losing_it(
    stage: Stage, store: RedisStore
) -> None:
    ts = (await stage.type("/quiz start shapes", "How many sides")).ts
    session = await store.load(PLAYER)
    assert session is not None
    here = {"channel": GENERAL, "ts": ts}
    await stage.slack.choose(ANA, here, "more", f"help:{session.id}")
    told = await stage.see("go on where you were")
    assert told.ts != ts
    stage.ts[ANA] = ts
    await stage.press("answer:1", "Right: B")


# Retry


async def test_a_retry_asks_only_what_was_missed_and_earns_nothing(
    stage: Stage, store: RedisStore
) -> None:
    await finish_shapes(stage, "answer:0", "answer:0")
    before = await store.progress(PLAYER)
    asked = await stage.press("retry", "1 of 1")
    assert "How many sides has a triangle?" in asked.words
    result = await stage.press("answer:1", "Right: B")
    assert "Practice earns no points." in result.words
    summary = await stage.press("next", "1 of 1 right")
    assert "practice" in summary.words
    assert await store.progress(PLAYER) == before


async def test_a_retry_beside_an_open_quiz_asks_first_and_can_go_on(stage: Stage) -> None:
    summary = await finish_shapes(stage, "answer:0", "answer:1")
    await stage.type("/quiz start colours", "What colour")
    stage.ts[ANA] = summary.ts
    choice = await stage.press("retry", "You are still in Colours, 1 of 3.")
    assert "The other one: Shapes, 2 questions." in choice.words
    await press_here(stage, "resume", "What colour")


async def test_a_retry_beside_an_open_quiz_can_replace_it(stage: Stage, store: RedisStore) -> None:
    summary = await finish_shapes(stage, "answer:0", "answer:1")
    await stage.type("/quiz start colours", "What colour")
    stage.ts[ANA] = summary.ts
    await stage.press("retry", "You are still in Colours, 1 of 3.")
    await stage.press("retry", "How many sides has a triangle?")
    session = await store.load(PLAYER)
    assert session is not None
    assert (session.title, session.practice, len(session.questions)) == ("Shapes", True, 2)


async def test_a_replacement_names_the_quiz_it_gives_up(stage: Stage, store: RedisStore) -> None:
    """Between the question and the click another quiz was begun: that one is asked about."""
    await stage.type("/quiz start shapes", "How many sides")
    choice = (await stage.type("/quiz start colours", "You are still in Shapes, 1 of 2.")).ts
    await stage.type("/quiz stop", "Stopped: Shapes")
    await stage.type("/quiz start shapes 1", "1 of 1")
    stage.ts[ANA] = choice
    await stage.press("start", "You are still in Shapes, 1 of 1.")
    session = await store.load(PLAYER)
    assert session is not None
    assert session.title == "Shapes"


# Later


async def test_a_quiz_goes_on_after_six_days(stage: Stage, redis: Redis, hand: Hand) -> None:
    await stage.type("/quiz start shapes", "How many sides")
    await stage.press("answer:1", "Right: B")
    (session,) = await redis.keys("*:session:*")
    await redis.expire(session, timedelta(days=1))
    hand.wait(timedelta(days=6))
    await stage.type("/quiz resume", "How many corners")
    assert await redis.ttl(session) > timedelta(days=6).total_seconds()
    await stage.press("answer:0", "Right: A")
    summary = await stage.press("next", "2 of 2 right")
    assert "6 days" in summary.words


async def test_a_quiz_is_over_after_seven_days(stage: Stage, redis: Redis) -> None:
    old = (await stage.type("/quiz start shapes", "How many sides")).ts
    (session,) = await redis.keys("*:session:*")
    assert 0 < await redis.ttl(session) <= timedelta(days=7).total_seconds()
    await redis.delete(session)
    stage.ts[ANA] = old
    await stage.press("answer:1", "That quiz is finished.")
    stage.ts[ANA] = old
    await stage.press("skip", "That quiz is finished.")
    await stage.type("/quiz resume", "No quiz is open.")
    await stage.press("menu", "What shall we play?")


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_form_sent_after_half_an_hour_is_answered_in_the_channel(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    """The address of the click that opened it is dead by then."""
    async with open_stage(valkey, colours, hand, sockets=sockets) as stage:
        slack = stage.slack
        await stage.type("/quiz start colours", "What colour")
        await stage.press("skip", "Choose all that apply")
        question = await stage.press("skip", "Fresh snow looks")
        await slack.press(ANA, GENERAL, question.ts, "fill_in")
        form = await slack.wait_until(lambda: slack.view(ANA))
        assert form is not None
        now = slack.workspace.now
        slack.workspace.replies.now = lambda: now() + RESPONSE_URL_SECONDS + 1
        await slack.fill(ANA, form, {"blanks": "white"})
        result = await stage.see("Right: white")
        slack.workspace.replies.now = now
        assert result.ephemeral
        assert result.ts != question.ts
        assert [refusal.error for refusal in slack.refusals] == ["expired_url"]
        slack.refusals.clear()
        await stage.press("next", "What colour")
        assert "skip" not in actions(seen(stage))
        assert await redis.dbsize() > 0
