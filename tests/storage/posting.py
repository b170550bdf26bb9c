"""Questions of channels, for tests of the store that need no use case."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from bot.quiz.occurrence import Attempt, Occurrence, daily_id
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question, Slug
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from tests.quiz.samples import SKY

NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONDAY: Final = date(2026, 3, 2)
PLATFORM: Final = ChannelId("C1")


def schedule_of(channel: ChannelId = PLATFORM, **changes: Any) -> Schedule:
    table = Timetable(time(9), "Europe/Berlin", closes=time(17), days_off=frozenset({MONDAY}))
    return replace(Schedule(channel, UserId("U9"), table, MONDAY), **changes)


def occurrence_of(question: Question = SKY, day: date = MONDAY, **changes: Any) -> Occurrence:
    usual = Occurrence(
        id=daily_id(PLATFORM, day),
        channel=PLATFORM,
        day=day,
        question=question,
        slug=Slug("colours"),
        title="Colours",
        planned=NINE,
        closes=NINE + timedelta(hours=8),
        level="easy",
        track="nature",
    )
    return replace(usual, **changes)


def attempt_of(name: str, at: datetime = NINE) -> Attempt:
    return Attempt(name, at, at + timedelta(minutes=1))
