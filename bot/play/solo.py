"""A person plays a quiz on their own, in private."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.bank.catalogue import Ambiguous, Found, Unknown
from bot.bank.shelf import Library
from bot.play.ports import Chance, Clock, Store
from bot.play.steps import (
    AlreadyShared,
    Asking,
    Begun,
    ContinueOrReplace,
    Finished,
    Marked,
    Menu,
    MyProgress,
    NoSuchQuestion,
    NothingMissed,
    NothingOpen,
    Practice,
    Shared,
    Stopped,
)
from bot.quiz.order import shuffled
from bot.quiz.picking import pick
from bot.quiz.player import Player
from bot.quiz.question import MOST_SLUG, Question, QuestionId, Quiz, Slug, short_slug
from bot.quiz.session import (
    Answered,
    AttemptId,
    Given,
    Session,
    SessionId,
    Stale,
    State,
    StillOpen,
    begin,
)

USUAL_COUNT: Final = 10
MOST_QUESTIONS: Final = 100
"""A session lies in one Redis hash and is read whole."""

MOST_SUGGESTIONS: Final = 500


@dataclass(frozen=True, slots=True)
class Solo:
    store: Store
    catalogue: Library
    now: Clock
    chance: Chance

    async def menu(self, player: Player) -> Menu:
        session = await self.store.load(player)
        return Menu(
            quizzes=len(self.catalogue.quizzes),
            questions=sum(map(len, self.catalogue)),
            open=session.standing if session else None,
        )

    async def start_by_words(
        self, player: Player, words: str, count: int, attempt: AttemptId, nearer: str = ""
    ) -> Begun | Ambiguous | Unknown:
        """`nearer` as in `Catalogue.find`."""
        found = self.catalogue.find(words, nearer)
        if not isinstance(found, Found):
            return found
        return await self.start(player, found.quiz, count, attempt)

    async def start_by_slug(
        self,
        player: Player,
        slug: Slug,
        count: int,
        attempt: AttemptId,
        replaces: SessionId | None = None,
    ) -> Begun | Unknown:
        """`Unknown` when the page has gone since the button was drawn."""
        found = self.quiz(slug)
        if isinstance(found, Unknown):
            return found
        return await self.start(player, found, count, attempt, replaces)

    def quiz(self, slug: Slug) -> Quiz | Unknown:
        """A quiz by its slug or the short form of it that buttons carry."""
        quiz = self.catalogue.get(slug)
        if quiz is None and len(slug) == MOST_SLUG:
            quiz = next((q for q in self.catalogue.quizzes if short_slug(q.slug) == slug), None)
        if quiz is None:
            found = self.catalogue.find(slug)
            return Unknown((found.quiz,) if isinstance(found, Found) else found.closest)
        return quiz

    def suggestions(self, words: str) -> list[tuple[str, list[Quiz]]]:
        """Quizzes for what is typed so far, best first, by the title of their track."""
        groups: dict[str, list[Quiz]] = {}
        for quiz in self.catalogue.search(words, MOST_SUGGESTIONS):
            groups.setdefault(self.catalogue.track_title(quiz.track), []).append(quiz)
        return list(groups.items())

    async def start(
        self,
        player: Player,
        quiz: Quiz,
        count: int,
        attempt: AttemptId,
        replaces: SessionId | None = None,
    ) -> Begun:
        before = await self.store.answered_before(player, [q.id for q in quiz.questions])
        count = max(1, min(count, len(quiz), MOST_QUESTIONS))
        questions = pick(quiz.questions, count, before, self.chance.shuffle)
        return await self._begin(player, self._session(quiz, questions), attempt, replaces)

    async def ask_one(
        self,
        player: Player,
        question_id: QuestionId,
        attempt: AttemptId,
        replaces: SessionId | None = None,
    ) -> Begun | NoSuchQuestion:
        """A run of one question. It counts as any other: who looks it up to learn the answer has
        answered it.
        """
        found = self.catalogue.question(question_id)
        if found is None:
            return NoSuchQuestion()
        quiz, question = found
        outcome = await self._begin(player, self._session(quiz, [question]), attempt, replaces)
        if isinstance(outcome, ContinueOrReplace):
            return replace(outcome, question=question_id, is_same=False)
        return outcome

    def _session(self, quiz: Quiz, questions: Iterable[Question]) -> Session:
        return begin(
            SessionId(self.chance.token()),
            self._as_shown(map(quiz.levelled, questions)),
            slug=quiz.slug,
            title=quiz.title,
            level=quiz.level,
            track=quiz.track,
            at=self.now(),
        )

    async def retry(
        self,
        player: Player,
        session_id: SessionId,
        attempt: AttemptId,
        replaces: SessionId | None = None,
    ) -> Begun | NothingMissed:
        """Ask the missed questions of a finished session again, as practice."""
        result = await self.store.result(player.workspace, session_id)
        questions = self.known(result.missed) if result else ()
        if result is None or not questions:
            return NothingMissed()
        practice = Practice(result.slug, result.title, questions, result.level, session_id)
        return await self.practise(player, practice, attempt, replaces)

    def known(self, questions: Iterable[QuestionId]) -> tuple[Question, ...]:
        """Those that are still in the bank, as they are there now."""
        found = map(self.catalogue.question, questions)
        return tuple(quiz.levelled(question) for quiz, question in filter(None, found))

    async def practise(
        self,
        player: Player,
        practice: Practice,
        attempt: AttemptId,
        replaces: SessionId | None = None,
    ) -> Begun:
        session = begin(
            SessionId(self.chance.token()),
            self._as_shown(practice.questions),
            slug=practice.slug,
            title=practice.title,
            level=practice.level,
            at=self.now(),
            practice=True,
        )
        return await self._begin(player, session, attempt, replaces, practice.missed_of)

    async def answer(
        self,
        player: Player,
        session_id: SessionId,
        number: int,
        given: Given,
        attempt: AttemptId,
    ) -> Marked | Stale:
        outcome = await self.store.answer(player, session_id, number, given, attempt, self.now())
        if isinstance(outcome, Stale):
            return outcome
        return Marked(outcome, self._page(outcome))

    async def go_on(self, player: Player, session_id: SessionId) -> Asking | Finished | Stale:
        """What comes after a result: the next question, or the summary."""
        return self._here(await self.store.load(player), session_id)

    async def skip(
        self, player: Player, session_id: SessionId, number: int
    ) -> Asking | Finished | Stale:
        await self.store.skip(player, session_id, number)
        return await self.go_on(player, session_id)

    async def take_hint(
        self, player: Player, session_id: SessionId, number: int
    ) -> Asking | Stale:
        """The question with its hint. It is kept that it was taken before anybody reads it."""
        await self.store.take_hint(player, session_id, number)
        session = await self.store.load(player)
        if session is None or session.id != session_id or not session.may_answer(number):
            return Stale(session.standing if session else None)
        return Asking(session, number)

    async def resume(self, player: Player) -> Asking | NothingOpen:
        session = await self.store.load(player)
        if session is None or session.current is None:
            return NothingOpen()
        return Asking(session, session.current)

    async def stop(
        self, player: Player, attempt: AttemptId, session_id: SessionId | None = None
    ) -> Stopped | NothingOpen:
        stopped = await self.store.stop(player, attempt, session_id)
        session = await self.store.load(player)
        if stopped and session and session.state is State.STOPPED:
            return Stopped(session)
        return NothingOpen()

    async def open_blank(
        self, player: Player, session_id: SessionId, number: int, reply: str
    ) -> Asking | Stale:
        """The question whose gaps are to be filled; `reply` says where its answer will be shown.

        An answered question comes back too: the answer that stands is told on submission.
        """
        session = await self.store.load(player)
        if session is None or session.id != session_id or number >= len(session.questions):
            return Stale(session.standing if session else None)
        await self.store.hold_reply(player, session_id, number, reply)
        return Asking(session, number)

    async def share(
        self, player: Player, session_id: SessionId, attempt: AttemptId
    ) -> Shared | AlreadyShared | NothingOpen:
        result = await self.store.result(player.workspace, session_id)
        if result is None:
            return NothingOpen()
        if not await self.store.claim_share(player.workspace, session_id, attempt):
            return AlreadyShared()
        here = self._here(await self.store.load(player), session_id)
        return Shared(result, here if isinstance(here, Finished) else None)

    async def my_progress(self, player: Player) -> MyProgress:
        progress = await self.store.progress(player)
        personal = await self.store.personal(player, self.now())
        return MyProgress(
            progress,
            tuple(
                (quiz, progress.quizzes[quiz.slug].answered, progress.quizzes[quiz.slug].right)
                for quiz in self.catalogue.quizzes
                if quiz.slug in progress.quizzes
            ),
            personal.streak,
        )

    def _page(self, answered: Answered) -> Quiz | None:
        """The page that the session plays, else the one that its question comes from."""
        found = self.catalogue.question(answered.question.id)
        return self.catalogue.get(answered.slug) or (found[0] if found else None)

    async def _begin(
        self,
        player: Player,
        session: Session,
        attempt: AttemptId,
        replaces: SessionId | None,
        missed_of: SessionId | None = None,
    ) -> Begun:
        outcome = await self.store.start(player, session, attempt, replaces=replaces)
        kept = await self.store.load(player)
        if kept is None:  # begun by this press before, and forgotten since
            return NothingOpen()
        if isinstance(outcome, StillOpen) and kept.standing:
            return ContinueOrReplace(
                open_id=kept.id,
                open=kept.standing,
                slug=session.slug,
                title=session.title,
                count=len(session.questions),
                missed_of=missed_of,
                level=session.level,
                open_level=kept.level,
                is_same=(session.slug, session.practice) == (kept.slug, kept.practice),
            )
        return self._shown(kept)

    def _here(self, session: Session | None, session_id: SessionId) -> Asking | Finished | Stale:
        if session is None or session.id != session_id:
            return Stale(session.standing if session else None)
        return self._shown(session)

    def _shown(self, session: Session) -> Asking | Finished:
        if session.current is None:
            return Finished(session, self.catalogue.get(session.slug))
        return Asking(session, session.current)

    def _as_shown(self, questions: Iterable[Question]) -> tuple[Question, ...]:
        return tuple(
            replace(
                q, options=tuple(q.options[i] for i in shuffled(q.options, self.chance.shuffle))
            )
            for q in questions
        )
