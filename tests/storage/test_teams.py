"""Teams in Redis: who is in which, whatever happens at once, and what they earned together."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz.board import WORKSPACE, BoardQuery
from bot.quiz.job import Job, JobKind
from bot.quiz.membership import (
    MOST_OWN_TEAMS,
    Already,
    Joined,
    NoSuchTeam,
    Taken,
    TeamSize,
    TooManyTeams,
    UserGroup,
    own_team_id,
)
from bot.quiz.people import Member
from bot.quiz.player import ChannelId, Player, TeamId, UserId
from bot.quiz.teams import GroupId, team_standings
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE
from tests.storage.playing import ACME, ANA, ANA_ELSEWHERE, BEN, EVERYWHERE, OTHER

CHI: Final = Player(ACME, UserId("U3"))
HAWKS: Final = own_team_id("Hawks")
OWLS: Final = own_team_id("Owls")
ALL: Final = BoardQuery(Kind.ALL)
ALL_NAME: Final = f"all:{WORKSPACE}:"


def group(name: str, *users: str) -> UserGroup:
    return UserGroup(GroupId(f"S{name}"), name, name.lower(), frozenset(map(UserId, users)))


async def earn(redis: Redis, points: dict[str, int], name: str = ALL_NAME) -> None:
    """Points on a board, as `earn.lua` would leave them."""
    await redis.zadd(keys.board(ACME, name), {**points})
    await redis.zadd(keys.boards(ACME), {name: float("inf")})


async def sizes(store: RedisStore, player: Player = ANA) -> dict[str, int]:
    lists = await store.team_lists(player)
    return {team.name: team.people for team in (*lists.groups, *lists.own)}


def deactivated(player: Player, *, gone: bool = True) -> Member:
    return Member(player.user, player.workspace.team, "Somebody", is_gone=gone)


# Own teams


@EVERYWHERE
async def test_whoever_makes_a_team_is_in_it(store: RedisStore) -> None:
    assert await store.create_team(ANA, "Hawks") == Joined(
        TeamSize(HAWKS, "Hawks", 1), is_new=True
    )
    lists = await store.team_lists(ANA)
    assert lists.own == (TeamSize(HAWKS, "Hawks", 1),)
    assert lists.my_team == lists.own[0]
    assert (await store.team_lists(BEN)).my_team is None


@EVERYWHERE
async def test_joining_another_team_leaves_the_first(store: RedisStore) -> None:
    await store.create_team(ANA, "Hawks")
    await store.create_team(BEN, "Owls")
    await store.join_team(CHI, HAWKS)
    assert await store.join_team(CHI, OWLS) == Joined(TeamSize(OWLS, "Owls", 2), left="Hawks")
    assert await sizes(store) == {"Hawks": 1, "Owls": 2}
    assert await store.join_team(CHI, OWLS) == Already(TeamSize(OWLS, "Owls", 2))


@EVERYWHERE
async def test_a_team_goes_with_the_last_of_its_people(store: RedisStore, redis: Redis) -> None:
    await store.create_team(ANA, "Hawks")
    await store.join_team(BEN, HAWKS)
    assert await store.leave_team(ANA) == "Hawks"
    assert await sizes(store) == {"Hawks": 1}
    assert await store.leave_team(BEN) == "Hawks"
    assert await store.leave_team(BEN) == ""
    assert await sizes(store) == {}
    assert await store.join_team(ANA, HAWKS) == NoSuchTeam()
    assert await redis.keys(f"{keys.prefix(ACME)}*") == []


async def test_making_a_team_that_is_there_is_the_way_to_it(store: RedisStore) -> None:
    await store.create_team(ANA, "Hawks")
    assert await store.create_team(BEN, "HAWKS") == Taken(TeamSize(HAWKS, "Hawks", 1))
    assert await store.create_team(ANA, "hawks") == Already(TeamSize(HAWKS, "Hawks", 1))
    assert await sizes(store) == {"Hawks": 1}


async def test_of_many_who_make_one_team_at_once_one_does(stores: list[RedisStore]) -> None:
    people = [Player(ACME, UserId(f"U{n}")) for n in range(20)]
    made = await asyncio.gather(
        *(stores[n % 4].create_team(who, "Hawks") for n, who in enumerate(people))
    )
    assert [type(one) for one in made].count(Joined) == 1
    assert [type(one) for one in made].count(Taken) == 19
    await asyncio.gather(*(stores[0].join_team(who, HAWKS) for who in people))
    assert await sizes(stores[0]) == {"Hawks": 20}


async def test_there_is_a_limit_to_teams_and_no_way_around_it(store: RedisStore) -> None:
    for number in range(MOST_OWN_TEAMS):
        await store.create_team(Player(ACME, UserId(f"U{number}")), f"Team {number}")
    newcomer = Player(ACME, UserId("UX"))
    assert await store.create_team(newcomer, "One more") == TooManyTeams()
    assert (await store.team_lists(newcomer)).my_team is None
    assert isinstance(await store.create_team(ANA, "Another"), Joined), "hers vanishes for it"
    assert len(await sizes(store)) == MOST_OWN_TEAMS
    await store.forget(BEN)
    assert isinstance(await store.create_team(newcomer, "One more"), Joined)


@EVERYWHERE
async def test_a_deleted_team_is_left_by_all(store: RedisStore, redis: Redis) -> None:
    await store.create_team(ANA, "Hawks")
    await store.join_team(BEN, HAWKS)
    assert await store.delete_team(ACME, HAWKS) == TeamSize(HAWKS, "Hawks", 2)
    assert await store.delete_team(ACME, HAWKS) is None
    assert (await store.team_lists(BEN)).my_team is None
    assert await redis.keys(f"{keys.prefix(ACME)}*") == []


async def test_whoever_is_forgotten_is_in_no_team(store: RedisStore, redis: Redis) -> None:
    await store.create_team(ANA, "Hawks")
    await store.create_team(BEN, "Owls")
    await store.join_team(CHI, OWLS)
    await store.choose_groups(ACME, [group("Backend", "U1", "U2")])
    for player in (ANA, BEN):
        await store.forget(player)
    assert await sizes(store) == {"Backend": 0, "Owls": 1}
    assert await store.join_team(CHI, HAWKS) == NoSuchTeam()
    dump = [await redis.dump(key) for key in await redis.keys("*")]
    assert not any(b"U1" in value or b"U2" in value for value in dump if value)


async def test_workspaces_know_nothing_of_each_others_teams(store: RedisStore) -> None:
    await store.create_team(ANA, "Hawks")
    await store.choose_groups(ACME, [group("Backend", "U1")])
    assert await sizes(store, ANA_ELSEWHERE) == {}
    assert await store.join_team(ANA_ELSEWHERE, HAWKS) == NoSuchTeam()
    assert await store.chosen_groups(OTHER) == frozenset()
    assert await store.teams_on(ANA_ELSEWHERE, ALL, NINE) == ((), {})


@dataclass
class Twin:
    """Own teams in two dictionaries."""

    team_of: dict[str, str] = field(default_factory=dict)

    def do(self, what: str, user: str, name: str) -> None:
        exists = name in self.team_of.values()
        if what == "leave":
            self.team_of.pop(user, None)
        elif what == "delete":
            self.team_of = {u: team for u, team in self.team_of.items() if team != name}
        elif exists == (what == "join"):
            self.team_of[user] = name

    def sizes(self) -> dict[str, int]:
        teams = list(self.team_of.values())
        return {team: teams.count(team) for team in teams}


STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("create", "create", "join", "join", "leave", "delete")),
        st.sampled_from(("U1", "U2", "U3")),
        st.sampled_from(("Hawks", "Owls", "Crows")),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, again=st.booleans())
async def test_own_teams_agree_with_plain_python(
    store: RedisStore,
    redis: Redis,
    steps: list[tuple[str, str, str]],
    again: bool,  # noqa: FBT001  drawn
) -> None:
    """Each step is done twice now and then, as when its answer was lost."""
    await redis.flushall()
    twin = Twin()
    for what, user, name in steps:
        for _ in range(1 + again):
            await do(store, what, Player(ACME, UserId(user)), name)
        twin.do(what, user, name)
    for user in ("U1", "U2", "U3"):
        lists = await store.team_lists(Player(ACME, UserId(user)))
        assert {team.name: team.people for team in lists.own} == twin.sizes()
        assert (lists.my_team.name if lists.my_team else None) == twin.team_of.get(user)


async def do(store: RedisStore, what: str, player: Player, name: str) -> None:
    match what:
        case "create":
            await store.create_team(player, name)
        case "join":
            await store.join_team(player, own_team_id(name))
        case "leave":
            await store.leave_team(player)
        case _:
            await store.delete_team(player.workspace, own_team_id(name))


# User groups


@EVERYWHERE
async def test_what_is_chosen_is_what_is_on_the_board(store: RedisStore) -> None:
    backend, design = group("Backend", "U1", "U2"), group("Design", "U3")
    await store.choose_groups(ACME, [backend, design])
    assert await sizes(store) == {"Backend": 2, "Design": 1}
    await store.choose_groups(ACME, [group("Design", "U2", "U3")])
    assert await sizes(store) == {"Design": 2}
    assert await store.chosen_groups(ACME) == {design.id}
    await store.choose_groups(ACME, [])
    assert await sizes(store) == {}


async def test_a_refresh_takes_over_names_and_members_and_chooses_nothing(
    store: RedisStore,
) -> None:
    await store.choose_groups(ACME, [group("Backend", "U1", "U2"), group("Design", "U3")])
    renamed = UserGroup(GroupId("SBackend"), "Servers", members=frozenset(map(UserId, ("U4",))))
    await store.refresh_groups(ACME, [renamed, group("Sales", "U5")])
    assert await sizes(store) == {"Servers": 1, "Design": 0}, "one that is not listed is empty"
    await store.refresh_groups(ACME, [group("Design", "U3")])
    assert await sizes(store) == {"Servers": 0, "Design": 1}, "until it comes back"


async def test_what_can_be_chosen_is_remembered_for_a_day(store: RedisStore, redis: Redis) -> None:
    assert await store.group_list(ACME) == ()
    await store.keep_group_list(ACME, [group("Backend", "U1")])
    assert await store.group_list(ACME) == (UserGroup(GroupId("SBackend"), "Backend", "backend"),)
    assert 0 < await redis.ttl(keys.group_list(ACME)) <= 86_400


async def test_the_clock_of_a_workspace_with_groups_is_made_anew_but_no_sooner(
    store: RedisStore, redis: Redis
) -> None:
    job = Job(JobKind.GROUPS, ACME, ChannelId(""))
    await store.know_workspace(ACME)
    await store.sweep_jobs("w1", NINE)
    assert await store.claim_jobs(NINE, 100) == []
    await store.choose_groups(ACME, [group("Backend", "U1")])
    await redis.delete(keys.swept())
    await store.sweep_jobs("w1", NINE)
    [(found, until)] = await store.claim_jobs(NINE, 100)
    assert found == job
    later = NINE.replace(hour=NINE.hour + 1)
    await store.finish_job(job, until, later)
    await redis.delete(keys.swept())
    await store.sweep_jobs("w1", NINE)
    assert await store.claim_jobs(NINE, 100) == []
    assert [job for job, _ in await store.claim_jobs(later, 100)] == [job]


# On a board


async def scores(store: RedisStore, query: BoardQuery = ALL) -> dict[str, tuple[int, int, int]]:
    """Points, active and all members of each team."""
    teams, points = await store.teams_on(ANA, query, NINE)
    return {
        score.team.name: (score.points, score.active, score.team.size)
        for score in team_standings(teams, points)
    }


@EVERYWHERE
async def test_teams_have_what_their_people_earned_on_that_board(
    store: RedisStore, redis: Redis
) -> None:
    await store.choose_groups(ACME, [group("Backend", "U1", "U2"), group("Design", "U2", "U9")])
    await store.create_team(ANA, "Hawks")
    await earn(redis, {"U1": 300, "U2": 100, "U5": 900})
    assert await scores(store) == {
        "Hawks": (300, 1, 1),
        "Backend": (400, 2, 2),
        "Design": (100, 1, 2),
    }
    here = BoardQuery(Kind.WEEK, "docker", "C1")
    await earn(redis, {"U2": 50}, here.name(NINE, "UTC"))
    assert await scores(store, here) == {
        "Backend": (50, 1, 2),
        "Design": (50, 1, 2),
        "Hawks": (0, 0, 1),
    }


@EVERYWHERE
async def test_who_hides_counts_and_who_has_left_does_not(store: RedisStore, redis: Redis) -> None:
    await store.create_team(ANA, "Hawks")
    for player in (BEN, CHI):
        await store.join_team(player, HAWKS)
    await earn(redis, {"U1": 300, "U2": 100})
    await store.hide(ANA, NINE, hidden=True)
    assert await scores(store) == {"Hawks": (400, 2, 3)}
    await store.list_members(ACME, [deactivated(BEN), deactivated(CHI)], NINE)
    assert await scores(store) == {"Hawks": (300, 1, 1)}
    await store.list_members(ACME, [deactivated(BEN, gone=False)], NINE)
    assert await scores(store) == {"Hawks": (400, 2, 2)}, "whoever comes back is in it again"


async def test_guests_count_like_everybody(store: RedisStore, redis: Redis) -> None:
    await store.choose_groups(ACME, [group("Backend", "U1", "U8")])
    guest = Member(UserId("U8"), TeamId("T1"), "Gus", is_guest=True)
    await earn(redis, {"U8": 200})
    await store.list_members(ACME, [guest], NINE)
    assert await scores(store) == {"Backend": (200, 1, 2)}


async def test_no_points_are_points_too(store: RedisStore, redis: Redis) -> None:
    """Whoever only answered wrongly took part."""
    await store.choose_groups(ACME, [group("Backend", "U1", "U2")])
    await earn(redis, {"U1": 0})
    assert await scores(store) == {"Backend": (0, 1, 2)}


async def test_teams_without_people_are_not_there(store: RedisStore) -> None:
    await store.choose_groups(ACME, [group("Backend")])
    await store.create_team(CHI, "Owls")
    assert await scores(store) == {"Owls": (0, 0, 1)}
    await store.list_members(ACME, [deactivated(CHI)], NINE)
    assert await store.teams_on(ANA, ALL, NINE) == ((), {})


async def test_only_those_who_play_are_named_and_whoever_looks(
    store: RedisStore, redis: Redis
) -> None:
    await store.choose_groups(ACME, [group("Backend", "U1", "U2", "U3", "U4")])
    await earn(redis, {"U3": 100, "U9": 100})
    for player, named in (
        (ANA, {"U1", "U3"}),
        (CHI, {"U3"}),
        (Player(ACME, UserId("U9")), {"U3"}),
    ):
        [team], points = await store.teams_on(player, ALL, NINE)
        assert team.members == named
        assert team.size == 4
        assert points == {"U3": 100}


def crowd(teams: int, members: int) -> list[UserGroup]:
    """Everybody is in two teams that stand next to each other."""
    half = members // 2
    return [
        group(f"T{t}", *(f"U{n % (teams * half)}" for n in range(t * half, t * half + members)))
        for t in range(teams)
    ]


async def calls(redis: Redis) -> dict[str, int]:
    stats = await redis.info("commandstats")
    return {name.removeprefix("cmdstat_"): row["calls"] for name, row in stats.items()}


async def test_twenty_teams_of_five_hundred_take_one_round_trip(
    store: RedisStore, redis: Redis
) -> None:
    groups = crowd(20, 500)
    people = sorted({user for one in groups for user in one.members})
    assert len(people) == 5_000
    earned = {user: 100 * (n % 7) for n, user in enumerate(people) if n % 3}
    await store.choose_groups(ACME, groups)
    await earn(redis, {str(user): p for user, p in earned.items()})
    await store.personal(ANA, NINE)  # the calendar is remembered
    await store.teams_on(ANA, ALL, NINE)  # and the script known
    await redis.config_resetstat()
    teams, points = await store.teams_on(ANA, ALL, NINE)
    made = await calls(redis)
    assert made.pop("evalsha") == 1
    assert sum(made.values()) < 4 * len(groups), made
    assert {team.id: team.size for team in teams} == {one.id: 500 for one in groups}
    active = {one.id: one.members & points.keys() for one in groups}
    assert {team.id: team.members & points.keys() for team in teams} == active
    assert points == {UserId(user): p for user, p in earned.items()}
