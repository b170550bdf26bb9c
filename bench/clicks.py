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
from bench.serving import Kind, bank, serving
from bench.stub import Stub, open_stub
from bot.quiz.question import Quiz
from bot.storage.connection import open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore

CONNECTIONS: Final = 64
LABELS: Final[Mapping[Kind, str]] = {
    Kind.OURS: "this bot: judge, keep, ack, reply",
    Kind.BARE: "bare Bolt: ack",
    Kind.BARE_BEFORE: "bare Bolt: ack, processed first",
    Kind.BARE_REPLY: "bare Bolt: ack, reply",
}
REPLYING: Final = frozenset({Kind.OURS, Kind.BARE_REPLY})


class AnswersDiffer(Exception):
    """What was kept is not what was pressed."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything that is open: `urls` has the address of each server."""

    stub: Stub
    redis: Redis
    urls: Mapping[Kind, str]

    async def crowd(self, name: str, people: int, quiz: Quiz) -> Crowd:
        crowd = Crowd(name, people, quiz)
        await crowd.begin(RedisStore(self.redis))
        return crowd


@dataclass(slots=True)
class Series:
    """The rounds of one server."""

    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Rounds:
    """`kept` is what Redis holds in the end of what was `pressed` in all rounds."""

    series: dict[Kind, Series] = field(default_factory=lambda: {kind: Series() for kind in Kind})
    pressed: int = 0
    kept: Kept = field(default_factory=lambda: Kept(0, 0, 0))


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
    quiz = bank(plan.questions).catalogue.quizzes[0]
    async with _open_hall() as hall:
        await _rounds(hall, quiz, Plan(10, plan.questions, 1, 0), CONNECTIONS, "warm")
        rush = await _rounds(hall, quiz, plan, CONNECTIONS, "rush")
        title = f"{CONNECTIONS} people press at the same time"
        console.print(_table(title, rush))
        calm = Plan(plan.alone, plan.questions, plan.rounds, 0)
        console.print(_table("One press at a time", await _rounds(hall, quiz, calm, 1, "calm")))
        await _repeats(console, hall, await hall.crowd("twice", plan.people, quiz))


@asynccontextmanager
async def _open_hall() -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="quiz-bench-"))
        address = await stack.enter_async_context(embedded_server(Path(folder)))
        redis = await stack.enter_async_context(open_redis(address))
        stub = await stack.enter_async_context(open_stub())
        urls = {
            kind: await stack.enter_async_context(serving(kind, slack=stub.api_url, redis=address))
            for kind in Kind
        }
        yield Hall(stub, redis, urls)


async def _rounds(hall: Hall, quiz: Quiz, plan: Plan, connections: int, name: str) -> Rounds:
    """All servers take turns, each first in turn, so that whatever else goes on hits them all."""
    found = Rounds()
    kinds = list(Kind)
    for number in range(plan.rounds):
        crowd = await hall.crowd(f"{name}{number}", plan.people, quiz)
        first = number % len(kinds)
        for kind in (*kinds[first:], *kinds[:first]):
            await _round(hall, crowd, kind, connections, found.series[kind])
        found.pressed += len(crowd.presses())
        found.kept += await crowd.kept(hall.redis)
    _check(found.kept, found.pressed)
    return found


async def _round(hall: Hall, crowd: Crowd, kind: Kind, connections: int, into: Series) -> None:
    """The clock stops when the last answer is there, and the last reply of those that reply."""
    hall.stub.forget()
    ready = list(requests(crowd.presses(), hall.urls[kind], hall.stub))
    volley = await fire(hall.urls[kind], ready, connections)
    ended = volley.ended
    if kind in REPLYING:
        ended = max(ended, await hall.stub.wait_for(len(ready)))
    into.rates.append(len(ready) / (ended - volley.began))
    into.waits.extend(volley.waits)


def _check(kept: Kept, presses: int) -> None:
    """Speed counts only when every answer counts, once, and for the press that gave it."""
    if kept != Kept(presses, presses, presses):
        raise AnswersDiffer(f"{presses} presses, but {kept}")


def _table(title: str, rounds: Rounds) -> Table:
    kept, pressed = rounds.kept, rounds.pressed
    fate = f"{pressed - kept.answers:,} lost, {kept.counted - kept.answers:,} doubled"
    table = Table(title=title, title_justify="left")
    table.caption = f"{pressed:,} presses given to this bot, {kept.answers:,} kept: {fate}"
    table.caption_justify = "left"
    table.add_column("")
    for column in ("to bare", "clicks/s", "p50 ms", "p99 ms"):
        table.add_column(column, justify="right")
    bare = rounds.series[Kind.BARE].rates
    for kind, series in rounds.series.items():
        table.add_row(
            LABELS[kind],
            ratio([rate / other for rate, other in zip(series.rates, bare, strict=True)]),
            f"{median(series.rates):,.0f}",
            milliseconds(series.waits, 50),
            milliseconds(series.waits, 99),
        )
    return table


async def _repeats(console: Console, hall: Hall, crowd: Crowd) -> None:
    """Each press is delivered twice, one right behind the other and on another connection."""
    hall.stub.forget()
    presses = crowd.presses()
    url = hall.urls[Kind.OURS]
    once = requests(presses, url, hall.stub)
    twice = list(chain.from_iterable(repeat(request, 2) for request in once))
    await fire(url, twice, CONNECTIONS)
    await hall.stub.wait_for(len(twice))
    kept = await crowd.kept(hall.redis)
    differing = sum(len(set(said)) > 1 for said in hall.stub.replies.values())
    table = Table(title="Every press delivered twice", title_justify="left")
    for column in ("presses", "deliveries", "kept", "lost", "doubled", "told otherwise"):
        table.add_column(column, justify="right")
    lost, doubled = len(presses) - kept.answers, kept.counted - kept.answers
    figures = (len(presses), len(twice), kept.answers, lost, doubled, differing)
    table.add_row(*(f"{figure:,}" for figure in figures))
    console.print(table)
    _check(kept, len(presses))
    if differing:
        raise AnswersDiffer(f"{differing} people were told two different things")
