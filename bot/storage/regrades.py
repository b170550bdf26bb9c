"""Corrected keys in Redis: by which key the answers to a question count, and which of its first
answers are still to be marked again.

A first answer lies with its question, kept by `earn.lua`: `r` right, `w` what a right one earns,
`h` with the hint, `c` the names of the options that were chosen or `f` what was typed, `o` that
only one could be chosen, `d` the local date, `s` slug and `t` track, `p` the places where it
counts and `n` how often their boards had begun anew. What became of corrections is in one hash:
`k:QUESTION` the key and the prompt, `n:QUESTION` how many answers were marked again, `t:QUESTION`
since when; `c:CHANNEL` up to when its boards of the week have told of them.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.regrading import (
    Corrected,
    Correction,
    FirstAnswer,
    Key,
    Picked,
    Remembered,
    Typed,
)
from bot.quiz.windows import Kind, window_of
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds
from bot.storage.wire import text

CORRECT: Final = Script("correct_key")
REGRADE: Final = Script("regrade", uses=("earn",))
END: Final = Script("end_regrade")

PAGE: Final = 500
"""Answers read in one step."""

AT_ONCE: Final = 25
"""Answers marked in one step; each may stand on sixteen boards."""

NEWS: Final = timedelta(weeks=1)
"""How old a correction may be for a channel that was never told of any."""

OLD_NEWS: Final = keys.KEEP_POST


class Regrades(Part):
    async def key_versions(
        self, workspace: Workspace, questions: Sequence[QuestionId]
    ) -> Mapping[QuestionId, str]:
        """By which keys answers count; a question that was never seen is left out."""
        if not questions:
            return {}
        async with in_time(self._deadline):
            found = await self._redis.hmget(keys.question_keys(workspace), list(questions))
        return {q: text(version) for q, version in zip(questions, found, strict=True) if version}

    async def know_keys(self, workspace: Workspace, versions: Mapping[QuestionId, str]) -> None:
        """Of questions that are new; what is known already stays."""
        key = keys.question_keys(workspace)
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            for question, version in versions.items():
                pipe.hsetnx(key, question, version)
            await pipe.execute()

    async def correct_key(self, workspace: Workspace, correction: Correction, before: str) -> bool:
        """Let answers count by another key, if the version is still `before`: from here on its
        first answers are to be marked again.
        """
        async with in_time(self._deadline):
            done = await CORRECT(
                self._redis,
                [
                    keys.question_keys(workspace),
                    keys.corrections(workspace),
                    keys.regrading(workspace),
                ],
                [correction.question, before, correction.key.version, _pack(correction)],
            )
        return bool(done)

    async def regrades(self, workspace: Workspace) -> Mapping[QuestionId, int]:
        """Questions to be marked again, each with the number of the last reason for it."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.regrading(workspace))
        return {QuestionId(text(question)): int(number) for question, number in found.items()}

    async def correction(self, workspace: Workspace, question: QuestionId) -> Correction | None:
        """The last one of a question."""
        async with in_time(self._deadline):
            found = await self._redis.hget(keys.corrections(workspace), f"k:{question}")
        return _unpack(question, found) if found else None

    async def first_answers(
        self, workspace: Workspace, question: QuestionId
    ) -> AsyncIterator[Sequence[FirstAnswer]]:
        """All that can be marked again, page by page; one that comes meanwhile may be missing."""
        cursor, key = 0, keys.firsts_to(workspace, question)
        while True:
            async with in_time(self._deadline):
                reply: Any = await self._redis.hscan(key, cursor, count=PAGE)
            cursor, found = reply
            yield [_answer(user, kept) for user, kept in found.items()]
            if not cursor:
                return

    async def mark_again(
        self,
        workspace: Workspace,
        correction: Correction,
        answers: Sequence[tuple[FirstAnswer, bool]],
        now: datetime,
    ) -> bool:
        """Let each answer count as it is said to, with all that it earned. False when answers
        count by another key by now, which then has been the reason to mark them once more.
        """
        for start in range(0, len(answers), AT_ONCE):
            some = answers[start : start + AT_ONCE]
            async with in_time(self._deadline):
                done = await REGRADE(
                    self._redis,
                    [
                        keys.question_keys(workspace),
                        keys.corrections(workspace),
                        keys.firsts_to(workspace, correction.question),
                    ],
                    [
                        correction.question,
                        correction.key.version,
                        milliseconds(now),
                        json.dumps([_ledger(workspace, *each) for each in some]),
                        json.dumps(_shared(workspace)),
                    ],
                )
            if not done:
                return False
        return True

    async def end_regrade(self, workspace: Workspace, question: QuestionId, number: int) -> None:
        """All of its answers are marked; nothing happens if there is a newer reason."""
        async with in_time(self._deadline):
            await END(self._redis, [keys.regrading(workspace)], [question, number])

    # What is told of it

    async def news_of_keys(
        self, workspace: Workspace, channel: ChannelId | None, now: datetime
    ) -> tuple[Corrected, ...]:
        """Corrections that changed answers and that a channel's board has not told yet, the oldest
        first; without a channel those of the last days.
        """
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.corrections(workspace))
        fields = {text(name): text(value) for name, value in found.items()}
        told = int(fields.get(f"c:{channel}") or milliseconds(now - NEWS))
        after = max(told, milliseconds(now - OLD_NEWS))
        since = {
            QuestionId(name[2:]): int(value)
            for name, value in fields.items()
            if name.startswith("t:") and after < int(value) <= milliseconds(now)
        }
        return tuple(
            Corrected(
                question,
                json.loads(fields[f"k:{question}"])["stem"],
                int(fields[f"n:{question}"]),
            )
            for question in sorted(since, key=lambda each: (since[each], each))
        )

    async def news_of_keys_told(
        self, workspace: Workspace, channel: ChannelId, at: datetime
    ) -> None:
        async with in_time(self._deadline):
            key = keys.corrections(workspace)
            await self._redis.hset(key, f"c:{channel}", str(milliseconds(at)))


