"""Who may do what in a workspace. What is not known about a person is held against them."""

from bot.quiz.people import Member, Schedulers, WorkspaceSettings
from bot.quiz.player import TeamId, Workspace


def belongs(workspace: Workspace, actor_team: TeamId | None, member: Member | None) -> bool:
    """Whether somebody is of this workspace, by the payload and by what Slack says about them.

    Through Slack Connect a click may come from another company; None is not known.
    """
    return (
        member is not None
        and actor_team == workspace.team
        and member.team == workspace.team
        and not (member.is_gone or member.is_bot or member.is_stranger)
    )


def may_administer(workspace: Workspace, actor_team: TeamId | None, member: Member | None) -> bool:
    """Admins and owners of this workspace."""
    return member is not None and belongs(workspace, actor_team, member) and member.is_admin


def may_review(
    workspace: Workspace,
    actor_team: TeamId | None,
    member: Member | None,
    settings: WorkspaceSettings,
) -> bool:
    """Admins, and people on the list: whoever else looks into the authors' channel only reads."""
    if member is None or not belongs(workspace, actor_team, member):
        return False
    return member.is_admin or member.user in settings.allowed


def may_schedule(
    workspace: Workspace,
    actor_team: TeamId | None,
    member: Member | None,
    settings: WorkspaceSettings,
) -> bool:
    """Admins, people on the list, and where the workspace wants it any member of the channel.

    Whoever asks is in the channel, for Slack lets nobody else type there; a guest is not enough.
    """
    if member is None or not belongs(workspace, actor_team, member):
        return False
    if member.is_admin or member.user in settings.allowed:
        return True
    return settings.schedulers is Schedulers.MEMBERS and not member.is_guest
