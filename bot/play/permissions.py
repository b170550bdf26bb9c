"""May somebody do this? Asked of Slack each time, for rights are taken away without notice."""

from dataclasses import dataclass

from bot.errors import SlackAway, SlackRefused
from bot.play.ports import Directory, SettingsStore
from bot.quiz.people import Member, WorkspaceSettings
from bot.quiz.permissions import may_administer, may_review, may_schedule
from bot.quiz.player import Player, TeamId, Workspace


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """They may not, or it could not be found out (`unsure`): then nobody may. Nobody may either
    where the authors read reports (`for_authors`): those who are asked would see what is right.
    """

    unsure: bool = False
    for_authors: bool = False


@dataclass(frozen=True, slots=True)
class Permissions:
    """`home` is the workspace that installed us. An admin of another one may click here too, in a
    shared channel, and Slack then names theirs; None trusts whatever workspace is named.
    """

    store: SettingsStore
    directory: Directory
    home: Workspace | None = None

    async def settings(
        self, player: Player, actor_team: TeamId | None
    ) -> WorkspaceSettings | NotAllowed:
        """The workspace's settings, for whom may change them."""
        if self._is_elsewhere(player):
            return NotAllowed()
        member = await self._member(player)
        if not may_administer(player.workspace, actor_team, member):
            return NotAllowed(unsure=member is None)
        return await self.store.workspace_settings(player.workspace)

    async def decide(
        self, player: Player, actor_team: TeamId | None, settings: WorkspaceSettings
    ) -> WorkspaceSettings | NotAllowed:
        allowed = await self.settings(player, actor_team)
        if isinstance(allowed, NotAllowed):
            return allowed
        await self.store.decide(player.workspace, settings)
        return settings

    async def may_schedule(self, player: Player, actor_team: TeamId | None) -> NotAllowed | None:
        """None for yes, else why not."""
        found = await self.scheduler(player, actor_team)
        return found if isinstance(found, NotAllowed) else None

    async def scheduler(self, player: Player, actor_team: TeamId | None) -> Member | NotAllowed:
        """Whoever asks, as Slack knows them, if they may set up questions for a channel."""
        if self._is_elsewhere(player):
            return NotAllowed()
        member = await self._member(player)
        settings = await self.store.workspace_settings(player.workspace)
        if member and may_schedule(player.workspace, actor_team, member, settings):
            return member
        return NotAllowed(unsure=member is None)

    async def may_review(self, player: Player, actor_team: TeamId | None) -> NotAllowed | None:
        """Whether somebody decides about questions that are reported or suggested; None for yes,
        else why not.
        """
        if self._is_elsewhere(player):
            return NotAllowed()
        member = await self._member(player)
        settings = await self.store.workspace_settings(player.workspace)
        if may_review(player.workspace, actor_team, member, settings):
            return None
        return NotAllowed(unsure=member is None)

    def _is_elsewhere(self, player: Player) -> bool:
        return self.home is not None and player.workspace != self.home

    async def _member(self, player: Player) -> Member | None:
        """None where Slack does not say; the first admin who is seen brings the time zone."""
        try:
            member = await self.directory.member(player)
        except (SlackRefused, SlackAway):
            return None
        if member.is_admin and member.team == player.workspace.team and member.zone:
            await self.store.suggest_zone(player.workspace, member.zone)
        return member
