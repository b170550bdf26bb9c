from dataclasses import replace
from typing import Final

import pytest

from bot.quiz.people import Member, Schedulers, WorkspaceSettings, is_zone, plain_name
from bot.quiz.permissions import may_administer, may_schedule
from bot.quiz.player import TeamId, UserId, Workspace

ACME: Final = Workspace(TeamId("T1"))
OTHER: Final = TeamId("T9")
ANA: Final = Member(UserId("U1"), ACME.team, "Ana", is_admin=True)
BEN: Final = Member(UserId("U2"), ACME.team, "Ben")
LISTED: Final = WorkspaceSettings(allowed=frozenset({BEN.user}))
ANY: Final = WorkspaceSettings(schedulers=Schedulers.MEMBERS)
STRICT: Final = WorkspaceSettings()


@pytest.mark.parametrize(
    ("team", "member", "settings", "administers", "schedules"),
    [
        pytest.param(ACME.team, ANA, STRICT, True, True, id="admin"),
        pytest.param(ACME.team, BEN, STRICT, False, False, id="member"),
        pytest.param(ACME.team, BEN, LISTED, False, True, id="on the list"),
        pytest.param(ACME.team, BEN, ANY, False, True, id="any member may"),
        pytest.param(ACME.team, replace(BEN, is_guest=True), ANY, False, False, id="guest"),
        pytest.param(
            ACME.team, replace(BEN, is_guest=True), LISTED, False, True, id="guest on the list"
        ),
        pytest.param(None, ANA, ANY, False, False, id="payload names no workspace"),
        pytest.param(OTHER, ANA, ANY, False, False, id="payload names another workspace"),
        pytest.param(ACME.team, replace(ANA, team=OTHER), ANY, False, False, id="Slack Connect"),
        pytest.param(ACME.team, replace(ANA, is_stranger=True), ANY, False, False, id="stranger"),
        pytest.param(ACME.team, replace(ANA, is_gone=True), ANY, False, False, id="deactivated"),
        pytest.param(ACME.team, replace(ANA, is_bot=True), ANY, False, False, id="bot"),
        pytest.param(ACME.team, None, ANY, False, False, id="Slack does not say"),
    ],
)
def test_what_is_not_known_is_held_against_people(
    team: TeamId | None,
    member: Member | None,
    settings: WorkspaceSettings,
    administers: bool,  # noqa: FBT001  a column
    schedules: bool,  # noqa: FBT001  a column
) -> None:
    assert may_administer(ACME, team, member) == administers
    assert may_schedule(ACME, team, member, settings) == schedules


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ana Alves", "Ana Alves"),
        ("  Ana \t\n Alves ", "Ana Alves"),
        ("\u202eseveLA anA", "seveLA anA"),
        ("", "Somebody"),
        ("\u200b\u2066", "Somebody"),
        ("x" * 81, f"{'x' * 79}…"),
        ("<@U1>", "<@U1>"),
        ("Zoë 😀", "Zoë 😀"),
    ],
)
def test_a_name_is_one_line_that_turns_nothing(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize("key", ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"])
def test_zones_are_those_of_the_world(key: str) -> None:
    assert is_zone(key)


@pytest.mark.parametrize("key", ["", "Mars/Base", "Europe", "../UTC", "/etc/passwd", "a\x00b"])
def test_nothing_else_is_a_zone(key: str) -> None:
    assert not is_zone(key)
