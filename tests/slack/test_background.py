"""Work after the acknowledgement: bounded, and finished before the bot goes."""

import asyncio

from structlog.testing import capture_logs

from bot.slack.background import Background


async def hold(gate: asyncio.Event) -> None:
    await gate.wait()


async def fail() -> None:
    raise ValueError("no luck")


async def turn() -> None:
    """Let everything else have its turn, until it waits for something."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_work_goes_on_beside_the_caller() -> None:
    background, gate = Background(), asyncio.Event()
    await background.start(hold(gate), "held")
    assert len(background) == 1
    gate.set()
    assert await background.drain() == 0
    assert len(background) == 0


async def test_beyond_the_bound_the_caller_waits_for_its_own_work_only() -> None:
    background = Background(most=1)
    first, second = asyncio.Event(), asyncio.Event()
    await background.start(hold(first), "first")
    waiting = asyncio.create_task(background.start(hold(second), "second"))
    await turn()
    assert not waiting.done()
    second.set()
    await waiting
    assert len(background) == 1
    first.set()
    await background.drain()


async def test_a_failure_is_logged_and_hurts_nobody_else() -> None:
    background, gate = Background(), asyncio.Event()
    with capture_logs() as logged:
        await background.start(fail(), "failing")
        await background.start(hold(gate), "held")
        gate.set()
        assert await background.drain() == 0
    (line,) = logged
    assert line["work"] == "failing"
    assert str(line["exc_info"]) == "no luck"


async def test_what_takes_too_long_is_given_up_and_counted() -> None:
    background, never, gate = Background(), asyncio.Event(), asyncio.Event()
    await background.start(hold(never), "endless")
    await background.start(hold(gate), "quick")
    gate.set()
    await turn()
    assert await background.drain(0) == 1
    await turn()
    assert len(background) == 0


async def test_nothing_under_way_is_drained_at_once() -> None:
    assert await Background().drain() == 0
