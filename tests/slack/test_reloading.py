"""Pages change while people play: what they were shown goes on, and what is new is new at once."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from redis.asyncio import Redis

from bot.bank.reader import Reader
from bot.quiz.people import WorkspaceSettings
from bot.quiz.player import ChannelId, UserId
from bot.quiz.schedule import NO_QUESTION, Schedule
from bot.quiz.timetable import Timetable
from bot.reloading import Supply
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from bot.slack.web import EVENTS
from bot.wiring import Running, open_bot
from tests.conftest import ANA, ANAS_DIRECT, COLOURS, GENERAL, SHAPES, Hand, Stage
from tests.slack.scenes import ACME, actions, finish, press_here, public
from tests.slack.test_live import Room

CHANGED = SHAPES.replace(
    "How many sides has a triangle?", "How many sides has a hexagon?"
).replace("- [x] Four\n- [ ] Five", "- [ ] Four\n- [x] Five")
BROKEN = SHAPES.replace("[x]", "[ ]")


@dataclass
class Desk:
    """A bot whose pages lie in a folder. It looks at them when the test says so."""

    stage: Stage
    folder: Path
    hand: Hand
    open: Callable[[], AbstractAsyncContextManager[Running]]

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def take_away(self, name: str) -> None:
        (self.folder / name).unlink()

    async def look(self, *others: Running) -> None:
        for running in (self.stage.running, *others):
            assert running.reloading
            await running.reloading.check()

    async def plan(self) -> None:
        table = Timetable(time(10), "UTC", closes=time(17))
        schedule = Schedule(
            ChannelId(GENERAL), UserId(ANA), table, date(2026, 3, 2), topics=("basics/shapes",)
        )
        store = self.stage.running.store
        await store.save_schedule(ACME, schedule, self.hand.token(), self.hand.now())

    async def wait(self, hours: float = 0) -> None:
        self.hand.wait(timedelta(hours=hours))
        await finish(self.stage.running.scheduler)

    async def ready(self) -> tuple[int, dict[str, str]]:
        async with (
            ClientSession() as http,
            http.get(f"{self.stage.running.url}/readyz") as response,
        ):
            return response.status, (await response.json())["details"]


def supply_of(folder: Path) -> Supply:
    reader = Reader([folder])
    return Supply(reader.read(), reader)


@pytest.fixture
async def desk(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    hand: Hand,
    tmp_path: Path,
) -> AsyncIterator[Desk]:
    """One worker; others may be opened, each with a bank of its own."""
    folder = tmp_path / "bank"
    (folder / "basics").mkdir(parents=True)
    (folder / "basics/colours.md").write_text(COLOURS, "utf-8")
    (folder / "basics/shapes.md").write_text(SHAPES, "utf-8")
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve():
        settings = Settings.read(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
            redis_url=SecretStr(valkey),
            quiz_reload="off",
            port=0,
        )

        def open_one() -> AbstractAsyncContextManager[Running]:
            supply = supply_of(folder)
            return open_bot(settings, supply, now=hand.now, chance=hand, sleep=hand.sleep)

        async with open_one() as running:
            slack.bot_url = running.url + EVENTS
            yield Desk(Stage(slack, running), folder, hand, open_one)
    assert not slack.refusals


async def test_a_new_page_can_be_played_at_once(desk: Desk) -> None:
    await desk.stage.type("/quiz start numbers", "I know no quiz")
    desk.write("numbers.md", "# Numbers\n" + SHAPES.replace('id="', 'id="n-'))
    await desk.look()
    await desk.stage.type("/quiz start numbers", "How many sides has a triangle?")


async def test_an_open_session_goes_on_with_what_it_showed(desk: Desk) -> None:
    await desk.stage.type("/quiz start shapes", "How many sides has a triangle?")
    desk.write("basics/shapes.md", CHANGED)
    await desk.look()
    await press_here(desk.stage, "answer:1", "Right: B")
    await press_here(desk.stage, "next", "How many corners has a square?")
    await press_here(desk.stage, "answer:0", "Right: A")
    await press_here(desk.stage, "next", "2 of 2 right")
    await desk.stage.type("/quiz start shapes", "How many sides has a hexagon?")


async def test_a_session_outlives_its_page(desk: Desk) -> None:
    await desk.stage.type("/quiz start shapes", "How many sides has a triangle?")
    desk.take_away("basics/shapes.md")
    await desk.look()
    await desk.stage.type("/quiz resume", "How many sides has a triangle?")
    await press_here(desk.stage, "answer:0", "Not quite")
    await press_here(desk.stage, "next", "How many corners has a square?")
    await press_here(desk.stage, "answer:0", "Right: A")
    summary = await press_here(desk.stage, "next", "1 of 2 right")
    assert "retry" in actions(summary)
    await desk.stage.press("retry", "I no longer have these questions.")
    await desk.stage.type("/quiz stats", "100")  # points stay without the page
    menu = await desk.stage.type("/quiz", "1 quiz")
    assert "Shapes" not in menu.words


async def test_a_posted_question_closes_as_it_was_asked(desk: Desk) -> None:
    await desk.plan()
    await desk.wait(1)
    (post,) = public(desk.stage)
    asked = "triangle" if "triangle" in post.words else "square"
    right = "daily:1" if asked == "triangle" else "daily:0"
    desk.take_away("basics/shapes.md")
    await desk.look()
    desk.stage.ts[ANA] = post.ts
    await desk.stage.press(right, "Recorded: ")
    await desk.wait(7)
    (result,) = public(desk.stage)
    assert asked in result.words
    assert "1 of 1 right" in result.words


async def test_a_schedule_whose_topic_has_left_says_so_and_goes_on_when_it_is_back(
    desk: Desk,
) -> None:
    await desk.plan()
    desk.take_away("basics/shapes.md")
    await desk.look()
    told = await desk.stage.type("/quiz doctor", "Doctor", user=ANA)
    assert "basics/shapes" in told.words
    desk.write("basics/shapes.md", SHAPES)
    await desk.look()
    await desk.wait(1)
    assert len(public(desk.stage)) == 1


async def test_a_schedule_with_nothing_left_to_ask_is_paused_and_its_owner_told(
    desk: Desk,
) -> None:
    await desk.plan()
    desk.take_away("basics/shapes.md")
    await desk.look()
    await desk.wait(1)
    assert public(desk.stage) == []
    schedule = await desk.stage.running.store.schedule(ACME, ChannelId(GENERAL))
    assert schedule is not None
    assert schedule.paused == NO_QUESTION
    await desk.stage.see("paused", ANA, ANAS_DIRECT)


async def test_a_live_round_is_played_to_its_end(desk: Desk) -> None:
    room = Room(desk.stage, desk.hand)
    question = await room.open("shapes 2 now")
    assert "How many sides has a triangle?" in question.words
    desk.take_away("basics/shapes.md")
    await desk.look()
    await room.press(ANA, "live:1", "Recorded: B.")
    await room.go_on(30)
    assert "How many corners has a square?" in room.post.words
    await room.press(ANA, "live:0", "Recorded: A.")
    await room.go_on(30)
    assert "🥇 Ana, 200 points!" in room.post.words


async def test_two_workers_tell_of_a_broken_page_once_and_stay_ready(desk: Desk) -> None:
    store = desk.stage.running.store
    await store.decide(ACME, WorkspaceSettings(allowed=frozenset({UserId(ANA)})))
    async with desk.open() as other:
        desk.write("basics/shapes.md", BROKEN)
        await desk.look(other)
        await desk.look(other)
        status, details = await desk.ready()
        assert status == 200
        assert details["bank"].startswith("1 page keeps its last good version: basics/shapes.md")
        await desk.stage.type("/quiz start shapes", "How many sides has a triangle?")
        desk.write("basics/shapes.md", CHANGED)
        await desk.look(other)
    told = [m.words for m in desk.stage.slack.messages(ANA, ANAS_DIRECT)]
    assert [words[:1] for words in told if "version" in words] == ["⚠", "✅"]
    assert await desk.ready() == (200, {})
