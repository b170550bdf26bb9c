"""What reports and suggestions need from the outside, in their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.play.channel_ports import Delivery
from bot.quiz.item import ItemFigures
from bot.quiz.job import Job
from bot.quiz.live import Round, RoundId
from bot.quiz.occurrence import Attempt, Busy, Claimed, Occurrence, OccurrenceId, Tally
from bot.quiz.people import WorkspaceSettings
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import Question, Quiz
from bot.quiz.report import (
    Case,
    CaseId,
    Filing,
    NoSuchCase,
    Pooled,
    QuestionSource,
    Report,
    Settling,
    Verdict,
)
from bot.quiz.schedule import Schedule
from bot.quiz.session import AttemptId, Session
from bot.quiz.suggestion import (
    Answer,
    Answering,
    Draft,
    Mistakes,
    Suggesting,
    Suggestion,
    SuggestionId,
    Wish,
)


class Jobs(Protocol):
    async def put_job(self, job: Job, at: datetime) -> None: ...

    async def know_workspace(self, workspace: Workspace) -> None: ...

    async def workspace_settings(self, workspace: Workspace) -> WorkspaceSettings: ...

    async def in_review(self, workspace: Workspace) -> Sequence[tuple[str, str]]: ...


class ReportStore(Jobs, Protocol):
    """Every method raises `MemoryAway` when it cannot in time."""

    async def load(self, player: Player) -> Session | None: ...

    async def occurrence(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> tuple[Occurrence, Tally] | None: ...

    async def live(self, workspace: Workspace, round_id: RoundId) -> Round | None: ...

    async def report(
        self, player: Player, case: Case, report: Report, attempt: AttemptId
    ) -> Filing: ...

    async def settle_case(
        self, decider: Player, case_id: CaseId, turn: int, verdict: Verdict, attempt: AttemptId
    ) -> Settling: ...

    async def pool_case(
        self, workspace: Workspace, case_id: CaseId, turn: int, *, out: bool
    ) -> Pooled | NoSuchCase: ...


class SuggestionStore(Jobs, Protocol):
    async def suggest(
        self, player: Player, suggestion: Suggestion, attempt: AttemptId, at: datetime
    ) -> Suggesting: ...

    async def answer_suggestion(
        self,
        decider: Player,
        suggestion_id: SuggestionId,
        answer: Answer,
        reason: str,
        attempt: AttemptId,
    ) -> Answering: ...


class Drafting(Protocol):
    def __call__(self, wish: Wish, /) -> Draft | Mistakes:
        """A wish as the bank would read it."""


class Sources(Protocol):
    async def __call__(self, question: Question, /) -> QuestionSource:
        """The Markdown of a question of the bank: from its file, else written anew."""


# The messages about them


class Standing(StrEnum):
    """How the bank's question compares with the reported one."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the message about a case says. `names` are plain, of reporters and the decider;
    who wants to be forgotten has none.
    """

    case: Case
    source: QuestionSource
    standing: Standing
    figures: ItemFigures
    names: Mapping[UserId, str]


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """`quiz` is None when its page is gone; `edit` leads to its file."""

    suggestion: Suggestion
    draft: Draft
    quiz: Quiz | None
    edit: str
    names: Mapping[UserId, str]


class ReviewStore(Jobs, Protocol):
    """What the worker needs that keeps the messages up to date."""

    async def case(self, workspace: Workspace, case_id: CaseId) -> Case | None: ...

    async def begin_case(
        self, workspace: Workspace, case_id: CaseId, attempt: Attempt
    ) -> Claimed | Busy | None: ...

    async def keep_case_message(self, workspace: Workspace, case: Case) -> None: ...

    async def end_case(
        self, workspace: Workspace, case: Case, attempt: Attempt, *, done: bool
    ) -> bool: ...

    async def claim_telling(
        self, player: Player, case_id: CaseId, what: str, attempt: Attempt
    ) -> bool: ...

    async def release_telling(
        self, player: Player, case_id: CaseId, what: str, attempt: Attempt
    ) -> None: ...

    async def unheard(
        self, workspace: Workspace, case_id: CaseId
    ) -> Sequence[tuple[UserId, Verdict]]: ...

    async def item(self, workspace: Workspace, question: Question) -> ItemFigures: ...

    async def suggestion(
        self, workspace: Workspace, suggestion_id: SuggestionId
    ) -> Suggestion | None: ...

    async def begin_suggestion(
        self, workspace: Workspace, suggestion_id: SuggestionId, attempt: Attempt
    ) -> Claimed | Busy | None: ...

    async def keep_suggestion_message(
        self, workspace: Workspace, suggestion: Suggestion
    ) -> None: ...

    async def end_suggestion(
        self, workspace: Workspace, suggestion: Suggestion, attempt: Attempt, *, done: bool
    ) -> bool: ...

    async def claim_answer_told(
        self, player: Player, suggestion_id: SuggestionId, attempt: Attempt
    ) -> bool: ...

    async def release_answer_told(
        self, player: Player, suggestion_id: SuggestionId, attempt: Attempt
    ) -> None: ...

    async def names_of(
        self, workspace: Workspace, users: Sequence[UserId]
    ) -> Mapping[UserId, str]: ...

    async def schedules(self, workspace: Workspace) -> tuple[Schedule, ...]: ...

    async def claim_nudge(self, workspace: Workspace, attempt: Attempt) -> bool: ...


class ReviewChat(Protocol):
    """Speaks to the authors' channel, and to those who reported and suggested."""

    async def post_case(
        self, workspace: Workspace, channel: ChannelId, view: CaseView
    ) -> Delivery: ...

    async def change_case(self, workspace: Workspace, view: CaseView) -> Delivery:
        """In the message that is there. May be repeated."""

    async def say_in_thread(
        self, workspace: Workspace, case: Case, report: Report, name: str
    ) -> Delivery: ...

    async def tell_verdict(self, player: Player, case: Case, verdict: Verdict) -> Delivery: ...

    async def post_suggestion(
        self, workspace: Workspace, channel: ChannelId, view: SuggestionView
    ) -> Delivery: ...

    async def change_suggestion(self, workspace: Workspace, view: SuggestionView) -> Delivery: ...

    async def tell_answer(self, player: Player, suggestion: Suggestion) -> Delivery: ...

    async def tell_waiting(self, player: Player, waiting: int) -> Delivery:
        """That reports and suggestions wait for a channel."""
