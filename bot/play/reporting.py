"""Somebody says that a question is wrong, and admins decide about it."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.bank.shelf import Library
from bot.play.permissions import NotAllowed, Permissions
from bot.play.ports import Clock
from bot.play.report_ports import Jobs, ReportStore
from bot.play.scheduling import Actor
from bot.quiz.job import Job, JobKind
from bot.quiz.live import Round, RoundId
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.people import NO_CHANNEL
from bot.quiz.player import Player, Workspace
from bot.quiz.question import Question, QuestionId, Slug
from bot.quiz.report import (
    Case,
    CaseId,
    Complaint,
    Enough,
    Filed,
    NoSuchCase,
    Pooled,
    Report,
    Settling,
    Verdict,
    case_of,
    named_options,
)
from bot.quiz.session import AttemptId, Session, SessionId

# Where a question was seen


@dataclass(frozen=True, slots=True)
class InSession:
    """`question` finds it in the bank when the session is not there any more; None before the
    answer.
    """

    session_id: SessionId
    number: int
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class InChannel:
    """`question` as in `InSession`."""

    occurrence_id: OccurrenceId
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class InLive:
    """`question` as in `InSession`."""

    round_id: RoundId
    number: int
    question: QuestionId | None = None


Seen: TypeAlias = InSession | InChannel | InLive


@dataclass(frozen=True, slots=True)
class Unseen:
    """The question is not known any more."""


@dataclass(frozen=True, slots=True)
class Reported:
    """`waits` tells that no channel is chosen yet in which the authors would read it."""

    filed: Filed
    waits: bool


Outcome: TypeAlias = Reported | Enough | Unseen
Shown: TypeAlias = tuple[Question, Slug, str]
"""A question, and the slug and the title of its quiz."""


@dataclass(frozen=True, slots=True)
class Reporting:
    store: ReportStore
    catalogue: Library
    permissions: Permissions
    now: Clock

    async def look(self, player: Player, seen: Seen) -> Case | Unseen:
        """The question that somebody points at, as a case that begins with it: in the author's
        order where the bank still has this version of it.
        """
        shown = await self._kept(player, seen) or self._in_bank(seen)
        return self._case(*shown) if shown else Unseen()

    def _case(self, question: Question, slug: Slug, title: str) -> Case:
        case_id = case_of(question)
        found = self.catalogue.question(question.id)
        if found:
            quiz, in_bank = found
            slug, title = quiz.slug, quiz.title
            if case_of(in_bank) == case_id:
                question = quiz.levelled(in_bank)
        return Case(case_id, question, slug, title)

    async def report(
        self, player: Player, seen: Seen, complaint: Complaint, words: str, attempt: AttemptId
    ) -> Outcome:
        kept = await self._kept(player, seen)
        shown = kept or self._in_bank(seen)
        if shown is None:
            return Unseen()
        case, options = self._case(*shown), named_options(kept[0]) if kept else ()
        workspace, now = player.workspace, self.now()
        said = Report(player.user, complaint, words.strip(), now, options)
        await self.store.know_workspace(workspace)
        filing = await self.store.report(player, case, said, attempt)
        if isinstance(filing, Enough):
            return filing
        await self._redraw(workspace, case.id)
        settings = await self.store.workspace_settings(workspace)
        return Reported(filing, waits=settings.review == NO_CHANNEL)

    async def settle(
        self, actor: Actor, case_id: CaseId, turn: int, verdict: Verdict, attempt: AttemptId
    ) -> Settling | NotAllowed:
        """Once, whoever presses how often; those who reported it are told afterwards."""
        if refused := await self.permissions.may_review(actor.player, actor.team):
            return refused
        settling = await self.store.settle_case(actor.player, case_id, turn, verdict, attempt)
        if not isinstance(settling, NoSuchCase):
            await self._redraw(actor.player.workspace, case_id)
        return settling

    async def pool(
        self, actor: Actor, case_id: CaseId, turn: int, *, out: bool
    ) -> Pooled | NoSuchCase | NotAllowed:
        """Take a question out of the daily pool, or put it back."""
        if refused := await self.permissions.may_review(actor.player, actor.team):
            return refused
        workspace = actor.player.workspace
        pooled = await self.store.pool_case(workspace, case_id, turn, out=out)
        if isinstance(pooled, Pooled):
            await self._redraw(workspace, case_id)
        return pooled

    async def _redraw(self, workspace: Workspace, case_id: CaseId) -> None:
        await self.store.put_job(review_job(workspace, JobKind.REPORT, case_id), self.now())

    def _in_bank(self, seen: Seen) -> Shown | None:
        """As the bank has it now, for want of what was shown."""
        found = self.catalogue.question(seen.question) if seen.question else None
        return (found[1], found[0].slug, found[0].title) if found else None

    async def _kept(self, player: Player, seen: Seen) -> Shown | None:
        """As it was shown to this person."""
        match seen:
            case InSession(session_id, number):
                session = await self.store.load(player)
                asked: Session | Round | None = session
                if session is None or session.id != session_id:
                    return None
            case InLive(round_id, number):
                asked = await self.store.live(player.workspace, round_id)
            case InChannel(occurrence_id):
                found = await self.store.occurrence(player.workspace, occurrence_id)
                return (found[0].question, found[0].slug, found[0].title) if found else None
        if asked is None or number >= len(asked.questions):
            return None
        return asked.questions[number], asked.slug, asked.title


def review_job(workspace: Workspace, kind: JobKind, name: str) -> Job:
    return Job(kind, workspace, NO_CHANNEL, name)


async def wake_reviews(store: Jobs, workspace: Workspace, now: Clock) -> int:
    """A channel was chosen: all that waited goes there. How many things that is."""
    waiting = await store.in_review(workspace)
    for kind, name in waiting:
        await store.put_job(review_job(workspace, JobKind(kind), name), now())
    return len(waiting)
