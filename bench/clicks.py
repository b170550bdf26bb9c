"""Clicks a second, and how long each waits: the whole bot beside a bare Bolt listener."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from redis.asyncio import Redis
from rich.console import Console
from rich.table import Table

from bench.figures import milliseconds, ratio
from bench.load import fire
from bench.presses import Crowd, Kept, requests
from bench.process import Server
from bench.serving import Kind, serving, small_bank
from bench.stub import Stub, open_stub
from bot.quiz.question import Quiz
from bot.storage.connection import open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore

CONNECTIONS: Final = 64
LABELS: Final[Mapping[Kind, str]] = {
    Kind.OURS: "this bot, replies",
    Kind.BARE: "bare Bolt",
    Kind.BARE_BEFORE: "bare, process first",
    Kind.BARE_REPLY: "bare Bolt, replies",
}
REPLYING: Final = frozenset({Kind.OURS, Kind.BARE_REPLY})


class AnswersDiffer(Exception):
    """What people were shown is not what was kept. Speed counts only without that."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything that is open."""

    stub: Stub
    redis: Redis
    servers: Mapping[Kind, Server]

    async def crowd(self, name: str, people: int, quiz: Quiz) -> Crowd:
        crowd = Crowd(name, people, quiz)
        await crowd.begin(RedisStore(self.redis))
        return crowd


@dataclass(slots=True)
class Series:
    """The rounds of one server. `spent` has seconds of its processor for a click."""

    rates: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Fate:
    """What became of the presses that our bot was given."""

    pressed: int = 0
    lost: int = 0
    doubled: int = 0
    put_off: int = 0
    """Told that something is wrong, or two different things."""

    def add(self, pressed: int, shown: frozenset[str], kept: Kept) -> None:
        self.pressed += pressed
        self.lost += len(shown - kept.names)
        self.doubled += kept.counted - len(kept.names)
        self.put_off += pressed - len(shown)

    def check(self) -> None:
        if self.lost or self.doubled:
            raise AnswersDiffer(str(self))


@dataclass(slots=True)
class Rounds:
    series: dict[Kind, Series] = field(default_factory=lambda: {kind: Series() for kind in Kind})
    fate: Fate = field(default_factory=Fate)


@dataclass(frozen=True, slots=True)
class Plan:
    people: int
    questions: int
    rounds: int
    alone: int
    """As many people whose presses come one after the other."""


FULL: Final = Plan(people=100, questions=20, rounds=3, alone=5)
QUICK: Final = Plan(people=100, questions=4, rounds=1, alone=10)


async def measure(console: Console, *, quick: bool) -> None:
    plan = QUICK if quick else FULL
    quiz = small_bank(plan.questions).catalogue.quizzes[0]
    async with _open_hall() as hall:
        short = small_bank(QUICK.questions).catalogue.quizzes[0]
        await _rounds(hall, short, Plan(CONNECTIONS, len(short), 1, 0), CONNECTIONS, "warm")
        rush = await _rounds(hall, quiz, plan, CONNECTIONS, "rush")
        _show(console, f"{CONNECTIONS} people answer at the same time (times in ms)", rush)
        calm = Plan(plan.alone, plan.questions, plan.rounds, 0)
        _show(
            console,
            "One answer at a time (times in ms)",
            await _rounds(hall, quiz, calm, 1, "calm"),
        )
        await _show_repeats(console, hall, await hall.crowd("twice", plan.people, quiz))


@asynccontextmanager
async def _open_hall() -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="quiz-bench-"))
        address = await stack.enter_async_context(embedded_server(Path(folder)))
        redis = await stack.enter_async_context(open_redis(address))
        stub = await stack.enter_async_context(open_stub())
        servers = {
            kind: await stack.enter_async_context(serving(kind, slack=stub.api_url, redis=address))
            for kind in Kind
        }
        yield Hall(stub, redis, servers)


async def _rounds(hall: Hall, quiz: Quiz, plan: Plan, connections: int, name: str) -> Rounds:
    """All servers take turns, each first in turn, so that whatever else goes on hits them all."""
    found = Rounds()
    kinds = list(Kind)
    for number in range(plan.rounds):
        crowd = await hall.crowd(f"{name}{number}", plan.people, quiz)
        first = number % len(kinds)
        for kind in (*kinds[first:], *kinds[:first]):
            shown = await _round(hall, crowd, kind, connections, found.series[kind])
            if kind is Kind.OURS:
                found.fate.add(len(crowd.presses()), shown, await crowd.kept(hall.redis))
    return found


async def _round(
    hall: Hall, crowd: Crowd, kind: Kind, connections: int, into: Series
) -> frozenset[str]:
    """The clock stops when the last ack is there, and the last reply of those that reply.

    Gives the presses that were shown what became of them.
    """
    hall.stub.forget()
    server = hall.servers[kind]
    ready = list(requests(crowd.presses(), server.url, hall.stub))
    before = await server.spent()
    volley = await fire(server.url, ready, connections)
    ended = volley.ended
    if kind in REPLYING:
        ended = max(ended, await hall.stub.wait_for(len(ready)))
    into.rates.append(len(ready) / (ended - volley.began))
    into.spent.append((await server.spent() - before) / len(ready))
    into.waits.extend(volley.waits)
    return hall.stub.shown()


def _show(console: Console, title: str, rounds: Rounds) -> None:
    fate = rounds.fate
    table = Table(title=title, title_justify="left", caption_justify="left")
    table.caption = (
        f"{fate.pressed:,} answers to this bot: {fate.lost:,} lost, {fate.doubled:,} doubled, "
        f"{fate.put_off:,} put off"
    )
    table.add_column("")
    for column in ("to bare", "clicks/s", "p50", "p99", "cpu"):
        table.add_column(column, justify="right")
    bare = rounds.series[Kind.BARE].rates
    for kind, series in rounds.series.items():
        table.add_row(
            LABELS[kind],
            ratio([rate / other for rate, other in zip(series.rates, bare, strict=True)]),
            f"{median(series.rates):,.0f}",
            milliseconds(series.waits, 50),
            milliseconds(series.waits, 99),
            f"{median(series.spent) * 1000:.2f}",
        )
    console.print(table)
    fate.check()


async def _show_repeats(console: Console, hall: Hall, crowd: Crowd) -> None:
    """Each press is delivered twice, one right behind the other and on another connection."""
    hall.stub.forget()
    presses = crowd.presses()
    url = hall.servers[Kind.OURS].url
    once = requests(presses, url, hall.stub)
    twice = list(chain.from_iterable(repeat(request, 2) for request in once))
    await fire(url, twice, CONNECTIONS)
    await hall.stub.wait_for(len(twice))
    fate = Fate()
    fate.add(len(presses), hall.stub.shown(), await crowd.kept(hall.redis))
    table = Table(title="Every answer delivered twice to this bot", title_justify="left")
    for column in ("answers", "deliveries", "lost", "doubled", "put off"):
        table.add_column(column, justify="right")
    figures = (fate.pressed, len(twice), fate.lost, fate.doubled, fate.put_off)
    table.add_row(*(f"{figure:,}" for figure in figures))
    console.print(table)
    fate.check()
