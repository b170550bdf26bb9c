"""The question of the day in a channel, from its moment to its result, with the whole bot."""

import json
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.player import ChannelId, UserId
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from bot.sandbox.messages import Message
from bot.sandbox.server import LocalSlack
from bot.slack.web import EVENTS
from tests.conftest import (
    ANA,
    ANAS_DIRECT,
    BEN,
    CHI,
    GENERAL,
    Hand,
    Stage,
    open_stage,
    open_worker,
)
from tests.slack.scenes import ACME, actions, finish, public


@dataclass
class Channel:
    """Asked at ten and closed at five, in UTC; it is nine on a Monday."""

    stage: Stage
    hand: Hand

    async def plan(self, **changes: Any) -> None:
        table = Timetable(time(10), "UTC", closes=time(17))
        usual = Schedule(ChannelId(GENERAL), UserId(ANA), table, date(2026, 3, 2))
        store, now = self.stage.running.store, self.hand.now()
        await store.save_schedule(ACME, replace(usual, **changes), self.hand.token(), now)

    async def wait(self, hours: float = 0, *, seconds: float = 0) -> None:
        self.hand.wait(timedelta(hours=hours, seconds=seconds))
        await finish(self.stage.running.scheduler)

    @property
    def posts(self) -> list[Message]:
        return public(self.stage)

    @property
    def post(self) -> Message:
        (message,) = self.posts
        return message

    async def press(self, user: str, action: str, words: str) -> Message:
        """Press a button of the post; the private answer."""
        self.stage.ts[user] = self.post.ts
        told = await self.stage.press(action, words, user)
        assert told.only_for == user
        return told


@pytest.fixture
def channel(stage: Stage, hand: Hand) -> Channel:
    return Channel(stage, hand)


async def ask_sides(channel: Channel, **changes: Any) -> None:
    """Whichever of the two questions about shapes comes; the right answers differ."""
    await channel.plan(topics=("basics/shapes",), **changes)
    await channel.wait(1)


def right_and_wrong(message: Message) -> tuple[str, str]:
    return ("daily:1", "daily:0") if "triangle" in message.words else ("daily:0", "daily:1")


async def test_a_day_from_the_question_to_the_result(channel: Channel) -> None:
    await ask_sides(channel)
    question = channel.post
    assert "Question of the day · Shapes" in question.words
    assert "No answers yet" in question.words
    right, wrong = right_and_wrong(question)
    told = [
        await channel.press(ANA, right, "Recorded: "),
        await channel.press(BEN, right, "Recorded: "),
        await channel.press(CHI, wrong, "Recorded: "),
    ]
    for message in told:
        assert "The answer comes" in message.words
        assert "ight" not in message.words
    await channel.wait(seconds=1)
    await channel.wait(seconds=10)
    assert "⏳ 3 answered" in channel.post.words
    await channel.wait(7)
    result = channel.post
    assert result.ts == question.ts
    assert "closed" in result.words
    assert "2 of 3 right" in result.words
    assert "▓▓▓▓▓▓░░░░  2  67 %" in result.words
    assert actions(result) == {"start", "board", "report"}
    assert not result.edited
    late = await channel.press(CHI, "start", "of 2")
    assert late.only_for == CHI


async def test_nothing_in_the_open_question_depends_on_the_key(channel: Channel) -> None:
    await ask_sides(channel)
    right, wrong = right_and_wrong(channel.post)
    before = json.dumps([channel.post.text, channel.post.blocks])
    for secret in ("correct", "Right", "Why", "feedback"):
        assert secret not in before
    first = await channel.press(ANA, right, "Recorded: ")
    second = await channel.press(BEN, wrong, "Recorded: ")
    letters = str.maketrans("AB", "XX")
    assert first.words.translate(letters) == second.words.translate(letters)


async def test_whoever_may_know_at_once_is_told_why(channel: Channel) -> None:
    await ask_sides(channel, instant=True)
    right, wrong = right_and_wrong(channel.post)
    told = await channel.press(ANA, right, "Right: ")
    assert "100 points. 100 points this week." in told.words
    again = await channel.press(ANA, wrong, "Your first answer stands.")
    assert "Right: " in again.words
    assert "Not quite: you chose" in (await channel.press(BEN, wrong, "Not quite")).words


async def test_a_click_after_the_close_is_practice(channel: Channel) -> None:
    """Slack still shows the buttons to whoever has not seen the result yet."""
    await ask_sides(channel)
    old = channel.post
    right, _ = right_and_wrong(old)
    channel.hand.wait(timedelta(hours=7))
    told = await channel.press(ANA, right, "this was practice and earns no points")
    assert "Right: " in told.words
    await finish(channel.stage.running.scheduler)
    assert "nobody answered" in channel.post.words


