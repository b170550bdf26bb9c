"""Every call to Slack, on one shared HTTP session, with a rule for each failure."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, assert_never
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.kit import Block, Message
from bot.errors import SlackAway, SlackRefused
from bot.slack.calls import Calls, content
from bot.slack.effect import (
    Announce,
    ChangeForm,
    Effect,
    HandOver,
    Later,
    OpenAndFill,
    OpenForm,
    Redraw,
    Show,
    Silence,
    Tell,
)
from bot.slack.files import Files
from bot.slack.incoming import Address
from bot.slack.pictures import BRIEFLY, PictureDesk

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


class Chat:
    """`api_url` is where the Web API lives; a stand-in's own origin may then take replies too.

    `desk` brings the images of what is said. Raises `SlackRefused` and `SlackAway`.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        http: ClientSession,
        *,
        api_url: str,
        sleep: Sleep = asyncio.sleep,
        desk: PictureDesk | None = None,
    ) -> None:
        self._calls = Calls(client)
        self._desk = desk
        self._files = Files(self._calls, http)
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
            case OpenForm() | OpenAndFill() | ChangeForm():
                await self._form(effect, to)
            case Later(work):
                await self.carry_out(await work(), to)
            case HandOver():
                await self._files.hand_over(effect, to.user)
                await self.tell(effect.done, to)
            case Redraw() | Silence():
                pass
            case _:
                assert_never(effect)

    async def drawn(self, view: Block) -> Block:
        """A view for the answer to a form, which is sent without us."""
        return await self._desk.at_once(view) if self._desk else view

    async def tell(self, message: Message, to: Address) -> None:
        """In private: where they clicked or typed, else where they are, else directly."""
        if to.url:
            try:
                body = {
                    "response_type": "ephemeral",
                    "replace_original": False,
                    **content(message),
                }
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
            body = {"replace_original": True, **content(message)}
            await self._respond(to.url, body, repeatable=True)
        except SlackRefused as error:
            log.warning("message was not replaced", code=error.code)
            if "used_url" not in error.code:  # it took five messages: this is a repeat of them
                await self._whisper(message, to)

    async def _announce(self, effect: Announce, to: Address) -> None:
        body = {
            "response_type": "in_channel",
            "replace_original": False,
            **content(effect.message),
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

    async def _form(self, effect: OpenForm | OpenAndFill | ChangeForm, to: Address) -> None:
        match effect:
            case OpenForm():
                await self._open_form("views.open", effect, to)
            case OpenAndFill(above=above, fill=fill):
                opened = await self._open_form("views.push" if above else "views.open", effect, to)
                if opened:
                    await self._change_form(opened, await fill())
            case ChangeForm(form, view):
                await self._change_form(form, view)
            case _:
                assert_never(effect)

    async def _open_form(self, method: str, effect: OpenForm | OpenAndFill, to: Address) -> str:
        """The id of the modal, empty when it came too late."""
        try:
            answer = await self._calls.write(method, trigger_id=effect.trigger, view=effect.view)
        except SlackRefused as error:
            if error.code not in {"expired_trigger_id", "exchanged_trigger_id"}:
                raise
            log.info("form came too late", code=error.code)
            await self.tell(effect.late, to)
            return ""
        opened = answer.get("view")
        return str(opened.get("id", "")) if isinstance(opened, Mapping) else ""

    async def _change_form(self, form: str, view: Block) -> None:
        """Somebody may have closed it meanwhile, and then wants nothing more of it."""
        try:
            await self._calls.write("views.update", view_id=form, view=view)
        except SlackRefused as error:
            if error.code not in {"not_found", "view_not_found"}:
                raise
            log.info("form was closed", code=error.code)

    async def _whisper(self, message: Message, to: Address) -> None:
        """Where they are, if the bot may speak there, else in its conversation with them."""
        try:
            if to.channel:
                await self._say_there(message, to)
                return
        except SlackRefused as error:
            if to.is_direct and error.code != "channel_not_found":  # of two people without the bot
                raise
            log.info("not in that channel", code=error.code)
        await self._post_to(to.user, message)

    async def _say_there(self, message: Message, to: Address) -> None:
        if to.is_direct:
            await self._post_to(to.channel, message)
            return
        where = {"channel": to.channel, "user": to.user}
        thread = {"thread_ts": to.thread} if to.thread else {}
        await self._calls.write("chat.postEphemeral", **where, **thread, **content(message))

    async def _post_to(self, place: str, message: Message) -> None:
        await self._calls.write("chat.postMessage", channel=place, **content(message))

    async def _respond(self, url: str, body: Mapping[str, Any], *, repeatable: bool) -> None:
        """Post to a response_url, with whatever images can be shown."""
        if self._desk is None:
            await self._reply(url, body, repeatable=repeatable)
            return

        async def attempt(placed: Mapping[str, Any]) -> None:
            await self._reply(url, placed, repeatable=repeatable)

        await self._desk.send(body, attempt, BRIEFLY)

    async def _reply(self, url: str, body: Mapping[str, Any], *, repeatable: bool) -> None:
        """A lost answer is repeated only where that does no harm."""
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
