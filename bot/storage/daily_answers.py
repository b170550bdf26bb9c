"""Answers to the questions of channels, in Redis: each counts once, and for each person only the
first; and the streaks that they make in a channel.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from bot.quiz.board import WORKSPACE
from bot.quiz.occurrence import (
    GivenAnswer,
    Gone,
    HintTaken,
    Keeping,
    Kept,
    Occurrence,
    TooLate,
)
from bot.quiz.people import plain_name
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.session import Answer, Choice, is_right
from bot.quiz.streaks import Streak
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.names import unpack_name
from bot.storage.occurrences import keys_of
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds, moment_of, pack_given, unpack_answer
from bot.storage.wire import text

ANSWER: Final = Script("answer_daily", uses=("fate", "earn", "streak", "award"))
TAKE_HINT: Final = Script("take_daily_hint", uses=("fate",))
AWARD: Final = Script("award_daily", uses=("fate", "earn", "award"))
REVOKE: Final = Script("revoke_daily", uses=("fate", "earn"))
KEEP_STREAK: Final = Script("keep_channel_streak")

KEEP: Final = int(keys.KEEP_POST.total_seconds())
KEEP_TAKEN: Final = int(keys.KEEP_SESSION.total_seconds())


class DailyAnswers(Part):
    async def keep_answer(
        self, player: Player, occurrence: Occurrence, answer: Answer, at: datetime, posted: str
    ) -> Keeping:
        """Keep an answer, if it is the person's first and in time. `posted` is the timestamp of
        the message that was clicked, empty for a form.
        """
        given, _ = pack_given(answer.given)
        chosen = sorted(answer.given.chosen) if isinstance(answer.given, Choice) else ()
        names = keys_of(player.workspace, occurrence.channel, occurrence.id)
        async with in_time(self._deadline):
            places = (WORKSPACE, occurrence.channel)
            asked = occurrence.question, answer.given
            status, *rest = await ANSWER(
                self._redis,
                [
                    *names,
                    keys.known(player.workspace, occurrence.channel),
                    keys.hinted(player.workspace, occurrence.id),
                ],
                [
                    await self._ledger.pack(player, at, places, asked),
                    answer.attempt,
                    occurrence.question.id,
                    given,
                    int(answer.right),
                    milliseconds(at),
                    posted,
                    KEEP,
                    int(occurrence.question.has_hint),
                    *chosen,
                ],
            )
        if status == b"gone":
            return Gone()
        proved = bool(rest[0])
        if status == b"late":
            return TooLate(proved)
        return Kept(
            unpack_answer(rest[1]),
            again=status == b"already",
            proved=proved,
            week_points=int(rest[2]),
        )

    async def take_daily_hint(
        self, player: Player, occurrence: Occurrence, at: datetime, posted: str
    ) -> HintTaken | Gone:
        """Keep that a person took the hint, if it is in time and before their answer; and until
        they have answered the question for the first time, be it elsewhere. `posted` as in
        `keep_answer`.
        """
        names = keys_of(player.workspace, occurrence.channel, occurrence.id)
        async with in_time(self._deadline):
            status, *rest = await TAKE_HINT(
                self._redis,
                [
                    *names,
                    keys.hinted(player.workspace, occurrence.id),
                    keys.hints(player),
                    keys.firsts(player),
                ],
                [
                    player.user,
                    occurrence.question.id,
                    milliseconds(at),
                    posted,
                    KEEP,
                    KEEP_TAKEN,
                ],
            )
        if status == b"gone":
            return Gone()
        return HintTaken(is_free=status == b"free", proved=bool(rest[0]))

    async def answers(
        self, workspace: Workspace, occurrence: Occurrence
    ) -> tuple[GivenAnswer, ...]:
        """All of them, the earliest first."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.answers(workspace, occurrence.id))
        given = [_unpack_given(user, packed) for user, packed in found.items()]
        return tuple(sorted(given, key=lambda each: (each.at, each.user)))

    async def award(self, player: Player, occurrence: Occurrence, given: GivenAnswer) -> int:
        """Give what an answer earns, once, while the question is being closed."""
        right = is_right(occurrence.question, given.answer.given)
        return await self._settle_points(AWARD, player, occurrence, given, int(right))

    async def revoke(self, player: Player, occurrence: Occurrence, given: GivenAnswer) -> int:
        """Take back what an answer earned, once, when the question was withdrawn."""
        return await self._settle_points(REVOKE, player, occurrence, given)

    async def _settle_points(
        self,
        script: Script,
        player: Player,
        occurrence: Occurrence,
        given: GivenAnswer,
        *more: int,
    ) -> int:
        names = keys_of(player.workspace, occurrence.channel, occurrence.id)
        async with in_time(self._deadline):
            places = (WORKSPACE, occurrence.channel)
            asked = occurrence.question, given.answer.given
            ledger = await self._ledger.pack(player, given.at, places, asked)
            return int(await script(self._redis, names, [ledger, *more]))

    # Streaks in a channel

    async def channel_streaks(
        self, workspace: Workspace, channel: ChannelId, users: Sequence[UserId] = ()
    ) -> Mapping[UserId, Streak]:
        """Of the given people, or of all without any; who has none yet is left out."""
        key = keys.streaks(workspace, channel)
        async with in_time(self._deadline):
            if users:
                values = await self._redis.hmget(key, list(users))
                found = dict(zip(users, values, strict=True))
            else:
                kept = await self._redis.hgetall(key)
                found = {UserId(text(user)): value for user, value in kept.items()}
        return {user: unpack_streak(value) for user, value in found.items() if value}

    async def shown_names(
        self, workspace: Workspace, users: Sequence[UserId]
    ) -> Mapping[UserId, str]:
        """Plain names of those who may be named: who hides, or has left, is left out."""
        if not users:
            return {}
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            pipe.hmget(keys.names(workspace), list(users))
            for user in users:
                pipe.hmget(keys.person(Player(workspace, user)), ["hidden", "gone"])
            names, *unseen = await pipe.execute()
        return {
            user: plain_name(unpack_name(name).name)
            for user, name, reasons in zip(users, names, unseen, strict=True)
            if not any(reasons)
        }

    async def due_days(
        self, workspace: Workspace, channel: ChannelId, after: date | None
    ) -> frozenset[date]:
        """The dates later than `after` that are due for streaks."""
        least = f"({after.isoformat()}" if after else "-"
        async with in_time(self._deadline):
            found = await self._redis.zrangebylex(keys.days(workspace, channel), least, "+")
        return frozenset(date.fromisoformat(text(day)) for day in found)

    async def keep_channel_streak(
        self, player: Player, channel: ChannelId, before: Streak | None, after: Streak
    ) -> bool:
        """False when it is no longer what it was before."""
        args = [player.user, pack_streak(before) if before else "", pack_streak(after)]
        async with in_time(self._deadline):
            key = keys.streaks(player.workspace, channel)
            return bool(await KEEP_STREAK(self._redis, [key], args))


def pack_streak(streak: Streak) -> str:
    """`length best last repaired`, dates in ISO form, `-` for none."""
    days = (day.isoformat() if day else "-" for day in (streak.last, streak.repaired))
    return " ".join((str(streak.length), str(streak.best), *days))


def unpack_streak(packed: bytes | str) -> Streak:
    length, best, *days = text(packed).split()
    last, repaired = (None if day == "-" else date.fromisoformat(day) for day in days)
    return Streak(int(length), int(best), last, repaired)


def _unpack_given(user: bytes | str, packed: Any) -> GivenAnswer:
    fields = json.loads(packed)
    return GivenAnswer(
        user=UserId(text(user)),
        answer=unpack_answer(packed),
        at=moment_of(fields["ms"].encode()),
        earned=bool(fields.get("earned")),
        revoked=bool(fields.get("revoked")),
    )
