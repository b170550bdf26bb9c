"""Closes the questions of channels and shows their results.

All of it may be repeated, but for a result as a message of its own: that needs a claim.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, assert_never

from bot.bank.shelf import Library
from bot.play.channel_ports import (
    ChannelChat,
    DailyStore,
    Delivery,
    Posted,
    RateLimited,
    Refused,
    Unknown,
)
from bot.play.daily import oldest_needed, run_after
from bot.play.ports import Chance, Clock
from bot.play.voiding import MOST_EDITS, SOON, Voiding
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.occurrence import (
    OPEN,
    Attempt,
    Busy,
    Claimed,
    GivenAnswer,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    Outdated,
    Resolved,
    Runner,
    Stands,
    Tally,
)
from bot.quiz.player import Player, UserId, Workspace
from bot.quiz.streaks import MILESTONES, Streak

LEASE: Final = timedelta(minutes=1)
NAMED: Final = 10
"""Runners in a result."""

UNEDITABLE: Final = frozenset({"edit_window_closed", "cant_update_message"})
"""What Slack says of a message that is there and must stay as it is."""


@dataclass(frozen=True, slots=True)
class Closing:
    store: DailyStore
    chat: ChannelChat
    catalogue: Library
    now: Clock
    chance: Chance

    @property
    def voiding(self) -> Voiding:
        return Voiding(self.store, self.chat, self.now, self.chance)

    async def close(self, job: Job) -> Next:
        workspace = job.workspace
        found = await self.store.occurrence(workspace, OccurrenceId(job.subject))
        if found is None:
            return Done()
        occurrence, _ = found
        if occurrence.state is OccurrenceState.VOIDED:
            return await self.voiding.take_back(workspace, occurrence)
        now = self.now()
        if now < occurrence.closes and occurrence.state in OPEN:
            return Again(occurrence.closes)
        attempt = Attempt(self.chance.token(), now, now + LEASE)
        claim = await self.store.begin_closing(workspace, occurrence, attempt)
        match claim:
            case Busy(until):
                return Again(until)
            case Stands() | Outdated():
                return Done()
            case Claimed():
                return await self._resolve(workspace, occurrence.id, attempt)
            case _:
                assert_never(claim)

    async def _resolve(
        self, workspace: Workspace, occurrence_id: OccurrenceId, attempt: Attempt
    ) -> Next:
        """Give what was earned, then show the result. No answer can come any more."""
        found = await self.store.occurrence(workspace, occurrence_id)
        if found is None:
            return Done()
        occurrence, tally = found
        answers = await self.store.answers(workspace, occurrence)
        for given in answers:
            if not given.earned:
                await self.store.award(Player(workspace, given.user), occurrence, given)
        wait = await self.store.wait_to_edit(
            workspace, occurrence, attempt, timedelta(), MOST_EDITS
        )
        if wait:
            return await self._later(workspace, occurrence, attempt, Again(self.now() + wait))
        resolved = await self.resolved(workspace, occurrence, tally)
        delivery = await self._show(workspace, resolved, attempt)
        match delivery:
            case RateLimited(span):
                return await self._later(workspace, occurrence, attempt, Parked(span))
            case Unknown():
                return await self._later(workspace, occurrence, attempt, Again(self.now() + SOON))
            case Posted() | Refused():  # deleted, archived, revoked: nobody can be shown it
                return await self._end(workspace, occurrence, attempt)
            case _:
                assert_never(delivery)

    async def _show(self, workspace: Workspace, resolved: Resolved, attempt: Attempt) -> Delivery:
        """In the message of the question. Where that is not known, or must stay as it is, as a new
        one: at most once, so a lost answer to that counts as taken.
        """
        occurrence = resolved.occurrence
        if occurrence.posted:
            delivery = await self.chat.reveal(workspace, resolved)
            if not (isinstance(delivery, Refused) and delivery.code in UNEDITABLE):
                return delivery
        if not await self.store.claim_announcement(workspace, occurrence, attempt):
            return Posted("")
        delivery = await self.chat.announce(workspace, resolved)
        return Posted("") if isinstance(delivery, Unknown) else delivery

    async def _later(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt, when: Next
    ) -> Next:
        await self.store.end_closing(workspace, occurrence, attempt, done=False)
        return when

    async def _end(self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt) -> Next:
        state = await self.store.end_closing(workspace, occurrence, attempt, done=True)
        if state is OccurrenceState.VOIDED:  # while the result was on its way
            return Again(self.now())
        return Done()

    # The result

    async def resolved(
        self, workspace: Workspace, occurrence: Occurrence, tally: Tally
    ) -> Resolved:
        answers = await self.store.answers(workspace, occurrence)
        streaks = await self._streaks(workspace, occurrence, answers)
        runs = sorted(
            ((streak.length, user) for user, streak in streaks.items()),
            key=lambda run: (-run[0], run[1]),
        )
        long = [(days, user) for days, user in runs if days >= MILESTONES[0]]
        names = await self.store.shown_names(workspace, [user for _, user in long])
        runners = [Runner(user, names[user], days) for days, user in long if user in names]
        quiz = self.catalogue.get(occurrence.slug)
        return Resolved(occurrence, tally, tuple(runners[:NAMED]), quiz)

    async def _streaks(
        self, workspace: Workspace, occurrence: Occurrence, answers: Iterable[GivenAnswer]
    ) -> dict[UserId, Streak]:
        """Of everybody who answered. Whoever's streak was not kept with their answer, because a
        worker died between the two, gets it now.
        """
        kept = await self.store.channel_streaks(workspace, occurrence.channel)
        oldest = min(filter(None, map(oldest_needed, kept.values())), default=None)
        due = await self.store.due_days(workspace, occurrence.channel, oldest)
        streaks = {}
        for given in answers:
            before = kept.get(given.user)
            after = run_after(before, occurrence, due)
            if after != before:
                player = Player(workspace, given.user)
                await self.store.keep_channel_streak(player, occurrence.channel, before, after)
            streaks[given.user] = after
        return streaks
