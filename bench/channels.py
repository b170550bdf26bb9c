"""Many channels whose question is due at the same moment: written to Redis, and read again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from redis.asyncio import Redis

from bench.worker import NINE
from bot.quiz.job import Job, JobKind
from bot.quiz.player import ChannelId, TeamId, UserId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from bot.storage import keys
from bot.storage.due import SHARDS, SWEEP_EVERY, pack_job, shard_of, unpack_job
from bot.storage.schedules import SCHEDULE
from bot.storage.snapshot import milliseconds
from bot.storage.wire import text

CROWDED: Final = 0
"""The number of the workspace that may have more channels than the others."""

SOON: Final = milliseconds(NINE + timedelta(hours=1))
TIMETABLE: Final = Timetable(NINE.time(), "UTC")


@dataclass(frozen=True, slots=True)
class Town:
    """`crowd` is how many channels the first workspace has."""

    workspaces: int
    channels: int
    crowd: int

    @property
    def size(self) -> int:
        return (self.workspaces - 1) * self.channels + self.crowd

    def teams(self) -> Iterator[tuple[Workspace, list[ChannelId]]]:
        """Each workspace with its channels, named as `busy_slack.workspace_of` reads it."""
        for number in range(self.workspaces):
            count = self.crowd if number == CROWDED else self.channels
            names = [ChannelId(f"C{number}-{channel}") for channel in range(count)]
            yield Workspace(TeamId(f"T{number}")), names

    async def settle(self, redis: Redis) -> None:
        """As a bot leaves it that has been running for a while: all hints are in their places,
        and have been looked through lately.
        """
        await redis.set(keys.swept(), "bench", ex=SWEEP_EVERY)
        moment = milliseconds(NINE)
        async with redis.pipeline(transaction=False) as pipe:
            for workspace, channels in self.teams():
                pipe.sadd(keys.teams(), workspace.team)
                pipe.hset(
                    keys.schedules(workspace),
                    mapping={name: _schedule(name) for name in channels},
                )
                pipe.zadd(
                    keys.due(shard_of(workspace)),
                    {pack_job(Job(JobKind.POST, workspace, name)): moment for name in channels},
                )
                if len(pipe) >= 300:
                    await pipe.execute()
            await pipe.execute()

    async def sent(self, redis: Redis) -> int:
        """How many posts the bot knows to be in their channels."""
        async with redis.pipeline(transaction=False) as pipe:
            for workspace, _ in self.teams():
                pipe.hget(keys.daily_counts(workspace), "sent")
            return sum(int(count or 0) for count in await pipe.execute())


async def waiting(redis: Redis) -> frozenset[str]:
    """Channels that still have something to do this morning."""
    async with redis.pipeline(transaction=False) as pipe:
        for shard in range(SHARDS):
            pipe.zrangebyscore(keys.due(shard), "-inf", SOON)
        jobs = [unpack_job(text(job)) for shard in await pipe.execute() for job in shard]
    return frozenset(job.channel for job in jobs if job)


def _schedule(channel: ChannelId) -> bytes:
    schedule = Schedule(channel, UserId("U0"), TIMETABLE, NINE.date(), version="bench")
    return SCHEDULE.dump_json(schedule)
