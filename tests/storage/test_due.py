"""Reminders: they are shared by workers, put anew from the truth, and work on a cluster too."""

from datetime import datetime, timedelta

from redis.asyncio import Redis

from bot.quiz.job import Job, JobKind
from bot.quiz.occurrence import Attempt, Claimed
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.quiz.schedule import ChangedMeanwhile, Saved
from bot.storage import keys
from bot.storage.due import SHARDS, pack_job, shard_of, unpack_job
from bot.storage.redis_store import RedisStore
from tests.storage.playing import ACME, EVERYWHERE, OTHER
from tests.storage.posting import NINE, PLATFORM, occurrence_of, schedule_of


async def due_of(store: RedisStore, at: datetime) -> set[Job]:
    return {job for job, _ in await store.claim_jobs(at, 100)}


def test_a_job_comes_back_as_it_was_put() -> None:
    for kind in JobKind:
        for subject in ("", "C1.2026-03-02"):
            job = Job(kind, ACME, PLATFORM, subject)
            assert unpack_job(pack_job(job)) == job


def test_a_job_of_a_kind_that_is_not_known_is_none() -> None:
    assert unpack_job("dance|T1|C1") is None


def test_workspaces_are_spread_over_the_shards() -> None:
    used = {shard_of(Workspace(TeamId(f"T{n}"))) for n in range(400)}
    assert used == set(range(SHARDS))


@EVERYWHERE
async def test_a_saved_schedule_is_due_at_once(store: RedisStore) -> None:
    await store.save_schedule(ACME, schedule_of(), "v1", NINE)
    assert Job(JobKind.POST, ACME, PLATFORM) in await due_of(store, NINE)
    assert await due_of(store, NINE) == set()


@EVERYWHERE
async def test_the_next_moment_is_that_of_the_kinds_one_asks_for(store: RedisStore) -> None:
    assert await store.next_moment(JobKind.POST) is None
    later = [NINE + timedelta(hours=hours) for hours in range(4)]
    jobs = zip((JobKind.EDIT, JobKind.CLOSE, JobKind.POST), (ACME, OTHER, ACME), strict=True)
    for at, (kind, workspace) in zip(later, jobs, strict=False):
        await store.put_job(Job(kind, workspace, PLATFORM, "x"), at)
    assert await store.next_moment() == later[0]
    assert await store.next_moment(JobKind.POST, JobKind.CLOSE) == later[1]
    assert await store.next_moment(JobKind.POST) == later[2]
    assert await store.next_moment(JobKind.BOARD) is None


@EVERYWHERE
async def test_what_is_lost_is_put_anew_once_and_when_it_is_due(
    store: RedisStore, redis: Redis
) -> None:
    saved = await store.save_schedule(ACME, schedule_of(), "v1", NINE)
    await store.save_schedule(OTHER, schedule_of(), "v2", NINE)
    assert isinstance(saved, Saved)
    occurrence = occurrence_of()
    attempt = Attempt("a1", NINE, NINE + timedelta(minutes=1))
    assert await store.claim_post(ACME, occurrence, saved.schedule, attempt) == Claimed()
    for shard in range(SHARDS):
        await redis.delete(keys.due(shard))
    assert await store.sweep_jobs("w1", NINE) > 0
    assert await store.sweep_jobs("w2", NINE) == 0
    posts = {Job(JobKind.POST, team, PLATFORM) for team in (ACME, OTHER)}
    boards = {Job(JobKind.BOARD, team, PLATFORM) for team in (ACME, OTHER)}
    assert await due_of(store, NINE) == posts | boards
    close = Job(JobKind.CLOSE, ACME, PLATFORM, occurrence.id)
    assert close not in await due_of(store, occurrence.closes - timedelta(milliseconds=1))
    assert close in await due_of(store, occurrence.closes)


@EVERYWHERE
async def test_a_change_is_made_from_what_is_there(store: RedisStore) -> None:
    first = await store.save_schedule(ACME, schedule_of(), "v1", NINE)
    assert isinstance(first, Saved)
    assert await store.save_schedule(ACME, schedule_of(), "v1", NINE) == first
    other = schedule_of(topics=("git",))
    assert await store.save_schedule(ACME, other, "v2", NINE) == ChangedMeanwhile(first.schedule)
    assert await store.schedule(ACME, PLATFORM) == first.schedule


@EVERYWHERE
async def test_only_what_is_there_is_deleted(store: RedisStore) -> None:
    first = await store.save_schedule(ACME, schedule_of(), "v1", NINE)
    assert isinstance(first, Saved)
    stale = schedule_of(version="v0")
    assert isinstance(await store.delete_schedule(ACME, stale, NINE), ChangedMeanwhile)
    assert isinstance(await store.delete_schedule(ACME, first.schedule, NINE), Saved)
    assert isinstance(await store.delete_schedule(ACME, first.schedule, NINE), Saved)
    assert await store.schedules(ACME) == ()


@EVERYWHERE
async def test_schedules_are_listed_by_channel_and_by_workspace(store: RedisStore) -> None:
    for channel in ("C2", "C1"):
        await store.save_schedule(ACME, schedule_of(ChannelId(channel)), channel, NINE)
    assert [each.channel for each in await store.schedules(ACME)] == ["C1", "C2"]
    assert await store.schedules(OTHER) == ()
