"""A result goes to the channel: once, on purpose, and without anybody else's questions."""

import json

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from tests.conftest import ANA, ANAS_DIRECT, BEN, BENS_DIRECT, GENERAL, Hand, Stage, open_stage
from tests.slack.scenes import actions, finish_shapes, public, seen


async def test_a_share_posts_one_card_that_gives_nothing_away(stage: Stage) -> None:
    summary = await finish_shapes(stage, "answer:1", "answer:1")
    assert "share" in actions(summary)
    await stage.press("share", "ana played Shapes")
    (card,) = public(stage)
    assert "1 of 2 right" in card.words
    assert actions(card) == {"start"}
    whole = f"{card.text} {json.dumps(card.blocks)}"
    for secret in ("triangle", "square", "Three", "Four", "Five", "<@", "<!", "U1"):
        assert secret not in whole


async def test_the_summary_loses_its_button(stage: Stage) -> None:
    summary = await finish_shapes(stage, "answer:1", "answer:1")
    await stage.press("share", "ana played Shapes")
    stage.ts[ANA] = summary.ts
    await stage.slack.wait_until(lambda: "share" not in actions(seen(stage)))
    assert "retry" in actions(seen(stage))
    assert seen(stage).words.count("1 of 2 right") == 1


async def test_an_older_copy_of_the_summary_cannot_share_again(stage: Stage) -> None:
    old = (await stage.type("/quiz start shapes 1", "1 of 1")).ts
    new = (await stage.type("/quiz resume", "1 of 1")).ts
    stage.ts[ANA] = old
    await stage.press("answer:1", "Right: B")
    await stage.press("next", "1 of 1 right")
    stage.ts[ANA] = new
    await stage.press("answer:1", "Your first answer stands.")
    await stage.press("next", "1 of 1 right")
    await stage.press("share", "ana played Shapes")
    stage.ts[ANA] = old
    assert "share" in actions(seen(stage))
    told = await stage.press("share", "You have shared this result already.")
    assert told.ephemeral
    assert len(public(stage)) == 1


async def test_two_presses_at_once_post_one_card(stage: Stage) -> None:
    summary = await finish_shapes(stage)
    await stage.slack.press(ANA, GENERAL, summary.ts, "share")
    await stage.slack.redeliver()
    await stage.see("You have shared this result already.")
    await stage.see("ana played Shapes")
    assert len(public(stage)) == 1


async def test_somebody_else_tries_it_in_private_and_the_card_stays(stage: Stage) -> None:
    await finish_shapes(stage)
    await stage.press("share", "ana played Shapes")
    (card,) = public(stage)
    stage.ts[BEN] = card.ts
    question = await stage.press("start", "How many sides has a triangle?", BEN)
    assert question.ephemeral
    assert question.only_for == BEN
    assert public(stage) == [card]
    await stage.press("answer:1", "Right: B", BEN)
    assert public(stage) == [card]


async def test_the_card_does_not_end_a_quiz_that_is_open(stage: Stage) -> None:
    await finish_shapes(stage)
    await stage.press("share", "ana played Shapes")
    (card,) = public(stage)
    await stage.type("/quiz start colours", "What colour", BEN)
    stage.ts[BEN] = card.ts
    await stage.press("start", "You are still in Colours, 1 of 3.", BEN)
    await stage.press("start", "How many sides has a triangle?", BEN)


async def test_a_direct_conversation_has_nobody_to_share_with(stage: Stage) -> None:
    summary = await finish_shapes(stage, channel=BENS_DIRECT, user=BEN, command="start shapes")
    assert "share" not in actions(summary)


async def test_a_retry_is_practice_and_is_not_shared(stage: Stage) -> None:
    await finish_shapes(stage, "answer:1", "answer:1")
    await stage.press("retry", "1 of 1")
    await stage.press("answer:0", "Right: A")
    summary = await stage.press("next", "1 of 1 right")
    assert "share" not in actions(summary)


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_after_a_week_there_is_nothing_left_to_share(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    async with open_stage(valkey, colours, hand, sockets=sockets) as stage:
        await finish_shapes(stage)
        (result,) = await redis.keys("*:result:*")
        assert 0 < await redis.ttl(result) <= 7 * 86400
        await redis.delete(result)
        await stage.press("share", "This result is older than a week")
        assert public(stage) == []
        await stage.press("menu", "What shall we play?")


async def test_a_result_can_be_shared_after_another_quiz_has_begun(stage: Stage) -> None:
    summary = await finish_shapes(stage)
    await stage.type("/quiz start colours", "What colour")
    stage.ts[ANA] = summary.ts
    await stage.press("share", "ana played Shapes")
    assert len(public(stage)) == 1


async def test_a_share_that_slack_refuses_can_be_tried_again(
    valkey: str, redis: Redis, colours: Bank, hand: Hand
) -> None:
    """Its address has lived for half an hour, as when Slack's clock and the click disagree."""
    async with open_stage(valkey, colours, hand) as stage:
        slack = stage.slack
        summary = await finish_shapes(stage)
        ages = iter([slack.workspace.now(), slack.workspace.now() + 1801])
        real, slack.workspace.replies.now = slack.workspace.replies.now, lambda: next(ages, 9e9)
        await slack.press(ANA, GENERAL, summary.ts, "share")
        await stage.see("Slack did not take the message, so nothing was shared.")
        slack.workspace.replies.now = real
        assert public(stage) == []
        assert {refusal.error for refusal in slack.refusals} == {"expired_url"}
        slack.refusals.clear()
        stage.ts[ANA] = summary.ts
        await stage.press("share", "ana played Shapes")
        assert len(public(stage)) == 1
        assert await redis.dbsize() > 0


async def test_nothing_private_reaches_the_channel_on_the_way(stage: Stage) -> None:
    await finish_shapes(stage)
    await stage.type("/quiz stats", "My progress")
    await stage.type("start shapes", "How many sides", channel=ANAS_DIRECT)
    assert public(stage) == []
