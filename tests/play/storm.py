"""Several workers, several workspaces, and everything that can go wrong, in the order of a seed.

Workers die in the middle of whatever they do, Slack takes a message and says nothing, Redis does
what it is told and the answer is lost, clocks jump, people click twice and clicks come again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any, Final, cast

from redis.asyncio import Redis

from bot.errors import MemoryAway
from bot.play.channel_ports import DailyStore
from bot.play.daily import Daily, Recorded
from bot.play.posting import Posting
from bot.quiz.job import Again, Done, Job
from bot.quiz.occurrence import Occurrence, OccurrenceId
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.session import AttemptId, Choice
from bot.quiz.timetable import Timetable
from bot.storage.redis_store import RedisStore
from tests.play.channels import Channels, Seen
from tests.play.game import MONDAY, SHAPES_ONLY, no_holidays

STEPS: Final = (0, 0, 1, 2, 5, 5, 30, 61)
"""Seconds between one thing and the next."""

LATE: Final = (0, 0, 1, 70, 3600, 5 * 3600)
"""Seconds by which everybody may oversleep what is due next."""

CHANNELS: Final = (ChannelId("C1"), ChannelId("C2"))


@dataclass(frozen=True, slots=True)
class Trouble:
    """How much goes wrong: shares of calls to Slack and to Redis, of turns that end with a death,
    and of turns before which the clock jumps.
    """

    slack: float
    redis: float
    deaths: float
    jumps: float


class Shaky:
    """A store whose answers are lost now and then, before or after it has done what was asked."""

    def __init__(self, store: RedisStore, random: Random, share: float) -> None:
        self._store = store
        self._random = random
        self._share = share

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._store, name)

        async def call(*args: Any, **more: Any) -> Any:
            fate = self._random.random()
            if fate < self._share / 2:
                raise MemoryAway
            result = await method(*args, **more)
            if fate < self._share:
                raise MemoryAway
            return result

        return call


@dataclass
class Worker:
    """One process: it does what is due, takes clicks, and may die at any moment."""

    name: str
    store: DailyStore
    storm: "Storm"
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        storm = self.storm
        self.posting = Posting(
            self.store,
            storm.channels,
            SHAPES_ONLY,
            storm.now,
            storm,
            no_holidays,
            worker=self.name,
        )
        self.daily = Daily(self.store, SHAPES_ONLY, storm.now)

    async def work(self) -> None:
        """Whatever is due now, all at once."""
        with suppress(MemoryAway):
            found = await self.store.claim_jobs(self.storm.now(), 64)
            await asyncio.gather(*(self.do(job, until) for job, until in found))

    async def do(self, job: Job, until: datetime) -> None:
        with suppress(MemoryAway):
            try:
                after = await self.posting.run(job)
            except MemoryAway:
                after = Again(self.storm.now() + timedelta(seconds=5))
            match after:
                case Done():
                    again = None
                case Again(at):
                    again = at
                case _:
                    again = self.storm.now() + after.span
            await self.store.finish_job(job, until, again)

    def start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def finish(self) -> None:
        while self.tasks:
            await asyncio.gather(*self.tasks)

    async def die(self) -> None:
        dying = tuple(self.tasks)
        for task in dying:
            task.cancel()
        await asyncio.gather(*dying, return_exceptions=True)


@dataclass
class Storm:
    """Two channels in each of a few workspaces, for so many turns."""

    redis: Redis
    seed: int
    workers: int
    trouble: Trouble
    workspaces: int = 15
    turns: int = 30
    moment: datetime = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)
    acknowledged: list[tuple[Player, Occurrence, Recorded, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = RedisStore(self.redis, deadline=30)
        self.random = Random(self.seed)  # noqa: S311  it draws what goes wrong
        self.channels = Channels(self.now, random=self.random, trouble=self.trouble.slack)
        self.presses = 0
        shaky = Shaky(self.store, self.random, self.trouble.redis)
        self.staff = [
            Worker(f"w{n}", cast("DailyStore", shaky), self) for n in range(self.workers)
        ]
        self.teams = [Workspace(TeamId(f"T{n}")) for n in range(self.workspaces)]

    # Clock and Chance

    def now(self) -> datetime:
        return self.moment

    def token(self) -> str:
        return f"{self.random.getrandbits(60):x}"

    def shuffle(self, positions: list[int]) -> None:
        self.random.shuffle(positions)

    # What happens

    async def blow(self) -> None:
        """From the schedules to a quiet end, when all that was asked is closed."""
        await self._plan()
        for _ in range(self.turns):
            await self._pass_time()
            for worker in self.staff:
                worker.start(worker.work())
            for _ in range(self.random.randrange(12)):
                self._press()
            if self.random.random() < self.trouble.deaths:
                for _ in range(self.random.randrange(25)):
                    await asyncio.sleep(0)
                await self.random.choice(self.staff).die()
            for worker in self.staff:
                await worker.finish()
        await self._calm_down()

    async def _pass_time(self) -> None:
        """A little; or until something is due, and then some. Clocks may jump, back too."""
        oversleeps = self.random.random() < 0.3
        planned = await self.store.next_moment() if oversleeps else None
        if planned and planned > self.moment:
            self.moment = planned + timedelta(seconds=self.random.choice(LATE))
        else:
            self.moment += timedelta(seconds=self.random.choice(STEPS))
        if self.random.random() < self.trouble.jumps:
            self.moment += timedelta(seconds=self.random.choice((-40, 70, 4000)))

    async def _plan(self) -> None:
        table = Timetable(time(9), "UTC", frozenset(range(7)), closes=time(17))
        for team in self.teams:
            for channel in CHANNELS:
                instant = self.random.random() < 0.5
                schedule = Schedule(channel, UserId("U9"), table, MONDAY, instant=instant)
                await self.store.save_schedule(team, schedule, self.token(), self.moment)

    def _press(self) -> None:
        """Somebody clicks on something that they see; the click may come twice, to two workers."""
        seen = [m for m in self.channels.messages.values() if m.shows == "question"]
        if not seen:
            return
        message = self.random.choice(seen)
        player = Player(Workspace(message.team), UserId(f"U{self.random.randrange(5)}"))
        self.presses += 1
        attempt = AttemptId(f"press-{self.presses}")
        choice = Choice(frozenset({self.random.randrange(2)}))
        for _ in range(self.random.choice((1, 1, 2))):
            worker = self.random.choice(self.staff)
            worker.start(self._answer(worker.daily, player, message, (choice, attempt)))

    async def _answer(
        self,
        daily: Daily,
        player: Player,
        message: Seen,
        press: tuple[Choice, AttemptId],
    ) -> None:
        choice, attempt = press
        about = message.occurrence
        with suppress(MemoryAway):
            outcome = await daily.answer(player, about.id, choice, attempt, message.ts)
            if isinstance(outcome, Recorded):
                self.acknowledged.append((player, about, outcome, attempt))

    async def _calm_down(self) -> None:
        """Nothing goes wrong any more, the reminders are made anew, and a day passes."""
        self.channels.trouble = 0
        calm = Worker("calm", cast("DailyStore", self.store), self)
        for team in self.teams:
            for channel in CHANNELS:
                kept = await self.store.schedule(team, channel)
                if kept:
                    await self.store.delete_schedule(team, kept, self.moment)
        await self.store.sweep_jobs("calm", self.moment)
        while planned := await self.store.next_moment():
            self.moment = max(self.moment, planned)
            await calm.work()

    # What was left behind

    async def occurrences(self) -> list[tuple[Workspace, Occurrence]]:
        found = []
        for team in self.teams:
            names = [key async for key in self.redis.scan_iter(f"{{{team.team}}}*:occ:*")]
            ids = {name.decode().split(":")[4] for name in names}
            kept = [await self.store.occurrence(team, OccurrenceId(each)) for each in ids]
            found += [(team, each[0]) for each in kept if each]
        return found
