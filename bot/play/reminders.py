"""Reminds people, once a day at most, of a question that is about to close without their answer.

Only who asked for it is reminded, and only of a question that certainly is in a channel of theirs.
`Reminders.run` is called by the scheduler and may be called at any time, any number of times: what
keeps the promise is the claim of each person and date.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.play.channel_ports import Delivery, RateLimited
from bot.play.home_ports import Reminder, ReminderChat, ReminderStore
from bot.play.membership import Membership
from bot.play.ports import Clock
from bot.quiz.job import REMIND_BEFORE, Again, Done, Job, JobKind, Next
from bot.quiz.local_time import zone_named
from bot.quiz.occurrence import Occurrence, OccurrenceId, OccurrenceState
from bot.quiz.player import Player, Workspace

AT_ONCE: Final = 20
PAUSE: Final = timedelta(seconds=5)
"""Between so many and the next so many: Slack takes a few hundred messages a minute."""

UNSURE: Final = timedelta(minutes=5)
"""When to look again at a question that is not known to be in its channel."""


def reminder_job(workspace: Workspace, occurrence: Occurrence) -> tuple[Job, datetime]:
    """The job of a question, and when it is due: never before the question is asked."""
    job = Job(JobKind.REMIND, workspace, occurrence.channel, occurrence.id)
    return job, max(occurrence.planned, occurrence.closes - REMIND_BEFORE)


@dataclass(frozen=True, slots=True)
class Reminders:
    store: ReminderStore
    membership: Membership
    chat: ReminderChat
    now: Clock

    async def wants(self, player: Player) -> bool:
        return await self.store.wants_reminders(player)

    async def choose(self, player: Player, *, wanted: bool) -> None:
        await self.store.choose_reminders(player, wanted=wanted)

    async def run(self, job: Job) -> Next:
        found = await self.store.occurrence(job.workspace, OccurrenceId(job.subject))
        now = self.now()
        if found is None or not found[0].is_open(now):
            return Done()
        occurrence = found[0]
        _, due = reminder_job(job.workspace, occurrence)
        if now < due:
            return Again(due)
        if occurrence.state is not OccurrenceState.SENT:
            return Again(now + UNSURE)
        await self.membership.refresh(job.workspace, [occurrence.channel])
        return await self._remind_all(job.workspace, occurrence)

    async def _remind_all(self, workspace: Workspace, occurrence: Occurrence) -> Next:
        waiting = await self.store.to_remind(workspace, occurrence)
        if not waiting:
            return Done()
        reminder = Reminder(occurrence, await self.membership.link(workspace, occurrence))
        tried = 0
        for user in waiting:
            outcome = await self._remind(Player(workspace, user), reminder)
            if isinstance(outcome, RateLimited):
                return Again(self.now() + outcome.span)
            tried += outcome is not None
            if tried == AT_ONCE:
                return Again(self.now() + PAUSE)
        return Done()

    async def _remind(self, player: Player, reminder: Reminder) -> Delivery | None:
        """None for somebody who has been reminded today. Whatever else became of it, it is not
        tried again: two reminders are worse than none.
        """
        now = self.now()
        zone = (await self.store.personal(player, now)).zone
        day = now.astimezone(zone_named(zone)).date()
        if not await self.store.claim_reminder(player, day):
            return None
        delivery = await self.chat.remind(player, reminder)
        if isinstance(delivery, RateLimited):
            await self.store.release_reminder(player, day)
        return delivery
