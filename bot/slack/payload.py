"""Takes the body of a verified request apart, once and for all, before Bolt sees it.

Bolt would parse it by rules of its own (a command with the word "payload" in it gets lost), and
fails on a part of the wrong kind. Here a body becomes one object or nothing, and `is_sound` says
whether Bolt can find its way in it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs

Payload: TypeAlias = dict[str, Any]

DEEPEST: Final = 100
MOST_FIELDS: Final = 100
"""Of a form; a slash command has about fifteen."""
BRACKETS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string, be it without its end, or a bracket outside of strings."""

NAMED: Final = frozenset({"team", "user", "channel", "enterprise"})
"""An object, or only its id."""
LISTS: Final = frozenset({"actions", "authorizations", "response_urls"})
PARTS: Final = frozenset(
    {"event", "view", "container", "message", "previous_message", "item", "assistant_thread"}
)
NEEDED: Final = frozenset({"event", "actions", "response_urls"})
"""May be left out, but then wholly: Bolt looks into them when they are there."""


def read_payload(body: bytes) -> Payload | None:
    """The object that a form or a JSON body holds; None for anything else, whatever it is."""
    try:
        return _object(body) if body.lstrip()[:1] == b"{" else _form(body.decode())
    except ValueError:
        return None


def _form(text: str) -> Payload | None:
    """A field given twice could mean one thing here and another there, so it is refused."""
    fields = parse_qs(
        text,
        keep_blank_values=True,
        strict_parsing=True,
        errors="strict",
        max_num_fields=MOST_FIELDS,
    )
    if not fields or any(len(values) > 1 for values in fields.values()):
        return None
    if "payload" in fields:
        return _object(fields["payload"][0].encode())
    return {name: values[0] for name, values in fields.items()}


def _object(text: bytes) -> Payload | None:
    """Deep nesting is counted before it is parsed, for the parser's stack is not endless."""
    depth = 0
    for found in BRACKETS.finditer(text):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return None
    parsed = json.loads(text)
    return parsed if isinstance(parsed, dict) else None


def is_sound(part: Mapping[str, Any]) -> bool:
    """Whether the parts that Bolt looks into are of the kind that it expects.

    Slack sends nothing else; what is merely unknown to us is sound.
    """
    return all(_fits(name, value) for name, value in part.items())


def _fits(name: str, value: object) -> bool:
    if value is None:
        return name not in NEEDED
    if name in LISTS:
        filled = bool(value) or name != "actions"
        return filled and isinstance(value, list) and all(map(_is_sound_map, value))
    if name in PARTS:
        return _is_sound_map(value)
    return name not in NAMED or isinstance(value, str) or _is_sound_map(value)


def _is_sound_map(value: object) -> bool:
    return isinstance(value, Mapping) and is_sound(value)
