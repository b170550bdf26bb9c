"""The files that images of the bank became in Slack: each is uploaded once for a workspace."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from bot.quiz.player import Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds
from bot.storage.wire import text

_CLAIM: Final = Script("claim_picture")
_SETTLE: Final = Script("settle_picture")
_FORGET: Final = Script("forget_picture")


class Pictures(Part):
    async def picture_files(
        self, workspace: Workspace, names: Collection[str]
    ) -> Mapping[str, str]:
        """The files of those images that are in Slack already."""
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hget(keys.picture(workspace, name), "file")
            found = await pipe.execute()
        pairs = zip(names, found, strict=True)
        return {name: text(file) for name, file in pairs if file}

    async def claim_picture(
        self, workspace: Workspace, name: str, attempt: str, now: datetime
    ) -> str | None:
        """An empty text lets this attempt upload it; else it is the file, or None while somebody
        else is at it.
        """
        end = now + keys.UPLOADING
        keep = int(keys.UPLOADING.total_seconds())
        args: list[str | int] = [attempt, milliseconds(now), milliseconds(end), keep]
        async with in_time(self._deadline):
            found = await _CLAIM(self._redis, [keys.picture(workspace, name)], args)
        if isinstance(found, int):
            return "" if found else None
        return text(found)

    async def settle_picture(
        self, workspace: Workspace, name: str, attempt: str, file: str
    ) -> str:
        """The file that counts; an empty `file` gives the claim back."""
        keep = int(keys.KEEP_PICTURE.total_seconds())
        async with in_time(self._deadline):
            key = keys.picture(workspace, name)
            found = await _SETTLE(self._redis, [key], [attempt, file, keep])
        return text(found)

    async def forget_picture(self, workspace: Workspace, name: str, file: str) -> None:
        async with in_time(self._deadline):
            await _FORGET(self._redis, [keys.picture(workspace, name)], [file])
