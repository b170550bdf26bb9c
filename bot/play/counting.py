"""Keeps the count in the messages of channels' questions up to date, within Slack's limits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.play.channel_ports import Posted, RateLimited, Refused, Unknown
from bot.play.closing import Closing
from bot.play.voiding import MOST_EDITS, SOON
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.occurrence import Attempt, Occurrence, OccurrenceId, OccurrenceState, Tally
from bot.quiz.player import Workspace

APART: Final = timedelta(seconds=5)
"""Between two counts in the same message."""

MOST_COUNTS: Final = 36
"""So many of a workspace's edits in a minute may be counts: results must not wait for those."""

MARGIN: Final = timedelta(seconds=15)
"""So long before the close no count is sent any more: Slack might be slower with it than with the
result, and the count would take the result's place."""

UNSETTLED: Final = frozenset({OccurrenceState.CLAIMED, OccurrenceState.CLOSING})


@dataclass(frozen=True, slots=True)
class Counting:
    closing: Closing

    async def edit(self, job: Job) -> Next:
        """Show the count while the question is open. Afterwards show the result again: a click
        may just have told which message it belongs into, or a count may have come after it.
        """
        store, now = self.closing.store, self.closing.now
        found = await store.occurrence(job.workspace, OccurrenceId(job.subject))
        if found is None:
            return Done()
        occurrence, tally = found
        if occurrence.state in UNSETTLED:
            return Again(now() + SOON)
        if not occurrence.posted:
            return Done()
        match occurrence.state:
            case OccurrenceState.SENT:
                return await self._count(job.workspace, occurrence, tally.answered)
            case OccurrenceState.CLOSED:
                return await self._reveal(job.workspace, occurrence, tally)
            case _:
                return await self.closing.close(job)

    async def _count(self, workspace: Workspace, occurrence: Occurrence, answered: int) -> Next:
        store, now = self.closing.store, self.closing.now
        if now() >= occurrence.closes - MARGIN:
            return Done()
        if answered == await store.shown_count(workspace, occurrence.id):
            return Done()
        wait = await self._wait(workspace, occurrence, APART, MOST_COUNTS)
        if wait:
            return Again(now() + wait)
        delivery = await self.closing.chat.count(workspace, occurrence, answered)
        if isinstance(delivery, Posted):
            await store.keep_shown_count(workspace, occurrence.id, answered)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        # More answers may have come, or the question may have been closed meanwhile.
        return Done() if isinstance(delivery, Refused) else Again(now() + APART)

    async def _reveal(self, workspace: Workspace, occurrence: Occurrence, tally: Tally) -> Next:
        now = self.closing.now
        wait = await self._wait(workspace, occurrence, timedelta(), MOST_EDITS)
        if wait:
            return Again(now() + wait)
        resolved = await self.closing.resolved(workspace, occurrence, tally)
        delivery = await self.closing.chat.reveal(workspace, resolved)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        return Again(now() + SOON) if isinstance(delivery, Unknown) else Done()

    async def _wait(
        self, workspace: Workspace, occurrence: Occurrence, apart: timedelta, most: int
    ) -> timedelta:
        now = self.closing.now()
        attempt = Attempt(self.closing.chance.token(), now, now)
        return await self.closing.store.wait_to_edit(workspace, occurrence, attempt, apart, most)
