"""Takes the body of a verified request apart, once and for all, before Bolt sees it.

Bolt would parse it by rules of its own: a command with the word "payload" in it gets lost, and
junk becomes a 500. Here a body becomes one object, or nothing.
"""

import json
import re
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs

Payload: TypeAlias = dict[str, Any]

DEEPEST: Final = 100
MOST_FIELDS: Final = 100
"""Of a form; a slash command has about fifteen."""
BRACKETS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string, be it without its end, or a bracket outside of strings."""


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
    few = text.count(b"[") + text.count(b"{") <= DEEPEST  # most payloads: nothing to follow
    if not few and _is_too_deep(text):
        return None
    parsed = json.loads(text)
    if b"\\u" in text:  # half a character is no text: nothing could write it down or send it on
        json.dumps(parsed, ensure_ascii=False).encode()
    return parsed if isinstance(parsed, dict) else None


def _is_too_deep(text: bytes) -> bool:
    depth = 0
    for found in BRACKETS.finditer(text):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return True
    return False
