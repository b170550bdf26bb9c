"""People, channels and user groups beyond the first ones, as the bot gets to see them."""

from typing import Any

import pytest

from bot.sandbox.desk import Desk
from bot.sandbox.refusal import NotPossible
from bot.sandbox.server import LocalSlack
from tests.sandbox.small_bot import SmallBot


def call(desk: Desk, method: str, **arguments: Any) -> dict[str, Any]:
    return dict(desk.web_api.answer(method, "xoxb-test", arguments).body)


def user(desk: Desk, name: str) -> dict[str, Any]:
    return dict(call(desk, "users.info", user=name)["user"])


def pages(desk: Desk, method: str, field: str, **arguments: Any) -> list[list[Any]]:
    """Everything a paginated method tells, page by page."""
    found, cursor = [], ""
    while True:
        body = call(desk, method, **arguments, cursor=cursor)
        found.append(body[field])
        cursor = body["response_metadata"]["next_cursor"]
        if not cursor:
            return found


def test_ana_runs_the_workspace_and_the_others_are_members(desk: Desk) -> None:
    flags = {
        name: (user(desk, name)["is_admin"], user(desk, name)["is_owner"])
        for name in ("U1", "U2", "U3")
    }
    assert flags == {"U1": (True, True), "U2": (False, False), "U3": (False, False)}


@pytest.mark.parametrize(
    ("facts", "flags"),
    [
        pytest.param({}, (False, False), id="full member"),
        pytest.param({"guest": True}, (True, False), id="guest"),
        pytest.param({"single_channel": True}, (True, True), id="guest of one channel"),
    ],
)
def test_guests_are_marked(desk: Desk, facts: Any, flags: tuple[bool, bool]) -> None:
    desk.add_person("U4", "Dan", "UTC", **facts)
    shown = user(desk, "U4")
    assert (shown["is_restricted"], shown["is_ultra_restricted"]) == flags
    assert call(desk, "conversations.open", users="U4")["channel"] == {"id": "D4"}


def test_a_deactivated_person_is_listed_with_little_and_is_nowhere(desk: Desk) -> None:
    desk.change_person("U2", deleted=True)
    shown = user(desk, "U2")
    assert shown["deleted"] is True
    assert not {"tz", "is_admin", "real_name"} & shown.keys()
    assert "U2" in {member["id"] for member in call(desk, "users.list")["members"]}
    assert "U2" not in call(desk, "conversations.members", channel="C1")["members"]
    assert call(desk, "usergroups.users.list", usergroup="S1")["users"] == ["U1"]
    assert call(desk, "conversations.open", users="U2")["error"] == "user_disabled"
    assert call(desk, "chat.postMessage", channel="U2", text="x")["error"] == "channel_not_found"
    private = call(desk, "chat.postEphemeral", channel="C1", user="U2", text="x")
    assert private["error"] == "user_not_in_channel"


async def test_a_deactivated_person_does_nothing(desk: Desk) -> None:
    desk.add_person("U4", "Dan", "UTC", deleted=True)
    assert desk.workspace.channel("C1").members.isdisjoint({"U4"})
    with pytest.raises(NotPossible, match="no person U4"):
        await desk.say("U4", "D4", "hello")


async def test_a_person_of_another_workspace_comes_with_their_own_team(
    slack: LocalSlack, bot: SmallBot
) -> None:
    slack.add_person("U9", "Zoe", "UTC", channels=["C1"], foreign_team="T9")
    await slack.say("U9", "C1", "/quiz post")
    question = await slack.wait_for("U9", "C1", "Which letter?")
    await slack.press("U9", "C1", question.ts, "answer:a")
    await slack.say("U9", "C1", "<@UBOT> hello")
    (click,) = bot.heard("block_actions")
    assert (click["user"]["team_id"], click["team"]["id"]) == ("T9", "T1")
    assert bot.bodies[0]["team_id"] == "T9"
    (mention,) = bot.heard("app_mention")
    assert mention["is_ext_shared_channel"] is True
    assert (mention["team_id"], mention["event"]["user_team"]) == ("T1", "T9")
    await slack.say("U1", "C2", "<@UBOT> hello")
    assert bot.heard("app_mention")[1]["is_ext_shared_channel"] is False


def test_a_stranger_shares_no_channel_with_the_bot(desk: Desk) -> None:
    desk.add_person("U9", "Zoe", "UTC", channels=["C1"], foreign_team="T9")
    shown = user(desk, "U9")
    assert (shown["team_id"], shown["is_stranger"]) == ("T9", False)
    assert call(desk, "conversations.info", channel="C1")["channel"]["is_ext_shared"] is True
    assert call(desk, "conversations.info", channel="C2")["channel"]["is_ext_shared"] is False
    desk.workspace.leave("U9", "C1")
    assert user(desk, "U9")["is_stranger"] is True
    assert "is_stranger" not in user(desk, "U1")


def test_nobody_comes_twice(desk: Desk) -> None:
    with pytest.raises(ValueError, match="here already"):
        desk.add_person("U1", "Ana", "UTC")
    with pytest.raises(ValueError, match="here already"):
        desk.add_channel("C9", "general")


def test_a_renamed_person_and_channel_are_found_under_the_new_name(desk: Desk) -> None:
    desk.change_person("U2", name="Benny", tz="UTC")
    assert user(desk, "U2")["profile"]["display_name"] == "Benny"
    desk.rename("C2", "servers")
    assert call(desk, "chat.postMessage", channel="#servers", text="x")["channel"] == "C2"
    answer = call(desk, "chat.postMessage", channel="#platform", text="x")
    assert answer["error"] == "channel_not_found"


