"""Speaks to the channels of live rounds for the use cases."""

from bot.blocks import live, live_words
from bot.play.channel_ports import Delivery, Refused
from bot.play.live_ports import LiveView
from bot.quiz.live import Notice
from bot.quiz.player import Workspace
from bot.slack.calls import content
from bot.slack.channel_chat import SlackChannels


class LiveChannels(SlackChannels):
    """`client` is as for all channels: it repeats nothing by itself."""

    async def post(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        message = live.notice_message(view, notice, self._edits)
        return await self._post(workspace, view.round.channel, message)

    async def draw(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        """A message whose timestamp nobody knows cannot be changed."""
        sent = view.round.sent.get(notice)
        if not sent or not sent.ts:
            return Refused("message_not_found")
        where = {"channel": view.round.channel, "ts": sent.ts}
        arguments = {**where, **content(live.notice_message(view, notice, self._edits))}
        return await self._call(workspace, "chat.update", arguments)

    async def tell_host(self, workspace: Workspace, view: LiveView, code: str) -> Delivery:
        message = live_words.host_message(view.round.channel, code)
        return await self._post(workspace, view.round.host, message)
