"""People and their settings in Redis: names, zones, who is hidden, what a workspace decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.quiz.people import (
    USUAL_ZONE,
    Member,
    Personal,
    Schedulers,
    WorkspaceSettings,
    is_zone,
    own_streak,
    plain_name,
)
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.names import pack_name, unpack_name
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds
from bot.storage.streak import unpack_streak

NOTE_NAME: Final = Script("note_name")
LIST_NAMES: Final = Script("list_names")
SHADE: Final = Script("shade")


class People(Part):
    async def note_name(self, player: Player, name: str) -> bool:
        """Keep the name that came with a click, unless Slack has listed a better one.

        True for somebody who has not been here before.
        """
        async with in_time(self._deadline):
            is_new = await NOTE_NAME(
                self._redis, [keys.names(player.workspace)], [player.user, plain_name(name)]
            )
        return bool(is_new)

    async def names_of(self, workspace: Workspace, users: Sequence[UserId]) -> dict[UserId, str]:
        """Plain names; who is not known has one too. They still have to be escaped."""
        if not users:
            return {}
        async with in_time(self._deadline):
            found = await self._redis.hmget(keys.names(workspace), list(users))
        named = [unpack_name(name) for name in found]
        return {u: plain_name(n.name) for u, n in zip(users, named, strict=True)}

    async def list_members(
        self, workspace: Workspace, members: Sequence[Member], at: datetime
    ) -> None:
        """Take over a page of Slack's list, for those who have been here: of others nothing is
        kept. Bots are no people; who has left is on no board until they come back.
        """
        people = {Player(workspace, m.user): m for m in members if not m.is_bot}
        if not people:
            return
        names = [
            part
            for member in people.values()
            for part in (member.user, pack_name(plain_name(member.name), _sound(member.zone)))
            if not member.is_gone
        ]
        async with in_time(self._deadline):
            if names:
                await LIST_NAMES(self._redis, [keys.names(workspace)], names)
            known = await self._leavers(list(people))
        for (player, member), (plays, was_gone) in zip(people.items(), known, strict=True):
            if (plays or was_gone) and was_gone != member.is_gone:
                await self._shade(player, "gone", at, unseen=member.is_gone)
        self._ledger.forget(*people)

    async def _leavers(self, players: Sequence[Player]) -> list[tuple[bool, bool]]:
        """Whether each has played, and whether they are known to have left."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for player in players:
                pipe.exists(keys.progress(player), keys.person(player))
                pipe.hexists(keys.person(player), "gone")
            found = await pipe.execute()
        return [(bool(a), bool(b)) for a, b in zip(found[::2], found[1::2], strict=True)]

    async def hide(self, player: Player, at: datetime, *, hidden: bool) -> None:
        """Take somebody off all boards at once, or put them back with all they earned."""
        await self._shade(player, "hidden", at, unseen=hidden)

    async def _shade(self, player: Player, field: str, at: datetime, *, unseen: bool) -> None:
        workspace = player.workspace
        async with in_time(self._deadline):
            await SHADE(
                self._redis,
                [
                    keys.person(player),
                    keys.boards(workspace),
                    keys.board(workspace),
                    keys.shade(workspace),
                ],
                [player.user, field, "1" if unseen else "", milliseconds(at)],
            )

    async def personal(self, player: Player, at: datetime) -> Personal:
        async with in_time(self._deadline):
            zones = await self._ledger.zones(player, at)
            hidden, streak = await self._redis.hmget(keys.person(player), ["hidden", "streak"])
        return Personal(
            is_hidden=hidden is not None,
            zone=zones.own,
            streak=own_streak(unpack_streak(streak), at, zones.own),
        )

    async def choose_zone(self, player: Player, zone: str) -> None:
        """ValueError for a zone that does not exist."""
        _check(zone)
        async with in_time(self._deadline):
            await self._redis.hset(keys.person(player), "zone", zone)
        self._ledger.forget(player)

    async def workspace_settings(self, workspace: Workspace) -> WorkspaceSettings:
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hmget(keys.workspace_settings(workspace), ["zone", "schedulers", "review"])
            pipe.smembers(keys.allowed(workspace))
            (zone, schedulers, review), allowed = await pipe.execute()
        return WorkspaceSettings(
            zone=zone.decode() if zone else USUAL_ZONE,
            schedulers=Schedulers(schedulers.decode()) if schedulers else Schedulers.ADMINS,
            allowed=frozenset(UserId(user.decode()) for user in allowed),
            review=ChannelId(review.decode() if review else ""),
        )

    async def decide(self, workspace: Workspace, settings: WorkspaceSettings) -> None:
        """Keep a workspace's settings; ValueError for a zone that does not exist."""
        _check(settings.zone)
        fields = {
            "zone": settings.zone,
            "schedulers": settings.schedulers.value,
            "review": settings.review,
        }
        allowed = keys.allowed(workspace)
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.workspace_settings(workspace), mapping=fields)  # type: ignore[arg-type]
            pipe.delete(allowed)
            if settings.allowed:
                pipe.sadd(allowed, *sorted(settings.allowed))
            await pipe.execute()
        self._ledger.forget()

    async def suggest_zone(self, workspace: Workspace, zone: str) -> None:
        """Take the zone of the first admin who is seen, until an admin chooses another one."""
        if is_zone(zone):
            async with in_time(self._deadline):
                new = await self._redis.hsetnx(keys.workspace_settings(workspace), "zone", zone)
            if new:
                self._ledger.forget()


def _sound(zone: str) -> str:
    return zone if is_zone(zone) else USUAL_ZONE


def _check(zone: str) -> None:
    if not is_zone(zone):
        raise ValueError(f"there is no time zone {zone!r}")
