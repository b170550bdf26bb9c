"""The schedules of channels in Redis, and the hints that make them happen."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from bot.quiz.job import Job, JobKind
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.schedule import ChangedMeanwhile, Saved, Saving, Schedule
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.due import DueIndex
from bot.storage.script import Script

SAVE: Final = Script("save_schedule")
SCHEDULE: Final = TypeAdapter(Schedule)


class Schedules(DueIndex):
    """Every change puts the channel's jobs, the truth first: a job that finds nothing to do is
    harmless, a change that nobody hears of is not.
    """

    async def schedule(self, workspace: Workspace, channel: ChannelId) -> Schedule | None:
        async with in_time(self._deadline):
            found = await self._redis.hget(keys.schedules(workspace), channel)
        return SCHEDULE.validate_json(found) if found else None

    async def schedules(self, workspace: Workspace) -> tuple[Schedule, ...]:
        """All of a workspace, in the order of their channels."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.schedules(workspace))
        return tuple(SCHEDULE.validate_json(found[channel]) for channel in sorted(found))

    async def save_schedule(
        self, workspace: Workspace, schedule: Schedule, version: str, now: datetime
    ) -> Saving:
        """Put a schedule where the one is that `schedule.version` names, or none if that is
        empty. `version` is a new name for what is there then; the same one, for the same change.
        """
        changed = replace(schedule, version=version)
        await self.know_workspace(workspace)
        return await self._change_schedule(workspace, schedule, changed, now)

    async def delete_schedule(
        self, workspace: Workspace, schedule: Schedule, now: datetime
    ) -> Saving:
        """Remove it, if it still is the given one. Its open questions will close all the same."""
        return await self._change_schedule(workspace, schedule, None, now)

    async def _change_schedule(
        self, workspace: Workspace, before: Schedule, after: Schedule | None, now: datetime
    ) -> Saving:
        channel = before.channel
        version = after.version if after else ""
        packed = SCHEDULE.dump_json(after) if after else b""
        async with in_time(self._deadline):
            status, *kept = await SAVE(
                self._redis,
                [keys.schedules(workspace)],
                [channel, before.version, version, packed],
            )
        if status != b"saved":
            return ChangedMeanwhile(SCHEDULE.validate_json(kept[0]) if kept[0] else None)
        for kind in (JobKind.POST, JobKind.BOARD):
            await self.put_job(Job(kind, workspace, channel), now)
        return Saved(after or before)