def _pack(correction: Correction) -> str:
    key = correction.key
    return json.dumps(
        {
            "stem": correction.stem,
            "names": sorted(key.names),
            "right": sorted(key.right),
            "blanks": [sorted(gap) for gap in key.blanks],
        }
    )


def _unpack(question: QuestionId, packed: Any) -> Correction:
    fields = json.loads(packed)
    blanks = tuple(map(frozenset, fields["blanks"]))
    key = Key(frozenset(fields["names"]), frozenset(fields["right"]), blanks)
    return Correction(question, fields["stem"], key)


def _answer(user: bytes | str, kept: Any) -> FirstAnswer:
    fields = json.loads(kept)
    given: Remembered
    if "c" in fields:
        given = Picked(frozenset(fields["c"]), only_one=fields.get("o", False))
    else:
        given = Typed(tuple(fields["f"]))
    return FirstAnswer(UserId(text(user)), given, right=fields["r"], kept=text(kept))


def _ledger(workspace: Workspace, answer: FirstAnswer, right: bool) -> dict[str, object]:  # noqa: FBT001  a pair of `to_mark`
    """What `earn.lua` calls so, of then: its boards are those of the date on which it counted."""
    player = Player(workspace, answer.user)
    day = date.fromisoformat(json.loads(answer.kept)["d"])
    return {
        "user": answer.user,
        "kept": answer.kept,
        "right": right,
        "firsts": keys.firsts(player),
        "progress": keys.progress(player),
        "review": keys.review(player),
        "person": keys.person(player),
        "windows": [[window_of(day, kind), 0] for kind in Kind],
    }


def _shared(workspace: Workspace) -> dict[str, str]:
    return {
        "board": keys.board(workspace),
        "shade": keys.shade(workspace),
        "tally": keys.tally(workspace),
        "resets": keys.resets(workspace),
    }
