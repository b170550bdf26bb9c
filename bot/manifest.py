"""The app manifest: what the bot asks of Slack, and no more than its code uses.

Source of the format: api.slack.com/reference/manifests, version 2.
"""

from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from bot.errors import ConfigError
from bot.slack.web import EVENTS

SCOPES: Final = {
    "app_mentions:read": "hear a mention",
    "channels:read": "know who and what is in the channels with a question of the day",
    "chat:write": "answer in private, and share a result",
    "commands": "the slash command",
    "files:write": "show the images of questions, and send people their own data as a file",
    "groups:read": "the same for private channels",
    "im:history": "hear a direct message",
    "usergroups:read": "teams on the leaderboard that are user groups",
    "users:read": "names and time zones, and who is an admin",
}
EVENTS_HEARD: Final = (
    "app_home_opened",
    "app_mention",
    "message.im",
    "subteam_created",
    "subteam_members_changed",
    "subteam_updated",
)


def manifest(command: str = "/quiz", address: str | None = None) -> dict[str, Any]:
    """For Socket Mode, or for HTTP at the given public address such as `https://bot.example`."""
    url = None if address is None else _events_url(address)
    with_url = {} if url is None else {"url": url}
    request_url = {} if url is None else {"request_url": url}
    options_url = {} if url is None else {"message_menu_options_url": url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Quiz Bot",
            "description": "Short quizzes for your team, answered with a click",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Quiz Bot", "always_online": True},
            "slash_commands": [
                {
                    "command": command,
                    "description": "Play a quiz",
                    "usage_hint": "start docker 5 | resume | stats | leaderboard | daily | help",
                    "should_escape": False,
                    **with_url,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS_HEARD), **request_url},
            "interactivity": {"is_enabled": True, **request_url, **options_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _events_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise ConfigError(f"--http takes an address that begins with https://, not {address}")
    return f"{address.rstrip('/')}{EVENTS}"


def as_yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
