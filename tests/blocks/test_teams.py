"""Screens of teams: what they say, and that Slack takes them whatever people are called."""

from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import board, ids, limits, teams
from bot.blocks.kit import Message
from bot.play.boards import Leaderboard
from bot.play.groups import Choice, Problem
from bot.play.permissions import NotAllowed
from bot.play.teams import Deleted, Left, ToDelete, Unknown
from bot.quiz.board import Board, BoardQuery, View
from bot.quiz.membership import (
    MOST_GROUPS,
    MOST_OWN_TEAMS,
    Already,
    Joined,
    Misnamed,
    NoSuchTeam,
    Taken,
    TeamLists,
    TeamSize,
    TooManyTeams,
)
from bot.quiz.player import UserId
from bot.quiz.teams import PRIOR_WEIGHT, GroupId, Team, TeamScore, team_standings
from bot.sandbox.block_kit import check_message
from tests.blocks.samples import action_ids, button, labels, read

HAWKS: Final = TeamSize(GroupId("own-1"), "Hawks", 2)
OWLS: Final = TeamSize(GroupId("own-2"), "Night owls", 1)
BACKEND: Final = TeamSize(GroupId("S1"), "Backend", 1_200)
ANA: Final = UserId("U1")
BEN: Final = UserId("U2")

often = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def team(name: str, *users: UserId) -> Team:
    return Team(GroupId(name), name, frozenset(users))


def leaderboard(
    scores: tuple[TeamScore, ...], viewer: UserId | None = None, query: BoardQuery | None = None
) -> Leaderboard:
    asked = query or BoardQuery(view=View.TEAMS)
    return Leaderboard(asked, Board(), "", (), teams=scores, has_teams=True, viewer=viewer)


def rows(message: Message) -> list[list[str]]:
    [table] = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


# On the leaderboard


def test_a_team_has_rank_score_participation_and_points() -> None:
    members = [UserId(f"M{n}") for n in range(3)]
    scores = team_standings(
        [team("Backend", ANA, BEN), team("Data", *members), team("Sales", UserId("X"))],
        {ANA: 1_400, BEN: 600, members[0]: 100},
    )
    message = board.board_message(leaderboard(scores), "/quiz", "C1")
    assert rows(message) == [
        ["#", "Team", "Score", "Active", "Points"],
        ["1", "Backend", "785.7", "2 of 2 · 100 %", "2,000"],
        ["2", "Data", "600.0", "1 of 3 · 33 %", "100"],
        ["·", "Sales", "·", "0 of 1 · 0 %", "0"],
    ]
    assert "2. Data: score 600.0, 1 of 3 members active, 100 points." in message.text
    assert "Sales" not in message.text


def test_the_board_says_how_it_is_computed() -> None:
    scores = team_standings([team("Backend", ANA)], {ANA: 100})
    for message in (
        board.board_message(leaderboard(scores), "/quiz", "C1"),
        board.shared_message(leaderboard(scores), "Ana", "/quiz"),
    ):
        assert f"{PRIOR_WEIGHT} average players" in read(message)
        assert teams.HOW in message.text


def test_ones_own_teams_are_marked_for_oneself_alone() -> None:
    scores = team_standings([team("Backend", ANA), team("Data", BEN)], {ANA: 100, BEN: 200})
    mine = board.board_message(leaderboard(scores, ANA), "/quiz", "C1")
    assert [row[1] for row in rows(mine)] == ["Team", "Data", "Backend (yours)"]
    public = board.shared_message(leaderboard(scores), "Ana", "/quiz")
    assert "yours" not in read(public) + public.text


def test_a_workspace_without_teams_is_told_how_to_get_some() -> None:
    message = board.board_message(leaderboard(()), "/ask", "C1")
    assert "`/ask team create Falcons` makes one" in read(message)
    assert "/ask team create Falcons makes one" in message.text


def test_teams_that_have_not_played_are_asked_to() -> None:
    scores = team_standings([team("Backend", ANA)], {})
    message = board.board_message(leaderboard(scores), "/quiz", "C1")
    assert "Nobody has played this week. `/quiz` starts a quiz." in read(message)


def test_people_and_teams_are_one_press_apart() -> None:
    message = board.board_message(leaderboard(()), "/quiz", "C1")
    pressed = ids.BoardButton.unpack(button(message, f"{ids.BOARD}:view")["value"])
    assert pressed.query.view is View.PEOPLE


# All teams


def test_the_list_tells_where_one_is_and_how_to_get_elsewhere() -> None:
    lists = TeamLists(own=(HAWKS, OWLS), groups=(BACKEND,), mine=HAWKS.id)
    message = teams.teams_message(lists, "/quiz")
    assert "*You are in Hawks.*" in read(message)
    assert "User groups: Backend (1,200 people)" in read(message)
    assert "Own teams: Hawks (2 people), Night owls (1 person)" in message.text
    assert action_ids(message) == [ids.JOIN_TEAM, ids.LEAVE_TEAM, ids.BOARD]
    options = button(message, ids.JOIN_TEAM)["options"]
    assert [option["value"] for option in options] == [OWLS.id], "not the one that one is in"


def test_without_teams_there_is_only_the_way_to_make_one() -> None:
    message = teams.teams_message(TeamLists(), "/ask")
    assert action_ids(message) == []
    assert "`/ask team create Falcons` makes a team" in read(message)
    assert "You are in no own team." in message.text


def test_an_admin_gets_the_way_to_user_groups() -> None:
    message = teams.choice_message(Choice(TeamLists(), None), "/quiz")
    assert labels(message) == ["Choose user groups"]


