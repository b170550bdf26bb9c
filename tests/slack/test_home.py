"""The Home tab and reminders: opened, looked at and pressed in, over HTTP and Socket Mode."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.occurrence import Occurrence, daily_id
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.session import Answer, AttemptId, Choice
from bot.quiz.timetable import Timetable
from bot.sandbox.messages import Message
from bot.sandbox.views import View
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, BEN, BENS_DIRECT, GENERAL, Hand, Stage
from tests.slack.forgetful import open_forgetful
from tests.slack.scenes import WRONG_CORNERS, WRONG_SIDES, actions, finish_shapes

HERE = Workspace(TeamId("T1"))
PLAYER = Player(HERE, UserId(ANA))


def home(stage: Stage, user: str = ANA) -> View:
    found = stage.slack.home(user)
    assert found is not None
    return found


async def opened(stage: Stage, words: str, user: str = ANA) -> View:
    """Open the tab, and wait until it says so."""
    await stage.slack.open_home(user)
    return await shows(stage, words, user)


async def shows(stage: Stage, words: str, user: str = ANA) -> View:
    """The tab as it is when all is drawn that was to be drawn."""
    await stage.running.background.drain()

    def found() -> View | None:
        view = stage.slack.home(user)
        return view if view and words in view.words else None

    view = await stage.slack.wait_until(found)
    assert view is not None
    return view


async def press(stage: Stage, action_id: str, words: str) -> View:
    """Press in Ana's tab and wait until the tab says so."""
    await stage.slack.press_in(ANA, home(stage), action_id)
    return await shows(stage, words)


async def told(stage: Stage, words: str) -> Message:
    """What Ana finds in her conversation with the bot, below what she looked at before."""
    before = stage.ts.get(ANA, "")

    def found() -> Message | None:
        message = stage.slack.message(ANA, ANAS_DIRECT, words)
        return message if message and message.ts > before else None

    message = await stage.slack.wait_until(found)
    assert message is not None
    stage.ts[ANA] = message.ts
    return message


def elements(part: Any) -> Iterator[dict[str, Any]]:
    """All elements of a view that can be pressed or chosen."""
    part = part.blocks if isinstance(part, View) else part
    if isinstance(part, dict) and "action_id" in part:
        yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inner:
        yield from elements(each)


# Playing


async def test_a_newcomer_sees_how_to_begin(stage: Stage) -> None:
    view = await opened(stage, "What shall we play?")
    for words in (
        "None of your channels has a question of the day.",
        "No streak yet · no points yet",
        "Nothing answered yet.",
        "First quiz: play a quiz to the end",
        "To review (0)",
        "Leaderboards show you.",
        "I send you no reminders.",
        "Only you can see this tab.",
    ):
        assert words in view.words


async def test_a_quiz_is_chosen_in_the_tab_and_played_in_the_conversation(stage: Stage) -> None:
    view = await opened(stage, "What shall we play?")
    await stage.slack.choose(ANA, view, "pick_quiz", "basics/shapes")
    await press(stage, "start_picked", "You are in the middle of Shapes, 1 of 2")
    assert "I wrote to you" in home(stage).words
    question = await told(stage, "How many sides has a triangle?")
    assert not question.ephemeral
    await stage.press("answer:1", "Right: B", channel=ANAS_DIRECT)
    await stage.press("next", "How many corners", channel=ANAS_DIRECT)
    await opened(stage, "You are in the middle of Shapes, 2 of 2")
    await press(stage, "resume", "I wrote to you")
    assert "I wrote to you" not in (await opened(stage, "What", user=BEN)).words


async def test_the_tab_shows_what_was_done(stage: Stage) -> None:
    await finish_shapes(stage, "answer:1", WRONG_CORNERS)
    view = await opened(stage, "🔥 1 working day in a row · 100 points · rank 1 of 1")
    for words in ("Basics", "1 of 2 right", "50 %", "🏅 First quiz", "To review (1)"):
        assert words in view.words


# Reviewing


async def test_a_missed_question_is_practised_until_it_is_right(stage: Stage) -> None:
    await finish_shapes(stage, WRONG_SIDES, "answer:0")
    await opened(stage, "1 missed question to get right.")
    await press(stage, "review", "I wrote to you")
    await told(stage, "Missed questions")
    await stage.press(WRONG_SIDES, "Not quite", channel=ANAS_DIRECT)
    await opened(stage, "To review (1)")
    await press(stage, "review", "I wrote to you")
    await told(stage, "1 of 1")
    await stage.press("answer:1", "Practice earns no points.", channel=ANAS_DIRECT)
    summary = await stage.press("next", "1 of 1 right", channel=ANAS_DIRECT)
    assert "practice" in summary.words
    await opened(stage, "To review (0)")


