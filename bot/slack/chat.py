"""Every call to Slack, on one shared HTTP session, with a rule for each failure."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, assert_never
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.kit import Message
from bot.errors import SlackAway, SlackRefused
from bot.slack.effect import Announce, Effect, OpenForm, Show, Silence, Tell
from bot.slack.incoming import Address

log = structlog.get_logger(__name__)

SLACK_ORIGINS: Final = frozenset({"https://hooks.slack.com", "https://hooks.slack-gov.com"})
PLAIN_URL: Final = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
TIMEOUT: Final = ClientTimeout(total=10, connect=3)
TRIES: Final = 3
RETRY_STATUSES: Final = frozenset({429, 500, 502, 503, 504})
PAUSE: Final = 0.2
LONGEST_WAIT: Final = 30.0
Sleep = Callable[[float], Awaitable[None]]


def origin(url: str) -> str:
    """Scheme, host and port as they are written; empty for what is no plain address.

    Parsers disagree on backslashes, spaces and control characters, so there are none.
    """
    if not PLAIN_URL.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


class Chat:
    """`api_url` is where the Web API lives; a stand-in's own origin may then take replies too.

    Raises `SlackRefused` and `SlackAway`.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        http: ClientSession,
        *,
        api_url: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._client = client
        self._http = http
        self._sleep = sleep
        own = origin(api_url)
        self._origins = SLACK_ORIGINS if own == "https://slack.com" else SLACK_ORIGINS | {own}

    async def carry_out(self, effect: Effect, to: Address) -> None:
        match effect:
            case Show(message):
                await self._show(message, to)
            case Tell(message):
                await self.tell(message, to)
            case Announce():
                await self._announce(effect, to)
            case OpenForm():
                await self._open_form(effect, to)
            case Silence():
                pass
            case _:
                assert_never(effect)

    async def tell(self, message: Message, to: Address) -> None:
        """In private: where they clicked or typed, else where they are, else directly."""
        if to.url:
            try:
                body = {"response_type": "ephemeral", "replace_original": False, **_body(message)}
                await self._respond(to.url, body, repeatable=True)
            except SlackRefused as error:
                log.info("reply address is used up", code=error.code)
            else:
                return
        await self._whisper(message, to)

    async def _show(self, message: Message, to: Address) -> None:
        if not (to.url and to.in_place):
            await self.tell(message, to)
            return
        try:
            body = {"replace_original": True, **_body(message)}
            await self._respond(to.url, body, repeatable=True)
        except SlackRefused as error:
            log.warning("message was not replaced", code=error.code)
            if "used_url" not in error.code:  # it took five messages: this is a repeat of them
                await self._whisper(message, to)

    async def _announce(self, effect: Announce, to: Address) -> None:
        body = {
            "response_type": "in_channel",
            "replace_original": False,
            **_body(effect.message),
        }
        try:
            await self._respond(to.url, body, repeatable=False)
        except SlackRefused:
            try:
                await effect.release()
            finally:  # also when our memory is away: a person must not wait without a word
                await self.tell(effect.refused, to)
            return
        except SlackAway:
            await self.tell(effect.unsure, to)
            return
        if effect.then:
            await self._show(effect.then, to)

    async def _open_form(self, effect: OpenForm, to: Address) -> None:
        try:
            await self._call("views.open", trigger_id=effect.trigger, view=effect.view)
        except SlackRefused as error:
            if error.code not in {"expired_trigger_id", "exchanged_trigger_id"}:
                raise
            log.info("form came too late", code=error.code)
            await self.tell(effect.late, to)

    async def _whisper(self, message: Message, to: Address) -> None:
        if to.channel and not to.is_direct:
            where = {"channel": to.channel, "user": to.user}
            thread = {"thread_ts": to.thread} if to.thread else {}
            try:
                await self._call("chat.postEphemeral", **where, **thread, **_body(message))
            except SlackRefused as error:
                log.info("not in that channel", code=error.code)
            else:
                return
        place = to.channel if to.is_direct else to.user
        await self._call("chat.postMessage", channel=place, **_body(message))

    async def _call(self, method: str, **arguments: Any) -> None:
        """One method of the Web API. The client repeats a call only when it was not sent."""
        try:
            await self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            answer = getattr(error.response, "data", None)
            if not isinstance(answer, Mapping) or "error" not in answer:  # a page, not an answer
                raise SlackAway(method) from error
            detail = "; ".join((answer.get("response_metadata") or {}).get("messages", []))
            raise SlackRefused(method, str(answer["error"]), detail) from error
        except (ClientError, TimeoutError, OSError) as error:
            raise SlackAway(method) from error
        except AttributeError as error:  # the client's own, over an answer in plain text
            raise SlackAway(method) from error

    async def _respond(self, url: str, body: Mapping[str, Any], *, repeatable: bool) -> None:
        """Post to a response_url. A lost answer is repeated only where that does no harm."""
        if origin(url) not in self._origins:
            raise SlackRefused("response_url", "not_slack")
        for left in reversed(range(TRIES)):
            wait = await self._post(url, body, repeatable=repeatable)
            if wait is None:
                return
            if left:
                await self._sleep(wait)
        if not repeatable:  # then every try is known to have failed
            raise SlackRefused("response_url", "not_delivered")
        raise SlackAway("response_url")

    async def _post(self, url: str, body: Mapping[str, Any], *, repeatable: bool) -> float | None:
        """None when it was taken; else the seconds after which to try again."""
        try:
            async with self._http.post(
                url, json=body, allow_redirects=False, timeout=TIMEOUT
            ) as response:
                return _wait(response.status, response.headers, await response.text(), repeatable)
        except ClientConnectorError:
            return PAUSE
        except (ClientError, TimeoutError) as error:
            if not repeatable:
                raise SlackAway("response_url") from error
            return PAUSE


def _wait(
    status: int,
    headers: Mapping[str, str],
    text: str,
    repeatable: bool,  # noqa: FBT001  private
) -> float | None:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not repeatable:
        raise SlackAway("response_url")
    if status in RETRY_STATUSES:
        asked = headers.get("Retry-After", "")
        return min(float(asked) if asked.isdecimal() else 1.0, LONGEST_WAIT)
    if status != HTTPStatus.OK or '"ok":false' in text.replace(" ", ""):
        raise SlackRefused("response_url", text[:200] or str(status))
    return None
