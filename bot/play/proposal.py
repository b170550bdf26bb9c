"""From what somebody filled in to a schedule: what is wrong with it, or what it would do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeAlias

from bot.bank.shelf import Library
from bot.play.topics import Topics
from bot.quiz.days_off import BadLine, Calendars, read_days_off, workdays, write_days_off
from bot.quiz.local_time import DAY, zone_named
from bot.quiz.people import is_zone
from bot.quiz.player import ChannelId, UserId
from bot.quiz.schedule import Schedule, is_about
from bot.quiz.timetable import WORKING_WEEK, IsWorkday, Post, Timetable

POSTS_SHOWN: Final = 3
MOST_TOPICS: Final = 10
MOST_LEVELS: Final = 10
LONGEST_DAYS_OFF: Final = 800
"""In characters. What is filled in travels with the form, and Slack has room for 3,000."""

USUAL_TIME: Final = "09:00"
USUAL_CLOSE: Final = "17:00"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form says, as texts. `version` is that of the schedule it began with, empty for none.

    Times are like `09:30`; `closes` is empty for a whole day. `topics` may be short forms of
    slugs.
    """

    channel: ChannelId
    version: str = ""
    at: str = USUAL_TIME
    closes: str = USUAL_CLOSE
    weekdays: tuple[int, ...] = tuple(sorted(WORKING_WEEK))
    zone: str = "UTC"
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    instant: bool = False
    board_day: int | None = None
    country: str = ""
    days_off: str = ""


class Field(StrEnum):
    """The fields that can be filled in wrongly."""

    AT = "at"
    CLOSES = "closes"
    WEEKDAYS = "weekdays"
    ZONE = "zone"
    TOPICS = "topics"
    DAYS_OFF = "days_off"


class Fault(StrEnum):
    MISSING = "missing"
    UNKNOWN = "unknown"
    TOO_SHORT = "too short"
    NO_QUESTION = "no question"
    NO_DAY_LEFT = "no day left"
    BAD_LINES = "bad lines"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`lines` are the bad ones of the days off."""

    field: Field
    fault: Fault
    lines: tuple[BadLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All of them at once; never empty."""

    found: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be saved: `posts` are the next moments that it asks at, `questions` is how many
    it can choose from, `day_off` the first holiday up to those posts that costs one, and its name.
    """

    entry: Entry
    schedule: Schedule
    posts: tuple[Post, ...]
    questions: int
    now: datetime
    day_off: tuple[date, str] | None = None


Checked: TypeAlias = Proposal | Mistakes


def entry_of(schedule: Schedule) -> Entry:
    """What a form shows of a schedule that is there."""
    timetable = schedule.timetable
    return Entry(
        channel=schedule.channel,
        version=schedule.version,
        at=_written(timetable.at),
        closes=_written(timetable.closes),
        weekdays=tuple(sorted(timetable.weekdays)),
        zone=timetable.zone,
        topics=schedule.topics,
        levels=schedule.levels,
        instant=schedule.instant,
        board_day=schedule.board_day,
        country=schedule.country,
        days_off=write_days_off(timetable.days_off),
    )


def _written(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


@dataclass(frozen=True, slots=True)
class Proposing:
    """Checks what was filled in against the bank and the calendars of the world."""

    catalogue: Library
    calendars: Calendars

    @property
    def topics(self) -> Topics:
        return Topics(self.catalogue)

    def check(self, entry: Entry, owner: UserId, now: datetime, last_day: date | None) -> Checked:
        """`last_day` is the newest date that the channel was asked on: it is not asked twice."""
        days_off, bad_lines = read_days_off(entry.days_off)
        mistakes = list(_plain_mistakes(entry, bad_lines))
        if mistakes:
            return Mistakes(tuple(mistakes))
        try:
            timetable = _timetable(entry, days_off)
        except ValueError:  # all but the time between post and close has been looked at
            return Mistakes((Mistake(Field.CLOSES, Fault.TOO_SHORT),))
        schedule = self._schedule(entry, owner, timetable, now)
        questions = self.questions(schedule)
        posts = self.posts(schedule, now, last_day)
        if not questions:
            mistakes.append(Mistake(Field.TOPICS, Fault.NO_QUESTION))
        if not posts:
            mistakes.append(Mistake(Field.DAYS_OFF, Fault.NO_DAY_LEFT))
        if mistakes:
            return Mistakes(tuple(mistakes))
        brief = replace(entry, days_off=write_days_off(days_off))
        return Proposal(
            brief, schedule, posts, questions, now, self._holiday(schedule, posts[-1], now)
        )

    def posts(self, schedule: Schedule, now: datetime, last_day: date | None) -> tuple[Post, ...]:
        """The next moments that a schedule asks at, were it not paused."""
        done = max(filter(None, (last_day, schedule.since - DAY)))
        is_workday = self.workdays(schedule)
        upcoming = schedule.timetable.next_posts(now, is_workday, POSTS_SHOWN + 2)
        return tuple(post for post in upcoming if post.day > done)[:POSTS_SHOWN]

    def workdays(self, schedule: Schedule) -> IsWorkday:
        return workdays(schedule, self.calendars)

    def questions(self, schedule: Schedule) -> int:
        """How many different questions a schedule can choose from."""
        return len({q.id for quiz in self.catalogue for q in quiz if schedule.wants(quiz, q)})

    def gone(self, schedule: Schedule) -> tuple[str, ...]:
        """Topics of a schedule that have left the bank."""
        return tuple(
            topic
            for topic in schedule.topics
            if not any(is_about(topic, quiz) for quiz in self.catalogue)
        )

    def _holiday(self, schedule: Schedule, last: Post, now: datetime) -> tuple[date, str] | None:
        day = now.astimezone(zone_named(schedule.timetable.zone)).date()
        while day < last.day:
            name = self.calendars.holiday(schedule.country, day)
            if name and day.weekday() in schedule.timetable.weekdays:
                return day, name
            day += DAY
        return None

    def _schedule(
        self, entry: Entry, owner: UserId, timetable: Timetable, now: datetime
    ) -> Schedule:
        return Schedule(
            channel=entry.channel,
            owner=owner,
            timetable=timetable,
            since=timetable.settled(now) + DAY,  # nothing is asked in retrospect
            topics=tuple(dict.fromkeys(map(self.topics.whole, entry.topics))),
            levels=entry.levels,
            instant=entry.instant,
            board_day=entry.board_day,
            country=entry.country,
            version=entry.version,
        )


def _plain_mistakes(entry: Entry, bad_lines: tuple[BadLine, ...]) -> Iterator[Mistake]:
    if not entry.at:
        yield Mistake(Field.AT, Fault.MISSING)
    if not entry.weekdays:
        yield Mistake(Field.WEEKDAYS, Fault.MISSING)
    if not is_zone(entry.zone):
        yield Mistake(Field.ZONE, Fault.UNKNOWN if entry.zone else Fault.MISSING)
    if bad_lines:
        yield Mistake(Field.DAYS_OFF, Fault.BAD_LINES, bad_lines)


def _timetable(entry: Entry, days_off: frozenset[date]) -> Timetable:
    return Timetable(
        at=time.fromisoformat(entry.at),
        zone=entry.zone,
        weekdays=frozenset(entry.weekdays),
        closes=time.fromisoformat(entry.closes) if entry.closes else None,
        days_off=days_off,
    )