async def test_a_review_beside_an_open_quiz_asks_first(stage: Stage, store: RedisStore) -> None:
    await finish_shapes(stage, WRONG_SIDES, WRONG_CORNERS)
    await stage.type("/quiz start colours", "What colour")
    await opened(stage, "You are in the middle of Colours")
    await press(stage, "review", "I wrote to you")
    choice = await told(stage, "You are still in Colours, 1 of 3.")
    assert "The other one: Missed questions, 2 questions." in choice.words
    await stage.press("review", "1 of 2", channel=ANAS_DIRECT)
    session = await store.load(PLAYER)
    assert session is not None
    assert session.practice


async def test_a_review_that_is_done_elsewhere_says_so(stage: Stage) -> None:
    await finish_shapes(stage, WRONG_SIDES, "answer:0")
    await opened(stage, "To review (1)")
    await finish_shapes(stage)
    await press(stage, "review", "There is nothing to review any more.")
    assert "review" not in {e.get("action_id") for e in elements(home(stage))}


# Deciding


async def test_settings_are_changed_in_place(stage: Stage, store: RedisStore, hand: Hand) -> None:
    await opened(stage, "Leaderboards show you.")
    await press(stage, "home_hide", "You are hidden from leaderboards.")
    await press(stage, "home_remind", "I remind you once a day")
    await stage.slack.choose(ANA, home(stage), "home_zone", "Asia/Kathmandu")
    await shows(stage, "Asia/Kathmandu (UTC+05:45)")
    mine = await store.personal(PLAYER, hand.now())
    assert (mine.is_hidden, mine.zone) == (True, "Asia/Kathmandu")
    assert await store.wants_reminders(PLAYER)
    await press(stage, "home_hide", "Leaderboards show you.")
    await press(stage, "home_remind", "I send you no reminders.")
    assert "I wrote to you" not in home(stage).words
    assert stage.slack.messages(ANA, ANAS_DIRECT) == []


async def test_my_data_is_handed_over_and_forgotten(stage: Stage, store: RedisStore) -> None:
    await finish_shapes(stage, WRONG_SIDES, WRONG_CORNERS)
    await opened(stage, "To review (2)")
    await press(stage, "export", "I wrote to you")
    await told(stage, "Your data is in our direct conversation.")
    await press(stage, "forget_me", "To review (0)")
    assert "no points yet" in home(stage).words
    await told(stage, "I have forgotten you")
    assert await store.to_review(PLAYER) == ()


async def test_two_presses_on_one_page_are_both_seen_in_the_end(stage: Stage) -> None:
    """The page that follows the second press may be drawn on what the first one left behind."""
    page = await opened(stage, "Leaderboards show you.")
    await asyncio.gather(
        *(stage.slack.press_in(ANA, page, name) for name in ("home_hide", "home_remind"))
    )
    await shows(stage, "You are hidden from leaderboards.")
    await shows(stage, "I remind you once a day")
    await stage.running.background.drain()
    assert "You are hidden" in home(stage).words
    assert {refusal.error for refusal in stage.slack.refusals} <= {"hash_conflict"}
    stage.slack.refusals.clear()


# Channels


@dataclass
class Daily:
    """The question of the day; time passes only when a test says so, and then all that is due is
    done before it goes on.
    """

    stage: Stage
    store: RedisStore
    hand: Hand

    async def ask(self, channel: str = GENERAL) -> Occurrence:
        """At nine, until five."""
        table = Timetable(time(9), "UTC", closes=time(17))
        day = self.hand.now().date()
        schedule = Schedule(ChannelId(channel), UserId(BEN), table, day, topics=("basics/shapes",))
        await self.store.save_schedule(HERE, schedule, f"v-{channel}", self.hand.now())
        await self.wait(timedelta(seconds=1))
        found = await self.store.occurrence(HERE, daily_id(schedule.channel, day))
        assert found is not None
        assert found[0].posted
        return found[0]

    async def wait(self, span: timedelta) -> None:
        self.hand.wait(span)
        scheduler = self.stage.running.scheduler
        while await scheduler.tick():
            await scheduler.drain()
        await scheduler.drain()

    async def answer(self, occurrence: Occurrence, *, right: bool) -> None:
        key = occurrence.question.key
        chosen = next(i for i in range(9) if (i in key) is right)
        given = Choice(frozenset({chosen}))
        answer = Answer(given, right, 0, AttemptId(f"a-{occurrence.id}"))
        await self.store.keep_answer(PLAYER, occurrence, answer, self.hand.now(), "")

    def reminded(self, user: str = ANA, channel: str = ANAS_DIRECT) -> list[Message]:
        messages = self.stage.slack.messages(user, channel)
        return [m for m in messages if "your answer is missing" in m.words]


@pytest.fixture
def daily(stage: Stage, store: RedisStore, hand: Hand) -> Daily:
    return Daily(stage, store, hand)


