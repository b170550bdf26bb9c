"""What the store must say, in plain Python: `quiz/session.py` decides, dictionaries remember."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.quiz.player import Player, Workspace
from bot.quiz.question import QuestionId, Slug
from bot.quiz.session import (
    Answer,
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
    State,
    StillOpen,
)


@dataclass(frozen=True, slots=True)
class First:
    """A person's first answer to a question, and the quiz in which it was given."""

    slug: Slug
    right: bool
    points: int


@dataclass(slots=True)
class Oracle:
    """The store's twin without Redis, for a world in which nothing happens at the same time."""

    sessions: dict[Player, Session] = field(default_factory=dict)
    results: dict[tuple[Workspace, SessionId], Result] = field(default_factory=dict)
    _firsts: dict[Player, dict[QuestionId, First]] = field(default_factory=dict)
    hints: dict[Player, set[QuestionId]] = field(default_factory=dict)
    _runs: dict[Player, int] = field(default_factory=dict)
    _scores: dict[tuple[Player, Slug, int], int] = field(default_factory=dict)
    _began: dict[tuple[Workspace, AttemptId], SessionId] = field(default_factory=dict)
    _stops: dict[tuple[Workspace, AttemptId], bool] = field(default_factory=dict)

    def start(
        self, player: Player, session: Session, attempt: AttemptId, replaces: SessionId | None
    ) -> Started | StillOpen:
        press = (player.workspace, attempt)
        if press in self._began:
            return Started(self._began[press])
        kept = self.sessions.get(player)
        if kept and kept.state is State.OPEN and kept.id != replaces:
            return StillOpen(kept.id)
        self.sessions[player] = session.with_hints(self.hints.get(player, set()))
        self._began[press] = session.id
        return Started(session.id)

    def answer(
        self,
        player: Player,
        session_id: SessionId,
        number: int,
        given: Given,
        attempt: AttemptId,
        at: datetime,
    ) -> Answered | Stale:
        before = self.sessions.get(player)
        if before is None or before.id != session_id or number not in before.queue:
            return Stale(before.standing if before else None)
        first = before.questions[number].id not in self._firsts.get(player, {})
        after = before.answer(number, given, attempt, first=first, at=at)
        if number not in after.answers:
            return Stale(after.standing)
        if after is not before:
            after = self._remember(player, after, number)
        self.sessions[player] = after
        return _answered(after, number, before.answers.get(number), attempt)

    def skip(self, player: Player, session_id: SessionId, number: int) -> bool:
        kept = self.sessions.get(player)
        if kept is None or kept.id != session_id:
            return False
        self.sessions[player] = kept.skip(number)
        return True

    def take_hint(self, player: Player, session_id: SessionId, number: int) -> bool:
        kept = self.sessions.get(player)
        if kept is None or kept.id != session_id:
            return False
        after = kept.take_hint(number)
        for taken in after.hinted - kept.hinted:
            question = after.questions[taken].id
            if question not in self._firsts.get(player, {}):
                self.hints.setdefault(player, set()).add(question)
        self.sessions[player] = after
        return True

    def stop(self, player: Player, attempt: AttemptId, session_id: SessionId | None) -> bool:
        press = (player.workspace, attempt)
        if press not in self._stops:
            kept = self.sessions.get(player)
            self._stops[press] = bool(
                kept and kept.state is State.OPEN and session_id in {None, kept.id}
            )
            if kept and self._stops[press]:
                self.sessions[player] = kept.stop()
        return self._stops[press]

    def answered_before(
        self, player: Player, questions: Sequence[QuestionId]
    ) -> frozenset[QuestionId]:
        return frozenset(questions) & self._firsts.get(player, {}).keys()

    def progress(self, player: Player) -> Progress:
        firsts = self._firsts.get(player, {}).values()
        return Progress(
            answered=len(firsts),
            right=sum(first.right for first in firsts),
            points=sum(first.points for first in firsts),
            runs=self._runs.get(player, 0),
            quizzes={
                slug: QuizProgress(
                    sum(first.slug == slug for first in firsts),
                    sum(first.slug == slug and first.right for first in firsts),
                )
                for slug in {first.slug for first in firsts}
            },
        )

    def _remember(self, player: Player, session: Session, number: int) -> Session:
        """What a new answer leaves behind; the session may learn its previous score."""
        answer = session.answers[number]
        first = First(session.slug, answer.right, answer.points)
        question = session.questions[number].id
        self._firsts.setdefault(player, {}).setdefault(question, first)
        self.hints.get(player, set()).discard(question)
        if session.state is not State.DONE:
            return session
        self.results[player.workspace, session.id] = Result(
            slug=session.slug,
            title=session.title,
            level=session.level,
            right=session.right,
            total=len(session.questions),
            missed=tuple(session.questions[n].id for n in session.missed),
            practice=session.practice,
        )
        if session.practice:
            return session
        run = (player, session.slug, len(session.questions))
        previous = self._scores.get(run)
        self._scores[run] = session.right
        self._runs[player] = self._runs.get(player, 0) + 1
        return replace(session, previous=previous)


def _answered(session: Session, number: int, stood: Answer | None, attempt: AttemptId) -> Answered:
    return Answered(
        session_id=session.id,
        slug=session.slug,
        title=session.title,
        level=session.level,
        number=number,
        question=session.questions[number],
        answer=session.answers[number],
        place=session.place(number),
        total=len(session.questions),
        answered=len(session.answers),
        right=session.right,
        points=session.points,
        done=session.state is State.DONE,
        practice=session.practice,
        again=stood is not None and stood.attempt != attempt,
    )
