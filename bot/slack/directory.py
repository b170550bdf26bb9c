"""Slack's list of people, as values of ours."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.quiz.people import Member
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.slack.calls import Calls

PAGE: Final = 200
"""What Slack advises for one page."""

SLACKBOT: Final = "USLACKBOT"
"""A bot that Slack does not call one."""


class Directory:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._home = ""

    async def members(self, workspace: Workspace) -> AsyncIterator[Sequence[Member]]:
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            answer = await self._calls.read(
                "users.list", limit=PAGE, team_id=workspace.team, **more
            )
            yield [read_member(user) for user in _list(answer.get("members"))]
            cursor = _text(_map(answer.get("response_metadata")).get("next_cursor"))
            if not cursor:
                return

    async def member(self, player: Player) -> Member:
        answer = await self._calls.read("users.info", user=player.user)
        member = read_member(_map(answer.get("user")))
        return replace(member, is_stranger=member.team != await self._own_team())

    async def _own_team(self) -> str:
        """The workspace whose token we have: a payload may come from somebody of another one."""
        if not self._home:
            answer = await self._calls.read("auth.test")
            self._home = _text(answer.get("team_id"))
        return self._home


def read_member(user: Mapping[str, Any]) -> Member:
    """What Slack leaves out about somebody is held to be false."""
    profile = _map(user.get("profile"))
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"))
    is_admin = user.get("is_admin") is True or user.get("is_owner") is True
    return Member(
        user=UserId(_text(user.get("id"))),
        team=TeamId(_text(user.get("team_id"))),
        name=next(filter(None, map(_text, names)), ""),
        zone=_text(user.get("tz")),
        is_admin=is_admin,
        is_guest=user.get("is_restricted") is True or user.get("is_ultra_restricted") is True,
        is_gone=user.get("deleted") is True,
        is_bot=user.get("is_bot") is True or user.get("id") == SLACKBOT,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
