"""The manifest asks for what the code uses, and for no more."""

import re
from pathlib import Path

import pytest
import yaml

from bot.errors import ConfigError
from bot.manifest import EVENTS_HEARD, SCOPES, as_yaml, manifest

ROOT = Path(__file__).parent.parent
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "bot/slack").rglob("*.py")))

NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.getPermalink": None,
    "conversations.info": "channels:read",
    "conversations.members": "channels:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
    "users.info": "users:read",
    "users.list": "users:read",
    "usergroups.list": "usergroups:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
"""The scope of each method that we call; views need none."""

FOR_PRIVATE_CHANNELS = {"groups:read"}
"""What methods ask for besides, where a channel is private."""

HEARS = {
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": None,
    "subteam_created": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
}
"""The scope of each event that we ask for."""


def test_the_file_in_the_repository_is_what_the_command_prints() -> None:
    assert (ROOT / "app-manifest.yml").read_text("utf-8") == as_yaml(manifest())


def test_scopes_are_those_of_the_calls_and_events_in_the_code() -> None:
    called = set(re.findall(r'"((?:chat|views|users|usergroups|conversations|files)\.\w+)"', CODE))
    assert called == set(NEEDS)
    assert set(EVENTS_HEARD) == set(HEARS)
    needed = {scope for scope in (*NEEDS.values(), *HEARS.values()) if scope}
    assert set(SCOPES) == needed | FOR_PRIVATE_CHANNELS | {"commands"}


def test_events_are_those_that_the_code_listens_to() -> None:
    heard = set(re.findall(r'listening\.(?:event|news)\("(\w+)"', CODE))
    assert heard == {event.removesuffix(".im") for event in EVENTS_HEARD}


def test_http_names_every_address() -> None:
    content = manifest("/trivia", "https://bot.example/")
    url = "https://bot.example/slack/events"
    settings = content["settings"]
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["request_url"] == url
    assert settings["interactivity"]["message_menu_options_url"] == url
    assert not settings["socket_mode_enabled"]
    [command] = content["features"]["slash_commands"]
    assert (command["command"], command["url"]) == ("/trivia", url)


@pytest.mark.parametrize("address", ["http://bot.example", "bot.example", "https://"])
def test_http_takes_only_a_public_address(address: str) -> None:
    with pytest.raises(ConfigError, match="https://"):
        manifest("/quiz", address)


def test_slacks_limits_are_kept() -> None:
    content = manifest()
    names = content["display_information"]
    assert len(names["name"]) <= 35
    assert len(names["description"]) <= 140
    assert len(content["features"]["bot_user"]["display_name"]) <= 80
    assert yaml.safe_load(as_yaml(content)) == content
