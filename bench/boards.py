"""How long a leaderboard of a million people takes, beside one of a thousand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from redis.asyncio import Redis
from rich.console import Console
from rich.table import Table

from bench.figures import milliseconds, ratio
from bot.quiz.board import BoardQuery
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.connection import open_redis
from bot.storage.local import embedded_server
from bot.storage.redis_store import RedisStore

FEW: Final = 1_000
NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL: Final = BoardQuery(Kind.ALL)
ROUNDS: Final = 5
PAGE: Final = 20_000


def _team(people: int) -> Workspace:
    return Workspace(TeamId(f"T{people}"))


async def _fill(redis: Redis, people: int) -> None:
    """Points as people earn them, in hundreds: many share a rank."""
    workspace, name = _team(people), ALL.name(NINE, "UTC")
    for start in range(0, people, PAGE):
        some = range(start, min(start + PAGE, people))
        async with redis.pipeline(transaction=False) as pipe:
            pipe.zadd(keys.board(workspace, name), {f"U{n}": n * n % 9_973 * 100 for n in some})
            pipe.hset(keys.tally(workspace, name), mapping={f"U{n}": 5 << 20 | 3 for n in some})
            pipe.hset(keys.names(workspace), mapping={f"U{n}": f"Person {n}" for n in some})
            await pipe.execute()


async def _look(store: RedisStore, people: int, looks: int) -> list[float]:
    """From every part of the board."""
    took = []
    for look in range(looks):
        player = Player(_team(people), UserId(f"U{look * 7_919 % people}"))
        began = perf_counter()
        board = await store.board(player, ALL, NINE)
        took.append(perf_counter() - began)
        if board.people != people or board.own is None:
            raise AssertionError(f"a board of {people} shows {board.people}")
    return took


async def measure(console: Console, *, quick: bool) -> None:
    many, looks = (100_000, 100) if quick else (1_000_000, 500)
    took: dict[int, list[float]] = {FEW: [], many: []}
    ratios: list[float] = []
    with TemporaryDirectory(prefix="quiz-") as folder:
        async with (
            embedded_server(Path(folder), durable=False) as address,
            open_redis(address) as redis,
        ):
            store = RedisStore(redis, deadline=60)
            for people in took:
                await _fill(redis, people)
                await _look(store, people, looks)  # zones and scripts are known from here on
            for _ in range(1 if quick else ROUNDS):
                few, of_many = [await _look(store, people, looks) for people in took]
                ratios.append(median(of_many) / median(few))
                took[FEW] += few
                took[many] += of_many
    console.print(_table(took, ratios))


def _table(took: dict[int, list[float]], ratios: Sequence[float]) -> Table:
    table = Table(title="One look at a leaderboard, in ms", title_justify="left")
    table.add_column("people", justify="right")
    for column in ("p50", "p99", "to a thousand"):
        table.add_column(column, justify="right")
    for people, waits in took.items():
        beside = "" if people == FEW else ratio(ratios)
        table.add_row(f"{people:,}", milliseconds(waits, 50), milliseconds(waits, 99), beside)
    return table
