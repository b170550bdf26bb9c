"""Setting up the question that a channel gets every day: who may, and what each step leads to.

Whether somebody may is asked at every step, not only when a form is opened: forms stay open for
long, and rights are taken away without notice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.play.channel_ports import Posts, Schedules
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Clock
from bot.play.posting import Asking, Posting
from bot.play.proposal import Entry, Mistakes, Proposal, Proposing, entry_of
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import Occurrence
from bot.quiz.people import Member, Personal
from bot.quiz.player import ChannelId, Player, TeamId, Workspace
from bot.quiz.schedule import BY_HAND, ChangedMeanwhile, Schedule
from bot.quiz.session import AttemptId
from bot.quiz.timetable import Post


class ScheduleStore(Schedules, Posts, Protocol):
    async def personal(self, player: Player, at: datetime) -> Personal: ...

    async def note_name(self, player: Player, name: str) -> bool: ...

    async def list_members(
        self, workspace: Workspace, members: Sequence[Member], at: datetime
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Who presses, and the workspace that the payload says they belong to."""

    player: Player
    team: TeamId | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A channel's schedule as it stands, or None and what a new one begins with. `posts` are the
    next ones, were it not paused; `questions` is how many it can choose from.
    """

    entry: Entry
    schedule: Schedule | None
    posts: tuple[Post, ...]
    questions: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """The channel is not asked any more."""


@dataclass(frozen=True, slots=True)
class NoSchedule:
    """There is none (any more)."""


@dataclass(frozen=True, slots=True)
class NothingToAsk:
    """The bank has no question (any more) that fits."""


Submitted: TypeAlias = Proposal | Mistakes | ChangedMeanwhile | NotAllowed
Changed: TypeAlias = Overview | Deleted | NoSchedule | ChangedMeanwhile | NotAllowed


@dataclass(frozen=True, slots=True)
class Scheduling:
    store: ScheduleStore
    permissions: Permissions
    proposing: Proposing
    posting: Posting
    now: Clock

    async def open(self, actor: Actor, channel: ChannelId) -> Overview | NotAllowed:
        """What the form begins with: the schedule that is there, or a usual one in the person's
        own time zone.
        """
        member = await self.permissions.scheduler(actor.player, actor.team)
        if isinstance(member, NotAllowed):
            return member
        workspace, now = actor.player.workspace, self.now()
        schedule = await self.store.schedule(workspace, channel)
        if schedule:
            return await self._overview(actor, schedule)
        if await self._is_for_authors(workspace, channel):
            return NotAllowed(for_authors=True)
        await self.store.note_name(actor.player, member.name)  # Slack has just told their zone
        await self.store.list_members(workspace, [member], now)
        own = await self.store.personal(actor.player, now)
        return Overview(Entry(channel, zone=own.zone), None, (), 0, now)

    async def propose(self, actor: Actor, entry: Entry) -> Submitted:
        """Look at what was filled in; nothing is kept yet."""
        if refused := await self._refused(actor):
            return refused
        workspace = actor.player.workspace
        before = await self.store.schedule(workspace, entry.channel)
        if (before.version if before else "") != entry.version:
            return ChangedMeanwhile(before)
        if before is None and await self._is_for_authors(workspace, entry.channel):
            return NotAllowed(for_authors=True)
        last_day = await self.store.last_day(workspace, entry.channel)
        checked = self.proposing.check(entry, actor.player.user, self.now(), last_day)
        if isinstance(checked, Mistakes) or before is None:
            return checked
        return replace(checked, schedule=replace(checked.schedule, paused=before.paused))

    async def save(self, actor: Actor, entry: Entry, attempt: AttemptId) -> Submitted:
        """Keep what was proposed, if it is still right; whoever saves it is told of trouble.

        A repeat of the same press finds its own work done: the version is named after it.
        """
        proposed = await self.propose(actor, entry)
        version = _version(attempt)
        if isinstance(proposed, ChangedMeanwhile) and _is(proposed.schedule, version):
            proposed = await self.propose(actor, replace(entry, version=version))
        if not isinstance(proposed, Proposal):
            return proposed
        saving = await self.store.save_schedule(
            actor.player.workspace, proposed.schedule, version, self.now()
        )
        if isinstance(saving, ChangedMeanwhile):
            return saving
        return replace(proposed, schedule=saving.schedule)

    async def pause(self, actor: Actor, channel: ChannelId, attempt: AttemptId) -> Changed:
        return await self._change(actor, channel, attempt, lambda s: replace(s, paused=BY_HAND))

    async def resume(self, actor: Actor, channel: ChannelId, attempt: AttemptId) -> Changed:
        """It goes on with the next moment; what it missed meanwhile is not made up for."""

        def awake(schedule: Schedule) -> Schedule:
            since = schedule.timetable.settled(self.now()) + DAY
            return replace(schedule, paused="", since=since)

        return await self._change(actor, channel, attempt, awake)

    async def delete(self, actor: Actor, channel: ChannelId) -> Changed:
        """A question that is open now still gets its result."""
        if refused := await self._refused(actor):
            return refused
        workspace = actor.player.workspace
        schedule = await self.store.schedule(workspace, channel)
        if schedule is None:
            return NoSchedule()
        saving = await self.store.delete_schedule(workspace, schedule, self.now())
        return saving if isinstance(saving, ChangedMeanwhile) else Deleted()

    async def post_now(self, actor: Actor, channel: ChannelId) -> Asking | NotAllowed:
        """Ask today's question at once; a date has one, however it is asked."""
        if refused := await self._refused(actor):
            return refused
        return await self.posting.post_now(actor.player.workspace, channel)

    async def preview(
        self, actor: Actor, channel: ChannelId
    ) -> Occurrence | NothingToAsk | NoSchedule | NotAllowed:
        """A question as the next one could be; nothing is kept and nothing counts."""
        if refused := await self._refused(actor):
            return refused
        workspace = actor.player.workspace
        schedule = await self.store.schedule(workspace, channel)
        if schedule is None:
            return NoSchedule()
        return await self.posting.preview(workspace, schedule) or NothingToAsk()

    async def _change(
        self,
        actor: Actor,
        channel: ChannelId,
        attempt: AttemptId,
        change: Callable[[Schedule], Schedule],
    ) -> Changed:
        if refused := await self._refused(actor):
            return refused
        workspace = actor.player.workspace
        before = await self.store.schedule(workspace, channel)
        if before is None:
            return NoSchedule()
        after = change(before)
        if after.paused == before.paused:  # pressed twice
            return await self._overview(actor, before)
        saving = await self.store.save_schedule(workspace, after, _version(attempt), self.now())
        if isinstance(saving, ChangedMeanwhile):
            return saving
        return await self._overview(actor, saving.schedule)

    async def _overview(self, actor: Actor, schedule: Schedule) -> Overview:
        now = self.now()
        last_day = await self.store.last_day(actor.player.workspace, schedule.channel)
        posts = self.proposing.posts(schedule, now, last_day)
        questions = self.proposing.questions(schedule)
        return Overview(entry_of(schedule), schedule, posts, questions, now)

    async def _is_for_authors(self, workspace: Workspace, channel: ChannelId) -> bool:
        settings = await self.permissions.store.workspace_settings(workspace)
        return settings.review == channel

    async def _refused(self, actor: Actor) -> NotAllowed | None:
        return await self.permissions.may_schedule(actor.player, actor.team)


def _version(attempt: AttemptId) -> str:
    """A press that is delivered again makes the same change."""
    return f"v-{attempt}"


def _is(schedule: Schedule | None, version: str) -> bool:
    return schedule is not None and schedule.version == version
