"""The bot's own clock: it moves on, never back, and wakes those who sleep on it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from bot.sandbox.clock import DomainClock
from bot.sandbox.desk import Desk
from bot.sandbox.refusal import NotPossible
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import SECRET, Clock

START = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def domain(clock: Clock) -> DomainClock:
    return DomainClock(real=clock)


def test_it_runs_with_real_time_and_ahead_of_it(clock: Clock, domain: DomainClock) -> None:
    assert domain.now() == START
    assert domain.advance(HOUR) == START + HOUR
    clock.moment += 60
    assert domain.now() == START + HOUR + timedelta(minutes=1)


def test_time_does_not_go_back(domain: DomainClock) -> None:
    with pytest.raises(ValueError, match="does not go back"):
        domain.advance(-HOUR)
    assert (domain.now(), domain.moves) == (START, 0)


@pytest.mark.parametrize(("step", "hours"), [("hour", 1), ("day", 24)])
async def test_a_step_is_as_long_as_its_name(domain: DomainClock, step: str, hours: int) -> None:
    assert await domain.move(step) == START + hours * HOUR


async def test_a_step_stops_at_every_planned_moment_on_its_way(domain: DomainClock) -> None:
    planned = [START + hours * HOUR for hours in (3, 20, 30)]
    stops: list[datetime] = []

    async def next_planned() -> datetime | None:
        stops.append(domain.now())
        return next((moment for moment in planned if moment > domain.now()), None)

    domain.next_moment = next_planned
    assert await domain.move("day") == START + 24 * HOUR
    assert stops == [START, START + 3 * HOUR, START + 20 * HOUR]


async def test_a_step_is_not_held_up_by_what_is_overdue(domain: DomainClock) -> None:
    async def overdue() -> datetime:
        return START - HOUR

    domain.next_moment = overdue
    assert await domain.move("day") == START + 24 * HOUR


async def test_the_next_moment_is_the_planned_one(domain: DomainClock) -> None:
    async def planned() -> datetime:
        return START + 10 * HOUR

    domain.next_moment = planned
    assert await domain.move("next") == START + 10 * HOUR


async def test_a_planned_moment_in_the_past_moves_nothing(domain: DomainClock) -> None:
    async def planned() -> datetime:
        return START - HOUR

    domain.next_moment = planned
    assert await domain.move("next") == START


async def test_without_a_plan_there_is_no_next_moment(domain: DomainClock) -> None:
    async def nothing() -> None:
        return None

    for plan in (None, nothing):
        domain.next_moment = plan
        with pytest.raises(NotPossible, match="Set up a daily question"):
            await domain.move("next")
    with pytest.raises(NotPossible, match="knows no move week"):
        await domain.move("week")


async def test_a_move_wakes_who_sleeps_no_longer_than_it(domain: DomainClock) -> None:
    short = asyncio.create_task(domain.sleep(3_600))
    long = asyncio.create_task(domain.sleep(3_601))
    await asyncio.sleep(0)
    domain.advance(HOUR)
    await short
    assert not long.done()
    domain.advance(timedelta(seconds=1))
    await long


async def test_several_small_moves_count_together(domain: DomainClock) -> None:
    asleep = asyncio.create_task(domain.sleep(7_200))
    for _ in range(2):
        await asyncio.sleep(0)
        assert not asleep.done()
        domain.advance(HOUR)
    await asleep


async def test_without_a_move_a_sleep_ends_by_itself() -> None:
    await DomainClock().sleep(0.001)
    await DomainClock().sleep(0)


async def test_a_cancelled_sleep_ends_too(domain: DomainClock) -> None:
    asleep = asyncio.create_task(domain.sleep(7_200))
    await asyncio.sleep(0)
    asleep.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asleep


async def test_only_the_bots_clock_moves(clock: Clock, domain: DomainClock) -> None:
    desk = Desk(
        signing_secret=SECRET,
        bot_token="xoxb-test",
        app_token="xapp-test",
        now=clock,
        clock=domain,
    )
    assert await desk.move_clock("day") == START + 24 * HOUR
    assert desk.workspace.messages.next_ts() == "1700000000.000000"


async def test_a_slack_without_such_a_clock_runs_on_real_time(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="real time"):
        await desk.move_clock("hour")


async def test_the_page_moves_the_clock_and_is_told(
    domain: DomainClock, session: ClientSession
) -> None:
    slack = LocalSlack(
        signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test", clock=domain
    )
    async with (
        slack.serve(),
        session.ws_connect(f"{slack.url}/local/socket?user=U1") as socket,
    ):
        first = await socket.receive_json(timeout=5)
        assert first["state"]["clock"] == {"now": START.isoformat()}
        later = (START + HOUR).isoformat()
        url = f"{slack.url}/local/clock"
        async with session.post(url, json={"user": "U1", "move": "hour"}) as response:
            assert await response.json() == {"ok": True, "now": later}
        second = await socket.receive_json(timeout=5)
        assert second["state"]["clock"] == {"now": later}
        async with session.post(url, json={"user": "U1", "move": "next"}) as response:
            answer = await response.json()
        assert (answer["ok"], answer["error"]) == (False, "nothing_planned")
        async with session.post(url, json={"user": "U9", "move": "hour"}) as response:
            assert (await response.json())["error"] == "user_not_found"
    assert domain.now() == START + HOUR


async def test_time_that_goes_by_is_not_pushed(
    clock: Clock, domain: DomainClock, session: ClientSession
) -> None:
    slack = LocalSlack(
        signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test", clock=domain
    )
    async with (
        slack.serve(),
        session.ws_connect(f"{slack.url}/local/socket?user=U1") as socket,
    ):
        await socket.receive_json(timeout=5)
        clock.moment += 5
        slack.workspace.tell("U2", "not for Ana")
        clock.moment += 5
        slack.workspace.tell("U1", "for Ana")
        state = (await socket.receive_json(timeout=5))["state"]
    assert state["notice"]["text"] == "for Ana"
    assert state["clock"] == {"now": (START + timedelta(seconds=10)).isoformat()}