@pytest.mark.parametrize("problem", list(Problem))
def test_an_admin_is_told_kindly_why_there_is_no_choice(problem: Problem) -> None:
    message = teams.choice_message(Choice(TeamLists(), problem), "/quiz")
    assert teams.PROBLEMS[problem] in message.text
    assert labels(message) == []


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Joined(HAWKS), "You are in Hawks."),
        (Joined(HAWKS, left="Owls"), "You are in Hawks, and have left Owls."),
        (Joined(HAWKS, is_new=True), "You made the team Hawks and are in it."),
        (Already(HAWKS), "You are in Hawks."),
        (
            Taken(OWLS),
            (
                "There is a team Night owls already, with 1 person. "
                "/quiz team join Night owls brings you into it."
            ),
        ),
        (NoSuchTeam(), "That team is gone: a team goes with the last of its people."),
        (TooManyTeams(), "There are 50 own teams, and no room for more. Join one of them."),
        (Left("Hawks"), "You have left Hawks."),
        (Left(""), "You are in no own team."),
        (Deleted(HAWKS), "The team Hawks is deleted. What its people earned stays theirs."),
    ],
)
def test_each_outcome_has_its_sentence(outcome: Any, words: str) -> None:
    assert teams.outcome_words(outcome, "/quiz") == words


def test_a_name_that_is_none_is_explained() -> None:
    assert "for example: /ask team create" in teams.misnamed_words(Misnamed.NAMELESS, "/ask")
    assert "40 letters" in teams.misnamed_words(Misnamed.TOO_LONG, "/ask")


def test_an_unknown_team_can_be_made_with_a_press() -> None:
    message = teams.unknown_message(Unknown("Crows", TeamLists(own=(HAWKS,))), "/quiz")
    assert button(message, ids.CREATE_TEAM)["value"] == "Crows"
    assert button(message, ids.JOIN_TEAM)["options"][0]["value"] == HAWKS.id


def test_deleting_is_asked_for_once_more() -> None:
    message = teams.delete_message(ToDelete(HAWKS))
    assert button(message, ids.DELETE_TEAM)["style"] == "danger"
    assert message.text.startswith("Delete the team Hawks with 2 people?")


def test_whoever_may_not_is_told_what_they_can_do() -> None:
    assert "own team" in teams.refused_words(NotAllowed())
    assert "Try again" in teams.refused_words(NotAllowed(unsure=True))


# Whatever they are called

NAMES: Final = st.text(min_size=1, max_size=45) | st.sampled_from(
    ("<!channel>", "&lt;!here&gt;", "*bold*", "`code`", "<@U1>", "\N{GRINNING FACE}" * 40)
)
SIZES: Final = st.builds(
    TeamSize, st.uuids().map(lambda name: GroupId(str(name))), NAMES, st.integers(0, 10**6)
)
LISTS: Final = st.builds(
    lambda own, chosen, mine: TeamLists(
        tuple(own), tuple(chosen), own[0].id if own and mine else None
    ),
    st.lists(SIZES, max_size=MOST_OWN_TEAMS),
    st.lists(SIZES, max_size=MOST_GROUPS),
    st.booleans(),
)


def is_taken(message: Message) -> None:
    payload = {"text": message.text, "blocks": list(message.blocks)}
    assert check_message(payload) == []
    assert 0 < len(message.text.encode()) <= limits.EPHEMERAL_TEXT_BYTES
    assert "<" not in message.text
    for block in message.blocks:
        if block["type"] == "section":
            assert "<" not in block["text"]["text"], "no mention and no link"


@often
@given(lists=LISTS, size=SIZES, name=NAMES)
def test_any_teams_can_be_shown(lists: TeamLists, size: TeamSize, name: str) -> None:
    for outcome in (Joined(size, name), Taken(size), Left(name), Deleted(size)):
        note = teams.outcome_words(outcome, "/quiz")
        is_taken(teams.teams_message(lists, "/quiz", note))
    is_taken(teams.choice_message(Choice(lists, None), "/quiz"))
    is_taken(teams.unknown_message(Unknown(name, lists), "/quiz"))
    is_taken(teams.delete_message(ToDelete(size)))


@often
@given(names=st.lists(NAMES, max_size=MOST_OWN_TEAMS + MOST_GROUPS), points=st.integers(0, 10**9))
def test_any_table_of_teams_can_be_shown(names: list[str], points: int) -> None:
    users = [UserId(f"U{n}") for n in range(len(names))]
    found = [
        Team(GroupId(f"S{n}"), name, frozenset({user}))
        for n, (name, user) in enumerate(zip(names, users, strict=True))
    ]
    scores = team_standings(found, dict.fromkeys(users[1:], points))
    for viewer in (None, users[0] if users else None):
        is_taken(board.board_message(leaderboard(scores, viewer), "/quiz", "C1"))
        is_taken(board.shared_message(leaderboard(scores, viewer), "Ana", "/quiz"))


def test_the_largest_table_is_shown_whole() -> None:
    most = MOST_OWN_TEAMS + MOST_GROUPS
    users = [UserId(f"U{n}") for n in range(most)]
    found = [Team(GroupId(f"S{n}"), "M" * 45, frozenset({users[n]})) for n in range(most)]
    scores = team_standings(found, {user: 100 * n for n, user in enumerate(users)})
    message = board.board_message(leaderboard(scores, users[0]), "/quiz", "C1")
    is_taken(message)
    assert len(rows(message)) == 1 + most
