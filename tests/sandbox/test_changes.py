"""Waiting for a change, without sleeping and without missing one."""

import asyncio

import pytest

from bot.sandbox.changes import Signal


async def test_what_is_true_already_is_not_waited_for() -> None:
    assert await Signal().until(lambda: "yes", seconds=0) == "yes"


async def test_a_change_wakes_everybody_who_waits() -> None:
    signal = Signal()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        waiting = [group.create_task(signal.next()) for _ in range(3)]
        await asyncio.sleep(0)  # lets them begin to wait
        signal.changed()
    assert all(task.done() for task in waiting)


async def test_a_change_elsewhere_is_seen_as_well() -> None:
    found: list[str] = []
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(Signal().until(lambda: found, seconds=5))
        await asyncio.sleep(0)
        found.append("in the bot")
    assert waiting.result() == ["in the bot"]


async def test_waiting_for_what_never_comes_ends() -> None:
    signal = Signal()
    with pytest.raises(TimeoutError):
        await signal.until(lambda: None, seconds=0.01)
    signal.changed()
