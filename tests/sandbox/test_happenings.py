"""Events that nobody clicks: who came, what changed, what was closed, in Slack's shapes."""

from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.desk import Desk
from bot.sandbox.happenings import happening
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import SECRET


def inner(desk: Desk, kind: str, **fields: Any) -> dict[str, Any]:
    return happening(desk.workspace, kind, fields)


@pytest.mark.parametrize("kind", ["team_join", "user_change", "user_profile_changed"])
def test_a_person_is_sent_whole(desk: Desk, kind: str) -> None:
    event = inner(desk, kind, user="U2")
    assert event["type"] == kind
    assert (event["user"]["id"], event["user"]["tz"]) == ("U2", "America/New_York")


@pytest.mark.parametrize("kind", ["subteam_created", "subteam_updated"])
def test_a_group_is_sent_whole(desk: Desk, kind: str) -> None:
    subteam = inner(desk, kind, subteam="S1")["subteam"]
    assert (subteam["handle"], subteam["users"]) == ("backend", ["U1", "U2"])


def test_changed_members_are_counted(desk: Desk) -> None:
    event = inner(desk, "subteam_members_changed", subteam_id="S1", added_users=["U3"])
    assert (event["added_users_count"], event["removed_users_count"]) == (1, 0)
    assert (event["subteam_id"], event["team_id"]) == ("S1", "T1")


@pytest.mark.parametrize("kind", ["member_joined_channel", "member_left_channel"])
def test_who_comes_and_goes_is_sent_by_id(desk: Desk, kind: str) -> None:
    event = inner(desk, kind, user="UBOT", channel="C1")
    assert (event["user"], event["channel"]) == ("UBOT", "C1")
    assert (event["channel_type"], event["team"]) == ("C", "T1")


def test_a_renamed_channel_is_sent_with_its_name(desk: Desk) -> None:
    desk.rename("C2", "servers")
    channel = inner(desk, "channel_rename", channel="C2")["channel"]
    assert (channel["id"], channel["name"]) == ("C2", "servers")


def test_an_archived_channel_is_sent_by_id(desk: Desk) -> None:
    event = inner(desk, "channel_archive", channel="C1")
    assert (event["channel"], event["user"]) == ("C1", "U1")


def test_revoked_tokens_are_those_of_the_bot(desk: Desk) -> None:
    assert inner(desk, "tokens_revoked")["tokens"] == {"oauth": [], "bot": ["UBOT"]}


def test_objects_and_other_events_go_as_they_are_given(desk: Desk) -> None:
    assert inner(desk, "user_change", user={"id": "U7"})["user"] == {"id": "U7"}
    assert inner(desk, "subteam_updated", subteam={"id": "S7"})["subteam"] == {"id": "S7"}
    assert inner(desk, "channel_rename", channel={"id": "C7"})["channel"] == {"id": "C7"}
    assert set(inner(desk, "app_uninstalled")) == {"type", "event_ts"}


async def test_an_event_is_signed_and_wrapped_and_can_come_again(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    app = AsyncApp(client=client, signing_secret=SECRET)
    bodies: list[dict[str, Any]] = []

    @app.event("app_uninstalled")
    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    async with TestServer(app.web_app(path="/")) as server:
        slack.bot_url = str(server.make_url("/"))
        assert (await slack.event("app_uninstalled")).ok
        assert (await slack.redeliver()).ok
        await slack.wait_until(lambda: len(bodies) > 1)
    first, second = bodies
    assert first == second
    assert (first["type"], first["team_id"]) == ("event_callback", "T1")
    assert first["event_id"].startswith("Ev")


async def test_when_nobody_listens_everybody_at_the_page_is_told(slack: LocalSlack) -> None:
    reply = await slack.event("app_uninstalled")
    assert not reply.ok
    assert {slack.notice(user) for user in ("U1", "U2", "U3")} == {reply.why}
