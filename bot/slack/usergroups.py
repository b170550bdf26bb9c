"""Slack's list of user groups, as values of ours: all of them, with their members, in one call."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.errors import SlackAway
from bot.quiz.membership import UserGroup
from bot.quiz.people import plain_name
from bot.quiz.player import UserId, Workspace
from bot.quiz.teams import GroupId
from bot.slack.calls import Calls

PATIENCE: Final = 2.0
"""Seconds: somebody has pressed a button, and Slack waits three for the answer to that."""


class UserGroups:
    def __init__(self, calls: Calls, patience: float = PATIENCE) -> None:
        self._calls = calls
        self._patience = patience

    async def groups(self, workspace: Workspace) -> Sequence[UserGroup]:
        """In the order of their names."""
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._calls.read(
                    "usergroups.list", include_users="true", team_id=workspace.team
                )
        except TimeoutError as error:
            raise SlackAway("usergroups.list") from error
        listed = answer.get("usergroups")
        found = [read_group(each) for each in (listed if isinstance(listed, list) else ())]
        groups = [group for group in found if group]
        return sorted(groups, key=lambda group: (group.name.casefold(), group.id))


def read_group(group: object) -> UserGroup | None:
    """None for one that is switched off, or that has no id."""
    if not isinstance(group, Mapping) or group.get("date_delete"):
        return None
    named, handle, users = _text(group, "id"), _text(group, "handle"), group.get("users")
    if not named:
        return None
    return UserGroup(
        GroupId(named),
        plain_name(_text(group, "name") or handle or named),
        plain_name(handle) if handle else "",
        frozenset(UserId(user) for user in _listed(users) if isinstance(user, str) and user),
    )


def _text(group: Mapping[str, Any], name: str) -> str:
    value = group.get(name)
    return value.strip() if isinstance(value, str) else ""


def _listed(users: object) -> Sequence[object]:
    return users if isinstance(users, list) else ()
