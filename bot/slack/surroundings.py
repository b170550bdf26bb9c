"""What Slack says about us: what we may do, which channels we are in, what time it is there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackAway, SlackRefused
from bot.quiz.health import Membership, SlackState
from bot.quiz.player import ChannelId, Workspace
from bot.slack.calls import Calls

PATIENCE: Final = 2.0
"""Seconds: what is not known by then is not known, for people wait for it."""

REFUSALS: Final = {"channel_not_found": Membership.GONE}


class Surroundings:
    """`now` is the machine's own clock in seconds, for it is that which Slack looks at."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], float]) -> None:
        self._client = client
        self._calls = Calls(client)
        self._now = now

    async def slack(self) -> SlackState | None:
        before = self._now()
        try:
            async with asyncio.timeout(PATIENCE):
                response = await self._client.api_call("auth.test")
        except (SlackApiError, ClientError, TimeoutError, OSError):
            return None
        after = self._now()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return SlackState(
            scopes=_scopes(headers),
            ahead=_ahead(headers, (before, after)),
            took=timedelta(seconds=after - before),
        )

    async def memberships(
        self, workspace: Workspace, channels: Sequence[ChannelId]
    ) -> Mapping[ChannelId, Membership]:
        del workspace  # there is one token yet
        found = await asyncio.gather(*map(self._membership, channels))
        return dict(zip(channels, found, strict=True))

    async def _membership(self, channel: ChannelId) -> Membership:
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._calls.read("conversations.info", channel=channel)
        except SlackRefused as error:
            return REFUSALS.get(error.code, Membership.UNKNOWN)
        except (SlackAway, TimeoutError):
            return Membership.UNKNOWN
        told = answer.get("channel")
        if not isinstance(told, Mapping):
            return Membership.UNKNOWN
        if told.get("is_archived") is True:
            return Membership.ARCHIVED
        return Membership.MEMBER if told.get("is_member") is True else Membership.OUTSIDE


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    if "x-oauth-scopes" not in headers:
        return None
    return frozenset(filter(None, (s.strip() for s in headers["x-oauth-scopes"].split(","))))


def _ahead(headers: Mapping[str, str], ours: tuple[float, float]) -> timedelta | None:
    """Slack tells whole seconds, of some moment between ours: what that explains is no drift."""
    try:
        theirs = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return None
    before, after = ours
    if before >= theirs + 1:
        return timedelta(seconds=before - theirs - 1)
    return timedelta(seconds=min(0.0, after - theirs))
