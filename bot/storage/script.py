"""Runs the Lua scripts: each one decision, made inside Redis."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

SCRIPTS = files("bot.storage") / "scripts"


def _read(name: str) -> str:
    return (SCRIPTS / f"{name}.lua").read_text("utf-8")


class Script:
    """One script by its file name; `uses` names the files whose functions it calls.

    The server knows it by its hash. It forgets on a restart or a failover, and each node of a
    cluster knows its own: then the text is sent, and the decision is still one round trip.
    """

    def __init__(self, name: str, uses: Sequence[str] = ()) -> None:
        self.text = "\n".join(map(_read, (*uses, name)))
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(
        self, redis: Redis, keys: Sequence[str], args: Sequence[str | bytes | int]
    ) -> Any:
        try:
            return await redis.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await redis.eval(self.text, len(keys), *keys, *args)
