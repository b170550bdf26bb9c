"""Marks answers again when the key of their question was corrected.

Any worker that sees a bank, at its start or when pages change, compares it with the keys by which
answers count so far. What is to be marked is written down with the new key, so that the job can be
done by any worker, whatever bank it has, and begun anew by another one.

What somebody was shown stays as it was: a session, a question of the day and a live round go on by
the key they were asked with. Only what the first answer counts for moves.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.bank.catalogue import Catalogue
from bot.bank.shelf import Library
from bot.play.ports import Clock
from bot.quiz.job import Again, Done, Job, JobKind, Next
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.question import Question, QuestionId, Quiz
from bot.quiz.regrading import Correction, FirstAnswer, key_of, to_mark

MOST_AT_ONCE: Final = 5_000
"""Answers of one run of the job: other jobs of the workspace wait as long."""


class RegradeStore(Protocol):
    async def key_versions(
        self, workspace: Workspace, questions: Sequence[QuestionId]
    ) -> Mapping[QuestionId, str]: ...

    async def know_keys(
        self, workspace: Workspace, versions: Mapping[QuestionId, str]
    ) -> None: ...

    async def correct_key(
        self, workspace: Workspace, correction: Correction, before: str
    ) -> bool: ...

    async def regrades(self, workspace: Workspace) -> Mapping[QuestionId, int]: ...

    async def correction(
        self, workspace: Workspace, question: QuestionId
    ) -> Correction | None: ...

    def first_answers(
        self, workspace: Workspace, question: QuestionId
    ) -> AsyncIterator[Sequence[FirstAnswer]]: ...

    async def mark_again(
        self,
        workspace: Workspace,
        correction: Correction,
        answers: Sequence[tuple[FirstAnswer, bool]],
        now: datetime,
    ) -> bool: ...

    async def end_regrade(
        self, workspace: Workspace, question: QuestionId, number: int
    ) -> None: ...

    async def know_workspace(self, workspace: Workspace) -> None: ...

    async def put_job(self, job: Job, at: datetime) -> None: ...


def regrade_job(workspace: Workspace) -> Job:
    return Job(JobKind.REGRADE, workspace, ChannelId(""))


@dataclass(frozen=True, slots=True)
class Regrading:
    """`most` answers are marked in one run of the job, or a page of them more."""

    store: RegradeStore
    catalogue: Library
    now: Clock
    home: Workspace
    most: int = MOST_AT_ONCE

    async def note(self, before: Catalogue, bank: Catalogue) -> None:
        """Compare a bank, but for the questions that `before` had as they are. It may be repeated,
        by any worker. Raises `MemoryAway`.
        """
        corrected = False
        for quiz in bank:
            questions = [q for q in quiz if _is_news(before, bank, quiz, q)]
            if questions:
                corrected |= await self._compare(questions)
        if corrected:
            await self.store.put_job(regrade_job(self.home), self.now())

    async def _compare(self, questions: Sequence[Question]) -> bool:
        """Whether one of them has another key."""
        known = await self.store.key_versions(self.home, [q.id for q in questions])
        keys = {question.id: key_of(question) for question in questions}
        new = {q: key.version for q, key in keys.items() if q not in known}
        changed = [q for q in questions if known.get(q.id) not in {None, keys[q.id].version}]
        if new or changed:  # first of all: whoever looks for lost jobs must find the workspace
            await self.store.know_workspace(self.home)
        if new:
            await self.store.know_keys(self.home, new)
        for question in changed:
            correction = Correction(question.id, question.stem, keys[question.id])
            await self.store.correct_key(self.home, correction, known[question.id])
        return bool(changed)

    async def run(self, job: Job) -> Next:
        """Mark what is to be marked, some thousand answers at a time."""
        left = self.most
        for question, number in (await self.store.regrades(job.workspace)).items():
            left = await self._mark(job.workspace, question, number, left)
            if left <= 0:
                return Again(self.now())
        return Done()

    async def _mark(
        self, workspace: Workspace, question: QuestionId, number: int, left: int
    ) -> int:
        """How many answers may still be marked in this run."""
        correction = await self._correction(workspace, question)
        if correction:
            async for answers in self.store.first_answers(workspace, question):
                wrong = to_mark(correction.key, answers)
                if not await self.store.mark_again(workspace, correction, wrong, self.now()):
                    return left
                left -= len(wrong)
                if left <= 0:
                    return left
        await self.store.end_regrade(workspace, question, number)
        return left

    async def _correction(self, workspace: Workspace, question: QuestionId) -> Correction | None:
        """The key by which answers count. One that never was corrected is in the bank, where an
        answer by yet another one is from a time when no worker had written it down.
        """
        kept = await self.store.correction(workspace, question)
        found = self.catalogue.question(question)
        if kept or found is None:
            return kept
        mine = Correction(question, found[1].stem, key_of(found[1]))
        versions = await self.store.key_versions(workspace, [question])
        return mine if versions.get(question) == mine.key.version else None


def _is_news(before: Catalogue, bank: Catalogue, quiz: Quiz, question: Question) -> bool:
    """Of two pages with one question, the first says what is right."""
    found, was = bank.question(question.id), before.question(question.id)
    is_first = found is not None and found[0] is quiz
    return is_first and (was is None or was[1] != question)
