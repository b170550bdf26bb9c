"""Boards in Redis against plain Python, and what they cost."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz.board import TOP, WORKSPACE, Board, BoardQuery, BoardRow, arranged
from bot.quiz.people import WorkspaceSettings
from bot.quiz.player import Player, UserId
from bot.quiz.question import Question
from bot.quiz.session import AttemptId, SessionId
from bot.quiz.standings import Distance, Gap, Placed, Row, behind, rank
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, MOON, NINE, SEA, SKY, right_answer, session_of, wrong_answer
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, OTHER

QUESTIONS: Final = (SKY, FLAG, SEA, MOON)
DAY: Final = 24 * 3600
NUMBERS: Final = count()
ALL: Final = BoardQuery(Kind.ALL)


async def answer(
    store: RedisStore,
    player: Player,
    question: Question,
    *,
    right: bool = True,
    at: datetime = NINE,
    track: str = "nature",
) -> None:
    """One question in a session of its own."""
    name = f"one-{next(NUMBERS)}"
    session = session_of(question, name=name, track=track)
    attempt = AttemptId(f"start-{name}")
    open_one = await store.load(player)
    await store.start(player, session, attempt, replaces=open_one.id if open_one else None)
    give = right_answer if right else wrong_answer
    await store.answer(player, SessionId(name), 0, give(question), AttemptId(name), at)


def person(number: int) -> Player:
    return Player(ACME, UserId(f"U{number:03}"))


@dataclass
class Twin:
    """The boards of one workspace in dictionaries."""

    points: dict[tuple[str, str], dict[UserId, list[int]]] = field(default_factory=dict)
    seen: set[tuple[UserId, str]] = field(default_factory=set)
    hidden: set[UserId] = field(default_factory=set)

    def answer(self, user: UserId, question: Question, *, right: bool, at: datetime) -> None:
        if (user, question.id) in self.seen:
            return
        self.seen.add((user, question.id))
        iso = at.date().isocalendar()
        windows = (
            at.date().isoformat(),
            f"{iso.year}-W{iso.week:02}",
            at.date().isoformat()[:7],
            "all",
        )
        for window in windows:
            for topic in ("", "nature"):
                row = self.points.setdefault((window, topic), {}).setdefault(user, [0, 0, 0])
                row[0] += question.worth if right else 0
                row[1] += right
                row[2] += 1

    def placed(self, window: str, topic: str) -> tuple[Placed, ...]:
        board = self.points.get((window, topic), {})
        return rank(
            Row(user, "Somebody", points, right, answered)
            for user, (points, right, answered) in board.items()
            if user not in self.hidden
        )


def facts(rows: Iterable[BoardRow]) -> list[tuple[int, int, int, int]]:
    """Rank, points, right and answered of each."""
    shown = (row.placed for row in rows)
    return [(p.rank, p.row.points, p.row.right, p.row.answered) for p in shown]


answers = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.sampled_from(QUESTIONS),
        st.booleans(),
        st.integers(0, 40).map(lambda days: NINE + timedelta(days=days)),
    ),
    max_size=60,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(given_answers=answers, hidden=st.sets(st.integers(0, 14), max_size=4), late=st.booleans())
async def test_boards_agree_with_plain_python(
    redis: Redis,
    store: RedisStore,
    given_answers: Sequence[tuple[int, Question, bool, datetime]],
    hidden: set[int],
    late: bool,  # noqa: FBT001  drawn
) -> None:
    """Some are hidden, before or after they have answered."""
    await redis.flushall()
    twin = Twin(hidden={person(n).user for n in hidden})
    for number in () if late else hidden:
        await store.hide(person(number), NINE, hidden=True)
    for number, question, right, at in given_answers:
        await answer(store, person(number), question, right=right, at=at)
        twin.answer(person(number).user, question, right=right, at=at)
    for number in hidden if late else ():
        await store.hide(person(number), NINE, hidden=True)
    for query, at in (
        (ALL, NINE),
        (BoardQuery(Kind.WEEK, "nature"), NINE + timedelta(days=3)),
        (BoardQuery(Kind.MONTH), NINE + timedelta(days=20)),
        (BoardQuery(Kind.DAY), NINE),
    ):
        window = query.name(at, "UTC").split(":")[0]
        await agrees(store, twin.placed(window, query.topic), twin, query, at)


async def agrees(
    store: RedisStore, placed: tuple[Placed, ...], twin: Twin, query: BoardQuery, at: datetime
) -> None:
    for number in range(15):
        viewer = person(number)
        board = await store.board(viewer, query, at, most=5)
        assert board.people == len(placed)
        if board.own and board.own.is_hidden:
            assert viewer.user in twin.hidden
            better = [p for p in placed if p.row.points > board.own.placed.row.points]
            assert board.own.placed.rank == len(better) + 1
            continue
        own = next((p for p in placed if p.row.user == viewer.user), None)
        assert (board.own.placed if board.own else None) == own
        assert board.behind == (behind(placed, viewer.user) if own else None)
        of = {p.row.user: p for p in placed}
        assert [row.placed for row in board.rows] == [
            of[row.placed.row.user] for row in board.rows
        ]
        assert_places_add_up(board, placed)


def assert_places_add_up(board: Board, placed: tuple[Placed, ...]) -> None:
    """Five lines at least, each at the place that the gaps before it say. Who of equals stands
    first is left open.
    """
    assert len(board.rows) >= min(5, len(placed))
    place = 0
    for line in board.lines:
        if isinstance(line, Gap):
            assert line.hidden > 1
            place += line.hidden
        else:
            assert line.placed.rank == placed[place].rank
            place += 1


@EVERYWHERE
async def test_a_first_answer_counts_once_in_every_window_and_topic(store: RedisStore) -> None:
    for at in (NINE, NINE + timedelta(minutes=1)):
        await answer(store, ANA, FLAG, at=at)
    await answer(store, ANA, SKY, right=False)
    for kind in Kind:
        for topic in ("", "nature"):
            board = await store.board(ANA, BoardQuery(kind, topic), NINE)
            assert facts(board.rows) == [(1, FLAG.worth, 1, 2)], (kind, topic)
    assert (await store.board(ANA, BoardQuery(Kind.ALL, "colours"), NINE)).lines == ()
    elsewhere = await store.board(ANA, BoardQuery(Kind.ALL, place="C1"), NINE)
    assert elsewhere.lines == ()
    assert (await store.board(Player(OTHER, ANA.user), ALL, NINE)).lines == ()


async def test_a_quiz_without_a_track_counts_on_the_board_of_all_topics(store: RedisStore) -> None:
    await answer(store, ANA, SKY, track="")
    assert facts((await store.board(ANA, ALL, NINE)).rows) == [(1, SKY.worth, 1, 1)]


async def test_equal_points_share_a_rank_and_stand_by_name(store: RedisStore) -> None:
    names = {"U1": "Zoe", "U2": "ana", "U3": "Ben", "U4": "Chi"}
    for user, name in names.items():
        await store.note_name(Player(ACME, UserId(user)), name)
        await answer(store, Player(ACME, UserId(user)), FLAG if user == "U3" else SKY)
    board = await store.board(ANA, ALL, NINE)
    shown = [(row.placed.rank, row.placed.row.name) for row in board.rows]
    assert shown == [(1, "Ben"), (2, "ana"), (2, "Chi"), (2, "Zoe")]
    assert board.behind == Distance(FLAG.worth - SKY.worth, 1)


# Windows

BERLIN: Final = WorkspaceSettings(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "later", "same"),
    [
        pytest.param(
            "2026-03-02T22:59", "2026-03-02T23:01", {Kind.WEEK, Kind.MONTH}, id="midnight"
        ),
        pytest.param("2026-03-01T22:59", "2026-03-01T23:01", {Kind.MONTH}, id="monday"),
        pytest.param("2026-01-31T22:59", "2026-01-31T23:01", {Kind.WEEK}, id="a new month"),
        pytest.param("2026-12-31T22:59", "2026-12-31T23:01", {Kind.WEEK}, id="one ISO week"),
        pytest.param("2024-12-29T22:59", "2024-12-29T23:01", {Kind.MONTH}, id="a new ISO year"),
        pytest.param("2026-03-28T22:59", "2026-03-29T00:59", {Kind.WEEK, Kind.MONTH}, id="clocks"),
    ],
)
async def test_windows_begin_at_midnight_in_the_workspaces_zone(
    store: RedisStore, at: str, later: str, same: set[Kind]
) -> None:
    await store.decide(ACME, BERLIN)
    before, after = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, later))
    await answer(store, ANA, SKY, at=before)
    for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH):
        assert (await store.board(ANA, BoardQuery(kind), before)).people == 1
        assert (await store.board(ANA, BoardQuery(kind), after)).people == (kind in same), kind


@EVERYWHERE
async def test_boards_are_kept_as_long_as_they_are_of_use(store: RedisStore, redis: Redis) -> None:
    """Monday the 2nd, at nine: fifteen hours of the day are left, and 29 days of the month."""
    await answer(store, ANA, SKY)
    await answer(store, BEN, SKY, at=NINE + timedelta(minutes=1))
    left = {"2026-03-02": 0, "2026-W10": 6, "2026-03": 29}
    kept = {"2026-03-02": 9, "2026-W10": 9 * 7, "2026-03": 400}
    for window, days in left.items():
        wanted = (days + kept[window]) * DAY + 15 * 3600
        for stem in (keys.board(ACME), keys.tally(ACME)):
            for topic in ("", "nature"):
                ttl = await redis.ttl(f"{stem}:{window}:{WORKSPACE}:{topic}")
                assert wanted - 60 <= ttl <= wanted, (stem, window)
    for stem in (keys.board(ACME), keys.tally(ACME)):
        assert await redis.ttl(f"{stem}:all:{WORKSPACE}:") == -1


# Hidden


async def test_a_hidden_person_sees_themselves_and_nobody_else_does(store: RedisStore) -> None:
    await answer(store, ANA, FLAG)
    await answer(store, BEN, SKY)
    await store.hide(ANA, NINE, hidden=True)
    await answer(store, ANA, SEA, at=NINE + timedelta(minutes=1))
    for_ben, for_ana = await store.board(BEN, ALL, NINE), await store.board(ANA, ALL, NINE)
    assert facts(for_ben.rows) == [(1, SKY.worth, 1, 1)]
    assert for_ben.people == for_ana.people == 1
    assert facts(for_ana.rows) == [(1, FLAG.worth + SEA.worth, 2, 2), (1, SKY.worth, 1, 1)]
    assert [row.is_hidden for row in for_ana.rows] == [True, False]
    assert facts(for_ana.public().rows) == [(1, SKY.worth, 1, 1)]
    await store.hide(ANA, NINE, hidden=False)
    shown = await store.board(BEN, ALL, NINE)
    assert facts(shown.rows) == [(1, FLAG.worth + SEA.worth, 2, 2), (2, SKY.worth, 1, 1)]


@EVERYWHERE
async def test_whoever_hides_while_answering_is_on_one_side_whole(
    stores: list[RedisStore],
) -> None:
    await answer(stores[0], ANA, SKY)
    for round_number in range(6):
        hidden = round_number % 2 == 0
        at = NINE + timedelta(minutes=round_number + 1)
        await asyncio.gather(
            stores[1].hide(ANA, NINE, hidden=hidden),
            answer(stores[0], ANA, QUESTIONS[round_number % 4], at=at),
            stores[2].hide(ANA, NINE, hidden=hidden),
        )
        for_ben = await stores[0].board(BEN, ALL, NINE)
        assert for_ben.people == (not hidden)
    board = await stores[0].board(ANA, ALL, NINE)
    assert facts(board.rows) == [(1, sum(q.worth for q in QUESTIONS), 4, 4)]


async def test_a_shade_is_forgotten_with_its_board(store: RedisStore, redis: Redis) -> None:
    await answer(store, ANA, SKY)
    await store.hide(ANA, NINE, hidden=True)
    name = f"2026-W10:{WORKSPACE}:"
    assert 0 < await redis.ttl(keys.shade(ACME, name)) <= 70 * DAY
    assert not await redis.exists(keys.board(ACME, name))


# Clearing, and points of given people


async def test_the_boards_of_a_place_can_begin_anew(store: RedisStore, redis: Redis) -> None:
    await answer(store, ANA, SKY)
    await store.clear_boards(ACME, "C1")
    assert (await store.board(ANA, ALL, NINE)).people == 1
    await store.clear_boards(ACME, WORKSPACE)
    assert (await store.board(ANA, ALL, NINE)).lines == ()
    assert not [key async for key in redis.scan_iter(f"{keys.tally(ACME)}:*")]
    assert (await store.progress(ANA)).points == SKY.worth, "what is answered stays answered"


async def test_points_of_people_who_can_be_seen(store: RedisStore) -> None:
    await answer(store, ANA, SKY)
    await answer(store, BEN, FLAG)
    await store.hide(BEN, NINE, hidden=True)
    name = ALL.name(NINE, "UTC")
    assert await store.points_of(ACME, name, [ANA.user, BEN.user]) == {ANA.user: SKY.worth}
    assert await store.points_of(ACME, name, []) == {}


# What it costs


async def crowd(redis: Redis, people: int) -> None:
    """A board of many, written past the store: each has a hundredth of their number in points."""
    name = ALL.name(NINE, "UTC")
    for start in range(0, people, 10_000):
        some = range(start, min(start + 10_000, people))
        await redis.zadd(keys.board(ACME, name), {f"P{n}": n // 100 * 100 for n in some})


async def calls(redis: Redis) -> int:
    stats: dict[str, dict[str, Any]] = await redis.info("commandstats")
    return sum(int(command["calls"]) for command in stats.values())


async def test_a_hundred_thousand_people_take_no_more_commands_than_fifty(
    store: RedisStore, redis: Redis
) -> None:
    cost = {}
    for people in (50, 100_000):
        await crowd(redis, people)
        viewer = Player(ACME, UserId(f"P{people // 3}"))
        await store.board(viewer, ALL, NINE)  # the script and the zones are known from here on
        before = await calls(redis)
        board = await store.board(viewer, ALL, NINE)
        cost[people] = await calls(redis) - before
        assert board.own
        assert board.people == people
    assert cost[100_000] <= cost[50] + 6
    assert cost[100_000] < 70


def test_a_gap_of_one_is_no_shorter_than_the_line_itself() -> None:
    """The script shows it; what it leaves out are at least two."""
    row = BoardRow(Placed(1, Row(UserId("U1"), "Ana", 100)))
    low = BoardRow(Placed(9, Row(UserId("U2"), "Ben", 50)))
    assert arranged([(0, row), (8, low)]) == (row, Gap(7), low)
    assert arranged([(0, row)], hidden=(3, low)) == (row, low)
    assert arranged([(0, row), (8, row)], hidden=(5, low))[1:4] == (Gap(4), low, Gap(3))
    assert TOP == 10
