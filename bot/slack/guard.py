"""Checks the raw bytes of every HTTP request before Bolt sees them.

Bolt reads the body before it looks at the signature, and answers junk with a 500. Here the
cheap checks come first: size, headers, age, signature; then that the body can be read at all.
Source of the scheme: docs.slack.dev, "Verifying requests from Slack".
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

LARGEST: Final = 1024 * 1024
OLDEST: Final = 300
"""Seconds that a request may be away from our clock, to either side."""
DEEPEST: Final = 100
TIMESTAMP: Final = re.compile(r"[0-9]{1,11}")
SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")
BRACKETS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status and a word for the log."""

    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Guard:
    """`now` tells the real time in seconds since 1970."""

    signing_secret: bytes
    now: Callable[[], float]

    def refuse(self, headers: Mapping[str, str], body: bytes) -> Refusal | None:
        """Why this request is not let in; None for a good one. `headers` ignore case."""
        if len(body) > LARGEST:
            return Refusal(413, "too large")
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
            return Refusal(401, "not signed")
        if abs(self.now() - int(timestamp)) > OLDEST:
            return Refusal(401, "too old")
        if not hmac.compare_digest(self.sign(timestamp, body), signature):
            return Refusal(401, "wrong signature")
        return None if is_readable(body) else Refusal(400, "not readable")

    def sign(self, timestamp: str, body: bytes) -> str:
        base = b":".join((b"v0", timestamp.encode(), body))
        return "v0=" + hmac.new(self.signing_secret, base, hashlib.sha256).hexdigest()


def is_readable(body: bytes) -> bool:
    """Whether it is a form or a JSON object that Bolt can take apart."""
    try:
        text = body.decode()
        if body.lstrip().startswith(b"{"):
            return _is_object(body)
        form = parse_qs(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return False
    payload = form.get("payload")
    return payload is None or _is_object(payload[0].encode())


def _is_object(text: bytes) -> bool:
    """Deep nesting is counted before it is parsed, for the parser's stack is not endless."""
    depth = 0
    for found in BRACKETS.finditer(text):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return False
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
