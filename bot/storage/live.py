"""Live rounds in Redis: who may open one, change it, post its messages; whose answer stands."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.quiz.board import WORKSPACE
from bot.quiz.live import Fate, Notice, Opened, Round, RoundId, UnderWay
from bot.quiz.live_moves import HeldAnswer, Keeping, Kept, LiveAnswer, TooLate
from bot.quiz.occurrence import Attempt
from bot.quiz.player import ChannelId, Player, Workspace
from bot.quiz.session import AttemptId, Choice
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.edits import time_to_edit
from bot.storage.live_fields import (
    pack_moves,
    pack_round,
    unpack_held,
    unpack_live_answer,
    unpack_round,
)
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds, pack_given
from bot.storage.wire import text

OPEN: Final = Script("live_open")
CHANGE: Final = Script("live_change")
JOIN: Final = Script("live_join")
ANSWER: Final = Script("live_answer", uses=("live_message", "streak"))
CLAIM: Final = Script("live_claim", uses=("live_message",))
SETTLE: Final = Script("live_settle", uses=("live_message",))
AWARD: Final = Script("live_award", uses=("earn",))

KEEP: Final = int(keys.KEEP_ROUND.total_seconds())
KEEP_PRESS: Final = int(keys.KEEP_ATTEMPT.total_seconds())
AT_ONCE: Final = 20
"""Answers that are paid at the same time."""


class LiveRounds(Part):
    async def open_live(
        self, workspace: Workspace, round_: Round, attempt: AttemptId
    ) -> Opened | UnderWay:
        """Begin a round where none is under way. A repeated press gets the round it opened."""
        async with in_time(self._deadline):
            status, round_id = await OPEN(
                self._redis,
                [
                    keys.live_rounds(workspace),
                    keys.once(workspace, attempt),
                    keys.live_round(workspace, round_.id),
                    keys.live_host(workspace, round_.id),
                ],
                [
                    round_.channel,
                    round_.id,
                    keys.live_round(workspace),
                    KEEP_PRESS,
                    KEEP,
                    round_.host,
                    *pack_round(round_),
                ],
            )
        outcome = Opened if status == b"opened" else UnderWay
        return outcome(RoundId(text(round_id)))

    async def live(self, workspace: Workspace, round_id: RoundId) -> Round | None:
        """A round as it is now, with everybody who joined; None when it is forgotten."""
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(keys.live_round(workspace, round_id))
            pipe.hgetall(keys.live_seats(workspace, round_id))
            pipe.smembers(keys.live_host(workspace, round_id))
            fields, seats, hosts = await pipe.execute()
        return unpack_round(fields, seats, hosts)

    async def live_in(self, workspace: Workspace, channel: ChannelId) -> RoundId | None:
        """The round that was opened last in a channel, unless it is over."""
        async with in_time(self._deadline):
            found = await self._redis.hget(keys.live_rounds(workspace), channel)
        return RoundId(text(found)) if found else None

    async def change_live(self, workspace: Workspace, before: Round, after: Round) -> bool:
        """Whether it was still `before`, so that it now is `after`."""
        names = [keys.live_round(workspace, before.id), keys.live_rounds(workspace)]
        args = [str(before.turn), before.channel, before.id, KEEP, *pack_moves(after)]
        async with in_time(self._deadline):
            return bool(await CHANGE(self._redis, names, args))

    async def join_live(self, player: Player, round_id: RoundId) -> int | None:
        """How many have joined; None when the round is over."""
        names = [
            keys.live_round(player.workspace, round_id),
            keys.live_seats(player.workspace, round_id),
        ]
        async with in_time(self._deadline):
            status, *count = await JOIN(self._redis, names, [player.user, KEEP])
        return int(count[0]) if status == b"joined" else None

    # Messages

    async def claim_notice(
        self, workspace: Workspace, round_: Round, notice: Notice, attempt: Attempt
    ) -> bool:
        """Whether this attempt, and no other, may post the message."""
        args: list[str | bytes | int] = [
            round_.turn,
            notice,
            attempt.name,
            milliseconds(attempt.at),
            milliseconds(attempt.until),
        ]
        async with in_time(self._deadline):
            return bool(await CLAIM(self._redis, [keys.live_round(workspace, round_.id)], args))

    async def settle_notice(
        self, workspace: Workspace, round_: Round, notice: Notice, attempt: str, fate: Fate
    ) -> None:
        """What became of it, told by the attempt that claimed it; or without an attempt by
        whoever finds that claim too old.
        """
        args = [notice, attempt, fate.settlement.value, milliseconds(fate.at), fate.ts]
        async with in_time(self._deadline):
            await SETTLE(self._redis, [keys.live_round(workspace, round_.id)], args)

    async def note_drawn(
        self, workspace: Workspace, round_: Round, notice: Notice, picture: str
    ) -> None:
        """Remember what a message shows."""
        async with in_time(self._deadline):
            key = keys.live_round(workspace, round_.id)
            await self._redis.hset(key, f"d:{notice}", picture)

    async def wait_to_draw(
        self, workspace: Workspace, round_: Round, attempt: Attempt, apart: timedelta, most: int
    ) -> timedelta:
        """How long an edit has to wait; for zero it is counted as made. See `time_to_edit`."""
        shown = keys.live_round(workspace, round_.id)
        async with in_time(self._deadline):
            return await time_to_edit(self._redis, workspace, shown, attempt, apart, most)

    # Answers

    async def answer_live(
        self,
        player: Player,
        round_: Round,
        number: int,
        answer: LiveAnswer,
        at: datetime,
        posted: str = "",
    ) -> Keeping:
        """Keep an answer, if it is the person's first and in time. `posted` is the timestamp of
        the message that was clicked, empty for a form.
        """
        workspace = player.workspace
        given, _ = pack_given(answer.given)
        chosen = sorted(answer.given.chosen) if isinstance(answer.given, Choice) else ()
        async with in_time(self._deadline):
            status, proved, *stands = await ANSWER(
                self._redis,
                [
                    keys.live_round(workspace, round_.id),
                    keys.live_seats(workspace, round_.id),
                    keys.live_answers(workspace, round_.id, number),
                ],
                [
                    await self._ledger.pack(player, at, (WORKSPACE, round_.channel)),
                    number,
                    answer.attempt,
                    given,
                    int(answer.right),
                    answer.points,
                    answer.left,
                    milliseconds(at),
                    posted,
                    KEEP,
                    *chosen,
                ],
            )
        if status == b"late":
            return TooLate(bool(proved))
        return Kept(unpack_live_answer(stands[0]), status == b"already", bool(proved))

    async def live_answers(
        self, workspace: Workspace, round_: Round, number: int
    ) -> tuple[HeldAnswer, ...]:
        """All answers to a question, the earliest first."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.live_answers(workspace, round_.id, number))
        held = [unpack_held(user, packed) for user, packed in found.items()]
        return tuple(sorted(held, key=lambda each: (each.at, each.user)))

    async def award_live(
        self, workspace: Workspace, round_: Round, number: int, held: Sequence[HeldAnswer]
    ) -> None:
        """Give what the answers to a closed question earn on boards, once each."""
        for start in range(0, len(held), AT_ONCE):
            some = held[start : start + AT_ONCE]
            await asyncio.gather(*(self._award(workspace, round_, number, each) for each in some))

    async def _award(
        self, workspace: Workspace, round_: Round, number: int, held: HeldAnswer
    ) -> None:
        player = Player(workspace, held.user)
        names = [
            keys.live_round(workspace, round_.id),
            keys.live_answers(workspace, round_.id, number),
        ]
        async with in_time(self._deadline):
            places = (WORKSPACE, round_.channel)
            asked = round_.questions[number], held.answer.given
            ledger = await self._ledger.pack(player, held.at, places, asked)
            await AWARD(self._redis, names, [ledger, number])
