"""The scripts of live rounds must decide as `quiz/live_moves.py` does, in whatever order."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz import live_moves as moves
from bot.quiz.live import (
    LOBBY,
    Fate,
    Notice,
    Opened,
    Phase,
    Round,
    RoundId,
    Sending,
    Sent,
    UnderWay,
    asked,
)
from bot.quiz.live_moves import HeldAnswer, Kept, LiveAnswer, TooLate
from bot.quiz.occurrence import Attempt, Settlement
from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.question import Slug
from bot.quiz.session import AttemptId
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, NINE, SEA, SKY, right_answer, wrong_answer
from tests.storage.playing import ACME, ANA, EVERYWHERE

QUESTIONS: Final = (SKY, FLAG, SEA)
USERS: Final = tuple(map(UserId, ("U1", "U2", "U3")))
SECOND: Final = timedelta(seconds=1)


def round_of(name: str = "r1", channel: str = "C1", *, at_once: bool = True) -> Round:
    return moves.open_round(
        Round(
            id=RoundId(name),
            channel=ChannelId(channel),
            host=UserId("U9"),
            slug=Slug("colours"),
            title="Colours",
            questions=QUESTIONS,
            limit=20 * SECOND,
            began=NINE,
            fast=True,
            level="easy",
            track="basics",
        ),
        at_once=at_once,
    )


def attempt_of(name: str, at: datetime = NINE) -> Attempt:
    return Attempt(name, at, at + 30 * SECOND)


async def kept(store: RedisStore, round_: Round) -> Round:
    found = await store.live(ACME, round_.id)
    assert found is not None
    return found


async def opened(store: RedisStore, round_: Round) -> Round:
    assert await store.open_live(ACME, round_, AttemptId(f"open-{round_.id}")) == Opened(round_.id)
    return round_


# What people and workers do, and what the plain rules say about it


@dataclass
class Model:
    """The round as the rules have it, the answers to it, and who claimed which message."""

    round: Round
    now: datetime = NINE
    answers: dict[tuple[int, UserId], LiveAnswer] = field(default_factory=dict)
    claims: dict[Notice, str] = field(default_factory=dict)

    def send(self, notice: Notice, sent: Sent | None) -> None:
        others = {name: value for name, value in self.round.sent.items() if name != notice}
        now = {**others, notice: sent} if sent else others
        self.round = replace(self.round, sent=MappingProxyType(now))

    def prove(self, notice: Notice, ts: str) -> bool:
        sent = self.round.sent.get(notice)
        if not ts or sent is None or sent.ts:
            return False
        at = self.now if sent.sending is Sending.CLAIMED else sent.at
        self.send(notice, replace(sent, sending=Sending.SENT, ts=ts, at=at))
        return True

    def settle(self, notice: Notice, attempt: str, settlement: Settlement, ts: str) -> None:
        sent = self.round.sent.get(notice)
        if sent is None or self.claims[notice] != attempt:
            return
        is_claimed = sent.sending is Sending.CLAIMED
        if settlement is Settlement.SENT:
            self.prove(notice, ts)
        elif settlement is Settlement.REFUSED and not sent.ts:
            self.send(notice, replace(sent, sending=Sending.REFUSED))
        elif settlement is Settlement.UNKNOWN and is_claimed:
            self.send(notice, replace(sent, sending=Sending.UNKNOWN, at=self.now))
        elif settlement is Settlement.RELEASED and is_claimed:
            self.send(notice, None)
            del self.claims[notice]


CHANGES: Final[dict[str, Callable[[Round, datetime], Round]]] = {
    "open": lambda r, now: moves.opened(r, now) if r.phase is Phase.POSTING else r,
    "close": lambda r, now: moves.closed(r, now) if r.phase is Phase.ASKING else r,
    "rest": lambda r, now: moves.rest(r, now) if r.phase is Phase.CLOSING else r,
    "go on": lambda r, _: moves.go_on(r) if r.phase is Phase.RESTING else r,
    "pause": moves.pause,
    "resume": moves.resume,
    "skip": lambda r, now: moves.skip(r, r.number, r.phase, now),
    "stop": lambda r, _: moves.stop(r),
    "start": lambda r, _: moves.start(r),
}
Doing = tuple[str, int, int, int]
names = st.sampled_from(
    ("join", "answer", "answer", "answer", "claim", "settle", *CHANGES, "stale change")
)
doings = st.tuples(names, st.integers(0, 2), st.integers(0, 3), st.integers(0, 25))
LIKELY: Final = ("claim", "settle", "answer", "answer", "open", "answer", "close", "rest", "go on")


@st.composite
def scripts(draw: st.DrawFn) -> list[Doing]:
    """Mostly the way that rounds go, with anything in between."""
    found: list[Doing] = []
    for step in LIKELY * 2:
        found += draw(st.lists(doings, max_size=2))
        found.append((step, *draw(doings)[1:]))
    return found


async def do(store: RedisStore, model: Model, doing: Doing) -> None:
    name, who, what, later = doing
    model.now += timedelta(milliseconds=337 * later)
    player = Player(ACME, USERS[who])
    if name == "join":
        before = model.round
        model.round = moves.join(before, player.user)
        late = before.phase in {Phase.ENDING, Phase.OVER}
        expected = None if late else len(model.round.seats)
        assert await store.join_live(player, before.id) == expected
    elif name == "answer":
        await answer(store, model, player, what)
    elif name == "claim":
        await claim(store, model, f"w{what}")
    elif name == "settle":
        settlement = tuple(Settlement)[what]
        notice, attempt = asked(model.round.number), f"w{who}"
        ts = f"ts{later}" if settlement is Settlement.SENT else ""
        model.settle(notice, attempt, settlement, ts)
        fate = Fate(settlement, model.now, ts)
        await store.settle_notice(ACME, model.round, notice, attempt, fate)
    elif name == "stale change":
        stale = replace(model.round, turn=model.round.turn + 1)
        assert not await store.change_live(ACME, stale, moves.over(stale, None))
    else:
        after = CHANGES[name](model.round, model.now)
        assert after == model.round or await store.change_live(ACME, model.round, after)
        model.round = after


async def answer(store: RedisStore, model: Model, player: Player, what: int) -> None:
    number = model.round.number if what else (model.round.number + 1) % len(QUESTIONS)
    question = model.round.questions[number]
    given_answer = wrong_answer(question) if what == 1 else right_answer(question)
    marked = moves.mark(
        model.round, number, given_answer, AttemptId(f"press-{what}-{number}"), model.now
    )
    ts = "seen" if what == 3 else ""
    proved = model.prove(asked(number), ts)
    stands = model.answers.get((number, player.user))
    model.round, expected = moves.answer(
        model.round, player.user, number, marked, model.now, stands=stands
    )
    said = await store.answer_live(player, model.round, number, marked, model.now, ts)
    assert said == replace(expected, proved=proved)
    if isinstance(expected, Kept):
        model.answers[number, player.user] = expected.answer


async def claim(store: RedisStore, model: Model, name: str) -> None:
    notice = asked(model.round.number)
    attempt = attempt_of(name, model.now)
    sent = model.round.sent.get(notice)
    mine = sent is None or (sent.sending is Sending.CLAIMED and model.claims.get(notice) == name)
    assert await store.claim_notice(ACME, model.round, notice, attempt) == mine
    if sent is None:
        model.claims[notice] = name
        model.send(notice, Sent(Sending.CLAIMED, attempt.at, attempt.until))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(doings=scripts(), at_once=st.booleans())
async def test_the_scripts_agree_with_the_rules(
    redis: Redis, store: RedisStore, doings: list[Doing], *, at_once: bool
) -> None:
    await redis.flushall()
    model = Model(await opened(store, round_of(at_once=at_once)))
    for doing in doings:
        await do(store, model, doing)
        assert await kept(store, model.round) == model.round
    for number in range(len(QUESTIONS)):
        held = await store.live_answers(ACME, model.round, number)
        stands = {user: mine for (n, user), mine in model.answers.items() if n == number}
        assert {each.user: each.answer for each in held} == stands


# Promises


@EVERYWHERE
async def test_a_round_comes_back_as_it_was_opened(store: RedisStore) -> None:
    round_ = await opened(store, round_of(at_once=False))
    assert await kept(store, round_) == round_
    assert await store.live_in(ACME, round_.channel) == round_.id


@EVERYWHERE
async def test_only_one_of_many_rounds_opens_in_a_channel(store: RedisStore) -> None:
    rounds = [round_of(f"r{n}") for n in range(10)]
    found = await asyncio.gather(
        *(store.open_live(ACME, each, AttemptId(each.id)) for each in rounds)
    )
    (first,) = {outcome.id for outcome in found}
    assert sum(isinstance(outcome, Opened) for outcome in found) == 1
    assert sum(isinstance(outcome, UnderWay) for outcome in found) == 9
    over = moves.over(round_of(first), None)
    assert await store.change_live(ACME, round_of(first), over)
    assert await store.live_in(ACME, ChannelId("C1")) is None
    assert isinstance(await store.open_live(ACME, round_of("new"), AttemptId("new")), Opened)


async def test_a_round_that_was_forgotten_stands_in_nobodys_way(
    store: RedisStore, redis: Redis
) -> None:
    await opened(store, round_of())
    await redis.delete(*await redis.keys("*:live:r1*"))
    assert await store.live(ACME, RoundId("r1")) is None
    assert isinstance(await store.open_live(ACME, round_of("r2"), AttemptId("b")), Opened)


async def test_of_many_workers_one_makes_a_change(stores: list[RedisStore]) -> None:
    round_ = await opened(stores[0], round_of())
    changed = [store.change_live(ACME, round_, moves.opened(round_, NINE)) for store in stores]
    assert sum(await asyncio.gather(*changed)) == 1


@EVERYWHERE
async def test_of_many_workers_one_may_post_and_keeps_that(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    claims = [store.claim_notice(ACME, round_, asked(0), attempt_of(f"w{n}")) for n in range(10)]
    found = await asyncio.gather(*claims)
    assert sum(found) == 1
    winner = attempt_of(f"w{found.index(True)}")
    assert await store.claim_notice(ACME, round_, asked(0), winner)


async def test_a_message_of_another_turn_cannot_be_claimed(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    await store.change_live(ACME, round_, moves.opened(round_, NINE))
    assert not await store.claim_notice(ACME, round_, LOBBY, attempt_of("w"))


async def test_a_claim_is_given_up_only_when_it_is_too_old(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    await store.claim_notice(ACME, round_, asked(0), attempt_of("w"))
    for seconds, sending in ((29, Sending.CLAIMED), (30, Sending.UNKNOWN)):
        fate = Fate(Settlement.UNKNOWN, NINE + seconds * SECOND)
        await store.settle_notice(ACME, round_, asked(0), "", fate)
        assert (await kept(store, round_)).sent[asked(0)].sending is sending


async def test_a_worker_that_was_given_up_may_still_tell_of_its_post(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    await store.claim_notice(ACME, round_, asked(0), attempt_of("w"))
    late = NINE + 40 * SECOND
    await store.settle_notice(ACME, round_, asked(0), "", Fate(Settlement.UNKNOWN, late))
    await store.settle_notice(
        ACME, round_, asked(0), "w", Fate(Settlement.SENT, late + SECOND, "1.2")
    )
    sent = (await kept(store, round_)).sent[asked(0)]
    assert (sent.sending, sent.ts, sent.at) == (Sending.SENT, "1.2", late)


@EVERYWHERE
async def test_of_many_simultaneous_answers_of_a_person_one_stands(store: RedisStore) -> None:
    round_ = await opened(store, round_of())

    def presses() -> Iterator[LiveAnswer]:
        for n in range(20):
            given_answer = (right_answer if n % 2 else wrong_answer)(SKY)
            yield moves.mark(round_, 0, given_answer, AttemptId(f"press-{n}"), NINE)

    said = await asyncio.gather(
        *(store.answer_live(ANA, round_, 0, each, NINE) for each in presses())
    )
    assert sum(isinstance(one, Kept) and not one.again for one in said) == 1
    assert len({one.answer for one in said if isinstance(one, Kept)}) == 1
    after = await kept(store, round_)
    assert (after.tally.answered, after.seats[ANA.user].answered) == (1, 1)


async def test_after_the_close_no_answer_counts(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    asking = moves.opened(round_, NINE)
    await store.change_live(ACME, round_, asking)
    marked = moves.mark(asking, 0, right_answer(SKY), AttemptId("late"), NINE + 20 * SECOND)
    late = await store.answer_live(ANA, asking, 0, marked, NINE + 20 * SECOND)
    assert late == TooLate()
    await store.change_live(ACME, asking, moves.closed(asking, NINE))
    assert await store.answer_live(ANA, asking, 0, marked, NINE) == TooLate()


@EVERYWHERE
async def test_an_answer_earns_once_however_often_it_is_paid(store: RedisStore) -> None:
    round_ = await opened(store, round_of())
    marked = moves.mark(round_, 1, right_answer(FLAG), AttemptId("a"), NINE)
    moved = replace(round_, number=1, turn=1)
    await store.change_live(ACME, round_, moved)
    await store.answer_live(ANA, moved, 1, marked, NINE)
    assert (await store.progress(ANA)).points == 0
    held = await store.live_answers(ACME, moved, 1)
    assert held == (HeldAnswer(ANA.user, marked, NINE, earned=False),)
    for _ in range(2):
        await store.award_live(ACME, moved, 1, held)
    progress = await store.progress(ANA)
    assert (progress.answered, progress.right, progress.points) == (1, 1, 200)
    assert (await store.live_answers(ACME, moved, 1))[0].earned


async def test_whoever_is_forgotten_is_in_no_key_of_a_round(
    store: RedisStore, redis: Redis
) -> None:
    host = Player(ACME, UserId("U9"))
    round_ = await opened(store, round_of())
    for player in (ANA, host):
        marked = moves.mark(round_, 0, right_answer(SKY), AttemptId(player.user), NINE)
        await store.answer_live(player, round_, 0, marked, NINE)
    await store.forget(host)
    assert (await kept(store, round_)).host == ""
    assert (await kept(store, round_)).seats.keys() == {ANA.user}
    for key in await redis.keys("*:live*"):
        is_hash = await redis.type(key) == b"hash"
        found = await redis.hgetall(key) if is_hash else await redis.smembers(key)
        assert "U9" not in str(found)


async def test_a_round_is_forgotten_after_a_day(store: RedisStore, redis: Redis) -> None:
    round_ = await opened(store, round_of())
    marked = moves.mark(round_, 0, right_answer(SKY), AttemptId("a"), NINE)
    await store.answer_live(ANA, round_, 0, marked, NINE)
    lifetimes = [await redis.ttl(key) for key in await redis.keys("*:live:*")]
    assert len(lifetimes) == 4
    assert all(0 < seconds <= 24 * 3600 for seconds in lifetimes)


@pytest.mark.parametrize("apart", [timedelta(), 5 * SECOND])
async def test_edits_share_one_limit_with_all_others_of_the_workspace(
    store: RedisStore, apart: timedelta
) -> None:
    rounds = [await opened(store, round_of(f"r{n}", f"C{n}")) for n in range(3)]
    waits = [
        await store.wait_to_draw(ACME, each, attempt_of(each.id), apart, most=2) for each in rounds
    ]
    assert waits == [timedelta(), timedelta(), timedelta(minutes=1)]
