"""Who may, as Slack knows them; an admin of another workspace is none of this one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pytest

from bot.errors import SlackAway
from bot.play.permissions import NotAllowed, Permissions
from bot.quiz.people import Member, Schedulers, WorkspaceSettings
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.storage.redis_store import RedisStore

HOME: Final = Workspace(TeamId("T1"))
ELSEWHERE: Final = Workspace(TeamId("T9"))
ADMIN: Final = Member(UserId("U1"), HOME.team, "Ana", "Europe/Berlin", is_admin=True)


@dataclass
class Phonebook:
    """Slack's list, with one person in it, or out of reach."""

    person: Member | None

    async def member(self, player: Player) -> Member:
        if self.person is None:
            raise SlackAway("users.info")
        return replace(self.person, user=player.user)

    async def members(self, workspace: Workspace) -> AsyncIterator[Sequence[Member]]:
        assert workspace
        yield [self.person] if self.person else []


def asking(store: RedisStore, person: Member | None) -> Permissions:
    return Permissions(store, Phonebook(person), HOME)


async def test_an_admin_may(store: RedisStore) -> None:
    permissions = asking(store, ADMIN)
    player = Player(HOME, ADMIN.user)
    assert await permissions.may_schedule(player, HOME.team) is None
    assert isinstance(await permissions.settings(player, HOME.team), WorkspaceSettings)
    assert (await store.workspace_settings(HOME)).zone == "Europe/Berlin"


async def test_an_admin_of_another_workspace_may_not_whatever_slack_names(
    store: RedisStore,
) -> None:
    """In a shared channel their command names their own workspace, of which they are an admin."""
    permissions = asking(store, replace(ADMIN, team=ELSEWHERE.team))
    stranger = Player(ELSEWHERE, UserId("U9"))
    for player, team in ((stranger, ELSEWHERE.team), (Player(HOME, UserId("U9")), HOME.team)):
        assert await permissions.may_schedule(player, team) == NotAllowed()
        assert await permissions.settings(player, team) == NotAllowed()
    assert (await store.workspace_settings(ELSEWHERE)).zone == "UTC"


@pytest.mark.parametrize("schedulers", Schedulers)
async def test_whoever_is_not_known_may_not(store: RedisStore, schedulers: Schedulers) -> None:
    await store.decide(HOME, WorkspaceSettings(schedulers=schedulers))
    player = Player(HOME, ADMIN.user)
    unknown = asking(store, None)
    assert await unknown.may_schedule(player, HOME.team) == NotAllowed(unsure=True)
    assert await unknown.settings(player, HOME.team) == NotAllowed(unsure=True)
    assert await asking(store, ADMIN).may_schedule(player, None) == NotAllowed()
