"""`/quiz doctor`: is all well for the next question of every channel, and if not, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol, assert_never

from bot.play.channel_ports import Posts, Schedules
from bot.play.checkup import ChannelReport, Checkup, Finding, findings, review_findings
from bot.play.moderation import Moderation
from bot.play.permissions import NotAllowed
from bot.play.ports import Clock
from bot.play.proposal import Proposing
from bot.play.report_ports import Jobs
from bot.play.scheduling import Actor
from bot.quiz.health import Membership, MemoryState, SlackState
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import OccurrenceState, PostNote
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Post, Skipped, Wait

MOST_CHANNELS: Final = 8
"""Shown in one message."""

LOOK_BACK: Final = 7
"""So many dates, the newest among them, are looked at."""

NOT_ASKED: Final = frozenset({OccurrenceState.SKIPPED, OccurrenceState.REFUSED})


class Surroundings(Protocol):
    """What Slack says about us. Nothing is raised: no answer is an answer here."""

    async def slack(self) -> SlackState | None:
        """None when it cannot be reached."""

    async def memberships(
        self, workspace: Workspace, channels: Sequence[ChannelId]
    ) -> Mapping[ChannelId, Membership]:
        """Of all of them."""


class DoctorStore(Schedules, Posts, Jobs, Protocol):
    async def condition(self) -> MemoryState: ...


@dataclass(frozen=True, slots=True)
class Doctor:
    """`scopes` are those that the manifest asks for."""

    store: DoctorStore
    surroundings: Surroundings
    moderation: Moderation
    proposing: Proposing
    scopes: frozenset[str]
    now: Clock

    async def examine(self, actor: Actor) -> Checkup | NotAllowed:
        """For admins; it changes nothing. Raises `MemoryAway`."""
        if refused := await self.moderation.refused(actor):
            return refused
        workspace = actor.player.workspace
        schedules = await self.store.schedules(workspace)
        shown = schedules[:MOST_CHANNELS]
        memberships = await self.surroundings.memberships(workspace, [s.channel for s in shown])
        channels = tuple(
            [await self._channel(workspace, s, memberships[s.channel]) for s in shown]
        )
        slack = await self.surroundings.slack()
        memory = await self.store.condition()
        return Checkup(
            now=self.now(),
            channels=channels,
            more=len(schedules) - len(channels),
            counts=await self.store.daily_counts(workspace),
            slack=slack,
            memory=memory,
            findings=(
                *findings(channels, slack, memory, self.scopes),
                *await self._of_review(workspace),
            ),
        )

    async def _of_review(self, workspace: Workspace) -> Sequence[Finding]:
        """What reports and suggestions lack."""
        settings = await self.store.workspace_settings(workspace)
        channel = settings.review
        found = await self.surroundings.memberships(workspace, [channel] if channel else [])
        waiting = len(await self.store.in_review(workspace))
        return list(review_findings(channel, found.get(channel), waiting))

    async def _channel(
        self, workspace: Workspace, schedule: Schedule, membership: Membership
    ) -> ChannelReport:
        now = self.now()
        channel = schedule.channel
        last_day = await self.store.last_day(workspace, channel)
        notes = await self._notes(workspace, channel, last_day)
        posts = self.proposing.posts(schedule, now, last_day)
        return ChannelReport(
            schedule=schedule,
            next=None if schedule.paused else next(iter(posts), None),
            last=next((note for note in notes if note.state not in NOT_ASKED), None),
            skipped=tuple(note for note in notes if note.state in NOT_ASKED),
            suppressed=sum(note.suppressed for note in notes),
            membership=membership,
            overdue=timedelta() if schedule.paused else self._overdue(schedule, now, last_day),
            gone=self.proposing.gone(schedule),
            is_empty=not self.proposing.questions(schedule),
        )

    async def _notes(
        self, workspace: Workspace, channel: ChannelId, last_day: date | None
    ) -> Sequence[PostNote]:
        """What became of the latest dates, the newest first."""
        days = [last_day - DAY * back for back in range(LOOK_BACK)] if last_day else []
        found = [await self.store.post_note(workspace, channel, day) for day in days]
        return [note for note in found if note]

    def _overdue(self, schedule: Schedule, now: datetime, last_day: date | None) -> timedelta:
        """For how long nobody has done what was due."""
        last = max(last_day or date.min, schedule.since - DAY)
        timetable = schedule.timetable
        due = timetable.due(now, last, self.proposing.workdays(schedule))
        match due:
            case Wait():
                return timedelta()
            case Post(_, planned):
                return now - planned
            case Skipped(missed):
                return now - (timetable.moment(missed[-1].day) or now)
            case _:
                assert_never(due)
