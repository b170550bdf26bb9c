"""Speaks to channels for the use cases: every call of Slack ends as one of four outcomes.

The client must not repeat anything by itself: a second post cannot be told from the first.
"""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import structlog
from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import bank_news, daily, daily_words, weekly
from bot.blocks.kit import Message
from bot.blocks.reminder import reminder_message
from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.home_ports import Reminder
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.occurrence import Occurrence, Resolved
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.schedule import Schedule
from bot.quiz.trouble import BankTrouble
from bot.quiz.weekly import WeeklyBoard
from bot.slack.calls import content

log = structlog.get_logger(__name__)

UNREACHABLE: Final = timedelta(seconds=5)
FULL: Final = timedelta(minutes=1)
IN_DOUBT: Final = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
"""Slack's own words for: some of it may have been done."""


class SlackChannels:
    """`client` carries the token and the shared session, and has no retry handlers.

    The workspace is named in every call, but there is one token so far.
    """

    def __init__(self, client: AsyncWebClient, command: str, edits: EditLinks = NO_LINKS) -> None:
        self._client = client
        self._command = command
        self._edits = edits

    async def ask(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        message = daily.question_message(occurrence, 0)
        return await self._post(workspace, occurrence.channel, message)

    async def count(self, workspace: Workspace, occurrence: Occurrence, answered: int) -> Delivery:
        message = daily.question_message(occurrence, answered)
        return await self._update(workspace, occurrence, message)

    async def reveal(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        message = self._result(resolved)
        return await self._update(workspace, resolved.occurrence, message)

    async def announce(self, workspace: Workspace, resolved: Resolved) -> Delivery:
        message = self._result(resolved)
        return await self._post(workspace, resolved.occurrence.channel, message)

    def _result(self, resolved: Resolved) -> Message:
        edit = self._edits.of(resolved.occurrence.question.place)
        return daily.result_message(resolved, edit)

    async def withdraw(self, workspace: Workspace, occurrence: Occurrence) -> Delivery:
        message = daily.withdrawn_message(occurrence)
        return await self._update(workspace, occurrence, message)

    async def tell_owner(self, workspace: Workspace, schedule: Schedule) -> Delivery:
        message = daily_words.owner_message(schedule, self._command)
        return await self._post(workspace, schedule.owner, message)

    async def remind(self, player: Player, reminder: Reminder) -> Delivery:
        message = reminder_message(reminder)
        return await self._post(player.workspace, player.user, message)

    async def post_board(self, workspace: Workspace, board: WeeklyBoard) -> Delivery:
        """The board of the week; like `ask`, at most once."""
        return await self._post(workspace, board.channel, weekly.weekly_message(board))

    async def tell_bank(
        self, workspace: Workspace, to: ChannelId | UserId, trouble: BankTrouble
    ) -> Delivery:
        """Like `ask`, at most once."""
        return await self._post(workspace, to, bank_news.bank_message(trouble))

    async def _post(self, workspace: Workspace, channel: str, message: Message) -> Delivery:
        arguments = {"channel": channel, **content(message)}
        return await self._call(workspace, "chat.postMessage", arguments)

    async def _update(
        self, workspace: Workspace, occurrence: Occurrence, message: Message
    ) -> Delivery:
        where = {"channel": occurrence.channel, "ts": occurrence.posted}
        return await self._call(workspace, "chat.update", {**where, **content(message)})

    async def _call(
        self, workspace: Workspace, method: str, arguments: Mapping[str, Any]
    ) -> Delivery:
        try:
            response = await self._client.api_call(method, json=dict(arguments))
        except SlackApiError as error:
            delivery = _refusal(error)
        except ClientConnectorError:  # it was not even reached
            delivery = RateLimited(UNREACHABLE)
        except (
            ClientError,
            TimeoutError,
            OSError,
            AttributeError,
        ):  # the last is the client's own
            delivery = Unknown()
        else:
            return Posted(str(response.get("ts", "")))
        log.warning(
            "slack did not take it", method=method, team=workspace.team, outcome=str(delivery)
        )
        return delivery


def _refusal(error: SlackApiError) -> Delivery:
    response = error.response
    answer = getattr(response, "data", None)
    code = answer.get("error") if isinstance(answer, Mapping) else None
    if getattr(response, "status_code", 0) == HTTPStatus.TOO_MANY_REQUESTS or code in {
        "ratelimited",
        "rate_limited",
    }:
        asked = str(response.headers.get("Retry-After", ""))
        return RateLimited(timedelta(seconds=int(asked) if asked.isdecimal() else 1))
    if code == "message_limit_exceeded":
        return RateLimited(FULL)
    return Unknown() if code is None or code in IN_DOUBT else Refused(str(code))
