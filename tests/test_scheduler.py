"""The loop: what is due is done, nothing is forgotten, and nobody waits for another's rest."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from bot.errors import MemoryAway
from bot.quiz.job import Again, Done, Job, JobKind, Next, Parked
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.scheduler import BATCH, FIRST_PAUSE, MOST, Scheduler
from bot.storage.due import LEASE
from bot.storage.redis_store import RedisStore

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def job_of(channel: str, team: str = "T1", kind: JobKind = JobKind.POST) -> Job:
    return Job(kind, Workspace(TeamId(team)), ChannelId(channel))


@dataclass
class Shop:
    """A scheduler, its clock, and what it did."""

    store: RedisStore
    moment: datetime = NINE
    done: list[Job] = field(default_factory=list)
    says: Callable[[Job], Awaitable[Next]] | None = None

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self.store, self.handle, self.now, self.sleep)

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        """Time passes only by sleeping."""
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    async def handle(self, job: Job) -> Next:
        self.done.append(job)
        return await self.says(job) if self.says else Done()

    async def put(self, *jobs: Job, after: timedelta = timedelta()) -> None:
        for job in jobs:
            await self.store.put_job(job, self.moment + after)

    async def work(self, scheduler: Scheduler | None = None) -> None:
        which = scheduler or self.scheduler
        while await which.tick() + await which.drain():
            pass


@pytest.fixture
def shop(store: RedisStore) -> Shop:
    return Shop(store)


async def test_a_job_is_done_when_it_is_due_and_then_gone(shop: Shop) -> None:
    await shop.put(job_of("C1"), after=5 * SECOND)
    await shop.work()
    assert shop.done == []
    shop.moment += 5 * SECOND
    await shop.work()
    assert shop.done == [job_of("C1")]
    assert await shop.store.next_moment() is None


async def test_a_job_says_when_it_is_due_again(shop: Shop) -> None:
    async def again(_: Job) -> Next:
        return Again(shop.moment + 7 * SECOND)

    shop.says = again
    await shop.put(job_of("C1"))
    await shop.work()
    assert await shop.store.next_moment() == NINE + 7 * SECOND


async def test_a_job_that_is_put_while_it_is_done_is_done_once_more(shop: Shop) -> None:
    """It may have looked before there was something to see."""

    async def put_once(job: Job) -> Next:
        if len(shop.done) == 1:
            await shop.store.put_job(job, shop.moment)
        return Done()

    shop.says = put_once
    await shop.put(job_of("C1"))
    await shop.work()
    assert len(shop.done) == 2


async def test_putting_a_job_again_never_delays_it(shop: Shop) -> None:
    await shop.put(job_of("C1"))
    await shop.put(job_of("C1"), after=5 * SECOND)
    await shop.work()
    assert shop.done == [job_of("C1")]


async def test_a_job_that_fails_is_tried_again_later_and_later(shop: Shop) -> None:
    async def fails(_: Job) -> Next:
        raise ValueError("no")

    shop.says = fails
    await shop.put(job_of("C1"))
    pauses = []
    with capture_logs() as logs:
        for _ in range(3):
            before = shop.moment
            await shop.work()
            planned = await shop.store.next_moment()
            assert planned
            shop.moment = planned
            pauses.append(planned - before)
    assert pauses == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert [entry["failures"] for entry in logs] == [1, 2, 3]
    assert len({entry["reference"] for entry in logs}) == 3


async def test_a_workspace_at_rest_delays_no_other(shop: Shop) -> None:
    async def full(_job: Job) -> Next:
        return Parked(30 * SECOND) if len(shop.done) == 1 else Done()

    shop.says = full
    await shop.put(job_of("C1"))
    await shop.work()
    await shop.put(job_of("C2"), job_of("C3", "T2"))
    await shop.work()
    assert shop.done == [job_of("C1"), job_of("C3", "T2")]
    shop.moment += 30 * SECOND
    await shop.work()
    assert set(shop.done[2:]) == {job_of("C1"), job_of("C2")}


async def test_in_a_channel_one_job_runs_at_a_time(shop: Shop) -> None:
    under_way: list[str] = []
    most = 0

    async def slow(job: Job) -> Next:
        nonlocal most
        under_way.append(job.channel)
        most = max(most, under_way.count("C1"))
        for _ in range(5):
            await asyncio.sleep(0)
        under_way.remove(job.channel)
        return Done()

    shop.says = slow
    kinds = [job_of("C1", kind=kind) for kind in JobKind]
    await shop.put(*kinds, job_of("C2"))
    await shop.work()
    assert most == 1
    assert len(shop.done) == len(JobKind) + 1


async def test_so_many_jobs_run_at_once_and_no_more(shop: Shop) -> None:
    under_way = most = 0
    full, gate = asyncio.Event(), asyncio.Event()

    async def wait(_job: Job) -> Next:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way > MOST - BATCH:
            full.set()
        await gate.wait()
        under_way -= 1
        return Done()

    shop.says = wait
    jobs = [job_of(f"C{n}", f"T{n % 40}") for n in range(400)]
    await shop.put(*jobs)
    working = asyncio.create_task(shop.work())
    await full.wait()
    gate.set()
    await working
    assert sorted(map(str, shop.done)) == sorted(map(str, jobs))
    assert MOST - BATCH < most <= MOST


async def test_two_workers_share_the_work(shop: Shop) -> None:
    other = Scheduler(shop.store, shop.handle, shop.now, shop.sleep)
    jobs = [job_of(f"C{n}", f"T{n}") for n in range(50)]
    await shop.put(*jobs)
    await asyncio.gather(shop.work(), shop.work(other))
    assert sorted(map(str, shop.done)) == sorted(map(str, jobs))


async def test_what_a_dead_worker_began_comes_back_with_the_end_of_its_lease(shop: Shop) -> None:
    await shop.put(job_of("C1"))
    assert len(await shop.store.claim_jobs(NINE, 10)) == 1
    await shop.work()
    assert shop.done == []
    shop.moment += LEASE
    await shop.work()
    assert shop.done == [job_of("C1")]


async def test_on_the_way_out_it_finishes_what_it_began(shop: Shop) -> None:
    begun = asyncio.Event()
    finished = []

    async def slow(job: Job) -> Next:
        begun.set()
        for _ in range(50):
            await asyncio.sleep(0)
        finished.append(job)
        return Done()

    shop.says = slow
    await shop.put(job_of("C1"))
    async with shop.scheduler.running():
        await begun.wait()
    assert finished == [job_of("C1")]
    assert await shop.store.next_moment() is None


async def test_what_takes_too_long_is_cut_off_and_comes_back(shop: Shop) -> None:
    async def for_ever(_: Job) -> Next:
        await asyncio.Event().wait()
        return Done()

    shop.says = for_ever
    await shop.put(job_of("C1"))
    await shop.scheduler.tick()
    await shop.scheduler.drain(0)
    shop.moment += LEASE
    shop.says = None
    await shop.work()
    assert shop.done == [job_of("C1")] * 2


async def test_without_memory_it_waits_and_goes_on(shop: Shop, redis: Redis) -> None:
    """As long as Redis is away nothing is due, and that is no reason to stop."""
    turns = 0

    class Away(RedisStore):
        async def sweep_jobs(self, worker: str, now: datetime) -> int:
            nonlocal turns
            turns += 1
            if turns == 1:
                raise MemoryAway
            return await super().sweep_jobs(worker, now)

    reached = asyncio.Event()

    async def reach(_: Job) -> Next:
        reached.set()
        return Done()

    scheduler = Scheduler(Away(redis), reach, shop.now, shop.sleep)
    await shop.put(job_of("C1"))
    async with scheduler.running():
        await reached.wait()


async def test_a_fault_of_its_own_ends_it_loudly(shop: Shop) -> None:
    async def broken(_: float) -> None:
        raise RuntimeError("no clock")

    scheduler = Scheduler(shop.store, shop.handle, shop.now, broken)
    with capture_logs():
        async with scheduler.running():
            with pytest.raises(RuntimeError, match="no clock"):
                await scheduler.watch()