def test_members_and_people_come_in_pages(desk: Desk) -> None:
    for number in range(10, 15):
        desk.add_person(f"U{number}", f"Person {number}", "UTC", channels=["C1"])
    members = pages(desk, "conversations.members", "members", channel="C1", limit=4)
    assert [len(page) for page in members] == [4, 4, 1]
    assert len({each for page in members for each in page}) == 9
    people = pages(desk, "users.list", "members", limit=3)
    assert [len(page) for page in people] == [3, 3, 3]


def test_a_private_channel_is_not_there_for_a_bot_outside_it(desk: Desk) -> None:
    desk.add_channel("C7", "secret", members=["U1"], is_private=True)
    for method, arguments in {
        "conversations.info": {},
        "conversations.members": {},
        "chat.postMessage": {"text": "x"},
    }.items():
        assert call(desk, method, channel="C7", **arguments)["error"] == "channel_not_found"
    types = "public_channel,private_channel"
    listed = call(desk, "conversations.list", types=types)["channels"]
    assert [channel["id"] for channel in listed] == ["C1", "C2", "C3"]
    desk.workspace.join("UBOT", "C7")
    listed = call(desk, "conversations.list", types=types)["channels"]
    assert [channel["id"] for channel in listed] == ["C1", "C2", "C3", "C7"]
    assert call(desk, "chat.postMessage", channel="C7", text="x")["ok"]


def test_archived_channels_are_left_out_on_request(desk: Desk) -> None:
    desk.archive("C2")
    everything = call(desk, "users.conversations", user="U1")["channels"]
    assert [(each["id"], each["is_archived"]) for each in everything] == [
        ("C1", False),
        ("C2", True),
        ("C3", False),
    ]
    living = call(desk, "users.conversations", user="U1", exclude_archived=True)["channels"]
    assert [each["id"] for each in living] == ["C1", "C3"]


def test_user_groups_are_listed_with_what_is_asked_for(desk: Desk) -> None:
    plain = call(desk, "usergroups.list")["usergroups"]
    assert [(group["id"], group["handle"]) for group in plain] == [
        ("S1", "backend"),
        ("S2", "data"),
    ]
    assert not {"users", "user_count"} & plain[0].keys()
    full = call(desk, "usergroups.list", include_users=True, include_count="true")["usergroups"]
    assert [(group["users"], group["user_count"]) for group in full] == [
        (["U1", "U2"], 2),
        (["U3"], 1),
    ]


def test_user_groups_change_and_are_disabled(desk: Desk) -> None:
    desk.add_usergroup("S3", "ops", "Operations", ["U1"])
    desk.change_usergroup("S3", users=("U2", "U3"), name="Ops")
    assert call(desk, "usergroups.users.list", usergroup="S3")["users"] == ["U2", "U3"]
    desk.change_usergroup("S3", disabled=True)
    assert len(call(desk, "usergroups.list")["usergroups"]) == 2
    everything = call(desk, "usergroups.list", include_disabled=True)["usergroups"]
    assert (everything[2]["name"], everything[2]["date_delete"] > 0) == ("Ops", True)
    assert call(desk, "usergroups.users.list", usergroup="S3")["users"] == []
    answer = call(desk, "usergroups.users.list", usergroup="S9")
    assert answer["error"] == "no_such_subteam"


@pytest.mark.parametrize(
    ("method", "arguments", "scope"),
    [
        ("chat.postMessage", {"channel": "C1", "text": "x"}, "chat:write"),
        ("users.info", {"user": "U1"}, "users:read"),
        ("usergroups.list", {}, "usergroups:read"),
        ("team.info", {}, "team:read"),
        ("conversations.members", {"channel": "C1"}, "channels:read"),
    ],
)
def test_a_method_needs_its_scope(
    desk: Desk, method: str, arguments: dict[str, str], scope: str
) -> None:
    desk.scopes = {"commands", "im:history"}
    body = call(desk, method, **arguments)
    assert (body["ok"], body["error"]) == (False, "missing_scope")
    assert scope in body["needed"].split(",")
    assert body["provided"] == "commands,im:history"
    desk.scopes.add(scope)
    assert call(desk, method, **arguments)["ok"]


def test_some_methods_need_no_scope(desk: Desk) -> None:
    desk.scopes = set()
    assert call(desk, "auth.test")["ok"]
    assert desk.refusals == []


def test_one_scope_opens_public_channels_without_joining(desk: Desk) -> None:
    desk.workspace.leave("UBOT", "C2")
    desk.add_channel("C7", "secret", members=["U1"], is_private=True)
    desk.scopes.add("chat:write.public")
    assert call(desk, "chat.postMessage", channel="C2", text="x")["ok"]
    assert call(desk, "chat.postMessage", channel="C7", text="x")["error"] == "channel_not_found"


async def test_the_scopes_are_told_with_every_answer(slack: LocalSlack, bot: SmallBot) -> None:
    slack.scopes = {"commands", "chat:write"}
    answer = await bot.client.auth_test()
    assert answer.headers["X-OAuth-Scopes"] == "chat:write,commands"


def test_a_channel_is_found_without_looking_at_the_others(desk: Desk) -> None:
    """Not a clock but a count: a call may look at one channel, not at a thousand."""
    looked = 0

    class Name(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal looked
            looked += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    for number in range(1_000):
        desk.add_channel(Name(f"C1{number:03}"), Name(f"room-{number}"), members=["UBOT"])
    looked = 0
    for name in ("C1500", "#room-999"):
        assert call(desk, "chat.postMessage", channel=name, text="x")["ok"]
    assert call(desk, "chat.postMessage", channel="U1", text="x")["channel"] == "D1"
    assert looked < 50
