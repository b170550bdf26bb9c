"""Keeps the authors' message about a suggested question up to date, and tells whoever suggested it
what became of it. As with reports, the message is posted again in doubt, and the answer is not.
"""

from dataclasses import dataclass, replace

from bot.bank.shelf import Library
from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused
from bot.play.report_ports import ReviewChat, SuggestionView
from bot.play.reviewing import Reviewing, Waits, when_again
from bot.quiz.editing import EditLinks
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.occurrence import Attempt, Busy
from bot.quiz.player import ChannelId, Player, Workspace
from bot.quiz.question import Quiz
from bot.quiz.suggestion import Draft, Suggestion, SuggestionId


@dataclass(frozen=True, slots=True)
class SuggestionReview:
    """`reviewing` knows those who could choose a channel."""

    reviewing: Reviewing
    edits: EditLinks

    @property
    def chat(self) -> ReviewChat:
        return self.reviewing.chat

    @property
    def catalogue(self) -> Library:
        return self.reviewing.catalogue

    async def run(self, job: Job) -> Next:
        store, workspace, name = self.reviewing.store, job.workspace, SuggestionId(job.subject)
        attempt = self.reviewing.attempt()
        claim = await store.begin_suggestion(workspace, name, attempt)
        if isinstance(claim, Busy):
            return Again(claim.until)
        suggestion = await store.suggestion(workspace, name) if claim else None
        if suggestion is None:
            return Done()
        after = await self._review(workspace, suggestion, attempt)
        is_done = isinstance(after, Done)
        more = await store.end_suggestion(workspace, suggestion, attempt, done=is_done)
        if isinstance(after, Waits):
            return Done()
        return Again(self.reviewing.now()) if more and is_done else after

    async def _review(
        self, workspace: Workspace, suggestion: Suggestion, attempt: Attempt
    ) -> Next | Waits:
        """Of a suggestion whose author wants to be forgotten, nothing is left to show or tell."""
        if suggestion.draft is None:
            return Done()
        settings = await self.reviewing.store.workspace_settings(workspace)
        shown = await self._message(
            workspace, settings.review, suggestion, suggestion.draft, attempt
        )
        if shown is not None:
            return shown
        return await self._answer(workspace, suggestion, attempt) or Done()

    async def _message(
        self,
        workspace: Workspace,
        channel: ChannelId,
        suggestion: Suggestion,
        draft: Draft,
        attempt: Attempt,
    ) -> Next | Waits | None:
        """None when a message shows it."""
        is_open = suggestion.answer is None
        if channel and is_open and suggestion.channel != channel:
            suggestion = replace(suggestion, channel=channel, posted="")
        if not suggestion.posted and not is_open:
            return None
        if not suggestion.posted and not channel:
            await self.reviewing.nudge(workspace, attempt)
            return Waits()
        if suggestion.posted and suggestion.shown == suggestion.revision:
            return None
        delivery = await self._deliver(workspace, suggestion, draft)
        if not isinstance(delivery, Posted):
            return when_again(delivery, self.reviewing.now)
        kept = replace(suggestion, posted=delivery.ts, shown=suggestion.revision)
        await self.reviewing.store.keep_suggestion_message(workspace, kept)
        return None

    async def _deliver(
        self, workspace: Workspace, suggestion: Suggestion, draft: Draft
    ) -> Delivery:
        view = await self._view(workspace, suggestion, draft)
        if suggestion.posted:
            delivery = await self.chat.change_suggestion(workspace, view)
            if not isinstance(delivery, Refused):
                return delivery
            if suggestion.answer:  # deleted: it need not be shown any more
                return Posted(suggestion.posted)
        return await self.chat.post_suggestion(workspace, suggestion.channel, view)

    async def _view(
        self, workspace: Workspace, suggestion: Suggestion, draft: Draft
    ) -> SuggestionView:
        people = sorted(filter(None, {suggestion.user, suggestion.decider}))
        names = await self.reviewing.store.names_of(workspace, people)
        quiz = self.catalogue.get(suggestion.slug)
        return SuggestionView(suggestion, draft, quiz, self._edit(quiz), names)

    def _edit(self, quiz: Quiz | None) -> str:
        """Where a new question goes: to the last one of its page."""
        return self.edits.of(quiz.questions[-1].place) if quiz else ""

    async def _answer(
        self, workspace: Workspace, suggestion: Suggestion, attempt: Attempt
    ) -> Next | None:
        if suggestion.answer is None or suggestion.user is None or suggestion.heard:
            return None
        store, player = self.reviewing.store, Player(workspace, suggestion.user)
        if not await store.claim_answer_told(player, suggestion.id, attempt):
            return None
        delivery = await self.chat.tell_answer(player, suggestion)
        if isinstance(delivery, RateLimited):
            await store.release_answer_told(player, suggestion.id, attempt)
            return Parked(delivery.span)
        return None
