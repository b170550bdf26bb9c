"""What Slack tells about channels, as values of ours: who is in one, where a message is."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from bot.errors import SlackRefused
from bot.quiz.player import ChannelId, UserId, Workspace
from bot.slack.calls import Calls

PAGE: Final = 1_000
"""The most that Slack gives: a large channel must not cost hundreds of calls."""


class Rooms:
    """The workspace is named in every call, but there is one token so far."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def members(
        self, workspace: Workspace, channel: ChannelId
    ) -> AsyncIterator[Sequence[UserId]]:
        del workspace
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            answer = await self._calls.read(
                "conversations.members", channel=channel, limit=PAGE, **more
            )
            listed = answer.get("members")
            yield [UserId(str(user)) for user in listed] if isinstance(listed, list) else []
            metadata = answer.get("response_metadata")
            cursor = _text(metadata, "next_cursor") if isinstance(metadata, Mapping) else ""
            if not cursor:
                return

    async def link(self, workspace: Workspace, channel: ChannelId, ts: str) -> str:
        del workspace
        method = "chat.getPermalink"
        link = _text(await self._calls.read(method, channel=channel, message_ts=ts), "permalink")
        if not link.startswith("https://"):
            raise SlackRefused(method, "no_link")
        return link


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""
