"""Whatever happens meanwhile, in the end all counts as if the last key had always been there."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.bank.catalogue import Catalogue
from bot.play.regrading import Regrading, regrade_job
from bot.quiz.board import WORKSPACE, BoardQuery
from bot.quiz.job import Done
from bot.quiz.player import Player, UserId, Workspace
from bot.quiz.question import Question, Quiz, Slug
from bot.quiz.regrading import Correction, FirstAnswer, judge, key_of, remembered
from bot.quiz.scoring import points
from bot.quiz.session import Choice, Fill, Given
from bot.quiz.windows import Kind, window
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from tests.play.fates import Died
from tests.quiz.samples import NINE, choosing, filling
from tests.storage.playing import ACME
from tests.storage.test_regrades import Line, ask, ask_in_channel, board, counts

DAY: Final = timedelta(days=1)
WORKERS: Final = 3
SKY: Final = tuple(choosing("sky", right, 3) for right in ({1}, {2}, {1, 2}, {0, 1, 2}))
SNOW: Final = tuple(
    filling("snow", answers, points=3)
    for answers in (("white",), ("pale", "blue"), ("white", "blue"))
)
VERSIONS: Final = (SKY, SNOW)
"""Of two questions: every answer to one version can be judged by the others."""


def bank_of(questions: Sequence[Question]) -> Catalogue:
    return Catalogue((Quiz(Slug("colours"), "Colours", tuple(questions)),))


class Mortal(RedisStore):
    """The store of a worker that is no more after so many answers."""

    breath = 10**9

    async def mark_again(
        self,
        workspace: Workspace,
        correction: Correction,
        answers: Sequence[tuple[FirstAnswer, bool]],
        now: datetime,
    ) -> bool:
        done = await super().mark_again(workspace, correction, answers[: self.breath], now)
        self.breath -= len(answers)
        if self.breath < 0:
            raise Died
        return done


@dataclass
class Worker:
    store: Mortal
    bank: Catalogue = field(default_factory=Catalogue)

    def regrading(self) -> Regrading:
        return Regrading(self.store, self.bank, lambda: NINE, ACME)

    async def swap(self, bank: Catalogue) -> None:
        before, self.bank = self.bank, bank
        await self.regrading().note(before, bank)

    async def work(self, breath: int) -> None:
        self.store.breath = breath
        with suppress(Died):
            await self.regrading().run(regrade_job(ACME))


@pytest.fixture
async def workers(redis: Redis, valkey: str) -> AsyncIterator[list[Worker]]:  # noqa: ARG001  empties the server
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(open_redis(valkey)) for _ in range(WORKERS)]
        yield [Worker(Mortal(client, deadline=30)) for client in clients]


@dataclass(frozen=True, slots=True)
class Ask:
    """Version `version` of question `which`; `channel` is empty for a session."""

    player: Player
    which: int
    version: int
    words: tuple[int, ...]
    day: int
    hinted: str
    channel: str

    @property
    def question(self) -> Question:
        versions = VERSIONS[self.which]
        return versions[self.version % len(versions)]

    @property
    def given(self) -> Given:
        if self.question.blanks:
            return Fill((("white", "pale", "grey")[self.words[0]],))
        several = len(self.question.key) > 1
        return Choice(frozenset(self.words if several else self.words[:1]))

    @property
    def at(self) -> datetime:
        return NINE + self.day * DAY


@dataclass(frozen=True, slots=True)
class Correct:
    """So many workers notice it at once; the others may not have noticed yet, or never will."""

    which: int
    version: int
    workers: int = WORKERS

    @property
    def question(self) -> Question:
        versions = VERSIONS[self.which]
        return versions[self.version % len(versions)]


@dataclass(frozen=True, slots=True)
class Mark:
    """By so many workers at once, who are gone after `most` answers."""

    workers: int
    most: int


@dataclass(frozen=True, slots=True)
class Hide:
    player: Player
    hidden: bool


Step: TypeAlias = Ask | Correct | Mark | Hide

players = st.sampled_from([Player(ACME, UserId(f"U{n}")) for n in range(4)])
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        Ask,
        players,
        which=st.integers(0, 1),
        version=st.integers(0, 3),
        words=st.lists(st.integers(0, 2), min_size=1, max_size=3).map(tuple),
        day=st.integers(0, 40),
        hinted=st.sampled_from(["", "", "yes"]),
        channel=st.sampled_from(["", "", "C"]),
    ),
    st.builds(
        Correct,
        which=st.integers(0, 1),
        version=st.integers(0, 3),
        workers=st.integers(1, WORKERS),
    ),
    st.builds(Mark, workers=st.integers(1, WORKERS), most=st.integers(0, 4)),
    st.builds(Hide, players, hidden=st.booleans()),
)


@dataclass
class Twin:
    """First answers, and the keys by which they count in the end."""

    firsts: dict[tuple[Player, int], Ask] = field(default_factory=dict)
    last: dict[int, Question] = field(default_factory=dict)
    hidden: set[Player] = field(default_factory=set)

    def line(self, asked: Ask) -> Line:
        question = self.last[asked.which]
        right = judge(key_of(question), remembered(asked.question, asked.given))
        assert right is not None
        # By the key it is right; what it is worth was said when it was asked.
        hinted = bool(asked.hinted and not asked.channel)
        return points(asked.question, right=right, hinted=hinted), int(right), 1

    def total(self, asked: Sequence[Ask]) -> dict[Player, Line]:
        lines: dict[Player, Line] = {}
        for each in asked:
            before = lines.get(each.player, (0, 0, 0))
            points_, right, answered = self.line(each)
            lines[each.player] = before[0] + points_, before[1] + right, before[2] + answered
        return lines

    def board(self, query: BoardQuery, at: datetime) -> dict[str, Line]:
        name = window(at, query.kind, "UTC")
        counted = [
            asked
            for asked in self.firsts.values()
            if window(asked.at, query.kind, "UTC") == name
            and query.place in {WORKSPACE, asked.channel}
        ]
        total = self.total(counted)
        return {p.user: line for p, line in total.items() if p not in self.hidden}


@dataclass
class History:
    """What happens to the workers happens to the twin."""

    workers: list[Worker]
    twin: Twin = field(default_factory=Twin)
    moments: set[datetime] = field(default_factory=set)

    async def swap(self, which: int, question: Question, workers: int = WORKERS) -> None:
        self.twin.last[which] = question
        bank = bank_of([*self.twin.last.values()])
        await asyncio.gather(*(worker.swap(bank) for worker in self.workers[:workers]))

    async def take(self, number: int, step: Step) -> None:
        store = self.workers[number % WORKERS].store
        match step:
            case Ask():
                await self._ask(store, replace(step, channel=step.channel and f"C{number}"))
            case Correct(which, _, workers):
                await self.swap(which, step.question, workers)
            case Mark(workers, most):
                await asyncio.gather(*(worker.work(most) for worker in self.workers[:workers]))
            case Hide(player, hidden):
                await store.hide(player, NINE, hidden=hidden)
                (self.twin.hidden.add if hidden else self.twin.hidden.discard)(player)

    async def _ask(self, store: RedisStore, asked: Ask) -> None:
        self.twin.firsts.setdefault((asked.player, asked.which), asked)
        self.moments.add(asked.at)
        if asked.channel:
            await ask_in_channel(
                store, asked.player, asked.question, asked.given, asked.at, asked.channel
            )
        else:
            await ask(store, asked.player, asked.question, asked.given, asked.at, asked.hinted)

    async def end(self) -> None:
        """A worker that has the last bank lives long enough."""
        worker = self.workers[0]
        worker.store.breath = 10**9
        assert await worker.regrading().run(regrade_job(ACME)) == Done()
        assert await worker.store.regrades(ACME) == {}

    async def compare(self) -> None:
        twin, store = self.twin, self.workers[0].store
        places = {WORKSPACE, *(asked.channel or WORKSPACE for asked in twin.firsts.values())}
        for kind, place, at in product(Kind, sorted(places), sorted(self.moments)):
            query = BoardQuery(kind, place=place)
            assert await board(store, query, at) == twin.board(query, at), (kind, place, at)
        for player, line in twin.total(list(twin.firsts.values())).items():
            assert await counts(store, player) == line


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(happened=st.lists(steps, min_size=5, max_size=30))
async def test_in_the_end_all_counts_as_if_the_last_keys_had_been_there_from_the_beginning(
    redis: Redis, workers: list[Worker], happened: Sequence[Step]
) -> None:
    """While keys are corrected, workers notice it late or die, and answers come by older keys."""
    await redis.flushall()
    for worker in workers:
        worker.bank = Catalogue()
    history = History(workers)
    for which, versions in enumerate(VERSIONS):
        await history.swap(which, versions[0])
    for number, step in enumerate(happened):
        await history.take(number, step)
    await history.end()
    await history.compare()
