"""Who plays: a person is only ever known together with their workspace."""

from dataclasses import dataclass
from typing import NewType

TeamId = NewType("TeamId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace that installed the bot; storage takes it whole, never a bare id."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class Player:
    workspace: Workspace
    user: UserId
