"""Sessions in Redis: begun, answered, stopped, finished, shared; and what they add up to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.quiz.player import Player, Workspace
from bot.quiz.question import QuestionId, Slug
from bot.quiz.session import (
    Answered,
    AttemptId,
    Given,
    Progress,
    QuizProgress,
    Result,
    Session,
    SessionId,
    Stale,
    Started,
    StillOpen,
)
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import (
    milliseconds,
    pack_given,
    pack_session,
    unpack_answered,
    unpack_session,
)
from bot.storage.wire import text

START: Final = Script("start")
ANSWER: Final = Script("answer", uses=("earn", "streak"))
SKIP: Final = Script("skip")
TAKE_HINT: Final = Script("take_hint")
STOP: Final = Script("stop")


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


class Sessions(Part):
    async def start(
        self,
        player: Player,
        session: Session,
        attempt: AttemptId,
        *,
        replaces: SessionId | None = None,
    ) -> Started | StillOpen:
        async with in_time(self._deadline):
            status, session_id = await START(
                self._redis,
                [
                    keys.session(player),
                    keys.once(player.workspace, attempt),
                    keys.hints(player),
                ],
                [
                    session.id,
                    replaces or "",
                    _seconds(keys.KEEP_SESSION),
                    _seconds(keys.KEEP_ATTEMPT),
                    " ".join(str(n) for n, q in enumerate(session.questions) if q.has_hint),
                    *pack_session(session),
                ],
            )
        outcome = Started if status == b"started" else StillOpen
        return outcome(SessionId(session_id.decode()))

    async def answer(
        self,
        player: Player,
        session_id: SessionId,
        number: int,
        given: Given,
        attempt: AttemptId,
        at: datetime,
    ) -> Answered | Stale:
        as_given, as_judged = pack_given(given)
        async with in_time(self._deadline):
            ledger = await self._ledger.pack(player, at)
            reply = await ANSWER(
                self._redis,
                [
                    keys.session(player),
                    keys.firsts(player),
                    keys.progress(player),
                    keys.result(player.workspace, session_id),
                ],
                [
                    session_id,
                    number,
                    attempt,
                    as_given,
                    as_judged,
                    milliseconds(at),
                    _seconds(keys.KEEP_SESSION),
                    ledger,
                ],
            )
        return unpack_answered(session_id, number, reply)

    async def skip(self, player: Player, session_id: SessionId, number: int) -> bool:
        """Whether it is still this session that the person plays."""
        return await self._change_question(SKIP, [keys.session(player)], session_id, number)

    async def take_hint(self, player: Player, session_id: SessionId, number: int) -> bool:
        """Keep that the hint was taken, until the question is answered for the first time, be it
        in another session; the result as in `skip`.
        """
        names = [keys.session(player), keys.hints(player), keys.firsts(player)]
        return await self._change_question(TAKE_HINT, names, session_id, number)

    async def _change_question(
        self, script: Script, names: Sequence[str], session_id: SessionId, number: int
    ) -> bool:
        args = (session_id, number, _seconds(keys.KEEP_SESSION))
        async with in_time(self._deadline):
            return bool(await script(self._redis, names, args))

    async def stop(
        self, player: Player, attempt: AttemptId, session_id: SessionId | None = None
    ) -> bool:
        """Whether this press stopped a session: the given one, or whichever is open."""
        async with in_time(self._deadline):
            stopped = await STOP(
                self._redis,
                [keys.session(player), keys.once(player.workspace, attempt)],
                [session_id or "", _seconds(keys.KEEP_ATTEMPT)],
            )
        return bool(stopped)

    async def load(self, player: Player) -> Session | None:
        """The person's latest session in whatever state; reading it counts as a click."""
        key = keys.session(player)
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            pipe.hgetall(key)
            pipe.expire(key, keys.KEEP_SESSION)
            fields, _ = await pipe.execute()
        return unpack_session(fields)

    async def result(self, workspace: Workspace, session_id: SessionId) -> Result | None:
        async with in_time(self._deadline):
            fields = await self._redis.hgetall(keys.result(workspace, session_id))
        if b"slug" not in fields:
            return None
        kept = {text(name): text(value) for name, value in fields.items()}
        return Result(
            slug=Slug(kept["slug"]),
            title=kept["title"],
            level=kept["level"],
            right=int(kept["right"]),
            total=int(kept["total"]),
            missed=tuple(map(QuestionId, kept["missed"].split())),
            practice=kept["practice"] == "1",
        )

    async def claim_share(
        self, workspace: Workspace, session_id: SessionId, attempt: AttemptId
    ) -> bool:
        """Whether this press is the one that may share; it stays so when it is repeated."""
        key = keys.result(workspace, session_id)
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hsetnx(key, "shared", attempt)
            pipe.hget(key, "shared")
            pipe.expire(key, keys.KEEP_RESULT)
            _, owner, _ = await pipe.execute()
        return bool(owner == attempt.encode())

    async def release_share(self, workspace: Workspace, session_id: SessionId) -> None:
        """Let the person try again after Slack refused the message for certain."""
        async with in_time(self._deadline):
            await self._redis.hdel(keys.result(workspace, session_id), "shared")

    async def answered_before(
        self, player: Player, questions: Sequence[QuestionId]
    ) -> frozenset[QuestionId]:
        if not questions:
            return frozenset()
        async with in_time(self._deadline):
            found = await self._redis.hmget(keys.firsts(player), list(questions))
        return frozenset(q for q, first in zip(questions, found, strict=True) if first)

    async def progress(self, player: Player) -> Progress:
        async with in_time(self._deadline):
            fields = await self._redis.hgetall(keys.progress(player))
        counts = {text(name): int(value) for name, value in fields.items()}
        slugs = [name.partition("/")[2] for name in counts if name.startswith("answered/")]
        return Progress(
            answered=counts.get("answered", 0),
            right=counts.get("right", 0),
            points=counts.get("points", 0),
            runs=counts.get("runs", 0),
            quizzes={
                Slug(slug): QuizProgress(
                    counts[f"answered/{slug}"], counts.get(f"right/{slug}", 0)
                )
                for slug in sorted(slugs)
            },
            perfect=counts.get("perfect", 0),
        )

    async def hold_reply(
        self, player: Player, session_id: SessionId, number: int, url: str
    ) -> None:
        """Keep where the answer of a modal will be shown, as long as Slack allows it."""
        async with in_time(self._deadline):
            await self._redis.set(keys.reply(player, session_id, number), url, ex=keys.KEEP_REPLY)

    async def held_reply(self, player: Player, session_id: SessionId, number: int) -> str | None:
        async with in_time(self._deadline):
            url = await self._redis.get(keys.reply(player, session_id, number))
        return text(url) if url else None
