"""Withdraws a bad question of a channel: nobody keeps points for it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.play.channel_ports import ChannelChat, DailyStore, RateLimited, Unknown
from bot.play.ports import Chance, Clock
from bot.quiz.job import Again, Done, Job, JobKind, Next, Parked
from bot.quiz.occurrence import Attempt, Occurrence, OccurrenceId, OccurrenceState
from bot.quiz.player import Player, Workspace

MOST_EDITS: Final = 40
"""In a minute, of all messages of a workspace; Slack allows about fifty."""

SOON: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Voided:
    """The question is withdrawn; its points are on their way back."""

    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class NothingToVoid:
    """It was not posted, or is too old."""


@dataclass(frozen=True, slots=True)
class Voiding:
    store: DailyStore
    chat: ChannelChat
    now: Clock
    chance: Chance

    async def void(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> Voided | NothingToVoid:
        """From here on no answer counts. The points are taken back person by person, which goes
        on after a restart. Who may do this is for the caller to decide.
        """
        found = await self.store.occurrence(workspace, occurrence_id)
        if found is None:
            return NothingToVoid()
        occurrence, _ = found
        await self.store.void_post(workspace, occurrence, self.now())
        after = await self.store.occurrence(workspace, occurrence_id)
        if after is None or after[0].state is not OccurrenceState.VOIDED:
            return NothingToVoid()
        job = Job(JobKind.VOID, workspace, occurrence.channel, occurrence.id)
        await self.store.put_job(job, self.now())
        return Voided(replace(occurrence, state=OccurrenceState.VOIDED))

    async def take_back(self, workspace: Workspace, occurrence: Occurrence) -> Next:
        """Everybody's points, then say so in the message."""
        for given in await self.store.answers(workspace, occurrence):
            if not given.revoked:
                await self.store.revoke(Player(workspace, given.user), occurrence, given)
        if occurrence.posted:
            later = await self._say_so(workspace, occurrence)
            if later:
                return later
        await self.store.end_voiding(workspace, occurrence)
        return Done()

    async def _say_so(self, workspace: Workspace, occurrence: Occurrence) -> Next | None:
        """When to try again; None if that is not needed."""
        now = self.now()
        attempt = Attempt(self.chance.token(), now, now)
        wait = await self.store.wait_to_edit(
            workspace, occurrence, attempt, timedelta(), MOST_EDITS
        )
        if wait:
            return Again(now + wait)
        delivery = await self.chat.withdraw(workspace, occurrence)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        return Again(self.now() + SOON) if isinstance(delivery, Unknown) else None
