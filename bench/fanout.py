"""How late questions are when very many channels want theirs at the same moment.

The stand-in for Slack runs in this process, which has nothing else to do meanwhile; the bot and
its Valkey have processes of their own.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time, time
from typing import Final

from redis.asyncio import Redis
from rich.console import Console
from rich.table import Table

from bench.busy_slack import BusySlack, open_busy_slack, workspace_of
from bench.channels import CROWDED, Town, waiting
from bench.figures import percentile, ratio
from bench.process import Server, running
from bot.storage.connection import open_redis
from bot.storage.local import embedded_server

LIMITED: Final = f"T{CROWDED}"
REST: Final = 5.0
"""Seconds that the limited workspace has to wait before it may post at all."""

HEAD_START: Final = 1.5
"""Seconds before the moment at which the workers learn of it."""

PATIENCE: Final = 60.0
"""Seconds for one run: the goal for the largest. What is still to come then is counted."""

CROWD: Final = 200
"""More channels than may be at work at once: if they waited for Slack, nobody else could go."""


class PostsDiffer(Exception):
    """A question was posted twice, or not at all. Speed counts only without that."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything that is open."""

    slack: BusySlack
    redis: Redis
    workers: tuple[Server, ...]

    async def spent(self) -> "Spent":
        used = await self.redis.info("cpu")
        return Spent(
            sum([await worker.spent() for worker in self.workers]),
            float(used["used_cpu_user"]) + float(used["used_cpu_sys"]),
            process_time(),
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor."""

    bot: float
    redis: float
    slack: float


@dataclass(frozen=True, slots=True)
class Run:
    """`late` and `limited` are seconds behind the moment: of all channels but those of the
    limited workspace, and of its own. `took` is from the first post to the last of all others.
    """

    late: list[float]
    limited: list[float]
    took: float
    doubled: int
    waiting: int
    """Channels that had no question when the time was over, and would have got it later."""

    lost: int
    unsure: int
    """Posts that the bot does not know of, or thinks it made; counted when all is done."""

    told_to_wait: int
    spent: Spent
    """For one post."""

    @property
    def rate(self) -> float:
        return len(self.late) / self.took

    def check(self) -> None:
        if self.doubled or self.lost or self.unsure:
            raise PostsDiffer(f"{self.doubled} doubled, {self.lost} lost, {self.unsure} unsure")


async def measure(console: Console, *, quick: bool, wide: bool) -> None:
    """`wide` has as many channels, but each in a workspace of its own."""
    workspaces = 100 if quick else 1_000
    await _show_neighbours(console, Town(workspaces, 1, CROWD))
    await _show_rush(console, Town(workspaces * 10, 1, 1) if wide else Town(workspaces, 10, 10))


async def _show_neighbours(console: Console, town: Town) -> None:
    """Each row differs from the one above it in one thing."""
    free = await _run(town, workers=1, is_limited=False)
    limited = await _run(town, workers=1, is_limited=True)
    two = await _run(town, workers=2, is_limited=True)
    table = _table(
        f"{town.workspaces:,} workspaces due at one moment, one with {town.crowd} channels\n"
        f"That one is free, then limited: no post for {REST:.0f} s",
        "Lateness of the others in seconds (goal: p99 within 5)",
        (free, limited, two),
    )
    table.add_column("")
    for column in ("p50", "p99", "max", "to free", "its last", "posts/s", "to one"):
        table.add_column(column, justify="right")
    names = "1 worker, free", "1 worker, limited", "2 workers, limited"
    for name, run in zip(names, (free, limited, two), strict=True):
        beside = ratio([percentile(run.late, 99) / percentile(free.late, 99)])
        speed = f"{run.rate:,.0f}", ratio([run.rate / limited.rate])
        table.add_row(name, *_lateness(run.late), beside, _last(run), *speed)
    console.print(table)
    for run in (free, limited, two):
        run.check()


async def _show_rush(console: Console, town: Town) -> None:
    run = await _run(town, workers=2, is_limited=True)
    table = _table(
        f"{town.size:,} channels of {town.workspaces:,} workspaces due at one moment, 2 workers\n"
        f"One workspace is limited: no post for {REST:.0f} s",
        "Lateness in seconds (goal: p99 within 60)",
        (run,),
    )
    for column in ("p50", "p99", "max", "its last", "posts/s"):
        table.add_column(column, justify="right")
    table.add_row(*_lateness(run.late), _last(run), f"{run.rate:,.0f}")
    console.print(table)
    run.check()


def _table(title: str, subtitle: str, runs: Sequence[Run]) -> Table:
    """With a caption that says what became of the posts, and what the last run cost."""
    posts = sum(len(run.late) + len(run.limited) for run in runs)
    doubled, lost = sum(run.doubled for run in runs), sum(run.lost for run in runs)
    to_come = sum(run.waiting for run in runs)
    waits = ", ".join(f"{run.told_to_wait:,}" for run in runs)
    spent = runs[-1].spent
    caption = (
        f"{posts:,} channels posted to: {doubled:,} doubled, {lost:,} lost"
        f"{f', {to_come:,} still to come' if to_come else ''}\nCalls told to wait: {waits}\n"
        f"Processor for a post, in ms: bot {spent.bot * 1000:.2f}, Valkey "
        f"{spent.redis * 1000:.2f}, stand-in for Slack {spent.slack * 1000:.2f}"
    )
    return Table(
        title=f"{title}\n{subtitle}",
        caption=caption,
        title_justify="left",
        caption_justify="left",
    )


def _last(run: Run) -> str:
    return f"{max(run.limited, default=0):.2f}"


def _lateness(late: list[float]) -> tuple[str, str, str]:
    p50, p99 = percentile(late, 50), percentile(late, 99)
    return f"{p50:.2f}", f"{p99:.2f}", f"{max(late):.2f}"


async def _run(town: Town, *, workers: int, is_limited: bool) -> Run:
    async with _open_hall(town, workers) as hall:
        nine = time() + HEAD_START
        if is_limited:
            hall.slack.use_up(LIMITED, nine + REST)
        before = await hall.spent()
        for worker in hall.workers:
            await worker.tell(str(nine))
        await _until_done(hall)
        after = await hall.spent()
        posts = sum(map(len, hall.slack.posts.values()))
        return await _judge(hall, town, nine, _difference(after, before, posts))


@asynccontextmanager
async def _open_hall(town: Town, workers: int) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="quiz-bench-"))
        address = await stack.enter_async_context(embedded_server(Path(folder)))
        redis = await stack.enter_async_context(open_redis(address))
        slack = await stack.enter_async_context(open_busy_slack(town.size))
        await town.settle(redis)
        begun = [
            await stack.enter_async_context(running("bench.worker", slack.api_url, address))
            for _ in range(workers)
        ]
        yield Hall(slack, redis, tuple(begun))


async def _until_done(hall: Hall) -> None:
    """Until all is posted, or it has taken too long, and until the workers have nothing to do."""
    try:
        async with asyncio.timeout(PATIENCE):
            await hall.slack.done.wait()
            while await waiting(hall.redis):  # noqa: ASYNC110  it is another process that works
                await asyncio.sleep(0.1)
    except TimeoutError:
        """What is missing is counted."""


async def _judge(hall: Hall, town: Town, nine: float, spent: Spent) -> Run:
    to_come = await waiting(hall.redis)
    posts = {channel: moments for channel, moments in hall.slack.posts.items() if moments}
    firsts = {channel: moments[0] - nine for channel, moments in posts.items()}
    late = [late for channel, late in firsts.items() if workspace_of(channel) != LIMITED]
    made = sum(map(len, posts.values()))
    return Run(
        late=late,
        limited=[late for channel, late in firsts.items() if workspace_of(channel) == LIMITED],
        took=max(late) - min(late),
        doubled=made - len(posts),
        waiting=len(to_come - posts.keys()),
        lost=town.size - len(posts.keys() | to_come),
        unsure=0 if to_come else abs(made - await town.sent(hall.redis)),
        told_to_wait=hall.slack.refused.total(),
        spent=spent,
    )


def _difference(after: Spent, before: Spent, posts: int) -> Spent:
    return Spent(
        (after.bot - before.bot) / posts,
        (after.redis - before.redis) / posts,
        (after.slack - before.slack) / posts,
    )
