"""Speaks to the channel of the authors, and to those who reported and suggested, for the use
cases.
"""

from bot.blocks import report, report_review, suggestion, suggestion_review
from bot.blocks.kit import Message
from bot.play.channel_ports import Delivery
from bot.play.report_ports import CaseView, SuggestionView
from bot.quiz.player import ChannelId, Player, Workspace
from bot.quiz.report import Case, Report, Verdict
from bot.quiz.suggestion import Suggestion
from bot.slack.calls import content
from bot.slack.channel_chat import SlackChannels


class ReviewChannels(SlackChannels):
    """`client` is as for all channels: it repeats nothing by itself."""

    async def post_case(
        self, workspace: Workspace, channel: ChannelId, view: CaseView
    ) -> Delivery:
        return await self._post(workspace, channel, report_review.case_message(view))

    async def change_case(self, workspace: Workspace, view: CaseView) -> Delivery:
        message = report_review.case_message(view)
        return await self._change(workspace, (view.case.channel, view.case.posted), message)

    async def say_in_thread(
        self, workspace: Workspace, case: Case, said: Report, name: str
    ) -> Delivery:
        message = report_review.reply_message(said, case.question, name)
        where = {"channel": case.channel, "thread_ts": case.posted}
        return await self._call(workspace, "chat.postMessage", {**where, **content(message)})

    async def tell_verdict(self, player: Player, case: Case, verdict: Verdict) -> Delivery:
        message = report.verdict_message(case, verdict)
        return await self._post(player.workspace, player.user, message)

    async def post_suggestion(
        self, workspace: Workspace, channel: ChannelId, view: SuggestionView
    ) -> Delivery:
        return await self._post(workspace, channel, suggestion_review.suggestion_message(view))

    async def change_suggestion(self, workspace: Workspace, view: SuggestionView) -> Delivery:
        message = suggestion_review.suggestion_message(view)
        where = (view.suggestion.channel, view.suggestion.posted)
        return await self._change(workspace, where, message)

    async def tell_answer(self, player: Player, suggested: Suggestion) -> Delivery:
        return await self._post(
            player.workspace, player.user, suggestion.answer_message(suggested)
        )

    async def tell_waiting(self, player: Player, waiting: int) -> Delivery:
        message = report.waiting_message(waiting, self._command)
        return await self._post(player.workspace, player.user, message)

    async def _change(
        self, workspace: Workspace, where: tuple[ChannelId, str], message: Message
    ) -> Delivery:
        channel, ts = where
        arguments = {"channel": channel, "ts": ts, **content(message)}
        return await self._call(workspace, "chat.update", arguments)
