"""Posts the question of the day: at its moment, once, or not at all and never twice.

`Posting.run` is what the scheduler calls for every due job. A job only reminds: what is to be done
is decided here, by the schedule, the clock and what became of the date so far. The one thing that
cannot be repeated, the post itself, is made by whoever holds the claim of that date; when its
answer is lost, the post counts as made, and a click on it proves it.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from bot.bank.shelf import Library
from bot.errors import MemoryAway
from bot.play.channel_ports import (
    ChannelChat,
    DailyStore,
    Holidays,
    Posted,
    RateLimited,
    Refused,
    Unknown,
)
from bot.play.closing import Closing
from bot.play.counting import Counting
from bot.play.drawing import Drawing
from bot.play.pausing import Pausing
from bot.play.ports import Chance, Clock
from bot.play.reminders import reminder_job
from bot.quiz.job import Again, Done, Job, JobKind, Next, Parked
from bot.quiz.local_time import DAY, zone_named
from bot.quiz.occurrence import (
    Attempt,
    Busy,
    Claimed,
    Occurrence,
    OccurrenceState,
    Outdated,
    Settlement,
    Stands,
)
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.schedule import NO_QUESTION, Schedule
from bot.quiz.timetable import Post, Skipped, Wait

CLAIM: Final = timedelta(minutes=1)
"""After so long whoever was posting counts as gone: much longer than a call may take."""

IDLE: Final = timedelta(days=7)
"""When to look again at a timetable without a working day in sight."""

Other: TypeAlias = Callable[[Job], Awaitable[Next]]


@dataclass(frozen=True, slots=True)
class Asked:
    """It is in the channel; `sure` is False when Slack's answer was lost."""

    occurrence: Occurrence
    sure: bool


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Slack refused, for the reason that it calls `code`; `NO_QUESTION` when none was left."""

    code: str


@dataclass(frozen=True, slots=True)
class AskedAlready:
    """That date has had its question, or something else became of it."""

    state: OccurrenceState


@dataclass(frozen=True, slots=True)
class TryLater:
    """Somebody else is at it, the schedule has just been changed, or Slack wants a rest.

    `is_limited` tells that it is Slack that wants no call for so long.
    """

    span: timedelta
    is_limited: bool = False


Asking: TypeAlias = Asked | NotAsked | AskedAlready | TryLater


SENT_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Posting:
    """`others` carries out jobs of other kinds: weekly boards, reminders, live rounds."""

    store: DailyStore
    chat: ChannelChat
    catalogue: Library
    now: Clock
    chance: Chance
    holidays: Holidays
    worker: str = ""
    others: Mapping[JobKind, Other] = field(default_factory=lambda: MappingProxyType({}))
    drawing: Drawing = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        drawing = Drawing(self.store, self.catalogue, self.now, self.chance, self.holidays)
        object.__setattr__(self, "drawing", drawing)

    async def run(self, job: Job) -> Next:
        """Do what is due, if it is, and say when to come again. It may be called at any time, any
        number of times, on any number of workers at once.
        """
        match job.kind:
            case JobKind.POST:
                return await self._post(job.workspace, job.channel)
            case JobKind.CLOSE | JobKind.VOID:
                return await self.closing.close(job)
            case JobKind.EDIT:
                return await Counting(self.closing).edit(job)
            case _:
                other = self.others.get(job.kind)
                return await other(job) if other else Done()

    @property
    def closing(self) -> Closing:
        return Closing(self.store, self.chat, self.catalogue, self.now, self.chance)

    @property
    def pausing(self) -> Pausing:
        return Pausing(self.store, self.chat, self.now, self.chance)

    async def post_now(self, workspace: Workspace, channel: ChannelId) -> Asking:
        """Ask today's question at once, in the place of the one that today would bring.

        A date gets one question, however it is asked; one that was skipped or refused may be
        asked again. NotAsked(NO_QUESTION) too where there is no schedule.
        """
        schedule = await self.store.schedule(workspace, channel)
        if schedule is None:
            return NotAsked(NO_QUESTION)
        now = self.now()
        today = now.astimezone(zone_named(schedule.timetable.zone)).date()
        return await self._ask(workspace, schedule, Post(today, now), by_hand=True)

    async def preview(self, workspace: Workspace, schedule: Schedule) -> Occurrence | None:
        """A question as the next post could look; the real one is drawn when it is due."""
        now = self.now()
        today = now.astimezone(zone_named(schedule.timetable.zone)).date()
        return await self.drawing.draw(workspace, schedule, Post(today, now), by_hand=True)

    async def _post(self, workspace: Workspace, channel: ChannelId) -> Next:
        schedule = await self.store.schedule(workspace, channel)
        if schedule is None or schedule.paused:
            return Done()
        now = self.now()
        decided = await self.store.last_day(workspace, channel) or date.min
        last = max(decided, schedule.since - DAY)
        due = schedule.timetable.due(now, last, self.drawing.workdays(schedule))
        match due:
            case Wait(until):
                return Again(until or now + IDLE)
            case Skipped():
                return await self._skip(workspace, schedule, due)
            case Post():
                return self._after(await self._ask(workspace, schedule, due), schedule, due.day)
            case _:
                assert_never(due)

    async def _skip(self, workspace: Workspace, schedule: Schedule, skipped: Skipped) -> Next:
        """Write every missed date down, oldest first, then look again."""
        for missed in skipped.missed:
            claim = await self.store.skip_post(workspace, schedule, missed, self.now())
            if isinstance(claim, Busy):
                return Again(claim.until)
        return Again(self.now())

    def _after(self, asking: Asking, schedule: Schedule, day: date) -> Next:
        """A schedule that was changed meanwhile has put the job anew, so this cannot undo it."""
        match asking:
            case TryLater(span, is_limited):
                return Parked(span) if is_limited else Again(self.now() + span)
            case Asked() | NotAsked() | AskedAlready():
                now = self.now()
                due = schedule.timetable.due(now, day, self.drawing.workdays(schedule))
                return Again((due.until or now + IDLE) if isinstance(due, Wait) else now)
            case _:
                assert_never(asking)

    async def _ask(
        self, workspace: Workspace, schedule: Schedule, post: Post, *, by_hand: bool = False
    ) -> Asking:
        occurrence = await self.drawing.draw(workspace, schedule, post, by_hand=by_hand)
        if occurrence is None:
            await self.pausing.pause(workspace, schedule, NO_QUESTION)
            return NotAsked(NO_QUESTION)
        now = self.now()
        attempt = Attempt(f"{self.worker}:{self.chance.token()}", now, now + CLAIM)
        try:
            claim = await self.store.claim_post(
                workspace, occurrence, schedule, attempt, anew=by_hand
            )
            if isinstance(claim, Claimed):  # before the post: after it we may be gone
                await self._put_close(workspace, occurrence)
        except MemoryAway:
            await self._release(workspace, occurrence, attempt)
            raise
        match claim:
            case Claimed():
                return await self._send(workspace, schedule, occurrence, attempt)
            case Busy(until):
                return TryLater(max(until - self.now(), timedelta(seconds=1)))
            case Outdated():
                return TryLater(timedelta())
            case Stands(state):
                await self._put_close(workspace, occurrence)
                return AskedAlready(state)
            case _:
                assert_never(claim)

    async def _send(
        self, workspace: Workspace, schedule: Schedule, occurrence: Occurrence, attempt: Attempt
    ) -> Asking:
        delivery = await self.chat.ask(workspace, occurrence)
        settle = self.store.settle_post
        match delivery:
            case Posted(ts):
                await self._sent(workspace, occurrence, attempt, ts)
                return Asked(replace(occurrence, posted=ts, state=OccurrenceState.SENT), sure=True)
            case Unknown():
                await settle(workspace, occurrence, attempt, Settlement.UNKNOWN, self.now())
                return Asked(replace(occurrence, state=OccurrenceState.UNKNOWN), sure=False)
            case RateLimited(span):
                await settle(workspace, occurrence, attempt, Settlement.RELEASED, self.now())
                return TryLater(span, is_limited=True)
            case Refused(code):
                await settle(workspace, occurrence, attempt, Settlement.REFUSED, self.now(), code)
                await self.pausing.refused(workspace, schedule, code)
                return NotAsked(code)
            case _:
                assert_never(delivery)

    async def _sent(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt, ts: str
    ) -> None:
        """Safe to repeat, and worth it: until this is known, the post counts as unknown."""
        for more in reversed(range(SENT_TRIES)):
            try:
                await self.store.settle_post(
                    workspace, occurrence, attempt, Settlement.SENT, self.now(), ts
                )
            except MemoryAway:
                if not more:
                    raise
            else:
                return

    async def _release(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt
    ) -> None:
        """Nothing was posted, and whether the claim was made is not known: it must not stand, or
        the date would get no question at all.
        """
        with suppress(MemoryAway):
            await self.store.settle_post(
                workspace, occurrence, attempt, Settlement.RELEASED, self.now()
            )

    async def _put_close(self, workspace: Workspace, occurrence: Occurrence) -> None:
        job = Job(JobKind.CLOSE, workspace, occurrence.channel, occurrence.id)
        await self.store.put_job(job, occurrence.closes)
        if JobKind.REMIND in self.others:
            await self.store.put_job(*reminder_job(workspace, occurrence))