async def test_several_answers_are_ticked_and_submitted(channel: Channel) -> None:
    await channel.plan(topics=("basics/colours",), instant=True)
    for _ in range(3):  # until it is the one about the flag
        await channel.wait(1 if not channel.posts else 24)
        if "Italy" in channel.posts[-1].words:
            break
    message = channel.posts[-1]
    channel.stage.ts[ANA] = message.ts
    assert "Choose all that apply." in message.words
    await channel.stage.press("daily_submit", "Please tick at least one answer")
    channel.stage.ts[ANA] = message.ts
    here = {"channel": GENERAL, "ts": message.ts}
    await channel.stage.slack.choose(ANA, here, "ticks", "0", "1", "2")
    await channel.stage.press("daily_submit", "Right: A, B and C")


async def test_a_gap_is_filled_in_a_form(channel: Channel) -> None:
    await channel.plan(topics=("basics/colours",), instant=True)
    for _ in range(3):
        await channel.wait(1 if not channel.posts else 24)
        if "snow" in channel.posts[-1].words:
            break
    slack = channel.stage.slack
    await slack.press(ANA, GENERAL, channel.posts[-1].ts, "daily_fill_in")
    form = await slack.wait_until(lambda: slack.view(ANA))
    assert form is not None
    await slack.fill(ANA, form, {"blanks": " White "})
    told = await channel.stage.see("Right: white")
    assert told.only_for == ANA
    await channel.wait(7)
    assert "1 of 1 right" in channel.posts[-1].words


async def test_a_restart_in_between_loses_nothing(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
) -> None:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve():
        async with open_worker(slack, valkey, colours, hand) as first:
            slack.bot_url = first.url + EVENTS
            channel = Channel(Stage(slack, first), hand)
            await ask_sides(channel)
            right, wrong = right_and_wrong(channel.post)
            await channel.press(ANA, right, "Recorded: ")
        async with open_worker(slack, valkey, colours, hand) as second:
            slack.bot_url = second.url + EVENTS
            channel = Channel(Stage(slack, second), hand)
            await channel.press(ANA, wrong, "Your first answer stands")
            await channel.press(BEN, wrong, "Recorded: ")
            await channel.wait(7)
            assert "1 of 2 right" in channel.post.words


async def test_two_workers_post_and_close_it_once(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
) -> None:
    async with (
        open_stage(valkey, colours, hand) as stage,
        open_worker(stage.slack, valkey, colours, hand) as other,
    ):
        channel = Channel(stage, hand)
        await channel.plan(topics=("basics/shapes",))
        for _ in range(3):
            hand.wait(timedelta(days=1, hours=1))
            await finish(stage.running.scheduler, other.scheduler)
        assert len(channel.posts) == len(stage.slack.sent("chat.postMessage")) == 3
        results = [sent["ts"] for sent in stage.slack.sent("chat.update")]
        assert sorted(results) == sorted({message.ts for message in channel.posts[:2]})


async def test_a_removed_bot_pauses_it_and_tells_its_owner(channel: Channel) -> None:
    channel.stage.slack.workspace.leave("UBOT", GENERAL)
    await ask_sides(channel)
    (told,) = channel.stage.slack.messages(ANA, ANAS_DIRECT)
    assert "is paused. I am not in the channel." in told.words
    await channel.wait(48)
    assert len(channel.stage.slack.messages(ANA, ANAS_DIRECT)) == 1
    assert {refusal.error for refusal in channel.stage.slack.refusals} == {"not_in_channel"}
    channel.stage.slack.refusals.clear()


async def test_a_lost_answer_to_the_post_does_not_post_it_twice(channel: Channel) -> None:
    channel.stage.slack.lose_next("chat.postMessage")
    await ask_sides(channel)
    right, _ = right_and_wrong(channel.post)
    await channel.press(ANA, right, "Recorded: ")
    await channel.wait(7)
    assert "1 of 1 right" in channel.post.words


async def test_a_post_that_nobody_clicked_gets_its_result_as_a_new_message(
    channel: Channel,
) -> None:
    channel.stage.slack.lose_next("chat.postMessage")
    await ask_sides(channel)
    await channel.wait(7)
    question, result = channel.posts
    assert "No answers yet" in question.words
    assert "nobody answered" in result.words


async def test_a_rate_limit_delays_the_post_and_no_more(channel: Channel) -> None:
    channel.stage.slack.fail_next("chat.postMessage", "ratelimited", 3)
    await ask_sides(channel)
    assert channel.posts == []
    for _ in range(5):
        await channel.wait(seconds=1)
    assert "Question of the day" in channel.post.words
    channel.stage.slack.refusals.clear()
