"""What `quizbot try` sets up before anybody looks at the page."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.bank.files import Bank
from bot.manifest import SCOPES
from bot.sandbox.clock import DomainClock
from bot.settings import Settings
from bot.supply import load_bank
from bot.trial import Trial, open_trial
from tests.conftest import SHAPES

MONDAY_MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
async def trial(colours: Bank) -> AsyncIterator[Trial]:
    """Its clock stands still, but for what moves it."""
    clock = DomainClock(real=MONDAY_MORNING.timestamp)
    with TemporaryDirectory(prefix="quiz-") as folder:
        settings = Settings.read(_env_file=None, port=0, quiz_data=Path(folder))
        async with open_trial(settings, colours, clock) as opened:
            yield opened
        assert not opened.slack.refusals


def posts(trial: Trial, channel: str) -> list[str]:
    found = trial.slack.messages("U1", channel)
    return [message.words for message in found if "Question of the day" in message.words]


async def test_a_page_that_is_edited_is_played_anew(tmp_path: Path) -> None:
    page = tmp_path / "shapes.md"
    page.write_text(SHAPES, "utf-8")
    with TemporaryDirectory(prefix="quiz-") as folder:
        settings = Settings.read(
            _env_file=None, port=0, quiz_data=Path(folder), quiz_content=(tmp_path,)
        )
        supply = await asyncio.to_thread(load_bank, settings)
        async with open_trial(settings, supply) as trial:
            page.write_text(SHAPES.replace("a triangle", "a hexagon"), "utf-8")
            bank = trial.running.catalogue
            await trial.slack.wait_until(
                lambda: (found := bank.question("sides")) and "hexagon" in found[1].stem,
                timeout=30,
            )
            await trial.slack.say("U1", "C1", "/quiz start shapes")
            await trial.slack.wait_for("U1", "C1", "How many sides has a hexagon?")


async def test_both_channels_get_a_schedule_at_times_of_their_own(trial: Trial) -> None:
    general, platform = await trial.plan()
    assert (general.schedule.channel, platform.schedule.channel) == ("C1", "C2")
    assert general.posts[0].planned == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert platform.posts[0].planned == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert (general.schedule.board_day, platform.schedule.instant) == (4, True)


async def test_reports_have_a_channel_of_their_own(trial: Trial) -> None:
    await trial.plan()
    settings = await trial.running.store.workspace_settings(trial.running.home)
    assert settings.review == "C3"
    assert settings.zone == "Europe/Berlin"


async def test_schedules_that_are_there_are_left_alone(trial: Trial) -> None:
    await trial.plan()
    before = await trial.running.store.schedules(trial.running.home)
    assert await trial.plan() == ()
    assert await trial.running.store.schedules(trial.running.home) == before


async def test_nothing_comes_before_there_is_a_plan(trial: Trial) -> None:
    assert await trial.next_moment() is None


async def test_the_clock_goes_from_post_to_post_and_close_to_close(trial: Trial) -> None:
    await trial.plan()
    moments = [await trial.clock.move("next") for _ in range(6)]
    hours = [8, 10, 15, 16]
    first = [datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in hours]
    assert moments == [*first, *(datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in hours[:2])]


async def test_a_day_from_afternoon_to_afternoon_misses_no_question(trial: Trial) -> None:
    await trial.plan()
    for _ in range(7):
        await trial.clock.move("hour")
    assert trial.clock.now() == datetime(2026, 3, 2, 14, tzinfo=UTC)
    await trial.clock.move("day")
    await trial.next_moment()
    for channel in ("C1", "C2"):
        first, second = posts(trial, channel)
        assert "closed" in first
        assert "closes" in second


async def test_the_bot_may_do_what_the_manifest_says_and_no_more(trial: Trial) -> None:
    assert trial.slack.scopes == set(SCOPES)
