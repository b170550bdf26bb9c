"""User groups: who may choose, what Slack may say, and how their members stay up to date."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import pytest

from bot.errors import SlackAway, SlackRefused
from bot.play.groups import (
    AFTER_A_FAILURE,
    EVERY,
    SOON,
    Choice,
    Choosing,
    Groups,
    Problem,
    TooOld,
)
from bot.play.permissions import NotAllowed, Permissions
from bot.quiz.job import Again, Done, Job, JobKind
from bot.quiz.membership import MOST_GROUPS, MOST_MEMBERS, TeamLists, UserGroup
from bot.quiz.people import Member
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.teams import GroupId
from bot.storage.redis_store import RedisStore
from tests.conftest import Hand

ACME: Final = Workspace(TeamId("T1"))
ANA: Final = Player(ACME, UserId("U1"))
BEN: Final = Player(ACME, UserId("U2"))
JOB: Final = Job(JobKind.GROUPS, ACME, ChannelId(""))
S1, S2 = GroupId("S1"), GroupId("S2")


def group(name: GroupId, *users: str) -> UserGroup:
    return UserGroup(name, f"Group {name}", name.lower(), frozenset(map(UserId, users)))


@dataclass
class SlackSays:
    """What Slack lists, and who is an admin: Ana is. It can be in a bad mood."""

    listed: Sequence[UserGroup] = (group(S1, "U1", "U2"), group(S2, "U3"))
    error: Exception | None = None
    asked: int = 0
    admins: set[UserId] = field(default_factory=lambda: {ANA.user})

    async def groups(self, _: Workspace) -> Sequence[UserGroup]:
        self.asked += 1
        if self.error:
            raise self.error
        return self.listed

    async def member(self, player: Player) -> Member:
        return Member(
            player.user, player.workspace.team, "Somebody", is_admin=player.user in self.admins
        )

    async def members(self, workspace: Workspace) -> AsyncIterator[Sequence[Member]]:
        yield [await self.member(Player(workspace, user)) for user in self.admins]


@pytest.fixture
def slack() -> SlackSays:
    return SlackSays()


@pytest.fixture
def groups(store: RedisStore, slack: SlackSays, hand: Hand) -> Groups:
    return Groups(store, slack, Permissions(store, slack), hand.now)


def names(lists: object) -> dict[str, int]:
    assert isinstance(lists, TeamLists), lists
    return {team.name: team.people for team in lists.groups}


async def test_an_admin_chooses_several_groups_at_once(groups: Groups) -> None:
    choice = await groups.look(ANA, ACME.team)
    assert isinstance(choice, Choice)
    assert choice.problem is None
    choosing = await groups.open(ANA)
    assert isinstance(choosing, Choosing)
    assert [group.name for group in choosing.groups] == ["Group S1", "Group S2"]
    chosen = await groups.choose(ANA, ACME.team, [S1, S2])
    assert names(chosen) == {"Group S1": 2, "Group S2": 1}
    assert names(await groups.choose(ANA, ACME.team, [])) == {}


async def test_the_form_opens_without_asking_slack(groups: Groups, slack: SlackSays) -> None:
    await groups.look(ANA, ACME.team)
    slack.error = SlackAway("usergroups.list")
    assert isinstance(await groups.open(ANA), Choosing)
    assert slack.asked == 1


async def test_a_list_that_is_forgotten_is_asked_for_once_more(groups: Groups) -> None:
    assert isinstance(await groups.open(ANA), TooOld)


@pytest.mark.parametrize(
    ("player", "actor_team"),
    [
        pytest.param(BEN, ACME.team, id="a member"),
        pytest.param(ANA, TeamId("T2"), id="from another workspace"),
        pytest.param(ANA, None, id="from who knows where"),
    ],
)
async def test_nobody_but_an_admin_of_the_workspace_chooses(
    groups: Groups, store: RedisStore, player: Player, actor_team: TeamId | None
) -> None:
    assert isinstance(await groups.look(player, actor_team), NotAllowed)
    assert isinstance(await groups.choose(player, actor_team, [S1]), NotAllowed)
    assert await store.chosen_groups(ACME) == frozenset()


async def test_rights_are_asked_for_again_when_the_form_is_sent(
    groups: Groups, slack: SlackSays
) -> None:
    await groups.look(ANA, ACME.team)
    slack.admins.clear()
    assert isinstance(await groups.choose(ANA, ACME.team, [S1]), NotAllowed)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("missing_scope", Problem.NO_SCOPE),
        ("paid_teams_only", Problem.NONE),
        ("ratelimited", Problem.AWAY),
        ("internal_error", Problem.AWAY),
    ],
)
async def test_a_refusal_has_a_friendly_reason_and_changes_nothing(
    groups: Groups, slack: SlackSays, store: RedisStore, code: str, problem: Problem
) -> None:
    await groups.choose(ANA, ACME.team, [S1])
    slack.error = SlackRefused("usergroups.list", code)
    choice = await groups.look(ANA, ACME.team)
    assert isinstance(choice, Choice)
    assert choice.problem is problem
    assert names(choice.lists) == {"Group S1": 2}
    assert await groups.choose(ANA, ACME.team, [S2]) is problem
    assert await store.chosen_groups(ACME) == {S1}


async def test_a_workspace_without_groups_is_told_so(groups: Groups, slack: SlackSays) -> None:
    slack.listed = ()
    choice = await groups.look(ANA, ACME.team)
    assert isinstance(choice, Choice)
    assert choice.problem is Problem.NONE


async def test_only_what_slack_lists_can_be_chosen_and_not_too_much(
    groups: Groups, slack: SlackSays
) -> None:
    many = [GroupId(f"S{n}") for n in range(MOST_GROUPS + 10)]
    slack.listed = [group(name, "U1") for name in many]
    assert names(await groups.choose(ANA, ACME.team, [GroupId("S999")])) == {}
    assert len(names(await groups.choose(ANA, ACME.team, many))) == MOST_GROUPS


async def test_a_group_that_slack_no_longer_lists_can_stay_or_go(
    groups: Groups, slack: SlackSays
) -> None:
    await groups.choose(ANA, ACME.team, [S1, S2])
    slack.listed = [group(S1, "U1")]
    await groups.look(ANA, ACME.team)
    choosing = await groups.open(ANA)
    assert isinstance(choosing, Choosing)
    assert {group.id for group in choosing.groups} == {S1, S2}
    assert names(await groups.choose(ANA, ACME.team, [S1, S2])) == {"Group S1": 1, "Group S2": 0}
    assert names(await groups.choose(ANA, ACME.team, [S1])) == {"Group S1": 1}


async def test_a_group_of_everybody_is_no_team(groups: Groups, slack: SlackSays) -> None:
    crowd = [f"U{n}" for n in range(MOST_MEMBERS + 1)]
    slack.listed = [group(S1, *crowd), group(S2, *crowd[1:])]
    assert names(await groups.choose(ANA, ACME.team, [S1, S2])) == {"Group S2": MOST_MEMBERS}


# Kept up to date


async def due(store: RedisStore, hand: Hand) -> list[Job]:
    return [job for job, _ in await store.claim_jobs(hand.now(), 100)]


async def test_members_are_fetched_every_hour(
    groups: Groups, slack: SlackSays, store: RedisStore, hand: Hand
) -> None:
    await groups.choose(ANA, ACME.team, [S1])
    hand.wait(EVERY - timedelta(seconds=1))
    assert await due(store, hand) == []
    hand.wait(timedelta(seconds=1))
    assert await due(store, hand) == [JOB]
    slack.listed = [group(S1, "U1", "U2", "U3"), group(S2, "U3")]
    assert await groups.run(JOB) == Again(hand.now() + EVERY)
    assert names(await store.team_lists(ANA)) == {"Group S1": 3}


async def test_a_burst_of_events_is_one_list(
    groups: Groups, slack: SlackSays, store: RedisStore, hand: Hand
) -> None:
    await groups.choose(ANA, ACME.team, [S1])
    asked = slack.asked
    for _ in range(200):
        await groups.hear(ACME)
    assert await due(store, hand) == []
    hand.wait(SOON)
    assert await due(store, hand) == [JOB]
    assert slack.asked == asked, "an event itself asks nothing"


async def test_a_workspace_that_has_chosen_nothing_hears_nothing(
    groups: Groups, slack: SlackSays, store: RedisStore, hand: Hand
) -> None:
    await groups.hear(ACME)
    hand.wait(EVERY)
    assert await due(store, hand) == []
    assert await groups.run(JOB) == Done()
    assert slack.asked == 0


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        pytest.param(SlackAway("usergroups.list"), AFTER_A_FAILURE, id="away"),
        pytest.param(
            SlackRefused("usergroups.list", "ratelimited"), AFTER_A_FAILURE, id="too many calls"
        ),
        pytest.param(SlackRefused("usergroups.list", "missing_scope"), EVERY, id="not allowed"),
    ],
)
async def test_what_slack_does_not_say_stays_as_it_was(
    groups: Groups,
    slack: SlackSays,
    store: RedisStore,
    hand: Hand,
    error: Exception,
    wait: timedelta,
) -> None:
    await groups.choose(ANA, ACME.team, [S1])
    slack.error = error
    assert await groups.run(JOB) == Again(hand.now() + wait)
    assert names(await store.team_lists(ANA)) == {"Group S1": 2}