async def test_questions_of_my_channels_are_listed_with_a_link(daily: Daily) -> None:
    stage = daily.stage
    occurrence = await daily.ask()
    view = await opened(stage, "⏳ Closes")
    assert occurrence.question.stem not in json.dumps(view.body)
    [link] = [e["url"] for e in elements(view) if e.get("action_id") == "open_link"]
    assert link.endswith(f"/p{occurrence.posted.replace('.', '')}")
    await stage.slack.press_in(ANA, view, "open_link")
    await daily.answer(occurrence, right=False)
    view = await opened(stage, "✅ Answered · closes")
    assert "not quite" not in view.words
    await daily.wait(timedelta(hours=9))
    await opened(stage, "❌ Closed, not quite this time")
    await daily.wait(timedelta(hours=10))
    await opened(stage, "Next question")


async def test_opening_the_tab_again_asks_slack_for_nothing(daily: Daily) -> None:
    slack = daily.stage.slack
    await daily.ask()
    await daily.ask("C2")
    await opened(daily.stage, "⏳ Closes")
    await opened(daily.stage, "⏳ Closes", user=BEN)
    await daily.stage.running.background.drain()
    asked = [call.arguments["channel"] for call in slack.calls if "members" in call.method]
    assert sorted(asked) == [GENERAL, "C2"]
    assert len(slack.sent("chat.getPermalink")) == 2


async def test_a_channel_that_i_am_not_in_is_not_mine(daily: Daily) -> None:
    daily.stage.slack.workspace.add_channel("C7", "secret", members=[BEN, "UBOT"])
    await daily.ask("C7")
    await opened(daily.stage, "None of your channels has a question of the day.")
    await opened(daily.stage, "⏳ Closes", user=BEN)


# Reminders


async def test_who_wants_it_is_reminded_once_of_open_questions(daily: Daily) -> None:
    stage = daily.stage
    first, second = await daily.ask(), await daily.ask("C2")
    await opened(stage, "I send you no reminders.")
    await press(stage, "home_remind", "I remind you once a day")
    await daily.wait(timedelta(hours=6))
    assert daily.reminded() == []
    await daily.wait(timedelta(hours=1))
    [message] = daily.reminded()
    assert {"open_link", "stop_reminders"} <= actions(message)
    for occurrence in (first, second):
        assert occurrence.question.stem not in json.dumps(message.blocks)
    assert daily.reminded(BEN, BENS_DIRECT) == []
    await daily.wait(timedelta(minutes=30))
    assert daily.reminded() == [message]


async def test_a_reminder_turns_reminders_off(daily: Daily) -> None:
    stage = daily.stage
    await daily.store.choose_reminders(PLAYER, wanted=True)
    await daily.ask()
    await daily.wait(timedelta(hours=7))
    stage.ts[ANA] = daily.reminded()[0].ts
    await stage.press("stop_reminders", "Reminders are off.", channel=ANAS_DIRECT)
    assert daily.reminded() == []
    await opened(stage, "I send you no reminders.")


async def test_nobody_is_reminded_after_their_answer(daily: Daily) -> None:
    for player in (PLAYER, Player(HERE, UserId(BEN))):
        await daily.store.choose_reminders(player, wanted=True)
    await daily.answer(await daily.ask(), right=True)
    await daily.wait(timedelta(hours=7))
    assert daily.reminded() == []
    assert len(daily.reminded(BEN, BENS_DIRECT)) == 1


async def test_a_full_slack_delays_reminders_and_doubles_none(daily: Daily) -> None:
    slack = daily.stage.slack
    for player in (PLAYER, Player(HERE, UserId(BEN))):
        await daily.store.choose_reminders(player, wanted=True)
    await daily.ask()
    slack.limit_rate("chat.postMessage", 1, 60)
    await daily.wait(timedelta(hours=7))
    assert (len(daily.reminded()), daily.reminded(BEN, BENS_DIRECT)) == (1, [])
    slack.web_api.bad_days.limits.clear()
    await daily.wait(timedelta(minutes=2))
    assert (len(daily.reminded()), len(daily.reminded(BEN, BENS_DIRECT))) == (1, 1)


# When something is away


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_page_is_drawn_when_the_memory_is_back(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    colours: Bank,
    hand: Hand,
    *,
    sockets: bool,
) -> None:
    async with open_forgetful(valkey, colours, hand, sockets=sockets) as (stage, proxy):
        proxy.refuse()
        await opened(stage, "I can't reach my memory right now.")
        proxy.accept()
        page = await opened(stage, "What shall we play?")
        proxy.refuse()
        await opened(stage, "What shall we play?")
        assert home(stage) == page
        proxy.accept()


async def test_a_workspace_without_home_tabs_bothers_nobody(stage: Stage) -> None:
    stage.slack.fail_next("views.publish", "not_enabled")
    await stage.slack.open_home(ANA)
    await stage.running.background.drain()
    assert stage.slack.home(ANA) is None
    assert stage.slack.messages(ANA, ANAS_DIRECT) == []
    stage.slack.refusals.clear()
