"""Keeps the authors' channel up to date: one message for each case, edited in its place, with a
reply in its thread for each report; and tells those who reported how it was settled.

`Reviewing.run` is what `Posting` calls for jobs of the kind REPORT. The message is posted again
when Slack did not say whether it took it: a report that is seen twice does less harm than one that
nobody sees. Whoever reported hears of a verdict at most once.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.bank.shelf import Library
from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused
from bot.play.ports import Chance, Clock
from bot.play.report_ports import CaseView, ReviewChat, ReviewStore, Sources, Standing
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.occurrence import Attempt, Busy
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.report import Case, CaseId, case_of

LEASE: Final = timedelta(minutes=1)
SOON: Final = timedelta(seconds=5)
LATER: Final = timedelta(hours=1)
"""When to try again in a channel that takes no messages: until then somebody may invite us."""

TOLD, HEARD = "told", "heard"


@dataclass(frozen=True, slots=True)
class Waits:
    """Nothing can be done before a channel is chosen."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    store: ReviewStore
    chat: ReviewChat
    sources: Sources
    catalogue: Library
    now: Clock
    chance: Chance

    async def run(self, job: Job) -> Next:
        workspace, case_id = job.workspace, CaseId(job.subject)
        attempt = self.attempt()
        claim = await self.store.begin_case(workspace, case_id, attempt)
        if isinstance(claim, Busy):
            return Again(claim.until)
        case = await self.store.case(workspace, case_id) if claim else None
        if case is None:
            return Done()
        after = await self._review(workspace, case, attempt)
        is_done = isinstance(after, Done)
        more = await self.store.end_case(workspace, case, attempt, done=is_done)
        if isinstance(after, Waits):
            return Done()
        return Again(self.now()) if more and is_done else after

    def attempt(self) -> Attempt:
        now = self.now()
        return Attempt(self.chance.token(), now, now + LEASE)

    async def _review(self, workspace: Workspace, case: Case, attempt: Attempt) -> Next | Waits:
        settings = await self.store.workspace_settings(workspace)
        case_or_next = await self._message(workspace, settings.review, case, attempt)
        if not isinstance(case_or_next, Case):
            return case_or_next
        return (
            await self._replies(workspace, case_or_next, attempt)
            or await self._verdicts(workspace, case_or_next, attempt)
            or Done()
        )

    # The message

    async def _message(
        self, workspace: Workspace, channel: ChannelId, case: Case, attempt: Attempt
    ) -> Case | Next | Waits:
        """The case with a message that shows it, or when to go on. An open one moves to a channel
        that was chosen since; a settled one is left where it is.
        """
        if channel and case.verdict is None and case.channel != channel:
            case = replace(case, channel=channel, posted="")
        if not case.posted and case.verdict:
            return case
        if not case.posted and not channel:
            await self.nudge(workspace, attempt)
            return Waits()
        if case.posted and case.shown == case.revision:
            return case
        view = await self._view(workspace, case)
        if not case.posted:
            return await self._posted(workspace, case, await self._post(workspace, case, view))
        delivery = await self.chat.change_case(workspace, view)
        if isinstance(delivery, Refused) and case.verdict is None:  # deleted, or not to be changed
            return await self._posted(workspace, case, await self._post(workspace, case, view))
        if isinstance(delivery, Refused):
            delivery = Posted(case.posted)
        return await self._posted(workspace, case, delivery)

    async def _post(self, workspace: Workspace, case: Case, view: CaseView) -> Delivery:
        return await self.chat.post_case(workspace, case.channel, view)

    async def _posted(self, workspace: Workspace, case: Case, delivery: Delivery) -> Case | Next:
        if not isinstance(delivery, Posted):
            return when_again(delivery, self.now)
        kept = replace(case, posted=delivery.ts, shown=case.revision)
        await self.store.keep_case_message(workspace, kept)
        return kept

    async def _view(self, workspace: Workspace, case: Case) -> CaseView:
        users = {held.report.user for held in case.reports}
        people = sorted(users | ({case.decider} if case.decider else set()))
        return CaseView(
            case,
            await self.sources(case.question),
            self._standing(case),
            await self.store.item(workspace, case.question),
            await self.store.names_of(workspace, people),
        )

    def _standing(self, case: Case) -> Standing:
        found = self.catalogue.question(case.question.id)
        if found is None:
            return Standing.GONE
        return Standing.SAME if case_of(found[1]) == case.id else Standing.CHANGED

    # Those who reported

    async def _replies(self, workspace: Workspace, case: Case, attempt: Attempt) -> Next | None:
        waiting = [held.report for held in case.reports if not held.told]
        names = await self.store.names_of(workspace, [report.user for report in waiting])
        for report in waiting if case.posted else ():
            player = Player(workspace, report.user)
            if not await self.store.claim_telling(player, case.id, TOLD, attempt):
                continue
            delivery = await self.chat.say_in_thread(
                workspace, case, report, names.get(report.user, "")
            )
            if isinstance(delivery, RateLimited):
                await self.store.release_telling(player, case.id, TOLD, attempt)
                return Parked(delivery.span)
        return None

    async def _verdicts(self, workspace: Workspace, case: Case, attempt: Attempt) -> Next | None:
        for user, verdict in await self.store.unheard(workspace, case.id):
            player = Player(workspace, user)
            if not await self.store.claim_telling(player, case.id, HEARD, attempt):
                continue
            delivery = await self.chat.tell_verdict(player, case, verdict)
            if isinstance(delivery, RateLimited):
                await self.store.release_telling(player, case.id, HEARD, attempt)
                return Parked(delivery.span)
        return None

    # Those who could choose a channel

    async def nudge(self, workspace: Workspace, attempt: Attempt) -> None:
        """Tell those who look after questions that something waits, once a week at most."""
        if not await self.store.claim_nudge(workspace, attempt):
            return
        waiting = len(await self.store.in_review(workspace))
        for user in await self._caretakers(workspace):
            await self.chat.tell_waiting(Player(workspace, user), waiting)

    async def _caretakers(self, workspace: Workspace) -> list[UserId]:
        settings = await self.store.workspace_settings(workspace)
        owners = {schedule.owner for schedule in await self.store.schedules(workspace)}
        return sorted(user for user in owners | settings.allowed if user)


def when_again(delivery: Delivery, now: Clock) -> Next:
    """After a message that Slack did not take, or perhaps did not."""
    match delivery:
        case RateLimited(span):
            return Parked(span)
        case Refused():
            return Again(now() + LATER)
        case _:
            return Again(now() + SOON)
