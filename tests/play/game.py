"""A channel that plays: one workspace, a schedule, a clock in the test's hand, and one worker."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any, Final

from redis.asyncio import Redis

from bot.bank.catalogue import Catalogue
from bot.play.daily import (
    Daily,
    DailyOutcome,
    Hinted,
    NoSuchQuestion,
    Recorded,
    Withdrawn,
)
from bot.play.posting import Posting
from bot.quiz.job import Again, Done, Job, JobKind, Next, Parked
from bot.quiz.occurrence import Occurrence, Tally, daily_id
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.schedule import Saved, Schedule
from bot.quiz.session import AttemptId, Choice, Given
from bot.quiz.timetable import Timetable
from bot.storage import keys
from bot.storage.due import shard_of
from bot.storage.redis_store import RedisStore
from bot.storage.snapshot import moment_of
from tests.conftest import COLOURS, SHAPES, bank_of
from tests.play.channels import Channels

ACME: Final = Workspace(TeamId("T1"))
PLATFORM: Final = ChannelId("C1")
OWNER: Final = UserId("U9")
MONDAY: Final = date(2026, 3, 2)
CATALOGUE: Final = bank_of(basics__colours=COLOURS, basics__shapes=SHAPES).catalogue
HINTS: Final = """
---
level: medium
---

# Roofs

<quiz id="gable">
How many sides has a gable?
- [ ] Two
- [x] Three
<hint>Count its **edges**.</hint>
</quiz>
"""
ROOFS: Final = bank_of(basics__roofs=HINTS.lstrip()).catalogue
SHAPES_ONLY: Final = Catalogue(tuple(q for q in CATALOGUE if q.slug == "basics/shapes"))


@dataclass
class Hand:
    """Time and chance of a worker."""

    moment: datetime = datetime(2026, 3, 2, 8, tzinfo=UTC)
    random: Random = field(default_factory=lambda: Random(1))  # noqa: S311  a game

    def now(self) -> datetime:
        return self.moment

    def token(self) -> str:
        return f"{self.random.getrandbits(60):x}"

    def shuffle(self, positions: list[int]) -> None:
        self.random.shuffle(positions)


@dataclass
class Waiting(ABC):
    """One worker, who does all that is due on the way while a test waits."""

    redis: Redis
    hand: Hand = field(default_factory=Hand)

    def __post_init__(self) -> None:
        self.store = RedisStore(self.redis)

    @abstractmethod
    async def run(self, job: Job) -> Next: ...

    async def until(self, moment: datetime) -> None:
        while True:
            found = await self.store.claim_jobs(self.hand.now(), 100)
            for job, until in found:
                await self.store.finish_job(job, until, self._due_again(await self.run(job)))
            if found:
                continue
            if self.hand.moment >= moment:
                return
            self.hand.moment = min(moment, await self._next_due() or moment)

    def _due_again(self, after: Next) -> datetime | None:
        match after:
            case Done():
                return None
            case Again(at):
                return at
            case Parked(span):
                return self.hand.now() + span

    async def _next_due(self) -> datetime | None:
        key = keys.due(shard_of(ACME))
        first = await self.redis.zrange(key, 0, 0, withscores=True)
        return moment_of(b"%d" % int(first[0][1])) if first else None


def no_holidays(_country: str, _day: date) -> bool:
    return False


def schedule_of(channel: ChannelId = PLATFORM, **changes: Any) -> Schedule:
    """At nine on every working day, until five, in UTC."""
    table = Timetable(time(9), "UTC", closes=time(17))
    return replace(Schedule(channel, OWNER, table, MONDAY), **changes)


@dataclass
class Game(Waiting):
    catalogue: Catalogue = SHAPES_ONLY

    def __post_init__(self) -> None:
        super().__post_init__()
        self.channels = Channels(self.hand.now)
        self.posting = Posting(
            self.store,
            self.channels,
            self.catalogue,
            self.hand.now,
            self.hand,
            no_holidays,
            worker="w1",
        )
        self.daily = Daily(self.store, self.catalogue, self.hand.now)

    async def save(self, schedule: Schedule) -> Schedule:
        saved = await self.store.save_schedule(ACME, schedule, self.hand.token(), self.hand.now())
        assert isinstance(saved, Saved)
        return saved.schedule

    async def at(self, clock: str, day: date = MONDAY) -> None:
        """Wait until then, doing all that is due on the way."""
        await self.until(datetime.combine(day, time.fromisoformat(clock), UTC))

    async def run(self, job: Job) -> Next:
        return await self.posting.run(job)

    async def post_due(self) -> object:
        return await self.posting.run(Job(JobKind.POST, ACME, PLATFORM))

    async def kept(self, day: date = MONDAY) -> tuple[Occurrence, Tally]:
        found = await self.store.occurrence(ACME, daily_id(PLATFORM, day))
        assert found is not None
        return found

    async def answer(
        self,
        user: str,
        *,
        right: bool = True,
        day: date = MONDAY,
        attempt: str = "",
        posted: str = "",
    ) -> DailyOutcome:
        occurrence, _ = await self.kept(day)
        return await self.daily.answer(
            Player(ACME, UserId(user)),
            occurrence.id,
            given_to(occurrence, right=right),
            AttemptId(attempt or self.hand.token()),
            posted,
        )

    async def take_hint(
        self, user: str, *, day: date = MONDAY, posted: str = ""
    ) -> Hinted | Withdrawn | NoSuchQuestion:
        player = Player(ACME, UserId(user))
        return await self.daily.take_hint(player, daily_id(PLATFORM, day), posted)

    async def recorded(self, user: str, **how: Any) -> Recorded:
        outcome = await self.answer(user, **how)
        assert isinstance(outcome, Recorded)
        return outcome


def given_to(occurrence: Occurrence, *, right: bool) -> Given:
    question = occurrence.question
    key = question.key
    others = frozenset(range(len(question.options))) - key
    return Choice(key if right else frozenset({min(others)}))
