"""What questions in channels need from the outside, in their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeAlias

from bot.quiz.job import Job
from bot.quiz.occurrence import (
    Attempt,
    Claim,
    DailyCounts,
    GivenAnswer,
    Gone,
    HintTaken,
    Keeping,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    PostNote,
    Resolved,
    Settlement,
    Tally,
)
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId, Slug
from bot.quiz.report import CaseId
from bot.quiz.schedule import Saving, Schedule
from bot.quiz.session import Answer
from bot.quiz.streaks import Streak
from bot.quiz.timetable import Missed


class Due(Protocol):
    """Reminds of jobs: more than once, if in doubt. See `quiz/job.py`."""

    async def put_job(self, job: Job, at: datetime) -> None: ...

    async def claim_jobs(self, now: datetime, most: int) -> Sequence[tuple[Job, datetime]]: ...

    async def finish_job(self, job: Job, until: datetime, again: datetime | None) -> None: ...

    async def sweep_jobs(self, worker: str, now: datetime) -> int: ...


class Schedules(Protocol):
    async def schedule(self, workspace: Workspace, channel: ChannelId) -> Schedule | None: ...

    async def schedules(self, workspace: Workspace) -> tuple[Schedule, ...]: ...

    async def save_schedule(
        self, workspace: Workspace, schedule: Schedule, version: str, now: datetime
    ) -> Saving: ...

    async def delete_schedule(
        self, workspace: Workspace, schedule: Schedule, now: datetime
    ) -> Saving: ...


class Posts(Protocol):
    """Who may post, close and withdraw a question: each once, whatever crashes."""

    async def last_day(self, workspace: Workspace, channel: ChannelId) -> date | None: ...

    async def claim_post(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        schedule: Schedule,
        attempt: Attempt,
        *,
        anew: bool = False,
    ) -> Claim: ...

    async def skip_post(
        self, workspace: Workspace, schedule: Schedule, missed: Missed, now: datetime
    ) -> Claim: ...

    async def settle_post(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        attempt: Attempt,
        settlement: Settlement,
        now: datetime,
        told: str = "",
    ) -> None: ...

    async def occurrence(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> tuple[Occurrence, Tally] | None: ...

    async def asked_before(
        self, workspace: Workspace, channel: ChannelId
    ) -> tuple[Sequence[QuestionId], Mapping[Slug, tuple[int, int]]]: ...

    async def withheld(self, workspace: Workspace) -> Mapping[QuestionId, CaseId]:
        """Which version of which question is out of the daily pool."""

    async def daily_counts(self, workspace: Workspace) -> DailyCounts: ...

    async def post_note(
        self, workspace: Workspace, channel: ChannelId, day: date
    ) -> PostNote | None: ...

    async def begin_closing(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt
    ) -> Claim: ...

    async def claim_announcement(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt
    ) -> bool: ...

    async def end_closing(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt, *, done: bool
    ) -> OccurrenceState | None: ...

    async def void_post(
        self, workspace: Workspace, occurrence: Occurrence, now: datetime
    ) -> OccurrenceState | None: ...

    async def end_voiding(self, workspace: Workspace, occurrence: Occurrence) -> None: ...

    async def wait_to_edit(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        attempt: Attempt,
        apart: timedelta,
        most: int,
    ) -> timedelta: ...

    async def shown_count(self, workspace: Workspace, occurrence_id: OccurrenceId) -> int: ...

    async def keep_shown_count(
        self, workspace: Workspace, occurrence_id: OccurrenceId, count: int
    ) -> None: ...


class DailyAnswers(Protocol):
    async def keep_answer(
        self, player: Player, occurrence: Occurrence, answer: Answer, at: datetime, posted: str
    ) -> Keeping: ...

    async def take_daily_hint(
        self, player: Player, occurrence: Occurrence, at: datetime, posted: str
    ) -> HintTaken | Gone: ...

    async def answers(
        self, workspace: Workspace, occurrence: Occurrence
    ) -> tuple[GivenAnswer, ...]: ...

    async def award(self, player: Player, occurrence: Occurrence, given: GivenAnswer) -> int: ...

    async def revoke(self, player: Player, occurrence: Occurrence, given: GivenAnswer) -> int: ...

    async def channel_streaks(
        self, workspace: Workspace, channel: ChannelId, users: Sequence[UserId] = ()
    ) -> Mapping[UserId, Streak]: ...

    async def due_days(
        self, workspace: Workspace, channel: ChannelId, after: date | None
    ) -> frozenset[date]: ...

    async def keep_channel_streak(
        self, player: Player, channel: ChannelId, before: Streak | None, after: Streak
    ) -> bool: ...

    async def shown_names(
        self, workspace: Workspace, users: Sequence[UserId]
    ) -> Mapping[UserId, str]: ...


class DailyStore(Due, Schedules, Posts, DailyAnswers, Protocol):
    """All that is kept. Every method raises `MemoryAway` when it cannot in time."""


class Holidays(Protocol):
    def __call__(self, country: str, day: date, /) -> bool:
        """Whether a date is a public holiday; never for an empty or unknown country."""


# What Slack makes of a message to a channel


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack took it; `ts` names the message."""

    ts: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack certainly did nothing; `code` is its own name for why."""

    code: str


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Slack certainly did nothing and may be asked again after `span`: there were too many calls,
    or it could not be reached at all.
    """

    span: timedelta


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer was lost: it may have been done."""


Delivery: TypeAlias = Posted | Refused | RateLimited | Unknown


class ChannelChat(Protocol):
    """Speaks to channels. No call is repeated behind our back."""

    async def ask(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        """Post the question. Slack cannot tell a second one, so this is done at most once."""

    async def count(self, workspace: Workspace, occurrence: Occurrence, answered: int) -> Delivery:
        """Change the number of answers in the message. May be repeated."""

    async def reveal(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        """Make the message the result. May be repeated."""

    async def announce(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        """Post the result as a new message. Like `ask`, at most once."""

    async def withdraw(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        """Make the message say that the question does not count. May be repeated."""

    async def tell_owner(self, workspace: Workspace, schedule: Schedule) -> Delivery:
        """Tell in private whoever set it up why it is paused."""
