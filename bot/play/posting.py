"""Posts the question of the day: at its moment, once, or not at all and never twice.

`Posting.run` is what the scheduler calls for every due job. A job only reminds: what is to be done
is decided here, by the schedule, the clock and what became of the date so far. The one thing that
cannot be repeated, the post itself, is made by whoever holds the claim of that date; when its
answer is lost, the post counts as made, and a click on it proves it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from bot.bank.catalogue import Catalogue
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
from bot.play.pausing import Pausing
from bot.play.ports import Chance, Clock
from bot.play.reminders import reminder_job
from bot.quiz.choosing import choose
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
    daily_id,
)
from bot.quiz.order import shuffled
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.question import Question, Quiz
from bot.quiz.schedule import NO_QUESTION, Schedule
from bot.quiz.timetable import IsWorkday, Post, Skipped, Wait

CLAIM: Final = timedelta(minutes=1)
"""After so long whoever was posting counts as gone: much longer than a call may take."""

IDLE: Final = timedelta(days=7)
"""When to look again at a timetable without a working day in sight."""

SHORTEST_BY_HAND: Final = timedelta(hours=1)

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


@dataclass(frozen=True, slots=True)
class Posting:
    """`others` carries out jobs of other kinds: weekly boards, reminders, live rounds."""

    store: DailyStore
    chat: ChannelChat
    catalogue: Catalogue
    now: Clock
    chance: Chance
    holidays: Holidays
    worker: str = ""
    others: Mapping[JobKind, Other] = field(default_factory=lambda: MappingProxyType({}))

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

    def workdays(self, schedule: Schedule) -> IsWorkday:
        """Weekdays, own days off and the country's holidays as one rule."""
        return schedule.timetable.workdays(lambda day: self.holidays(schedule.country, day))

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
        return await self._intend(workspace, schedule, Post(today, now), by_hand=True)

    async def _post(self, workspace: Workspace, channel: ChannelId) -> Next:
        schedule = await self.store.schedule(workspace, channel)
        if schedule is None or schedule.paused:
            return Done()
        now = self.now()
        decided = await self.store.last_day(workspace, channel) or date.min
        last = max(decided, schedule.since - DAY)
        due = schedule.timetable.due(now, last, self.workdays(schedule))
        match due:
            case Wait(until):
                return Again(until or now + IDLE)
            case Skipped():
                return await self._skip(workspace, schedule, due)
            case Post():
                return self._after(await self._ask(workspace, schedule, due))
            case _:
                assert_never(due)

    async def _skip(self, workspace: Workspace, schedule: Schedule, skipped: Skipped) -> Next:
        """Write every missed date down, oldest first, then look again."""
        for missed in skipped.missed:
            claim = await self.store.skip_post(workspace, schedule, missed, self.now())
            if isinstance(claim, Busy):
                return Again(claim.until)
        return Again(self.now())

    def _after(self, asking: Asking) -> Next:
        """The next date is worked out when the job runs once more."""
        match asking:
            case TryLater(span, is_limited):
                return Parked(span) if is_limited else Again(self.now() + span)
            case Asked() | NotAsked() | AskedAlready():
                return Again(self.now())
            case _:
                assert_never(asking)

    async def _ask(
        self, workspace: Workspace, schedule: Schedule, post: Post, *, by_hand: bool = False
    ) -> Asking:
        occurrence = await self._intend(workspace, schedule, post, by_hand=by_hand)
        if occurrence is None:
            await self.pausing.pause(workspace, schedule, NO_QUESTION)
            return NotAsked(NO_QUESTION)
        now = self.now()
        attempt = Attempt(f"{self.worker}:{self.chance.token()}", now, now + CLAIM)
        claim = await self.store.claim_post(workspace, occurrence, schedule, attempt, anew=by_hand)
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
        await self._put_close(workspace, occurrence)  # first: after the post we may be gone
        delivery = await self.chat.ask(workspace, occurrence)
        settle = self.store.settle_post
        match delivery:
            case Posted(ts):
                await settle(workspace, occurrence, attempt, Settlement.SENT, self.now(), ts)
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

    async def _put_close(self, workspace: Workspace, occurrence: Occurrence) -> None:
        job = Job(JobKind.CLOSE, workspace, occurrence.channel, occurrence.id)
        await self.store.put_job(job, occurrence.closes)
        if JobKind.REMIND in self.others:
            await self.store.put_job(*reminder_job(workspace, occurrence))

    # What to ask

    async def _intend(
        self, workspace: Workspace, schedule: Schedule, post: Post, *, by_hand: bool
    ) -> Occurrence | None:
        """The question for a date, drawn and shuffled; None if nothing can be asked."""
        drawn = await self._draw(workspace, schedule)
        if drawn is None:
            return None
        quiz, question = drawn
        order = shuffled(question.options, self.chance.shuffle)
        return Occurrence(
            id=daily_id(schedule.channel, post.day),
            channel=schedule.channel,
            day=post.day,
            question=replace(question, options=tuple(question.options[i] for i in order)),
            slug=quiz.slug,
            title=quiz.title,
            planned=post.planned,
            closes=self._closing(schedule, post.day, by_hand=by_hand),
            level=question.level or quiz.level,
            track=quiz.track,
            instant=schedule.instant,
            counts=self.workdays(schedule)(post.day),
        )

    def _closing(self, schedule: Schedule, day: date, *, by_hand: bool) -> datetime:
        """One that is asked by hand near or after the closing time closes a day later."""
        now = self.now()
        closes = schedule.timetable.closing(day, posted=now)
        least = now + SHORTEST_BY_HAND if by_hand else now
        if closes is None or closes < least:
            return schedule.timetable.closing(day + DAY, posted=now) or now + DAY
        return closes

    async def _draw(
        self, workspace: Workspace, schedule: Schedule
    ) -> tuple[Quiz, Question] | None:
        pool = {
            question.id: (quiz, replace(question, level=question.level or quiz.level))
            for quiz in self.catalogue
            for question in quiz
            if schedule.wants(quiz, question)
        }
        asked, known = await self.store.asked_before(workspace, schedule.channel)
        found = [self.catalogue.question(question) for question in asked]
        levels = [question.level or quiz.level for quiz, question in filter(None, found)]
        facility = {
            question: known[quiz.slug]
            for question, (quiz, _) in pool.items()
            if quiz.slug in known
        }
        questions = [question for _, question in pool.values()]
        chosen = choose(questions, asked, levels, facility, self.chance.shuffle)
        return (pool[chosen.id][0], chosen) if chosen else None
