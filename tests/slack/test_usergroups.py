"""Slack's list of user groups as values of ours, whatever Slack leaves out."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackAway, SlackRefused
from bot.quiz.membership import UserGroup
from bot.quiz.player import TeamId, UserId, Workspace
from bot.quiz.teams import GroupId
from bot.sandbox.server import LocalSlack
from bot.slack.calls import Calls
from bot.slack.usergroups import PATIENCE, UserGroups, read_group

ACME = Workspace(TeamId("T1"))


async def listed(slack: LocalSlack, patience: float = PATIENCE) -> list[UserGroup]:
    async with slack.serve(), ClientSession() as http:
        client = AsyncWebClient("xoxb-test", base_url=slack.api_url, session=http)
        return list(await UserGroups(Calls(client), patience).groups(ACME))


@pytest.fixture
def slack() -> LocalSlack:
    return LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")


async def test_all_groups_come_with_their_members_in_one_call(slack: LocalSlack) -> None:
    slack.add_usergroup("S3", "art", "art & design", ["U1"])
    slack.add_usergroup("S4", "old", "Old", ["U1"])
    slack.change_usergroup("S4", disabled=True)
    assert await listed(slack) == [
        UserGroup(GroupId("S3"), "art & design", "art", frozenset({UserId("U1")})),
        UserGroup(GroupId("S1"), "Backend", "backend", frozenset(map(UserId, ("U1", "U2")))),
        UserGroup(GroupId("S2"), "Data", "data", frozenset({UserId("U3")})),
    ]
    assert [call.method for call in slack.calls] == ["usergroups.list"]


async def test_a_refusal_keeps_its_name(slack: LocalSlack) -> None:
    slack.scopes = {"chat:write"}
    with pytest.raises(SlackRefused) as refused:
        await listed(slack)
    assert refused.value.code == "missing_scope"


async def test_nobody_waits_for_a_slow_slack_for_long(slack: LocalSlack) -> None:
    slack.hold("usergroups.list")
    with pytest.raises(SlackAway):
        await listed(slack, patience=0.05)


@pytest.mark.parametrize(
    ("wire", "group"),
    [
        pytest.param({"id": "S1"}, UserGroup(GroupId("S1"), "S1"), id="nothing but an id"),
        pytest.param(
            {"id": "S1", "name": " ", "handle": "dev"},
            UserGroup(GroupId("S1"), "dev", "dev"),
            id="only a handle",
        ),
        pytest.param(
            {"id": "S1", "name": "De\u202ev\n", "handle": "", "users": ["U1", 7, None, ""]},
            UserGroup(GroupId("S1"), "De v", "", frozenset({UserId("U1")})),
            id="odd signs and odd members",
        ),
        pytest.param({"id": "S1", "date_delete": 1_700_000_000}, None, id="switched off"),
        pytest.param({"name": "Backend"}, None, id="without an id"),
        pytest.param({"id": 7}, None, id="an id that is none"),
        pytest.param("S1", None, id="no object"),
        pytest.param({"id": "S1", "users": "U1"}, UserGroup(GroupId("S1"), "S1"), id="no list"),
    ],
)
def test_a_group_is_read_as_far_as_it_goes(wire: Any, group: UserGroup | None) -> None:
    assert read_group(wire) == group
