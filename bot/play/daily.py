"""Somebody answers the question of a channel: in time it counts, afterwards it is practice.

`Daily.answer` is called by the buttons and the form of the posted message; posting, counting and
closing are in `play/posting.py` and `play/closing.py`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from bot.bank.shelf import Library
from bot.play.channel_ports import DailyStore
from bot.play.ports import Clock
from bot.quiz.job import Job, JobKind
from bot.quiz.occurrence import Gone, Occurrence, OccurrenceId, OccurrenceState, TooLate
from bot.quiz.player import Player
from bot.quiz.question import Quiz
from bot.quiz.session import Answer, AttemptId, Given, is_possible, is_right
from bot.quiz.streaks import Streak, advance, reached

TRIES: Final = 3
"""For a streak that another press of the same person changes at the same time."""


@dataclass(frozen=True, slots=True)
class DailyRun:
    """A person's run of working days in a channel. `milestone` is one that this answer reached."""

    days: int
    milestone: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer stands. `tells` says whether the person may know how good it is: at once, or not
    before the close; `again` that it stood before this press. `week_points` are all that the
    person has earned in this week, 0 where that would tell.
    """

    occurrence: Occurrence
    answer: Answer
    run: DailyRun
    tells: bool
    again: bool
    week_points: int
    quiz: Quiz | None


@dataclass(frozen=True, slots=True)
class Practice:
    """It was closed: this is how good the answer is, and nothing is kept."""

    occurrence: Occurrence
    given: Given
    right: bool
    quiz: Quiz | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The question was voided: no answer to it counts."""


@dataclass(frozen=True, slots=True)
class NoSuchQuestion:
    """It is too old, or the button is not one of its own."""


@dataclass(frozen=True, slots=True)
class Hinted:
    """The hint of the question may be read. `is_free` as in `HintTaken`."""

    occurrence: Occurrence
    is_free: bool


DailyOutcome: TypeAlias = Recorded | Practice | Withdrawn | NoSuchQuestion


@dataclass(frozen=True, slots=True)
class Daily:
    store: DailyStore
    catalogue: Library
    now: Clock

    async def answer(
        self,
        player: Player,
        occurrence_id: OccurrenceId,
        given: Given,
        attempt: AttemptId,
        posted: str = "",
    ) -> DailyOutcome:
        """`posted` is the timestamp of the message that was clicked, if it was one."""
        occurrence = await self.look(player, occurrence_id)
        if not isinstance(occurrence, Occurrence):
            return occurrence
        question = occurrence.question
        if not is_possible(question, given):
            return NoSuchQuestion()
        right, now = is_right(question, given), self.now()
        answer = Answer(given, right, 0, attempt)
        kept = await self.store.keep_answer(player, occurrence, answer, now, posted)
        if isinstance(kept, Gone):
            return Withdrawn()
        quiz = self.catalogue.get(occurrence.slug)
        if isinstance(kept, TooLate):
            if kept.proved:  # its message still shows the question
                await self._redraw(player, occurrence, now)
            return Practice(occurrence, given, right, quiz)
        run = await self._keep_streak(player, occurrence)
        if kept.proved or not kept.again:
            await self._redraw(player, occurrence, now)
        week = kept.week_points if occurrence.instant else 0
        return Recorded(occurrence, kept.answer, run, occurrence.instant, kept.again, week, quiz)

    async def take_hint(
        self, player: Player, occurrence_id: OccurrenceId, posted: str = ""
    ) -> Hinted | Withdrawn | NoSuchQuestion:
        """It is kept that it was taken before anybody reads it. `posted` as in `answer`."""
        occurrence = await self.look(player, occurrence_id)
        if not isinstance(occurrence, Occurrence):
            return occurrence
        if not occurrence.question.has_hint:
            return NoSuchQuestion()
        now = self.now()
        taken = await self.store.take_daily_hint(player, occurrence, now, posted)
        if isinstance(taken, Gone):
            return Withdrawn()
        if taken.proved:
            await self._redraw(player, occurrence, now)
        return Hinted(occurrence, taken.is_free)

    async def look(
        self, player: Player, occurrence_id: OccurrenceId
    ) -> Occurrence | Withdrawn | NoSuchQuestion:
        """The question of a button, open or closed; for the form that takes what was typed."""
        found = await self.store.occurrence(player.workspace, occurrence_id)
        if found is None or found[0].state is OccurrenceState.REFUSED:
            return NoSuchQuestion()
        return Withdrawn() if found[0].state is OccurrenceState.VOIDED else found[0]

    async def _redraw(self, player: Player, occurrence: Occurrence, now: datetime) -> None:
        job = Job(JobKind.EDIT, player.workspace, occurrence.channel, occurrence.id)
        await self.store.put_job(job, now)

    async def _keep_streak(self, player: Player, occurrence: Occurrence) -> DailyRun:
        workspace, channel = player.workspace, occurrence.channel
        for _ in range(TRIES):
            found = await self.store.channel_streaks(workspace, channel, [player.user])
            before = found.get(player.user)
            due = await self.store.due_days(workspace, channel, oldest_needed(before))
            after = run_after(before, occurrence, due)
            if after == before:
                return DailyRun(after.length)
            if await self.store.keep_channel_streak(player, channel, before, after):
                return DailyRun(
                    after.length, reached(before.length if before else 0, after.length)
                )
        return DailyRun(after.length)


def oldest_needed(before: Streak | None) -> date | None:
    """Due days up to this one cannot change a streak any more."""
    return (before.repaired or before.last) if before else None


def run_after(before: Streak | None, occurrence: Occurrence, due: AbstractSet[date]) -> Streak:
    """A person's streak in a channel after an answer to its question.

    Due are the days on which the channel certainly got a question, and one that counts: so no day
    without a post, or with one that was withdrawn or of unknown fate, breaks anybody's streak.
    """
    day = occurrence.day

    def is_due(each: date) -> bool:
        return occurrence.counts if each == day else each in due

    def never(_: date) -> bool:
        return False

    return advance(before or Streak(), day, is_due, never)
