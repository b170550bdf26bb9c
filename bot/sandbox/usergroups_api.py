"""The methods of the Web API that tell about user groups."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.workspace import Workspace


def list_groups(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    users, count = arguments.flag("include_users"), arguments.flag("include_count")
    groups = workspace.usergroups()
    if not arguments.flag("include_disabled"):
        groups = [group for group in groups if not group.disabled]
    return {"usergroups": [group.wire(with_users=users, with_count=count) for group in groups]}


def list_members(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    group = workspace.usergroup(arguments.needed("usergroup", "no_such_subteam"))
    if group.disabled and not arguments.flag("include_disabled"):
        return {"users": []}
    return {"users": list(group.users)}
