"""Reports about questions in Redis: what people said, and what the authors decided, each once.

A case is a hash: the question and its page when it was reported first (`question`, `q`, `slug`,
`title`), `turn`, `people`, `verdict`, `out`, `by_hand`, `settled_by`, and what its message shows
(`revision`, `shown`, `channel`, `posted`). What a person said lies apart, under their id.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.quiz.occurrence import Attempt, Busy, Claimed
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId, Slug
from bot.quiz.report import (
    FILING_WINDOW,
    MOST_A_DAY,
    OUT_AT,
    AlreadySettled,
    Case,
    CaseId,
    Complaint,
    Enough,
    Filed,
    Filing,
    HeldReport,
    NoSuchCase,
    Pooled,
    Report,
    Settled,
    Settling,
    Verdict,
)
from bot.quiz.session import AttemptId
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.script import Script
from bot.storage.snapshot import (
    MILLISECOND,
    milliseconds,
    moment_of,
    pack_question,
    unpack_question,
    whole,
)
from bot.storage.wire import text

REPORT: Final = Script("report", uses=("filing",))
SETTLE: Final = Script("settle_case")
POOL: Final = Script("pool_case")
TELL: Final = Script("tell_reporter")
BEGIN: Final = Script("begin_review")
END: Final = Script("end_review")

KEEP: Final = int(keys.KEEP_SETTLED.total_seconds())
WINDOW: Final = FILING_WINDOW // MILLISECOND


class Reports(Part):
    async def report(
        self, player: Player, case: Case, report: Report, attempt: AttemptId
    ) -> Filing:
        """Keep a report; `case` is what is kept with the first one of a question."""
        workspace, question = player.workspace, case.question
        args: list[str | bytes | int] = [
            player.user,
            attempt,
            report.complaint.value,
            whole(report.words),
            milliseconds(report.at),
            MOST_A_DAY,
            WINDOW,
            OUT_AT,
            case.id,
            question.id,
            _subject(case.id),
            json.dumps(list(map(whole, report.options))),
            *("question", question.id, "q", pack_question(question)),
            *("slug", case.slug, "title", case.title),
        ]
        names = [
            keys.case(workspace, case.id),
            keys.reports(workspace, case.id),
            keys.filings(player),
            keys.withheld(workspace),
            keys.in_review(workspace),
            keys.case_decider(workspace, case.id),
        ]
        async with in_time(self._deadline):
            status, *rest = await REPORT(self._redis, names, args)
        if status == b"enough":
            return Enough(moment_of(rest[0]))
        people, again, out = rest
        return Filed(people, again=bool(again), out=bool(out))

    async def case(self, workspace: Workspace, case_id: CaseId) -> Case | None:
        async with in_time(self._deadline), self._redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(keys.case(workspace, case_id))
            pipe.hgetall(keys.reports(workspace, case_id))
            pipe.smembers(keys.case_decider(workspace, case_id))
            fields, reports, deciders = await pipe.execute()
        return _case(case_id, fields, reports, deciders) if b"turn" in fields else None

    async def unheard(
        self, workspace: Workspace, case_id: CaseId
    ) -> Sequence[tuple[UserId, Verdict]]:
        """Who is still to hear of a verdict, be it one of an earlier turn."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.reports(workspace, case_id))
        held = {UserId(text(user)): json.loads(packed) for user, packed in found.items()}
        return [
            (user, Verdict(entry["verdict"]))
            for user, entry in held.items()
            if "verdict" in entry and not entry.get("heard")
        ]

    async def settle_case(
        self, decider: Player, case_id: CaseId, turn: int, verdict: Verdict, attempt: AttemptId
    ) -> Settling:
        workspace = decider.workspace
        names = [
            keys.case(workspace, case_id),
            keys.reports(workspace, case_id),
            keys.case_decider(workspace, case_id),
            keys.withheld(workspace),
            keys.in_review(workspace),
        ]
        args: list[str | bytes | int] = [
            turn,
            verdict.value,
            attempt,
            decider.user,
            case_id,
            _subject(case_id),
            KEEP,
        ]
        async with in_time(self._deadline):
            status, *rest = await SETTLE(self._redis, names, args)
        if status == b"gone":
            return NoSuchCase()
        said = Verdict(text(rest[0]))
        return Settled(said, rest[1]) if status == b"settled" else AlreadySettled(said)

    async def pool_case(
        self, workspace: Workspace, case_id: CaseId, turn: int, *, out: bool
    ) -> Pooled | NoSuchCase:
        wanted = "out" if out else "in"
        names = [
            keys.case(workspace, case_id),
            keys.withheld(workspace),
            keys.in_review(workspace),
        ]
        args: list[str | bytes | int] = [turn, wanted, case_id, _subject(case_id), KEEP]
        async with in_time(self._deadline):
            (status,) = await POOL(self._redis, names, args)
        return NoSuchCase() if status == b"gone" else Pooled(out=status == b"out")

    async def withheld(self, workspace: Workspace) -> Mapping[QuestionId, CaseId]:
        """Which version of which question no channel gets as question of the day."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.withheld(workspace))
        return {QuestionId(text(name)): CaseId(text(case)) for name, case in found.items()}

    # The message about a case

    async def begin_case(
        self, workspace: Workspace, case_id: CaseId, attempt: Attempt
    ) -> Claimed | Busy | None:
        """Whether this attempt may bring the message up to date; None where there is no case."""
        async with in_time(self._deadline):
            return unpack_lease(
                await BEGIN(self._redis, [keys.case(workspace, case_id)], lease(attempt))
            )

    async def keep_case_message(self, workspace: Workspace, case: Case) -> None:
        """Where the message is, and what it shows."""
        async with in_time(self._deadline):
            await self._redis.hset(
                keys.case(workspace, case.id),
                mapping={"channel": case.channel, "posted": case.posted, "shown": case.shown},
            )

    async def end_case(
        self, workspace: Workspace, case: Case, attempt: Attempt, *, done: bool
    ) -> bool:
        """Whether there is more to do about it."""
        names = [keys.case(workspace, case.id), keys.in_review(workspace)]
        args: list[str | bytes | int] = [
            attempt.name,
            case.revision,
            _subject(case.id),
            "1" if done else "",
        ]
        async with in_time(self._deadline):
            return bool(await END(self._redis, names, args))

    async def claim_telling(
        self, player: Player, case_id: CaseId, what: str, attempt: Attempt
    ) -> bool:
        """Whether this attempt tells the authors of a report (`told`), or the person of the
        verdict (`heard`); no other does.
        """
        key = keys.reports(player.workspace, case_id)
        async with in_time(self._deadline):
            return bool(await TELL(self._redis, [key], [player.user, what, attempt.name, ""]))

    async def release_telling(
        self, player: Player, case_id: CaseId, what: str, attempt: Attempt
    ) -> None:
        """Slack certainly did not take it."""
        key = keys.reports(player.workspace, case_id)
        async with in_time(self._deadline):
            await TELL(self._redis, [key], [player.user, what, attempt.name, "release"])

    async def in_review(self, workspace: Workspace) -> Sequence[tuple[str, str]]:
        """Kind and id of all jobs that wait, for a channel to be chosen or for their turn."""
        async with in_time(self._deadline):
            found = await self._redis.smembers(keys.in_review(workspace))
        parts = (text(subject).partition("/") for subject in found)
        return sorted((kind, name) for kind, _, name in parts)

    async def claim_nudge(self, workspace: Workspace, attempt: Attempt) -> bool:
        """Whether this attempt may say that something waits for a channel."""
        key = keys.nudged(workspace)
        async with in_time(self._deadline):
            owner = await self._redis.set(
                key, attempt.name, nx=True, get=True, ex=keys.NUDGE_EVERY
            )
        return owner is None or owner == attempt.name.encode()


def _subject(case_id: CaseId) -> str:
    return f"report/{case_id}"


def lease(attempt: Attempt) -> list[str | bytes | int]:
    return [attempt.name, milliseconds(attempt.at), milliseconds(attempt.until)]


def unpack_lease(reply: Sequence[bytes]) -> Claimed | Busy | None:
    status, *rest = reply
    if status == b"busy":
        return Busy(moment_of(rest[0]))
    return Claimed() if status == b"claimed" else None


def _case(
    case_id: CaseId,
    fields: Mapping[bytes, bytes],
    reports: Mapping[bytes, bytes],
    deciders: set[bytes],
) -> Case:
    turn, verdict = int(fields[b"turn"]), fields.get(b"verdict")
    entries = [(UserId(text(user)), json.loads(packed)) for user, packed in reports.items()]
    held = [_held(user, entry) for user, entry in entries if int(entry["turn"]) == turn]
    return Case(
        id=case_id,
        question=unpack_question(fields[b"q"]),
        slug=Slug(text(fields[b"slug"])),
        title=text(fields[b"title"]),
        turn=turn,
        people=int(fields[b"people"]),
        reports=tuple(sorted(held, key=lambda each: (each.report.at, each.report.user))),
        verdict=Verdict(text(verdict)) if verdict else None,
        decider=next((UserId(text(user)) for user in deciders), None),
        out=b"out" in fields,
        by_hand=b"by_hand" in fields,
        revision=int(fields[b"revision"]),
        shown=int(fields.get(b"shown", 0)),
        channel=ChannelId(text(fields.get(b"channel", b""))),
        posted=text(fields.get(b"posted", b"")),
    )


def _held(user: UserId, entry: Mapping[str, Any]) -> HeldReport:
    at: datetime = moment_of(entry["ms"].encode())
    options = tuple(json.loads(entry.get("options", "[]")))
    said = Report(user, Complaint(entry["complaint"]), entry["words"], at, options)
    return HeldReport(said, told=bool(entry.get("told")), heard=bool(entry.get("heard")))
