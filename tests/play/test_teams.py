"""Own teams by what people type, and teams on a board by what they earned."""

from typing import Final

import pytest
from redis.asyncio import Redis

from bot.play.permissions import NotAllowed, Permissions
from bot.play.teams import Deleted, Left, OwnTeams, TeamTable, ToDelete, Unknown
from bot.quiz.board import BoardQuery
from bot.quiz.membership import (
    Already,
    Joined,
    Misnamed,
    NoSuchTeam,
    TeamSize,
    UserGroup,
    own_team_id,
)
from bot.quiz.player import UserId
from bot.quiz.teams import GroupId, Team, TeamScore, team_standings
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.conftest import Hand
from tests.play.test_groups import ACME, ANA, BEN, SlackSays

HAWKS: Final = TeamSize(own_team_id("Hawks"), "Hawks", 1)


@pytest.fixture
def own(store: RedisStore) -> OwnTeams:
    return OwnTeams(store, Permissions(store, SlackSays()))


async def test_a_team_is_found_however_its_name_is_typed(own: OwnTeams) -> None:
    assert await own.create(ANA, "  Night   Hawks ") == Joined(
        TeamSize(own_team_id("Night Hawks"), "Night Hawks", 1), is_new=True
    )
    joined = await own.join(BEN, "“night HAWKS”")
    assert isinstance(joined, Joined)
    assert joined.team.people == 2


async def test_a_name_that_is_none_makes_no_team(own: OwnTeams) -> None:
    assert await own.create(ANA, " ") is Misnamed.NAMELESS
    assert await own.create(ANA, "x" * 41) is Misnamed.TOO_LONG
    assert await own.join(ANA, "@") is Misnamed.NAMELESS
    assert (await own.lists(ANA)).own == ()


async def test_an_unknown_team_comes_with_those_there_are(own: OwnTeams) -> None:
    await own.create(ANA, "Hawks")
    unknown = await own.join(BEN, "Crows")
    assert isinstance(unknown, Unknown)
    assert (unknown.name, unknown.lists.own) == ("Crows", (HAWKS,))


async def test_a_press_joins_own_teams_only(own: OwnTeams, store: RedisStore) -> None:
    await store.choose_groups(ACME, [UserGroup(GroupId("S1"), "Backend", "", frozenset())])
    await own.create(ANA, "Hawks")
    assert await own.join_by_id(BEN, GroupId("S1")) == NoSuchTeam()
    assert isinstance(await own.join_by_id(BEN, HAWKS.id), Joined)
    assert isinstance(await own.join_by_id(BEN, HAWKS.id), Already)


async def test_leaving_twice_is_leaving(own: OwnTeams) -> None:
    await own.create(ANA, "Hawks")
    assert await own.leave(ANA) == Left("Hawks")
    assert await own.leave(ANA) == Left("")


async def test_an_admin_deletes_a_team_in_two_steps(own: OwnTeams) -> None:
    await own.create(BEN, "Hawks")
    assert await own.ask_to_delete(ANA, ACME.team, "hawks") == ToDelete(HAWKS)
    assert (await own.lists(ANA)).own == (HAWKS,)
    assert await own.delete(ANA, ACME.team, HAWKS.id) == Deleted(HAWKS)
    assert await own.delete(ANA, ACME.team, HAWKS.id) == NoSuchTeam()
    assert isinstance(await own.ask_to_delete(ANA, ACME.team, "hawks"), Unknown)


async def test_nobody_else_deletes_a_team_not_even_who_made_it(own: OwnTeams) -> None:
    await own.create(BEN, "Hawks")
    assert await own.ask_to_delete(BEN, ACME.team, "Hawks") == NotAllowed()
    assert await own.delete(BEN, ACME.team, HAWKS.id) == NotAllowed()
    assert isinstance(await own.delete(ANA, None, HAWKS.id), NotAllowed)
    assert (await own.lists(BEN)).own == (HAWKS,)


async def test_the_table_follows_the_rules_of_teams(
    store: RedisStore, redis: Redis, hand: Hand
) -> None:
    query = BoardQuery(Kind.WEEK)
    backend = Team(GroupId("S1"), "Backend", frozenset((ANA.user, BEN.user)), others=1)
    members = backend.members | {UserId("U3")}
    await store.choose_groups(ACME, [UserGroup(backend.id, "Backend", "", members)])
    await OwnTeams(store, Permissions(store, SlackSays())).create(BEN, "Hawks")
    hawks = Team(HAWKS.id, "Hawks", frozenset((BEN.user,)))
    earned = {ANA.user: 300, BEN.user: 1_000, UserId("U9"): 5_000}
    board = keys.board(ACME, query.name(hand.now(), "UTC"))
    await redis.zadd(board, {str(user): points for user, points in earned.items()})
    table: tuple[TeamScore, ...] = await TeamTable(store).teams(ANA, query, hand.now())
    assert table == team_standings([backend, hawks], earned)
    assert [score.team.name for score in table] == ["Hawks", "Backend"]
