"""A hint is there for whoever asks for it, at half the points, and nobody else sees it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import time

import pytest
from redis.asyncio import Redis

from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, BEN, GENERAL, Hand, Stage, bank_of, open_stage
from tests.slack.scenes import ACME, actions, finish, press_here, public, seen

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))
ROOFS = """
# Roofs

<quiz id="gable" level="medium">
How many sides has a gable?
- [x] Three
- [ ] Four
<hint>Count its *edges*.</hint>
</quiz>

<quiz id="parts">
What does a roof have?
- [x] A ridge
- [x] Eaves
- [ ] A keel
<hint>The third belongs to a boat.</hint>
</quiz>

<quiz id="straw">
A roof of straw is [[thatched]].
<hint>It rhymes with hatched.</hint>
</quiz>
"""
BRIDGES = """
# Bridges

<quiz id="piers" level="medium">
How many piers has a bridge of two spans?
- [x] One
- [ ] Two
<hint>Leave out the *banks*.</hint>
</quiz>
"""
HALF = "With the hint, a right answer earns half the points."


@pytest.fixture(params=["http", "socket"])
async def stage(
    request: pytest.FixtureRequest,
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    hand: Hand,
) -> AsyncIterator[Stage]:
    sockets = request.param == "socket"
    bank = bank_of(roofs=ROOFS, bridges=BRIDGES)
    async with open_stage(valkey, bank, hand, sockets=sockets) as opened:
        yield opened


async def begin(stage: Stage) -> str:
    message = await stage.type("/quiz start roofs", "How many sides has a gable?")
    assert "Count its" not in json.dumps([message.text, message.blocks])
    return message.ts


# Alone


async def test_a_hint_comes_into_the_message_and_costs_half(
    stage: Stage, store: RedisStore
) -> None:
    ts = await begin(stage)
    shown = await stage.press("hint", "💡 Count its edges.")
    assert (shown.ts, shown.only_for) == (ts, ANA)
    assert HALF in shown.words
    assert "Hint: Count its edges." in shown.text
    assert "hint" not in actions(shown)
    told = await stage.press("answer:0", "Right: A")
    assert "75 points: half, because of the hint" in told.words
    assert "75 points: half, because of the hint" in told.text
    assert (await store.progress(PLAYER)).points == 75


async def test_without_it_a_question_earns_what_its_level_is_worth(stage: Stage) -> None:
    await begin(stage)
    assert "150 points\n" in (await stage.press("answer:0", "Right: A")).words


async def test_a_hint_pressed_twice_and_delivered_twice_costs_half_once(
    stage: Stage, store: RedisStore
) -> None:
    ts = await begin(stage)
    await asyncio.gather(*(stage.slack.press(ANA, GENERAL, ts, "hint") for _ in range(2)))
    await stage.see("💡 Count its edges.")
    count = len(stage.slack.sent("response_url"))
    await stage.slack.redeliver()
    await stage.slack.wait_until(lambda: len(stage.slack.sent("response_url")) > count)
    stage.ts[ANA] = ts
    await stage.press("answer:0", "75 points: half")
    assert (await store.progress(PLAYER)).points == 75


async def test_ticks_survive_the_hint(stage: Stage) -> None:
    await begin(stage)
    ts = (await stage.press("skip", "What does a roof have?")).ts
    here = {"channel": GENERAL, "ts": ts}
    await stage.slack.choose(ANA, here, "ticks", "0", "1")
    await stage.press("hint", "💡 The third belongs to a boat.")
    told = await stage.press("submit", "Right: A and B")
    assert "50 points: half, because of the hint" in told.words


async def test_the_form_of_a_blank_shows_the_hint_too(stage: Stage) -> None:
    await begin(stage)
    await stage.press("skip", "What does a roof have?")
    await stage.press("skip", "A roof of straw is ____.")
    await stage.press("hint", "💡 It rhymes with hatched.")
    slack = stage.slack
    await slack.press(ANA, GENERAL, stage.ts[ANA], "fill_in")
    form = await slack.wait_until(lambda: slack.view(ANA))
    assert form is not None
    assert "It rhymes with hatched." in form.words
    await slack.fill(ANA, form, {"blanks": "Thatched"})
    told = await stage.see("Right: thatched")
    assert "50 points: half, because of the hint" in told.words


async def test_the_hint_is_still_shown_when_the_quiz_goes_on(stage: Stage) -> None:
    await begin(stage)
    await stage.press("hint", "💡 Count its edges.")
    again = await stage.type("/quiz resume", "How many sides has a gable?")
    assert "💡 Count its edges." in again.words
    assert "hint" not in actions(again)


async def test_whoever_stops_and_begins_anew_has_paid_for_the_hint(
    stage: Stage, store: RedisStore
) -> None:
    await begin(stage)
    await stage.press("hint", "💡 Count its edges.")
    await stage.type("/quiz stop", "Stopped: Roofs")
    again = await stage.type("/quiz start roofs", "How many sides has a gable?")
    assert "💡 Count its edges." in again.words
    assert HALF in again.words
    assert "hint" not in actions(again)
    await stage.press("answer:0", "75 points: half, because of the hint")
    assert (await store.progress(PLAYER)).points == 75


async def test_a_hint_after_the_answer_leads_on_and_leaves_the_result(stage: Stage) -> None:
    old = await begin(stage)
    await stage.type("/quiz resume", "How many sides has a gable?")
    await stage.press("answer:0", "150 points")
    result = seen(stage)
    stage.ts[ANA] = old
    told = await stage.press("hint", "brings you to number 2 of Roofs")
    assert told.ts not in {old, result.ts}
    stage.ts[ANA] = result.ts
    assert seen(stage).words == result.words
    await press_here(stage, "next", "What does a roof have?")


# In a channel


async def plan(stage: Stage, hand: Hand, *, instant: bool) -> None:
    """One question about bridges, from the next moment on until five."""
    table = Timetable(time(9), "UTC", closes=time(17))
    schedule = Schedule(
        ChannelId(GENERAL),
        UserId(ANA),
        table,
        hand.now().date(),
        topics=("bridges",),
        instant=instant,
    )
    await stage.running.store.save_schedule(ACME, schedule, hand.token(), hand.now())
    await finish(stage.running.scheduler)
    (post,) = public(stage)
    assert "How many piers" in post.words
    assert "Leave out" not in json.dumps([post.text, post.blocks])


async def press(stage: Stage, user: str, action: str, words: str) -> str:
    """Press a button of the post; what this person alone is told."""
    (post,) = public(stage)
    stage.ts[user] = post.ts
    told = await stage.press(action, words, user)
    assert told.only_for == user
    return told.words


async def test_a_hint_in_a_channel_is_for_one_person_and_halves_their_points(
    stage: Stage, hand: Hand
) -> None:
    await plan(stage, hand, instant=True)
    before = public(stage)[0].words
    assert "The hint costs half the points." in before
    assert HALF in await press(stage, ANA, "daily_hint", "💡 Leave out the banks.")
    assert public(stage)[0].words == before
    told = await press(stage, ANA, "daily:0", "Right: A")
    assert "75 points: half, because of the hint. 75 points this week." in told
    assert "150 points. 150 points this week." in await press(stage, BEN, "daily:0", "Right: A")
    free = await press(stage, BEN, "daily_hint", "💡 Leave out the banks.")
    assert "It costs nothing here any more." in free


async def test_before_the_close_a_hint_shows_in_the_receipt_and_the_points_come_later(
    stage: Stage, hand: Hand, store: RedisStore
) -> None:
    await plan(stage, hand, instant=False)
    await press(stage, ANA, "daily_hint", HALF)
    assert HALF in await press(stage, ANA, "daily:0", "Recorded: A.")
    assert "half" not in await press(stage, BEN, "daily:0", "Recorded: A.")
    hand.moment = hand.moment.replace(hour=17)
    await finish(stage.running.scheduler)
    (post,) = public(stage)
    assert "closed" in post.words
    assert "Leave out" not in post.words
    board = await stage.type("/quiz leaderboard", "This week")
    for line in ("1. Ben: 150 points", "2. You: 75 points"):
        assert line in board.text
    assert (await store.progress(PLAYER)).points == 75
