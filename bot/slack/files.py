"""Files for one person: uploaded in three steps, or said in messages where that is not allowed."""

import json
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.errors import SlackAway, SlackRefused
from bot.slack.calls import Calls, content
from bot.slack.effect import HandOver

TIMEOUT: Final = ClientTimeout(total=30, connect=3)
UPLOAD: Final = "files.getUploadURLExternal"


class Files:
    def __init__(self, calls: Calls, http: ClientSession) -> None:
        self._calls = calls
        self._http = http

    async def hand_over(self, effect: HandOver, user: str) -> None:
        """Raises `SlackRefused` and `SlackAway`."""
        posted = await self._calls.write(
            "chat.postMessage", channel=user, **content(effect.message)
        )
        try:
            await self._upload(effect, str(posted["channel"]))
        except SlackRefused as error:
            if error.code != "missing_scope":
                raise
            for page in effect.pages:
                await self._calls.write("chat.postMessage", channel=user, **content(page))

    async def _upload(self, effect: HandOver, channel: str) -> None:
        await self.upload(effect.file_name, effect.content.encode(), channel)

    async def upload(self, name: str, sent: bytes, channel: str = "") -> str:
        """The id of the file. Without a channel nobody sees it until a message shows it. Raises
        `SlackRefused` and `SlackAway`.
        """
        slot = await self._calls.read(UPLOAD, filename=name, length=len(sent))
        try:
            async with self._http.post(
                str(slot["upload_url"]), data=sent, allow_redirects=False, timeout=TIMEOUT
            ) as response:
                if not response.ok:
                    raise SlackRefused(UPLOAD, f"upload_{response.status}")
        except (ClientError, TimeoutError) as error:
            raise SlackAway(UPLOAD) from error
        files = json.dumps([{"id": slot["file_id"], "title": name}])
        where = {"channel_id": channel} if channel else {}
        await self._calls.read("files.completeUploadExternal", files=files, **where)
        return str(slot["file_id"])
