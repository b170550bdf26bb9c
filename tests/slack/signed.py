"""Requests as Slack signs them, and as somebody else would like to."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.delivery import signature

SECRET = "sign"


def form(payload: object) -> bytes:
    """An interactive payload as Slack sends it."""
    return urlencode({"payload": json.dumps(payload)}).encode()


def command(text: str, **fields: str) -> dict[str, str]:
    return {
        "command": "/quiz",
        "text": text,
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": "1.2.c",
        **fields,
    }


def click(action_id: str, value: str, **parts: Any) -> dict[str, Any]:
    """A press of a button in a private message of a channel."""
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "username": "ana"},
        "container": {"type": "message", "channel_id": "C1", "is_ephemeral": True},
        "channel": {"id": "C1"},
        "trigger_id": "1.2.t",
        "actions": [
            {"type": "button", "action_id": action_id, "value": value, "action_ts": "1.1"}
        ],
        **parts,
    }


def signed(body: bytes, at: float, secret: str = SECRET) -> Mapping[str, str]:
    """The headers of a request that was signed at this moment."""
    timestamp = str(int(at))
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }
