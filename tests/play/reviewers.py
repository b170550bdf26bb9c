"""The authors' channel, and the people who hear from it, be the day good or bad."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.bank.writing import question_markdown
from bot.play.channel_ports import Delivery, Refused
from bot.play.permissions import Permissions
from bot.play.report_ports import CaseView, SuggestionView
from bot.play.reporting import InChannel, Outcome, Reporting, wake_reviews
from bot.play.reviewing import Reviewing
from bot.play.scheduling import Actor
from bot.play.suggestion_review import SuggestionReview
from bot.quiz.editing import NO_LINKS
from bot.quiz.job import Job, JobKind, Next
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.people import Member, WorkspaceSettings
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.question import Question, QuestionId
from bot.quiz.report import (
    Case,
    CaseId,
    Complaint,
    QuestionSource,
    Report,
    Verdict,
    case_of,
)
from bot.quiz.session import AttemptId
from bot.quiz.suggestion import Suggestion
from tests.play.fates import LOST, WELL, Fated, delivery
from tests.play.game import ACME, SHAPES_ONLY, Waiting

AUTHORS = ChannelId("C9")
SIDES = QuestionId("sides")


@dataclass
class Readers(Fated):
    """A `ReviewChat`: `cases` and `suggestions` are messages by channel and timestamp."""

    cases: dict[tuple[str, str], CaseView] = field(default_factory=dict)
    suggestions: dict[tuple[str, str], SuggestionView] = field(default_factory=dict)
    replies: list[tuple[str, UserId]] = field(default_factory=list)
    heard: list[tuple[UserId, Verdict]] = field(default_factory=list)
    answered: list[UserId] = field(default_factory=list)
    nudged: list[tuple[UserId, int]] = field(default_factory=list)

    async def post_case(
        self, workspace: Workspace, channel: ChannelId, view: CaseView
    ) -> Delivery:
        del workspace
        fate, ts = await self.happens("post"), f"{len(self.cases) + 1}.0"
        if fate in {WELL, LOST}:
            self.cases[channel, ts] = view
        return delivery(fate, ts)

    async def change_case(self, workspace: Workspace, view: CaseView) -> Delivery:
        del workspace
        where, fate = (view.case.channel, view.case.posted), await self.happens("change")
        if where not in self.cases:
            return Refused("message_not_found")
        if fate in {WELL, LOST}:
            self.cases[where] = view
        return delivery(fate, view.case.posted)

    async def say_in_thread(
        self, workspace: Workspace, case: Case, report: Report, name: str
    ) -> Delivery:
        del workspace, name
        fate = await self.happens("reply")
        if fate in {WELL, LOST}:
            self.replies.append((case.posted, report.user))
        return delivery(fate, "")

    async def tell_verdict(self, player: Player, case: Case, verdict: Verdict) -> Delivery:
        del case
        fate = await self.happens("verdict")
        if fate in {WELL, LOST}:
            self.heard.append((player.user, verdict))
        return delivery(fate, "")

    async def post_suggestion(
        self, workspace: Workspace, channel: ChannelId, view: SuggestionView
    ) -> Delivery:
        del workspace
        fate, ts = await self.happens("post"), f"{len(self.suggestions) + 1}.0"
        if fate in {WELL, LOST}:
            self.suggestions[channel, ts] = view
        return delivery(fate, ts)

    async def change_suggestion(self, workspace: Workspace, view: SuggestionView) -> Delivery:
        del workspace
        where = (view.suggestion.channel, view.suggestion.posted)
        fate = await self.happens("change")
        if where not in self.suggestions:
            return Refused("message_not_found")
        if fate in {WELL, LOST}:
            self.suggestions[where] = view
        return delivery(fate, view.suggestion.posted)

    async def tell_answer(self, player: Player, suggestion: Suggestion) -> Delivery:
        del suggestion
        fate = await self.happens("answer")
        if fate in {WELL, LOST}:
            self.answered.append(player.user)
        return delivery(fate, "")

    async def tell_waiting(self, player: Player, waiting: int) -> Delivery:
        self.nudged.append((player.user, waiting))
        return delivery(WELL, "")


class Everybody:
    """A directory in which U1 is an admin."""

    async def member(self, player: Player) -> Member:
        is_admin = player.user == "U1"
        return Member(player.user, TeamId("T1"), f"Name of {player.user}", is_admin=is_admin)

    async def members(self, workspace: Workspace) -> AsyncIterator[Sequence[Member]]:
        del workspace
        yield ()


@dataclass
class Authors(Waiting):
    """One worker that keeps the authors' channel, and people who report."""

    def __post_init__(self) -> None:
        super().__post_init__()
        now = self.hand.now
        self.readers = Readers(now)
        self.reviewing = Reviewing(
            self.store, self.readers, self._source, SHAPES_ONLY, now, self.hand
        )
        self.suggestions = SuggestionReview(self.reviewing, NO_LINKS)
        permissions = Permissions(self.store, Everybody())
        self.reporting = Reporting(self.store, SHAPES_ONLY, permissions, now)

    async def _source(self, question: Question) -> QuestionSource:
        return QuestionSource(question_markdown(question), question.place)

    async def run(self, job: Job) -> Next:
        if job.kind is JobKind.SUGGESTION:
            return await self.suggestions.run(job)
        return await self.reviewing.run(job)

    async def choose(self, channel: ChannelId = AUTHORS) -> None:
        await self.store.decide(ACME, WorkspaceSettings(review=channel))
        await wake_reviews(self.store, ACME, self.hand.now)

    async def report(self, user: str, attempt: str = "") -> Outcome:
        return await self.reporting.report(
            Player(ACME, UserId(user)),
            InChannel(OccurrenceId("gone"), SIDES),
            Complaint.KEY,
            "",
            AttemptId(attempt or self.hand.token()),
        )

    async def settle(self, verdict: Verdict, turn: int = 1, attempt: str = "") -> object:
        actor = Actor(Player(ACME, UserId("U1")), ACME.team)
        return await self.reporting.settle(
            actor, self.case_id, turn, verdict, AttemptId(attempt or self.hand.token())
        )

    async def wait(self, **span: float) -> None:
        await self.until(self.hand.now() + timedelta(**span))

    @property
    def case_id(self) -> CaseId:
        found = SHAPES_ONLY.question(SIDES)
        assert found
        return case_of(found[1])

    @property
    def case(self) -> CaseView:
        """The newest message about a case."""
        return list(self.readers.cases.values())[-1]
