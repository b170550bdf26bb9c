"""Checks the raw bytes of every HTTP request before anybody reads them.

Bolt reads the body before it looks at the signature, and answers junk with a 500. Here the
cheap checks come first: size, headers, age, signature; `payload.py` reads what is left.
Source of the scheme: docs.slack.dev, "Verifying requests from Slack".
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1024 * 1024
OLDEST: Final = 300
"""Seconds that a request may be away from our clock, to either side."""
TIMESTAMP: Final = re.compile(r"[0-9]{1,11}")
SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")


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
        return None

    def sign(self, timestamp: str, body: bytes) -> str:
        base = b":".join((b"v0", timestamp.encode(), body))
        return "v0=" + hmac.new(self.signing_secret, base, hashlib.sha256).hexdigest()
