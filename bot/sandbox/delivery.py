"""Brings what happened to the bot, signed over HTTP or down its socket, and its answer back.

The bot has a few seconds, as with Slack; what it says later it says through the Web API.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from aiohttp import ClientConnectionError, ClientResponse, ClientSession

from bot.sandbox.socket_mode import Links

Kind: TypeAlias = Literal["events_api", "interactive", "slash_commands"]

SILENCE = "operation_timeout"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something Slack tells the bot, in the words of Socket Mode."""

    kind: Kind
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered at once; `why` says what was wrong with it, if anything was."""

    body: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


@dataclass
class Courier:
    """`bot_url` is where the bot listens, unless it is connected by Socket Mode."""

    signing_secret: str
    clock: Callable[[], float]
    patience: float
    links: Links
    bot_url: str | None = None
    sent: list[Delivery] = field(default_factory=list)
    _session: ClientSession | None = None

    async def open(self) -> None:
        self._session = ClientSession()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def deliver(self, delivery: Delivery, *, retry: int = 0) -> Reply:
        """Every delivery is kept in `sent`; `retry` counts those that Slack repeats."""
        self.sent.append(delivery)
        try:
            async with asyncio.timeout(self.patience):
                if self.links:
                    extra = _envelope(delivery, retry)
                    return Reply(_mapping(await self.links.send(extra)))
                return await self._post(delivery, retry)
        except TimeoutError:
            return Reply(why=f"{SILENCE}: the bot did not answer within {self.patience:g} s")
        except ClientConnectionError as problem:
            return Reply(why=f"{SILENCE}: the bot cannot be reached ({problem})")

    async def _post(self, delivery: Delivery, retry: int) -> Reply:
        if self._session is None or self.bot_url is None:
            return Reply(why=f"{SILENCE}: no bot is connected")
        body, content_type = encoded(delivery)
        headers = {"Content-Type": content_type, **self._signature(body)}
        if retry and delivery.kind == "events_api":
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        async with self._session.post(
            self.bot_url, data=body, headers=headers, allow_redirects=False
        ) as response:
            if response.status != 200:  # noqa: PLR2004 - the one status that Slack takes as an ack
                return Reply(why=f"{SILENCE}: the bot answered HTTP {response.status}")
            return await _answer(response)

    def _signature(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self.clock()))
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.signing_secret, timestamp, body),
        }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's request signature, version 0 (docs.slack.dev, verifying requests)."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of the HTTP request and its content type."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    form: Mapping[str, Any] = delivery.payload
    if delivery.kind == "interactive":
        form = {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _envelope(delivery: Delivery, retry: int) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
    return envelope


async def _answer(response: ClientResponse) -> Reply:
    text = await response.text()
    if not text:
        return Reply()
    if response.content_type == "application/json":
        try:
            return Reply(_mapping(json.loads(text)))
        except ValueError:
            return Reply(why=f"{SILENCE}: the bot answered with broken JSON")
    return Reply({"text": text})


def _mapping(value: object) -> Mapping[str, Any]:
    """The body of an answer; a bare string is a text, as in Slack."""
    if isinstance(value, Mapping):
        return value
    return {"text": value} if isinstance(value, str) and value else {}
