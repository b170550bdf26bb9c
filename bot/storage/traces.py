"""All that a workspace's keys hold about one person: to hand it over, or to delete it.

Keys are found by walking through them, so nothing is missed that another part of the store keeps:
a key named after the person is theirs whole, and of any other sorted set, hash or set the entry
under their id.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from redis.asyncio.client import Pipeline

from bot.quiz.player import Player
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.wire import text

DISOWN: Final = Script("disown_schedules")

PAGE: Final = 2_000
"""Keys looked at in one step, also those of others: about a millisecond of the server's time."""

NOT_THEIRS: Final = ("k:", "q:", "w:")
"""Fields of a session that hold the bank's questions, with their answers."""
NOT_TOLD: Final = "reply"
"""A key with an address of Slack's, good for half an hour, which is nobody's business."""


class Traces(Part):
    async def traces(self, player: Player) -> dict[str, Any]:
        """What is kept about a person, by the name of its key: text, numbers, lists, mappings."""
        found: dict[str, Any] = {}
        prefix = len(keys.prefix(player.workspace))
        async for page in self._pages(player):
            for key, kind in page:
                name = key[prefix:]
                if name.split(":")[0] == NOT_TOLD:
                    continue
                value = await self._value(player, key, kind)
                if value not in (None, 0, {}, []):
                    found[name] = value
        return found

    async def forget(self, player: Player) -> None:
        """Delete all of it. It may be repeated, and what is deleted is gone at once."""
        session_id = await self._within(self._redis.hget(keys.session(player), "id"))
        if session_id:
            result = f"{keys.prefix(player.workspace)}result:{text(session_id)}"
            await self._within(self._redis.delete(result))
        # First of all: what is marked again meanwhile would begin their counters anew.
        await self._within(self._redis.unlink(keys.firsts(player)))
        schedules = keys.schedules(player.workspace)
        await self._within(DISOWN(self._redis, [schedules], [player.user]))
        async for page in self._pages(player):
            async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
                for key, kind in page:
                    _remove(pipe, key, "" if _is_own(player, key) else kind, player.user)
                await pipe.execute()
        self._ledger.forget(player)

    async def _pages(self, player: Player) -> AsyncIterator[list[tuple[str, str]]]:
        """Keys of the workspace with their types, some at a time."""
        cursor = 0
        pattern = f"{keys.prefix(player.workspace)}*"
        while True:
            cursor, page = await self._within(self._redis.scan(cursor, match=pattern, count=PAGE))
            if page:
                names = [text(key) for key in page]
                async with (
                    in_time(self._deadline),
                    self._redis.pipeline(transaction=False) as pipe,
                ):
                    for name in names:
                        pipe.type(name)
                    kinds = [text(kind) for kind in await pipe.execute()]
                yield list(zip(names, kinds, strict=True))
            if not cursor:
                return

    async def _value(self, player: Player, key: str, kind: str) -> Any:
        redis, user = self._redis, player.user
        whole: dict[str, Callable[[], Awaitable[Any]]] = {
            "zset": lambda: redis.zrange(key, 0, -1, withscores=True),
            "hash": lambda: redis.hgetall(key),
            "set": lambda: redis.smembers(key),
            "string": lambda: redis.get(key),
        }
        entry: dict[str, Callable[[], Awaitable[Any]]] = {
            "zset": lambda: redis.zscore(key, user),
            "hash": lambda: redis.hget(key, user),
            "set": lambda: redis.sismember(key, user),
        }
        look = (whole if _is_own(player, key) else entry).get(kind)
        return _plain(await self._within(look())) if look else None

    async def _within(self, call: Awaitable[Any]) -> Any:
        async with in_time(self._deadline):
            return await call


def _is_own(player: Player, key: str) -> bool:
    return player.user in key[len(keys.prefix(player.workspace)) :].split(":")


def _remove(pipe: Pipeline, key: str, kind: str, user: str) -> None:
    """Their entry in a key of that kind; without a kind the key itself."""
    match kind:
        case "":
            pipe.unlink(key)
        case "zset":
            pipe.zrem(key, user)
        case "hash":
            pipe.hdel(key, user)
        case "set":
            pipe.srem(key, user)


def _plain(reply: Any) -> Any:
    """A reply as JSON knows it."""
    match reply:
        case bytes():
            return reply.decode(errors="replace")
        case dict():
            named = {text(name): value for name, value in reply.items()}
            return {
                name: _plain(value)
                for name, value in sorted(named.items())
                if not name.startswith(NOT_THEIRS)
            }
        case list() | tuple() | set() | frozenset():
            return [_plain(value) for value in reply]
        case _:
            return reply
