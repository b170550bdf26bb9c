"""Gaps are filled in a modal, which has no address of its own to answer to."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.sandbox.views import View
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, GENERAL, Hand, Stage, bank_of, open_stage

PLAYER = Player(Workspace(TeamId("T1")), UserId(ANA))
GAPS = """
# Gaps

<quiz id="sea">
The sea is [[salty]] and [[deep|very deep]].

---
Most of it is.
</quiz>
"""


@pytest.fixture(params=["http", "socket"])
async def stage(
    request: pytest.FixtureRequest,
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    hand: Hand,
) -> AsyncIterator[Stage]:
    sockets = request.param == "socket"
    async with open_stage(valkey, bank_of(gaps=GAPS), hand, sockets=sockets) as opened:
        yield opened


async def open_form(stage: Stage, channel: str = GENERAL) -> View:
    start = "/quiz start gaps" if channel == GENERAL else "start gaps"
    await stage.type(start, "The sea is ____ and ____.", channel=channel)
    await stage.slack.press(ANA, channel, stage.ts[ANA], "fill_in")
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form is not None
    return form


async def send(stage: Stage, form: View, *typed: str) -> None:
    """One text for each gap."""
    values = {
        f"blanks:{i}": {"blanks": {"type": "plain_text_input", "value": text}}
        for i, text in enumerate(typed)
    }
    await stage.slack.submit(ANA, form.id, values)


async def test_all_gaps_right_in_the_message_that_opened_the_form(
    stage: Stage, store: RedisStore
) -> None:
    form = await open_form(stage)
    assert "Gap 1" in form.words
    assert "Gap 2" in form.words
    opened = stage.ts[ANA]
    await send(stage, form, "  SALTY ", "Very   deep")
    result = await stage.see("Right: salty")
    assert result.ts == opened
    assert stage.slack.view(ANA) is None
    assert (await store.progress(PLAYER)).right == 1


async def test_one_gap_wrong_is_wrong(stage: Stage, store: RedisStore) -> None:
    form = await open_form(stage)
    await send(stage, form, "salty", "<shallow> & *blue*")
    result = await stage.see("“<shallow> & *blue*”")
    assert "Not quite" in result.words
    assert "&lt;shallow&gt; &amp; *blue*" in result.text
    progress = await store.progress(PLAYER)
    assert (progress.answered, progress.right) == (1, 0)


async def test_a_gap_of_spaces_is_pointed_out_and_the_rest_stays(
    stage: Stage, store: RedisStore
) -> None:
    form = await open_form(stage)
    await send(stage, form, "salty", "   ")
    kept = stage.slack.view(ANA)
    assert kept is not None
    assert dict(kept.errors) == {"blanks:1": "Please write something here."}
    assert kept.state["blanks:0"]["blanks"]["value"] == "salty"
    assert (await store.progress(PLAYER)).answered == 0
    await send(stage, kept, "salty", "deep")
    await stage.see("Right: salty")
    assert (await store.progress(PLAYER)).answered == 1


async def test_a_closed_form_leaves_the_question_open(stage: Stage, store: RedisStore) -> None:
    form = await open_form(stage)
    await stage.slack.close_view(ANA, form.id)
    assert stage.slack.notice(ANA) == ""
    assert (await store.progress(PLAYER)).answered == 0
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], "fill_in")
    assert await stage.slack.wait_until(lambda: stage.slack.view(ANA))


async def test_the_result_comes_where_the_person_is_when_the_address_is_forgotten(
    stage: Stage, redis: Redis
) -> None:
    """In their conversation with the bot: the channel has been forgotten with it."""
    form = await open_form(stage)
    (held,) = await redis.keys("*:reply:*")
    await redis.delete(held)
    await send(stage, form, "salty", "deep")
    assert stage.slack.view(ANA) is None
    result = await stage.see("Right: salty", channel=ANAS_DIRECT)
    assert not result.ephemeral


async def test_in_a_direct_conversation_the_message_is_replaced(stage: Stage) -> None:
    form = await open_form(stage, ANAS_DIRECT)
    opened = stage.ts[ANA]
    await send(stage, form, "salty", "deep")
    result = await stage.see("Right: salty", channel=ANAS_DIRECT)
    assert result.ts == opened


async def test_a_form_sent_twice_counts_once(stage: Stage, store: RedisStore) -> None:
    form = await open_form(stage)
    await send(stage, form, "salty", "deep")
    first = await stage.see("Right: salty")
    count = len(stage.slack.sent("response_url"))
    assert (await stage.slack.redeliver()).ok
    await stage.slack.wait_until(lambda: len(stage.slack.sent("response_url")) > count)
    again = await stage.see("Right: salty")
    assert (again.ts, again.words) == (first.ts, first.words)
    assert "100 points" in first.words
    assert (await store.progress(PLAYER)).answered == 1


async def test_a_form_left_open_is_told_which_answer_stands(
    stage: Stage, store: RedisStore
) -> None:
    """Two forms, one on each device: the second is sent when the question is answered."""
    form = await open_form(stage)
    await send(stage, form, "salty", "deep")
    await stage.see("Right: salty")
    delivery = stage.slack.courier.sent[-1]
    later = {**delivery.payload, "trigger_id": "9.9.later"}
    stage.slack.courier.sent.append(type(delivery)(delivery.kind, later))
    assert (await stage.slack.redeliver()).ok
    await stage.see("Your first answer stands.")
    assert (await store.progress(PLAYER)).answered == 1


async def test_a_form_of_a_stopped_quiz_leads_on(stage: Stage, store: RedisStore) -> None:
    form = await open_form(stage)
    await stage.type("/quiz stop", "Stopped: Gaps")
    await send(stage, form, "salty", "deep")
    assert stage.slack.view(ANA) is None
    await stage.see("That quiz is finished.")
    assert (await store.progress(PLAYER)).answered == 0


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
@pytest.mark.parametrize("stage", ["http"], indirect=True)
async def test_a_form_that_opens_too_late_is_told_and_can_be_opened_again(
    stage: Stage, code: str
) -> None:
    await stage.type("/quiz start gaps", "The sea is")
    question = stage.ts[ANA]
    stage.slack.fail_next("views.open", code)
    told = await stage.press("fill_in", "Slack was too slow to open the form.")
    assert told.ts != question
    await stage.slack.press(ANA, GENERAL, question, "fill_in")
    assert await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    stage.slack.refusals.clear()


@pytest.mark.parametrize("stage", ["http"], indirect=True)
async def test_a_form_that_slack_refuses_is_told_too(stage: Stage) -> None:
    await stage.type("/quiz start gaps", "The sea is")
    stage.slack.fail_next("views.open", "internal_error")
    await stage.press("fill_in", "Slack did not take my message.")
    stage.slack.refusals.clear()
