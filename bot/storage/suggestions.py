"""Suggested questions in Redis: what became of each, apart from who suggested what.

A suggestion is a hash of `slug`, `answer`, `reason`, `answered_by`, and of what its message shows,
as that of a case in `storage/reports.py`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.quiz.occurrence import Attempt, Busy, Claimed
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import Slug
from bot.quiz.report import MOST_A_DAY, Enough
from bot.quiz.session import AttemptId
from bot.quiz.suggestion import (
    AlreadyAnswered,
    Answer,
    Answered,
    Answering,
    Draft,
    NoSuchSuggestion,
    Suggested,
    Suggesting,
    Suggestion,
    SuggestionId,
)
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.reports import BEGIN, END, KEEP, TELL, WINDOW, lease, unpack_lease
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds, moment_of, whole
from bot.storage.wire import text

SUGGEST: Final = Script("suggest", uses=("filing",))
ANSWER: Final = Script("answer_suggestion")


class Suggestions(Part):
    async def suggest(
        self, player: Player, suggestion: Suggestion, attempt: AttemptId, at: datetime
    ) -> Suggesting:
        """Keep it. Its draft and its user are those of the player."""
        draft = suggestion.draft or Draft("")
        wish = {"markdown": whole(draft.markdown), "remarks": list(map(whole, draft.remarks))}
        workspace, name = player.workspace, suggestion.id
        names = [
            keys.suggestion(workspace, name),
            keys.suggested(workspace, name),
            keys.filings(player),
            keys.in_review(workspace),
        ]
        args: list[str | bytes | int] = [
            player.user,
            attempt,
            json.dumps({**wish, "ms": str(milliseconds(at))}),
            milliseconds(at),
            MOST_A_DAY,
            WINDOW,
            suggestion.slug,
            _subject(name),
        ]
        async with in_time(self._deadline):
            status, *rest = await SUGGEST(self._redis, names, args)
        return Enough(moment_of(rest[0])) if status == b"enough" else Suggested()

    async def suggestion(
        self, workspace: Workspace, suggestion_id: SuggestionId
    ) -> Suggestion | None:
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(keys.suggestion(workspace, suggestion_id))
            pipe.hgetall(keys.suggested(workspace, suggestion_id))
            pipe.smembers(keys.suggestion_decider(workspace, suggestion_id))
            fields, wishes, deciders = await pipe.execute()
        if b"revision" not in fields:
            return None
        return _suggestion(suggestion_id, fields, wishes, deciders)

    async def answer_suggestion(
        self,
        decider: Player,
        suggestion_id: SuggestionId,
        answer: Answer,
        reason: str,
        attempt: AttemptId,
    ) -> Answering:
        workspace = decider.workspace
        names = [
            keys.suggestion(workspace, suggestion_id),
            keys.suggested(workspace, suggestion_id),
            keys.suggestion_decider(workspace, suggestion_id),
            keys.in_review(workspace),
        ]
        args: list[str | bytes | int] = [
            answer.value,
            whole(reason),
            attempt,
            decider.user,
            _subject(suggestion_id),
            KEEP,
        ]
        async with in_time(self._deadline):
            status, *rest = await ANSWER(self._redis, names, args)
        if status == b"gone":
            return NoSuchSuggestion()
        said = Answer(text(rest[0]))
        return Answered(said) if status == b"answered" else AlreadyAnswered(said)

    # The message about it

    async def begin_suggestion(
        self, workspace: Workspace, suggestion_id: SuggestionId, attempt: Attempt
    ) -> Claimed | Busy | None:
        """As `begin_case`."""
        key = keys.suggestion(workspace, suggestion_id)
        async with in_time(self._deadline):
            return unpack_lease(await BEGIN(self._redis, [key], lease(attempt)))

    async def keep_suggestion_message(self, workspace: Workspace, suggestion: Suggestion) -> None:
        async with in_time(self._deadline):
            await self._redis.hset(
                keys.suggestion(workspace, suggestion.id),
                mapping={
                    "channel": suggestion.channel,
                    "posted": suggestion.posted,
                    "shown": suggestion.shown,
                },
            )

    async def end_suggestion(
        self, workspace: Workspace, suggestion: Suggestion, attempt: Attempt, *, done: bool
    ) -> bool:
        """As `end_case`."""
        names = [keys.suggestion(workspace, suggestion.id), keys.in_review(workspace)]
        args: list[str | bytes | int] = [
            attempt.name,
            suggestion.revision,
            _subject(suggestion.id),
            "1" if done else "",
        ]
        async with in_time(self._deadline):
            return bool(await END(self._redis, names, args))

    async def claim_answer_told(
        self, player: Player, suggestion_id: SuggestionId, attempt: Attempt
    ) -> bool:
        """Whether this attempt, and no other, tells the person of the answer."""
        key = keys.suggested(player.workspace, suggestion_id)
        async with in_time(self._deadline):
            return bool(await TELL(self._redis, [key], [player.user, "heard", attempt.name, ""]))

    async def release_answer_told(
        self, player: Player, suggestion_id: SuggestionId, attempt: Attempt
    ) -> None:
        """Slack certainly did not take it."""
        key = keys.suggested(player.workspace, suggestion_id)
        async with in_time(self._deadline):
            await TELL(self._redis, [key], [player.user, "heard", attempt.name, "release"])


def _subject(suggestion_id: SuggestionId) -> str:
    return f"suggestion/{suggestion_id}"


def _suggestion(
    suggestion_id: SuggestionId,
    fields: Mapping[bytes, bytes],
    wishes: Mapping[bytes, bytes],
    deciders: set[bytes],
) -> Suggestion:
    answer = fields.get(b"answer")
    user, packed = next(iter(wishes.items()), (None, b"{}"))
    wish = json.loads(packed)
    return Suggestion(
        id=suggestion_id,
        slug=Slug(text(fields[b"slug"])),
        user=UserId(text(user)) if user is not None else None,
        draft=Draft(wish["markdown"], tuple(wish["remarks"])) if wish else None,
        answer=Answer(text(answer)) if answer else None,
        reason=text(fields.get(b"reason", b"")),
        decider=next((UserId(text(each)) for each in deciders), None),
        heard=bool(wish.get("heard")),
        revision=int(fields[b"revision"]),
        shown=int(fields.get(b"shown", 0)),
        channel=ChannelId(text(fields.get(b"channel", b""))),
        posted=text(fields.get(b"posted", b"")),
    )
