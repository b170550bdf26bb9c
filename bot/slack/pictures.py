"""Sends messages with images: brings their files to Slack first, and falls back to their words.

Slack refuses a whole message for one image: for a file that it has not looked through yet, or has
deleted, and for an address that it cannot fetch. A question must not get lost over that.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final, TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.bank.catalogue import Catalogue
from bot.blocks.pictures import addresses, placed, stand_ins
from bot.errors import MemoryAway, SlackAway, SlackRefused
from bot.play.pictures import Pictures

log = structlog.get_logger(__name__)

T = TypeVar("T")
Body = Mapping[str, Any]
Sleep = Callable[[float], Awaitable[None]]

BRIEFLY: Final = 2.0
"""Seconds that a person waits for a file: as long as the first message of a quiz may take."""
PATIENTLY: Final = 10.0
"""Seconds that a post waits for its files: with all its attempts it must end well before somebody
else takes the post for lost, which in a live round is after half a minute."""
PROCESSING: Final = 1.5
"""Seconds after which a file that was refused is tried once more: Slack looks through a new file
in its own time (slackapi/python-slack-sdk)."""
LOOK_AGAIN: Final = 0.5
"""Seconds between two looks whether another worker is done with an upload."""
LONGEST_UPLOAD: Final = 60.0
APART: Final = 1.5
"""Seconds between two uploads for which nobody waits: half of what Slack allows in a minute."""
AVOIDED_FOR: Final = timedelta(minutes=10)
MOST_AVOIDED: Final = 1_000
REFUSALS: Final = ("invalid_blocks", "invalid_arguments")


class Blamed(Enum):
    """The images that Slack names when it refuses a message; replies get no names."""

    FILE = "file"
    ADDRESS = "address"
    UNKNOWN = "unknown"


class PictureDesk:
    """One for a process. `sleep` is that of the wall clock."""

    def __init__(self, pictures: Pictures, sleep: Sleep = asyncio.sleep) -> None:
        self._pictures = pictures
        self._sleep = sleep
        self._uploads: dict[str, asyncio.Task[str]] = {}
        self._avoided: OrderedDict[str, datetime] = OrderedDict()
        self._warming: asyncio.Task[None] | None = None

    async def send(
        self, body: Body, attempt: Callable[[Body], Awaitable[T]], patience: float
    ) -> T:
        """Send the body of a call, as often as it takes: with all images, then without those that
        Slack may mean, at last in words alone. `attempt` raises what Slack says.
        """
        names, remote = stand_ins(body), addresses(body)
        if not names and not remote:
            return await attempt(body)
        files = await self._files(names, patience)
        shown = {url: url for url in remote if not self._is_avoided(url)}
        may_wait = bool(files and patience)
        while files or shown:
            try:
                return await attempt(placed(body, {**files, **shown}))
            except (SlackApiError, SlackRefused) as error:
                blamed = _blamed(error)
            log.warning("slack did not take the images", blamed=blamed.value)
            if shown and (blamed is Blamed.ADDRESS or not files):
                self._avoid(shown)
                shown = {}
            elif may_wait:
                may_wait = False
                await self._sleep(PROCESSING)
            elif shown and blamed is not Blamed.FILE:
                self._avoid(shown)
                shown = {}
            else:
                await self._forget(files)
                files = {}
        return await attempt(placed(body, {}))

    async def at_once(self, body: Body) -> dict[str, Any]:
        """The body with the images that are there, for an answer that cannot be tried again."""
        names = stand_ins(body)
        files = await self._files(names, 0) if names else {}
        shown = {url: url for url in addresses(body) if not self._is_avoided(url)}
        return placed(body, {**files, **shown})

    def begin(self) -> None:
        """Bring what the bank shows and Slack does not have, beside everything else; anew when
        the bank has changed.
        """
        if self._warming:
            self._warming.cancel()
        self._warming = asyncio.create_task(self._warm(), name="images")

    async def changed(self, _before: Catalogue, _now: Catalogue) -> None:
        """Told when the bank has changed."""
        self.begin()

    async def _warm(self) -> None:
        try:
            names = list(await asyncio.to_thread(self._pictures.images))
            there = await self._pictures.files(names) if names else {}
            for name in names:
                if name not in there:
                    await asyncio.shield(self._upload(name))
                    await self._sleep(APART)
        except (SlackRefused, SlackAway, MemoryAway, TimeoutError) as error:
            log.warning("images wait until they are shown", reason=str(error))

    async def close(self) -> None:
        tasks = [*self._uploads.values(), *([self._warming] if self._warming else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _files(self, names: frozenset[str], patience: float) -> dict[str, str]:
        """Those files that can be had in time; the others come later, for the next message."""
        if not names:
            return {}
        try:
            found = dict(await self._pictures.files(names))
        except MemoryAway:
            log.warning("no memory, so images are shown as words")
            return {}
        wanted = (name for name in names - found.keys() if not self._is_avoided(name))
        missing = {name: self._upload(name) for name in wanted}
        if missing and patience:
            await asyncio.wait(missing.values(), timeout=patience)
        for name, task in missing.items():
            if file := _result(task):
                found[name] = file
        return found

    def _upload(self, name: str) -> asyncio.Task[str]:
        """The one upload of an image that this process has under way."""
        task = self._uploads.get(name)
        if task is None:
            task = asyncio.create_task(self._bring(name), name=f"upload {name}")
            self._uploads[name] = task
            task.add_done_callback(lambda _: self._uploads.pop(name, None))
            task.add_done_callback(_note_failure)
        return task

    async def _bring(self, name: str) -> str:
        try:
            await asyncio.to_thread(self._pictures.images)  # a large new bank takes its time
            async with asyncio.timeout(LONGEST_UPLOAD):
                while (file := await self._pictures.bring(name)) is None:
                    await self._sleep(LOOK_AGAIN)
        except (SlackRefused, SlackAway):
            self._avoid([name])
            raise
        return file

    def _is_avoided(self, name: str) -> bool:
        since = self._avoided.get(name)
        return since is not None and self._pictures.now() - since < AVOIDED_FOR

    def _avoid(self, names: Iterable[str]) -> None:
        """Addresses that Slack does not show, and files that it does not take, for a while."""
        for name in names:
            self._avoided[name] = self._pictures.now()
        while len(self._avoided) > MOST_AVOIDED:
            self._avoided.popitem(last=False)

    async def _forget(self, files: Mapping[str, str]) -> None:
        """They are uploaded anew for the next message."""
        try:
            for name, file in files.items():
                await self._pictures.is_gone(name, file)
        except MemoryAway:
            log.warning("no memory, so a file that is gone is not forgotten")


class PictureClient(AsyncWebClient):
    """A client whose calls may show images; `desk` is there as soon as the workspace is known."""

    desk: PictureDesk | None = None
    patience: float = PATIENTLY

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        body = arguments.get("json")
        if self.desk is None or not isinstance(body, Mapping):
            return await super().api_call(api_method, **arguments)

        async def attempt(placed_body: Body) -> AsyncSlackResponse:
            return await super(PictureClient, self).api_call(
                api_method, **{**arguments, "json": placed_body}
            )

        hurried = api_method in {"views.open", "views.push"}  # their trigger lives for 3 seconds
        return await self.desk.send(body, attempt, 0 if hurried else self.patience)


def _blamed(error: SlackApiError | SlackRefused) -> Blamed:
    """What Slack may have refused the message for. Raises the error again if it is no image."""
    said = str(error)
    if not any(code in said for code in REFUSALS):
        raise error
    of_file, of_address = "slack_file" in said, "image_url" in said
    if of_file == of_address:
        return Blamed.UNKNOWN
    return Blamed.FILE if of_file else Blamed.ADDRESS


def _result(task: asyncio.Task[str]) -> str:
    if not task.done() or task.cancelled() or task.exception():
        return ""
    return task.result()


def _note_failure(task: asyncio.Task[str]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.warning("an image was not brought to slack", reason=f"{type(error).__name__}: {error}")
