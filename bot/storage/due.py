"""What is due when, for all workspaces: a clock that several workers share.

It only reminds. Whether something is to be done is decided by what a workspace itself has, so
that a reminder may come twice or to two workers. One that got lost is made anew by `sweep_jobs`.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zlib import crc32

from bot.quiz.job import REMIND_BEFORE, Job, JobKind
from bot.quiz.player import ChannelId, TeamId, Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import EPOCH, milliseconds
from bot.storage.wire import text

SHARDS: Final = 16
LEASE: Final = timedelta(minutes=1)
SWEEP_EVERY: Final = timedelta(minutes=10)

CLAIM: Final = Script("claim_due")
FINISH: Final = Script("finish_due")


def shard_of(workspace: Workspace) -> int:
    return crc32(workspace.team.encode()) % SHARDS


def pack_job(job: Job) -> str:
    """`post|T1|C1` or `close|T1|C1/SUBJECT`; ids of Slack have neither sign."""
    subject = f"/{job.subject}" if job.subject else ""
    return f"{job.kind}|{job.workspace.team}|{job.channel}{subject}"


def unpack_job(packed: str) -> Job | None:
    """None for a job of a kind that this version does not know."""
    kind, team, subject = packed.split("|", 2)
    if kind not in set(JobKind):
        return None
    channel, _, rest = subject.partition("/")
    return Job(JobKind(kind), Workspace(TeamId(team)), ChannelId(channel), rest)


class DueIndex(Part):
    async def know_workspace(self, workspace: Workspace) -> None:
        """Remember that the workspace has something that can become due."""
        async with in_time(self._deadline):
            await self._redis.sadd(keys.teams(), workspace.team)

    async def put_job(self, job: Job, at: datetime) -> None:
        """Have it done at that moment, or sooner if it is due sooner already.

        One that is being done just now is done once more: it may have looked before this call.
        """
        key = keys.due(shard_of(job.workspace))
        async with in_time(self._deadline):
            await self._redis.zadd(key, {pack_job(job): milliseconds(at)}, lt=True)

    async def claim_jobs(self, now: datetime, most: int) -> Sequence[tuple[Job, datetime]]:
        """Jobs that are due, about so many at most, each with the end of its lease."""
        until = now + LEASE
        share = max(1, most // SHARDS)
        async with in_time(self._deadline):
            found = await asyncio.gather(
                *(self._lend(n, now, until, share) for n in range(SHARDS))
            )
        jobs = [unpack_job(packed) for shard in found for packed in shard]
        return [(job, until) for job in jobs if job]

    async def _lend(self, shard: int, now: datetime, until: datetime, most: int) -> list[str]:
        args = [milliseconds(now), milliseconds(until), most]
        return [text(job) for job in await CLAIM(self._redis, [keys.due(shard)], args)]

    async def finish_job(self, job: Job, until: datetime, again: datetime | None) -> None:
        """Take it from the index, or have it done again; `until` is the end of its lease."""
        moment = milliseconds(again) if again else ""
        async with in_time(self._deadline):
            await FINISH(
                self._redis,
                [keys.due(shard_of(job.workspace))],
                [pack_job(job), milliseconds(until), moment],
            )

    async def next_moment(self, *kinds: JobKind) -> datetime | None:
        """When the next job is due, of all workspaces; of these kinds only, if some are given."""
        first = partial(self._first_of, kinds) if kinds else self._first
        async with in_time(self._deadline):
            firsts = await asyncio.gather(*map(first, range(SHARDS)))
        moments = [moment for moment in firsts if moment is not None]
        return EPOCH + timedelta(milliseconds=min(moments)) if moments else None

    async def _first(self, shard: int) -> int | None:
        found: list[Any] = await self._redis.zrange(keys.due(shard), 0, 0, withscores=True)
        return int(found[0][1]) if found else None

    async def _first_of(self, kinds: Collection[JobKind], shard: int) -> int | None:
        found: list[Any] = await self._redis.zrange(keys.due(shard), 0, -1, withscores=True)
        jobs = ((unpack_job(text(packed)), moment) for packed, moment in found)
        return next((int(moment) for job, moment in jobs if job and job.kind in kinds), None)

    async def sweep_jobs(self, worker: str, now: datetime) -> int:
        """Make the hints anew from the truth, if no worker has done so lately; how many."""
        async with in_time(self._deadline):
            mine = await self._redis.set(keys.swept(), worker, nx=True, ex=SWEEP_EVERY)
            teams = await self._redis.smembers(keys.teams()) if mine else ()
        return sum([await self._sweep_team(Workspace(TeamId(text(team))), now) for team in teams])

    async def _sweep_team(self, workspace: Workspace, now: datetime) -> int:
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            pipe.hkeys(keys.schedules(workspace))
            pipe.zrange(keys.open_posts(workspace), 0, -1, withscores=True)
            pipe.exists(keys.groups(workspace))
            pipe.hgetall(keys.live_rounds(workspace))
            pipe.smembers(keys.in_review(workspace))
            pipe.exists(keys.regrading(workspace))
            channels, closing, has_groups, lives, reviews, regrades = await pipe.execute()
        scores: dict[str, float] = {}
        lost = {  # what is planned already keeps its time
            pack_job(Job(kind, workspace, ChannelId(channel))): milliseconds(now)
            for channel in map(text, channels)
            for kind in (JobKind.POST, JobKind.BOARD)
        }
        for kind, _, name in (text(subject).partition("/") for subject in reviews):
            lost[pack_job(Job(JobKind(kind), workspace, ChannelId(""), name))] = milliseconds(now)
        for channel, round_id in lives.items():
            live = Job(JobKind.LIVE, workspace, ChannelId(text(channel)), text(round_id))
            scores[pack_job(live)] = milliseconds(now)
        for subject, closes in closing:
            scores[f"{JobKind.CLOSE}|{workspace.team}|{text(subject)}"] = closes
            before = closes - REMIND_BEFORE // timedelta(milliseconds=1)
            scores[f"{JobKind.REMIND}|{workspace.team}|{text(subject)}"] = before
        index = keys.due(shard_of(workspace))
        async with in_time(self._deadline):
            if scores:
                await self._redis.zadd(index, dict(scores), lt=True)
            if regrades:
                lost[pack_job(Job(JobKind.REGRADE, workspace, ChannelId("")))] = milliseconds(now)
            if has_groups:
                lost[pack_job(Job(JobKind.GROUPS, workspace, ChannelId("")))] = milliseconds(now)
            if lost:
                await self._redis.zadd(index, dict(lost), nx=True)
        return len(scores) + len(lost)
