"""The questions that channels are asked, in Redis: who may post, close and withdraw each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.quiz.occurrence import (
    Attempt,
    Claim,
    Claimed,
    DailyCounts,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    PostNote,
    Settlement,
    Tally,
    daily_id,
)
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.question import QuestionId, Slug
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Missed
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.edits import time_to_edit
from bot.storage.occurrences import (
    keys_of,
    pack_occurrence,
    unpack_claim,
    unpack_note,
    unpack_occurrence,
    unpack_tally,
)
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import milliseconds
from bot.storage.wire import text

CLAIM: Final = Script("claim_post", uses=("fate",))
SKIP: Final = Script("skip_post", uses=("fate",))
SETTLE: Final = Script("settle_post", uses=("fate",))
CLOSE: Final = Script("close_post", uses=("fate",))
END_CLOSING: Final = Script("end_closing", uses=("fate",))
VOID: Final = Script("void_post", uses=("fate",))

KEEP: Final = int(keys.KEEP_POST.total_seconds())


class Posts(Part):
    # The post

    async def last_day(self, workspace: Workspace, channel: ChannelId) -> date | None:
        """The newest local date that is decided: asked, refused, skipped, or of unknown fate."""
        async with in_time(self._deadline):
            found = await self._redis.hget(keys.last_days(workspace), channel)
        return date.fromisoformat(text(found)) if found else None

    async def claim_post(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        schedule: Schedule,
        attempt: Attempt,
        *,
        anew: bool = False,
    ) -> Claim:
        """`anew` uses a date again that certainly got nothing: one that was skipped or refused."""
        args: list[str | bytes | int] = [
            occurrence.channel,
            occurrence.day.isoformat(),
            schedule.version,
            attempt.name,
            milliseconds(attempt.at),
            milliseconds(attempt.until),
            KEEP,
            milliseconds(occurrence.closes),
            "anew" if anew else "",
            *pack_occurrence(occurrence),
        ]
        return unpack_claim(await self._run_post(CLAIM, _keys(workspace, occurrence), args))

    async def skip_post(
        self, workspace: Workspace, schedule: Schedule, missed: Missed, now: datetime
    ) -> Claim:
        """Write down that a date gets no question, unless it got one, or is just getting it."""
        names = keys_of(workspace, schedule.channel, daily_id(schedule.channel, missed.day))
        args: list[str | bytes | int] = [
            schedule.channel,
            missed.day.isoformat(),
            schedule.version,
            milliseconds(now),
            KEEP,
            missed.reason.value,
        ]
        return unpack_claim(await self._run_post(SKIP, names, args))

    async def settle_post(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        attempt: Attempt,
        settlement: Settlement,
        now: datetime,
        told: str = "",
    ) -> None:
        """`told` is the message's timestamp for `SENT`, Slack's reason for `REFUSED`."""
        is_sent = settlement is Settlement.SENT
        late = max(0, milliseconds(now) - milliseconds(occurrence.planned))
        args: list[str | bytes | int] = [
            attempt.name,
            settlement.value,
            milliseconds(now),
            told if is_sent else "",
            "" if is_sent else told,
            late,
        ]
        await self._run_post(SETTLE, _keys(workspace, occurrence), args)

    # What is known of it

    async def occurrence(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> tuple[Occurrence, Tally] | None:
        """None for one that is not known any more, and for a date without a question."""
        async with in_time(self._deadline):
            fields = await self._redis.hgetall(keys.occurrence(workspace, occurrence_id))
        found = unpack_occurrence(fields)
        return (found, unpack_tally(found, fields)) if found else None

    async def asked_before(
        self, workspace: Workspace, channel: ChannelId
    ) -> tuple[Sequence[QuestionId], Mapping[Slug, tuple[int, int]]]:
        """What a channel was asked, oldest first, and what its people know of each quiz: right
        answers and all answers.
        """
        async with in_time(self._deadline), self._redis.pipeline(transaction=False) as pipe:
            pipe.zrange(keys.asked(workspace, channel), 0, -1)
            pipe.hgetall(keys.known(workspace, channel))
            questions, counts = await pipe.execute()
        right = {name[6:]: int(n) for name, n in counts.items() if name.startswith(b"right/")}
        answered = {
            name[9:]: int(n) for name, n in counts.items() if name.startswith(b"answered/")
        }
        known = {Slug(text(name)): (right.get(name, 0), n) for name, n in answered.items()}
        return [QuestionId(text(question)) for question in questions], known

    async def daily_counts(self, workspace: Workspace) -> DailyCounts:
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.daily_counts(workspace))
        known = {text(name): int(value) for name, value in found.items()}
        return DailyCounts(
            posted=known.get("sent", 0),
            unknown=known.get("unknown", 0),
            refused=known.get("refused", 0),
            skipped=known.get("skipped", 0),
            voided=known.get("voided", 0),
            suppressed=known.get("suppressed", 0),
            last_late=timedelta(milliseconds=known.get("last_late", 0)),
            most_late=timedelta(milliseconds=known.get("most_late", 0)),
        )

    async def post_note(
        self, workspace: Workspace, channel: ChannelId, day: date
    ) -> PostNote | None:
        """What became of a date, be it asked or not; None if nothing is known of it."""
        async with in_time(self._deadline):
            key = keys.occurrence(workspace, daily_id(channel, day))
            return unpack_note(day, await self._redis.hgetall(key))

    # The close

    async def begin_closing(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt
    ) -> Claim:
        """Whether this attempt is to close it. If it is, no answer counts any more."""
        until = milliseconds(attempt.until)
        args: list[str | bytes | int] = [attempt.name, milliseconds(attempt.at), until]
        reply = await self._run_post(CLOSE, _keys(workspace, occurrence), args)
        return Claimed() if reply[0] == b"closing" else unpack_claim(reply)

    async def claim_announcement(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt
    ) -> bool:
        """Whether this attempt, and no other, may post the result as a message of its own."""
        key = keys.occurrence(workspace, occurrence.id)
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hsetnx(key, "announced", attempt.name)
            pipe.hget(key, "announced")
            _, owner = await pipe.execute()
        return bool(owner == attempt.name.encode())

    async def end_closing(
        self, workspace: Workspace, occurrence: Occurrence, attempt: Attempt, *, done: bool
    ) -> OccurrenceState | None:
        """It is closed, or is left for a later attempt; the state that it is in then."""
        args = [attempt.name, "closed" if done else "released"]
        state = await self._run_post(END_CLOSING, _keys(workspace, occurrence), args)
        return OccurrenceState(text(state)) if state else None

    async def void_post(
        self, workspace: Workspace, occurrence: Occurrence, now: datetime
    ) -> OccurrenceState | None:
        """Withdraw it, if it was or may have been posted; the state that it was in."""
        state = await self._run_post(VOID, _keys(workspace, occurrence), [milliseconds(now)])
        return OccurrenceState(text(state)) if state else None

    async def end_voiding(self, workspace: Workspace, occurrence: Occurrence) -> None:
        """All points are taken back."""
        subject = f"{occurrence.channel}/{occurrence.id}"
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.occurrence(workspace, occurrence.id), "revoked", "1")
            pipe.zrem(keys.open_posts(workspace), subject)
            await pipe.execute()

    # Edits of the message

    async def wait_to_edit(
        self,
        workspace: Workspace,
        occurrence: Occurrence,
        attempt: Attempt,
        apart: timedelta,
        most: int,
    ) -> timedelta:
        """How long an edit has to wait; for zero it is counted as made. See `time_to_edit`."""
        shown = keys.occurrence(workspace, occurrence.id)
        async with in_time(self._deadline):
            return await time_to_edit(self._redis, workspace, shown, attempt, apart, most)

    async def shown_count(self, workspace: Workspace, occurrence_id: OccurrenceId) -> int:
        """The count of answers that the message shows."""
        async with in_time(self._deadline):
            found = await self._redis.hget(keys.occurrence(workspace, occurrence_id), "shown")
        return int(found or 0)

    async def keep_shown_count(
        self, workspace: Workspace, occurrence_id: OccurrenceId, count: int
    ) -> None:
        async with in_time(self._deadline):
            key = keys.occurrence(workspace, occurrence_id)
            await self._redis.hset(key, "shown", str(count))

    async def _run_post(
        self, script: Script, names: Sequence[str], args: Sequence[str | bytes | int]
    ) -> Any:
        async with in_time(self._deadline):
            return await script(self._redis, names, args)


def _keys(workspace: Workspace, occurrence: Occurrence) -> list[str]:
    return keys_of(workspace, occurrence.channel, occurrence.id)
