"""What happens in a workspace without anybody clicking, as the events that tell a bot about it.

Ids are made into the objects that Slack sends: a person in `user_change`, a channel in
`channel_rename`, a group in `subteam_updated`. Everything else goes as it is given.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from bot.sandbox.people import BOT_USER, LONG_AGO, PEOPLE, TEAM
from bot.sandbox.workspace import Workspace

Fields: TypeAlias = Mapping[str, Any]


def happening(workspace: Workspace, kind: str, fields: Fields) -> dict[str, Any]:
    """The inner event; what is not given gets Slack's usual value."""
    complete = COMPLETIONS.get(kind, _as_given)
    moment = {"event_ts": workspace.messages.next_ts()}
    return {"type": kind, **moment, **complete(workspace, fields)}


def _as_given(_: Workspace, given: Fields) -> Fields:
    return given


def _with_person(workspace: Workspace, given: Fields) -> Fields:
    user = given.get("user")
    if not isinstance(user, str):
        return given
    return {
        "cache_ts": LONG_AGO,
        **given,
        "user": workspace.user_wire(workspace.person(user), workspace.now()),
    }


def _with_group(workspace: Workspace, given: Fields) -> Fields:
    group = given.get("subteam")
    if not isinstance(group, str):
        return given
    return {**given, "subteam": workspace.usergroup(group).wire()}


def _with_counts(_: Workspace, given: Fields) -> Fields:
    added, removed = list(given.get("added_users", ())), list(given.get("removed_users", ()))
    return {
        "team_id": TEAM["id"],
        "date_previous_update": LONG_AGO,
        "date_update": LONG_AGO,
        **given,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }


def _with_membership(workspace: Workspace, given: Fields) -> Fields:
    channel = workspace.channel(str(given["channel"]))
    return {"channel_type": "G" if channel.is_private else "C", "team": TEAM["id"], **given}


def _with_channel(workspace: Workspace, given: Fields) -> Fields:
    name = given.get("channel")
    if not isinstance(name, str):
        return given
    channel = workspace.channel(name)
    wire = {"id": channel.id, "name": channel.name, "name_normalized": channel.name}
    return {**given, "channel": wire | {"created": LONG_AGO}}


def _with_actor(_: Workspace, given: Fields) -> Fields:
    return {"user": PEOPLE[0].id, **given}


def _with_tokens(_: Workspace, given: Fields) -> Fields:
    return {"tokens": {"oauth": [], "bot": [BOT_USER]}, **given}


COMPLETIONS: Final[dict[str, Callable[[Workspace, Fields], Fields]]] = {
    "team_join": _with_person,
    "user_change": _with_person,
    "user_profile_changed": _with_person,
    "subteam_created": _with_group,
    "subteam_updated": _with_group,
    "subteam_members_changed": _with_counts,
    "member_joined_channel": _with_membership,
    "member_left_channel": _with_membership,
    "channel_archive": _with_actor,
    "channel_unarchive": _with_actor,
    "channel_rename": _with_channel,
    "tokens_revoked": _with_tokens,
}
