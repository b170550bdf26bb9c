"""However workers die and Slack fails: no message comes twice, no answer is lost or counted twice.

Each example is a whole round on a real server, with one to four workers that are killed at any
moment, calls that fail in every way, presses that come twice or late, and a host who pauses, skips
and stops. LIVE_EXAMPLES is how many are played; a few hundred are for a long evening.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.play.live import Live, Place, Recorded, pausing, resuming, skipping, starting, stopping
from bot.play.live_running import Running
from bot.quiz.board import BoardQuery
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.live import Phase, Round, RoundId
from bot.quiz.live_moves import LiveAnswer
from bot.quiz.player import Player, UserId
from bot.quiz.session import AttemptId
from bot.storage.connection import open_redis
from bot.storage.redis_store import RedisStore
from tests.play.game import ACME, Hand
from tests.play.live_game import CATALOGUE, HOST, ROOM, SECOND, is_admin, wanted
from tests.play.live_rooms import Rooms
from tests.quiz.samples import right_answer, wrong_answer

EXAMPLES: Final = int(os.environ.get("LIVE_EXAMPLES", "6"))
PEOPLE: Final = tuple(UserId(f"U{n}") for n in range(1, 5))
LONGEST: Final = timedelta(hours=2)


@dataclass
class Chaos:
    """The world around a round. `killed` tells that a worker died while it drew a message: what
    that shows for good is then nobody's promise.
    """

    random: Random
    stores: list[RedisStore]
    hand: Hand = field(default_factory=Hand)
    recorded: dict[tuple[UserId, int], LiveAnswer] = field(default_factory=dict)
    again: list[tuple[UserId, int, LiveAnswer]] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    killed: bool = False

    def __post_init__(self) -> None:
        self.hand.random = self.random
        self.rooms = Rooms(self.hand.now, random=self.random, trouble=0.15)

    @property
    def store(self) -> RedisStore:
        return self.random.choice(self.stores)

    @property
    def live(self) -> Live:
        return Live(self.store, CATALOGUE, self.hand.now, self.hand, is_admin)

    async def play(self) -> Round:
        """Open a round twice with one press, then let things happen until it is over."""
        how = {"count": 4, "at_once": self.random.random() < 0.5, "fast": True}
        opening = wanted("numbers", **how)
        for _ in range(2):
            await self.live.open(
                Player(ACME, HOST), Place(ROOM, ACME.team), opening, AttemptId("open")
            )
        round_id = await self.store.live_in(ACME, ROOM)
        assert round_id
        end = self.hand.moment + LONGEST
        while self.hand.moment < end:
            await self._happen(round_id)
            round_ = await self._look(round_id)
            if round_.phase is Phase.OVER and not self.tasks:
                return await self._look(round_id)
        raise AssertionError(f"still {round_.phase} after two hours")

    async def _look(self, round_id: RoundId) -> Round:
        round_ = await self.stores[0].live(ACME, round_id)
        assert round_ is not None
        return round_

    async def _happen(self, round_id: RoundId) -> None:
        await self._work()
        for _ in range(self.random.randrange(3)):
            self._begin(self._press(round_id))
        if self.tasks and self.random.random() < 0.5:
            await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)
        if self.random.random() < 0.4:
            self.hand.moment += self.random.choice((1, 1, 2, 5, 30)) * SECOND
        await asyncio.sleep(0)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # Workers

    async def _work(self) -> None:
        store = self.store
        for job, until in await store.claim_jobs(self.hand.now(), 10):
            self._begin(self._mortal(store, job, until))

    async def _mortal(self, store: RedisStore, job: Job, until: datetime) -> None:
        """Run a job to its end, or to that of the worker."""
        running = Running(store, self.rooms, CATALOGUE, self.hand.now, self.hand)
        task = asyncio.create_task(running.run(job))
        if self.random.random() < 0.1:
            for _ in range(self.random.randrange(40)):
                await asyncio.sleep(0)
            self.killed |= self.rooms.drawing > 0
            task.cancel()
        try:
            after = await task
        except asyncio.CancelledError:
            return
        if self.random.random() < 0.95:
            await store.finish_job(job, until, self._next(after))

    def _next(self, after: Next) -> datetime | None:
        match after:
            case Done():
                return None
            case Again(at):
                return at
            case Parked(span):
                return self.hand.now() + span

    # People

    async def _press(self, round_id: RoundId) -> None:
        """What people do, each press once or twice."""
        round_ = await self._look(round_id)
        player = Player(ACME, self.random.choice(PEOPLE))
        kind = self.random.random()
        times = self.random.choice((1, 1, 2))
        if kind < 0.15:
            await asyncio.gather(*(self.live.join(player, round_id) for _ in range(times)))
        elif kind < 0.85:
            await self._answer(round_, player, times)
        else:
            await self._steer(round_)

    async def _answer(self, round_: Round, player: Player, times: int) -> None:
        number = max(0, round_.number - self.random.choice((0, 0, 0, 1)))
        question = round_.questions[number]
        chosen = (right_answer if self.random.random() < 0.6 else wrong_answer)(question)
        attempt = AttemptId(self.hand.token())
        seen = [m.ts for m in self.rooms.messages if m.notice == f"q{number}"]
        posted = seen[0] if seen and self.random.random() < 0.8 else ""
        outcomes = await asyncio.gather(
            *(
                self.live.answer(player, round_.id, number, chosen, attempt, posted)
                for _ in range(times)
            )
        )
        told = [outcome for outcome in outcomes if isinstance(outcome, Recorded)]
        for outcome in told:
            self.again.append((player.user, number, outcome.answer))
            if not outcome.again:
                known = self.recorded.setdefault((player.user, number), outcome.answer)
                assert known == outcome.answer, "two first answers"

    async def _steer(self, round_: Round) -> None:
        skip = skipping(round_.number, round_.phase)
        moves = [starting] * 3 + [pausing, resuming, resuming, skip, skip]
        moves += [stopping] * (self.random.random() < 0.1)
        move = self.random.choice(moves)
        await self.live.steer(Player(ACME, HOST), ACME.team, round_.id, move)

    async def finish(self) -> None:
        while self.tasks:
            await asyncio.wait(self.tasks)


def counts_agree(chaos: Chaos, round_: Round) -> None:
    """No answer is lost, and none is counted twice."""
    for user, number, answer in chaos.again:
        assert chaos.recorded.get((user, number), answer) == answer
    for user in PEOPLE:
        mine = {n: a for (who, n), a in chaos.recorded.items() if who == user}
        seat = round_.seats.get(user)
        if seat is None:
            assert not mine
            continue
        assert seat.answered == len(mine)
        assert seat.right == sum(answer.right for answer in mine.values())
        assert seat.points == sum(answer.points for answer in mine.values())
        assert seat.swift == sum(answer.left for answer in mine.values())
    for number, tally in enumerate(round_.tallies):
        given_to = [a for (_, n), a in chaos.recorded.items() if n == number]
        assert (tally.answered, tally.right) == (len(given_to), sum(a.right for a in given_to))


async def boards_agree(chaos: Chaos) -> None:
    store = chaos.stores[0]
    board = await store.board(Player(ACME, HOST), BoardQuery(), chaos.hand.now())
    earned = {row.placed.row.user: row.placed.row.points for row in board.rows}
    right = Counter(user for (user, _), answer in chaos.recorded.items() if answer.right)
    answered = {user for user, _ in chaos.recorded}
    assert earned == {user: 100 * right[user] for user in answered}


def messages_are_right(chaos: Chaos, round_: Round) -> None:
    """Each came once, and those of questions that are known end as a result."""
    names = Counter(seen.notice for seen in chaos.rooms.messages)
    assert not [name for name, count in names.items() if count > 1]
    if chaos.killed:
        return
    for seen in chaos.rooms.messages:
        sent = round_.sent[seen.notice]
        if seen.notice.startswith("q") and sent.drawn:
            assert seen.shows == "result"


def edits_keep_the_limits(chaos: Chaos) -> None:
    edits = sorted(at for at, _ in chaos.rooms.countdowns)
    for first, last in zip(edits, edits[40:], strict=False):
        assert last - first >= timedelta(minutes=1)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), workers=st.integers(1, 4))
async def test_whatever_happens_a_round_comes_to_its_end_and_every_answer_counts_once(
    redis: Redis, valkey: str, seed: int, workers: int
) -> None:
    await redis.flushall()
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(open_redis(valkey)) for _ in range(workers)]
        stores = [RedisStore(client, deadline=30) for client in clients]
        chaos = Chaos(Random(seed), stores)  # noqa: S311  a game
        try:
            await chaos.play()
        finally:
            await chaos.finish()
        round_id = chaos.rooms.messages[0].view.round.id if chaos.rooms.messages else None
        if round_id is None:  # nothing got through to Slack
            return
        round_ = await stores[0].live(ACME, round_id)
        assert round_ is not None
        counts_agree(chaos, round_)
        await boards_agree(chaos)
        messages_are_right(chaos, round_)
        edits_keep_the_limits(chaos)
