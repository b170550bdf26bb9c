"""What is wrong is told, and only that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from bot.play.checkup import (
    ChannelReport,
    ClockOff,
    Finding,
    MemorySlow,
    MemoryTrouble,
    MissingScopes,
    NoDayLeft,
    Outside,
    Overdue,
    Paused,
    SlackSilent,
    TopicsGone,
    findings,
)
from bot.quiz.health import Membership, MemoryState, SlackState
from bot.quiz.timetable import Post
from tests.play.game import MONDAY, PLATFORM, schedule_of

NOW: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
MOMENT: Final = timedelta(milliseconds=1)
WELL: Final = ChannelReport(
    schedule=schedule_of(),
    next=Post(MONDAY, NOW),
    last=None,
    skipped=(),
    suppressed=0,
    membership=Membership.MEMBER,
    overdue=timedelta(),
)
SLACK: Final = SlackState(frozenset({"chat:write"}), timedelta(), MOMENT)
MEMORY: Final = MemoryState("Valkey 9", keeps=True, used=1, limit=0, took=MOMENT)
WANTED: Final = frozenset({"chat:write"})


def test_all_is_well() -> None:
    assert findings([WELL], SLACK, MEMORY, WANTED) == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param(
            {"schedule": schedule_of(paused="is_archived"), "next": None},
            [Paused(PLATFORM, "is_archived")],
            id="paused",
        ),
        pytest.param({"next": None}, [NoDayLeft(PLATFORM)], id="no day left"),
        pytest.param(
            {"gone": ("aws",)},
            [TopicsGone(PLATFORM, ("aws",), is_empty=False)],
            id="a topic has left the bank",
        ),
        pytest.param(
            {"is_empty": True}, [TopicsGone(PLATFORM, (), is_empty=True)], id="nothing to ask"
        ),
        pytest.param(
            {"membership": Membership.OUTSIDE},
            [Outside(PLATFORM, Membership.OUTSIDE)],
            id="not invited",
        ),
        pytest.param({"membership": Membership.UNKNOWN}, [], id="not known"),
        pytest.param(
            {"overdue": timedelta(minutes=3)},
            [Overdue(PLATFORM, timedelta(minutes=3))],
            id="overdue",
        ),
        pytest.param({"overdue": timedelta(minutes=1)}, [], id="on its way"),
    ],
)
def test_of_a_channel(changes: dict[str, Any], found: list[Finding]) -> None:
    assert list(findings([replace(WELL, **changes)], SLACK, MEMORY, WANTED)) == found


@pytest.mark.parametrize(
    ("slack", "found"),
    [
        pytest.param(None, [SlackSilent()], id="silent"),
        pytest.param(replace(SLACK, scopes=None), [], id="scopes not told"),
        pytest.param(
            replace(SLACK, scopes=frozenset()), [MissingScopes(("chat:write",))], id="no scope"
        ),
        pytest.param(
            replace(SLACK, ahead=timedelta(seconds=-31)),
            [ClockOff(timedelta(seconds=-31))],
            id="our clock is behind",
        ),
        pytest.param(replace(SLACK, ahead=timedelta(seconds=29)), [], id="a small drift"),
    ],
)
def test_of_slack(slack: SlackState | None, found: list[Finding]) -> None:
    assert list(findings([WELL], slack, MEMORY, WANTED)) == found


def test_of_the_memory() -> None:
    ill = replace(MEMORY, warnings=("It is full.",), took=timedelta(seconds=1))
    assert list(findings([], SLACK, ill, WANTED)) == [
        MemoryTrouble("It is full."),
        MemorySlow(timedelta(seconds=1)),
    ]
