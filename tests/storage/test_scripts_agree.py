"""The scripts in Redis must decide as the state machine in Python does, whatever people press."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final, TypeAlias, TypeVar

from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.session import AttemptId, Given, SessionId
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import (
    NINE,
    QUIZZES,
    anything,
    right_answer,
    sensible,
    session_of,
    wrong_answer,
)
from tests.storage.oracle import Oracle

T = TypeVar("T")

ACME: Final = Workspace(TeamId("T1"))
OTHER: Final = Workspace(TeamId("T2"))
PEOPLE: Final = (
    Player(ACME, UserId("U1")),
    Player(ACME, UserId("U2")),
    Player(OTHER, UserId("U1")),
)
QUESTIONS: Final = tuple({question for quiz in QUIZZES.values() for question in quiz})
IDS: Final = (*(question.id for question in QUESTIONS), QuestionId("unknown"))


@dataclass(frozen=True, slots=True)
class Start:
    player: Player
    attempt: AttemptId
    slug: str
    replaces: SessionId | None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    player: Player
    attempt: AttemptId
    session_id: SessionId
    number: int
    given: Given


@dataclass(frozen=True, slots=True)
class Skip:
    player: Player
    session_id: SessionId
    number: int


@dataclass(frozen=True, slots=True)
class TakeHint:
    player: Player
    session_id: SessionId
    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    player: Player
    attempt: AttemptId
    session_id: SessionId | None


Press: TypeAlias = Start | Reply | Skip | TakeHint | Stop

players = st.sampled_from(PEOPLE)
slugs = st.sampled_from(sorted(QUIZZES))
numbers = st.integers(-1, 5)
back = st.integers(0, 9)
"""How many steps ago: 0 is the latest."""


class Presses(RuleBasedStateMachine):
    """Each press goes to the store and to the oracle, and both must say the same."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.connections = AsyncExitStack()
        self.numbers = count()
        self.sessions = [SessionId("unknown")]
        self.pressed: list[Press] = []
        self.delivered: Press | None = None
        self.oracle = Oracle()
        self.store = self.run(self.connect(url))

    async def connect(self, url: str) -> RedisStore:
        redis = await self.connections.enter_async_context(open_redis(url))
        await redis.flushall()
        return RedisStore(redis, deadline=30)

    def teardown(self) -> None:
        self.run(self.connections.aclose())
        self.runner.close()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def attempt(self) -> AttemptId:
        return AttemptId(f"press-{next(self.numbers)}")

    def now(self) -> datetime:
        return NINE + timedelta(minutes=next(self.numbers), milliseconds=7)

    def latest(self, player: Player) -> SessionId:
        kept = self.oracle.sessions.get(player)
        return kept.id if kept else self.sessions[0]

    def former(self, steps: int) -> SessionId:
        """A session that anybody has or had, or that never was."""
        return self.sessions[-1 - steps % len(self.sessions)]

    def press(self, press: Press) -> None:
        self.pressed.append(press)
        self.deliver(press)

    def deliver(self, press: Press) -> None:
        self.delivered = press
        match press:
            case Start():
                self.deliver_start(press)
            case Reply(player, attempt, session_id, number, given):
                at = self.now()
                said = self.run(self.store.answer(player, session_id, number, given, attempt, at))
                assert said == self.oracle.answer(player, session_id, number, given, attempt, at)
            case Skip(player, session_id, number):
                known = self.run(self.store.skip(player, session_id, number))
                assert known == self.oracle.skip(player, session_id, number)
            case TakeHint(player, session_id, number):
                known = self.run(self.store.take_hint(player, session_id, number))
                assert known == self.oracle.take_hint(player, session_id, number)
            case Stop(player, attempt, session_id):
                stopped = self.run(self.store.stop(player, attempt, session_id))
                assert stopped == self.oracle.stop(player, attempt, session_id)

    def deliver_start(self, press: Start) -> None:
        """Each delivery brings a session of its own, as the use case does."""
        session = session_of(
            *QUIZZES[press.slug],
            name=f"s{next(self.numbers)}",
            slug=press.slug,
            practice=press.practice,
            at=self.now(),
        )
        self.sessions.append(session.id)
        said = self.run(
            self.store.start(press.player, session, press.attempt, replaces=press.replaces)
        )
        assert said == self.oracle.start(press.player, session, press.attempt, press.replaces)

    @rule(player=players, slug=slugs, practice=st.booleans())
    def start(self, player: Player, slug: str, *, practice: bool) -> None:
        self.press(Start(player, self.attempt(), slug, None, practice))

    @rule(player=players, slug=slugs)
    def replace(self, player: Player, slug: str) -> None:
        self.press(Start(player, self.attempt(), slug, self.latest(player)))

    @rule(player=players, slug=slugs, steps=back)
    def replace_a_former_one(self, player: Player, slug: str, steps: int) -> None:
        self.press(Start(player, self.attempt(), slug, self.former(steps)))

    @rule(player=players, number=numbers, given=anything() | sensible(QUESTIONS))
    def answer_anything(self, player: Player, number: int, given: Given) -> None:
        self.press(Reply(player, self.attempt(), self.latest(player), number, given))

    @rule(player=players, well=st.booleans())
    def answer_what_is_left(self, player: Player, *, well: bool) -> None:
        """The next question without an answer, also of a session that was stopped."""
        kept = self.oracle.sessions.get(player)
        left = [n for n in kept.queue if n not in kept.answers] if kept else []
        if kept and left:
            given = (right_answer if well else wrong_answer)(kept.questions[left[0]])
            self.press(Reply(player, self.attempt(), kept.id, left[0], given))

    @rule(player=players, well=st.lists(st.booleans(), min_size=4, max_size=4))
    def answer_all_that_is_left(self, player: Player, well: list[bool]) -> None:
        for is_well in well:
            self.answer_what_is_left(player, well=is_well)

    @rule(player=players, steps=back, number=numbers, given=sensible(QUESTIONS))
    def answer_elsewhere(self, player: Player, steps: int, number: int, given: Given) -> None:
        self.press(Reply(player, self.attempt(), self.former(steps), number, given))

    @rule(player=players, number=numbers)
    def skip(self, player: Player, number: int) -> None:
        self.press(Skip(player, self.latest(player), number))

    @rule(player=players)
    def skip_what_is_asked(self, player: Player) -> None:
        kept = self.oracle.sessions.get(player)
        if kept and kept.current is not None:
            self.press(Skip(player, kept.id, kept.current))

    @rule(player=players, times=st.integers(2, 6))
    def skip_around(self, player: Player, times: int) -> None:
        for _ in range(times):
            self.skip_what_is_asked(player)

    @rule(player=players, steps=back, number=numbers)
    def skip_elsewhere(self, player: Player, steps: int, number: int) -> None:
        self.press(Skip(player, self.former(steps), number))

    @rule(player=players, number=numbers)
    def take_hint(self, player: Player, number: int) -> None:
        self.press(TakeHint(player, self.latest(player), number))

    @rule(player=players, well=st.booleans())
    def answer_with_a_hint(self, player: Player, *, well: bool) -> None:
        kept = self.oracle.sessions.get(player)
        if kept and kept.current is not None:
            self.press(TakeHint(player, kept.id, kept.current))
            self.answer_what_is_left(player, well=well)

    @rule(player=players, slug=slugs, practice=st.booleans(), well=st.booleans())
    def begin_anew_after_a_hint(
        self, player: Player, slug: str, *, practice: bool, well: bool
    ) -> None:
        """As somebody would who wants it for nothing."""
        kept = self.oracle.sessions.get(player)
        if kept and kept.current is not None:
            self.press(TakeHint(player, kept.id, kept.current))
            self.press(Stop(player, self.attempt(), kept.id))
            self.press(Start(player, self.attempt(), slug, None, practice))
            self.answer_what_is_left(player, well=well)

    @rule(player=players, steps=back, number=numbers)
    def take_a_hint_elsewhere(self, player: Player, steps: int, number: int) -> None:
        self.press(TakeHint(player, self.former(steps), number))

    @rule(player=players, steps=st.none() | back)
    def stop(self, player: Player, steps: int | None) -> None:
        session_id = None if steps is None else self.former(steps)
        self.press(Stop(player, self.attempt(), session_id))

    @precondition(lambda self: bool(self.pressed))
    @rule(steps=st.integers(0, 20))
    def deliver_again(self, steps: int) -> None:
        self.deliver(self.pressed[-1 - steps % len(self.pressed)])

    @invariant()
    def both_remember_the_same(self) -> None:
        self.run(self.compare())

    async def compare(self) -> None:
        """All about the person who pressed last, and that nobody else's session has moved."""
        for person in PEOPLE:
            assert await self.store.load(person) == self.oracle.sessions.get(person)
        if self.delivered is None:
            return
        player = self.delivered.player
        assert await self.store.progress(player) == self.oracle.progress(player)
        before = await self.store.answered_before(player, IDS)
        assert before == self.oracle.answered_before(player, IDS)
        result = (player.workspace, self.latest(player))
        assert await self.store.result(*result) == self.oracle.results.get(result)


def test_redis_decides_as_python_does(valkey: str) -> None:
    class Here(Presses):
        def __init__(self) -> None:
            super().__init__(valkey)

    run_state_machine_as_test(
        Here, settings=settings(max_examples=60, stateful_step_count=40, deadline=None)
    )
