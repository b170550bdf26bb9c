"""Teams: on the leaderboard, and the screens to join, make, choose and delete them."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.blocks import ids, kit, limits, richtext
from bot.blocks.kit import Block, Element, Message
from bot.blocks.tables import Column, Rows
from bot.play.groups import Choice, Problem
from bot.play.permissions import NotAllowed
from bot.play.teams import Deleted, Left, ToDelete, Unknown
from bot.quiz.board import BoardQuery, View
from bot.quiz.membership import (
    LONGEST_NAME,
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
from bot.quiz.teams import PRIOR_WEIGHT, TeamScore

COLUMNS: Final = (
    Column("#", is_number=True),
    Column("Team"),
    Column("Score", is_number=True),
    Column("Active", is_number=True),
    Column("Points", is_number=True),
)
HOW: Final = (
    "Team score: points of the active members plus those of "
    f"{PRIOR_WEIGHT} average players, divided by that many people. So size is no advantage."
)
"""The line that says how it is computed; `play.teams.TeamTable` has the formula."""

LATE: Final = "Slack was too slow to open the form. Press Choose user groups once more."
CHOSEN: Final = "Saved. These user groups are on the leaderboard."
NOT_ADMIN: Final = "Only admins of this workspace can do that. Anybody can make an own team."
UNSURE: Final = (
    "I could not find out whether you are an admin of this workspace. Try again in a minute."
)
GONE: Final = "That team is gone: a team goes with the last of its people."
FULL: Final = f"There are {MOST_OWN_TEAMS} own teams, and no room for more. Join one of them."
PROBLEMS: Final = {
    Problem.NONE: "This workspace has no user groups. Own teams do the same.",
    Problem.NO_SCOPE: (
        "I may not read user groups yet: whoever installed me can add the scope usergroups:read. "
        "Own teams work without it."
    ),
    Problem.AWAY: "Slack did not tell me the user groups. Try again in a minute.",
}


# On the leaderboard


def cells(scores: Sequence[TeamScore], viewer: UserId | None) -> Rows:
    """Rank, name, score, active of members with their share, points."""
    return [
        [
            str(score.rank or ""),
            _named(score, viewer),
            _score(score),
            f"{score.active} of {score.team.size} · {_percent(score)} %",
            f"{score.points:,}",
        ]
        for score in scores
    ]


def spoken(scores: Sequence[TeamScore], viewer: UserId | None) -> Iterator[str]:
    for score in scores:
        if score.rank:
            members = kit.count(score.team.size, "member")
            yield (
                f"{score.rank}. {_named(score, viewer)}: score {_score(score)}, {score.active} of "
                f"{members} active, {kit.count(score.points, 'point')}."
            )


def _named(score: TeamScore, viewer: UserId | None) -> str:
    mark = " (yours)" if viewer in score.team.members else ""
    return kit.clip(score.team.name, LONGEST_NAME - len(mark)) + mark


def _score(score: TeamScore) -> str:
    return f"{score.score:,.1f}" if score.score is not None else ""


def _percent(score: TeamScore) -> int:
    return round(100 * score.participation)


def no_teams(command: str) -> str:
    return (
        f"There are no teams yet. `{command} team create Falcons` makes one; "
        f"admins choose user groups with `{command} teams`."
    )


# All teams, and one's own


def teams_message(lists: TeamLists, command: str, note: str = "") -> Message:
    return _overview(lists, command, note, ())


def choice_message(choice: Choice, command: str, note: str = "") -> Message:
    """For an admin: also the way to the user groups, or why there is none."""
    if choice.problem is not None:
        return _overview(choice.lists, command, note or PROBLEMS[choice.problem], ())
    choose = kit.button("Choose user groups", ids.CHOOSE_GROUPS, style="primary")
    return _overview(choice.lists, command, note, (choose,))


def _overview(lists: TeamLists, command: str, note: str, first: Sequence[Element]) -> Message:
    mine = lists.my_team
    where = f"You are in {_title(mine)}." if mine else "You are in no own team."
    note = "" if note == where else note
    tip = (
        f"{command} team create and a name makes a team; {command} team join brings you into one."
    )
    listed = [*_listed("User groups", lists.groups), *_listed("Own teams", lists.own)]
    return kit.message(
        "\n".join(part for part in ("Teams.", note, where, *listed, tip) if part),
        [
            kit.context("Teams on the leaderboard"),
            *([kit.section(kit.escape(note))] if note else []),
            kit.section(f"*{kit.escape(where)}*"),
            *([kit.rich_text(_lines(listed))] if listed else []),
            *_ways(lists, first),
            kit.hint(
                f"`{command} team create Falcons` makes a team, `{command} team join Falcons` "
                "brings you into it. You can be in one own team at a time."
            ),
            kit.context(HOW),
        ],
    )


def _listed(title: str, teams: Sequence[TeamSize]) -> list[str]:
    names = ", ".join(f"{_title(team)} ({_people(team.people)})" for team in teams)
    return [f"{title}: {names}"] if names else []


def _lines(lines: Sequence[str]) -> list[Element]:
    parts = []
    for line in lines:
        title, _, names = line.partition(": ")
        parts.append(
            richtext.section([richtext.text(f"{title}: ", bold=True), richtext.text(names)])
        )
    return parts


def _ways(lists: TeamLists, first: Sequence[Element]) -> Iterator[Block]:
    elements = [*first]
    others = [team for team in lists.own if team.id != lists.mine]
    if others:
        elements.append(_join_select(others))
    if lists.mine:
        elements.append(kit.button("Leave my team", ids.LEAVE_TEAM))
    if lists.own or lists.groups:
        elements.append(_board_button())
    if elements:
        yield kit.actions(ids.TEAMS, elements)


def _join_select(teams: Sequence[TeamSize]) -> Element:
    options = [kit.option(_title(team), team.id) for team in teams[: limits.SELECT_OPTIONS]]
    return kit.static_select(ids.JOIN_TEAM, "Join a team", options)


def _board_button() -> Element:
    value = ids.BoardButton(BoardQuery(view=View.TEAMS)).pack()
    return kit.button("Leaderboard", ids.BOARD, value, spoken="Leaderboard of teams")


def _title(team: TeamSize) -> str:
    return kit.clip(team.name, LONGEST_NAME) or team.id


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


# What came of it


def outcome_words(
    outcome: Joined | Already | Taken | NoSuchTeam | TooManyTeams | Left | Deleted, command: str
) -> str:
    """One plain sentence or two, for the top of the list of teams."""
    match outcome:
        case Joined():
            return _joined(outcome)
        case Already(team):
            return f"You are in {_title(team)}."
        case Taken(team):
            there = f"There is a team {_title(team)} already, with {_people(team.people)}."
            return f"{there} {command} team join {_title(team)} brings you into it."
        case Left(name):
            return _left(name)
        case Deleted(team):
            return f"The team {_title(team)} is deleted. What its people earned stays theirs."
        case NoSuchTeam() | TooManyTeams():
            return GONE if isinstance(outcome, NoSuchTeam) else FULL
        case _:
            assert_never(outcome)


def _joined(joined: Joined) -> str:
    name = _title(joined.team)
    where = f"You made the team {name} and are in it" if joined.is_new else f"You are in {name}"
    return f"{where}, and have left {joined.left}." if joined.left else f"{where}."


def _left(name: str) -> str:
    return f"You have left {name}." if name else "You are in no own team."


def misnamed_words(why: Misnamed, command: str) -> str:
    if why is Misnamed.TOO_LONG:
        return f"That name is too long. {LONGEST_NAME} letters are the most."
    return f"Please say which team, for example: {command} team create Falcons."


def unknown_message(unknown: Unknown, command: str) -> Message:
    """A team of that name can be made with a click."""
    said = f"There is no own team called “{unknown.name}”."
    make = kit.button("Make this team", ids.CREATE_TEAM, unknown.name)
    others = [_join_select(unknown.lists.own)] if unknown.lists.own else []
    return kit.message(
        f"{said} Make it, or {command} team shows all.",
        [
            kit.section(kit.escape(said)),
            kit.actions("unknown_team", [make, *others]),
            kit.hint(f"`{command} team` shows all teams."),
        ],
    )


def delete_message(asked: ToDelete) -> Message:
    team = asked.team
    said = f"Delete the team {_title(team)} with {_people(team.people)}?"
    safe = "What its people earned stays theirs. They can join other teams."
    button = kit.button("Delete the team", ids.DELETE_TEAM, team.id, style="danger")
    return kit.message(
        f"{said} {safe}",
        [kit.section(f"*{kit.escape(said)}*\n{safe}"), kit.actions("delete_team", [button])],
    )


def too_old(command: str) -> str:
    return f"This list is from another day. {command} teams brings a new one."


def who_chooses(why: NotAllowed) -> str:
    return UNSURE if why.unsure else "Admins of this workspace choose its user groups."


def refused_words(why: NotAllowed) -> str:
    return UNSURE if why.unsure else NOT_ADMIN
