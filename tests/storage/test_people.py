"""Names, zones, settings and one's own streak, as they are kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz.board import BoardQuery
from bot.quiz.local_time import DAY, zone_named
from bot.quiz.people import Member, Schedulers, WorkspaceSettings, is_workday, never
from bot.quiz.player import Player, UserId
from bot.quiz.streaks import Streak, streak
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE, SKY
from tests.storage.playing import ACME, ANA, ANA_ELSEWHERE, BEN, EVERYWHERE, OTHER
from tests.storage.test_boards import ALL, answer

LISTED: Final = Member(ANA.user, ACME.team, "Ana Alves", "Europe/Berlin")


async def name_of(store: RedisStore, player: Player = ANA) -> str:
    return (await store.names_of(player.workspace, [player.user]))[player.user]


# Names


@EVERYWHERE
async def test_a_listed_name_is_better_than_that_of_a_click(store: RedisStore) -> None:
    assert await name_of(store) == "Somebody"
    assert await store.note_name(ANA, "ana.alves")
    assert not await store.note_name(ANA, "ana.a")
    assert await name_of(store) == "ana.a"
    await store.list_members(ACME, [LISTED], NINE)
    assert not await store.note_name(ANA, "ana.alves")
    assert await name_of(store) == "Ana Alves"
    await store.list_members(ACME, [replace(LISTED, name="Ana Berg")], NINE)
    assert await name_of(store) == "Ana Berg"
    assert await name_of(store, ANA_ELSEWHERE) == "Somebody"


async def test_nothing_is_kept_of_people_who_were_never_here(
    store: RedisStore, redis: Redis
) -> None:
    gone = Member(UserId("U9"), ACME.team, "Gone", is_gone=True)
    await store.list_members(ACME, [LISTED, gone], NINE)
    assert await redis.dbsize() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("Ana\nEurope/Berlin", "Ana Europe/Berlin", id="a line feed"),
        pytest.param("\u202eanA\u2066", "anA", id="signs that turn the direction"),
        pytest.param("  ", "Somebody", id="nothing"),
        pytest.param("A" * 200, "A" * 79 + "…", id="much too long"),
        pytest.param("<!channel>", "<!channel>", id="is escaped where it is shown"),
    ],
)
async def test_names_are_plain(store: RedisStore, name: str, kept: str) -> None:
    await store.note_name(ANA, name)
    assert await name_of(store) == kept
    await store.list_members(ACME, [replace(LISTED, name=name)], NINE)
    assert await name_of(store) == kept
    assert (await store.personal(ANA, NINE)).zone == "Europe/Berlin"


# Who has left


@EVERYWHERE
async def test_who_has_left_is_on_no_board_until_they_come_back(store: RedisStore) -> None:
    await store.note_name(ANA, "ana")
    await answer(store, ANA, SKY)
    gone = replace(LISTED, is_gone=True, zone="")
    for _ in range(2):
        await store.list_members(ACME, [gone], NINE)
        assert (await store.board(BEN, ALL, NINE)).people == 0
    await store.list_members(ACME, [LISTED], NINE)
    board = await store.board(BEN, ALL, NINE)
    assert [row.placed.row.points for row in board.rows] == [SKY.worth]


async def test_a_hidden_person_who_comes_back_stays_hidden(store: RedisStore) -> None:
    await store.note_name(ANA, "ana")
    await answer(store, ANA, SKY)
    await store.hide(ANA, NINE, hidden=True)
    await store.list_members(ACME, [replace(LISTED, is_gone=True)], NINE)
    await store.list_members(ACME, [LISTED], NINE)
    assert (await store.board(BEN, ALL, NINE)).people == 0
    assert (await store.personal(ANA, NINE)).is_hidden


async def test_bots_are_no_people(store: RedisStore) -> None:
    await store.note_name(ANA, "ana")
    await store.list_members(ACME, [replace(LISTED, is_bot=True)], NINE)
    assert await name_of(store) == "ana"


# Zones and settings


@EVERYWHERE
async def test_a_persons_zone_is_chosen_listed_or_that_of_the_workspace(
    store: RedisStore,
) -> None:
    async def zone() -> str:
        return (await store.personal(ANA, NINE)).zone

    assert await zone() == "UTC"
    await store.suggest_zone(ACME, "Asia/Tokyo")
    assert await zone() == "Asia/Tokyo"
    await store.note_name(ANA, "ana")
    await store.list_members(ACME, [LISTED], NINE)
    assert await zone() == "Europe/Berlin"
    await store.choose_zone(ANA, "America/New_York")
    assert await zone() == "America/New_York"
    assert (await store.personal(BEN, NINE)).zone == "Asia/Tokyo"


async def test_other_workers_learn_of_a_zone_within_a_minute(stores: list[RedisStore]) -> None:
    assert (await stores[1].personal(ANA, NINE)).zone == "UTC"
    await stores[0].choose_zone(ANA, "Asia/Tokyo")
    later = NINE + timedelta(minutes=1)
    assert (await stores[1].personal(ANA, later)).zone == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc", "\x00"])
async def test_a_zone_that_does_not_exist_is_taken_from_nobody(
    store: RedisStore, redis: Redis, zone: str
) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        await store.choose_zone(ANA, zone)
    with pytest.raises(ValueError, match="no time zone"):
        await store.decide(ACME, WorkspaceSettings(zone=zone))
    await store.suggest_zone(ACME, zone)
    await store.list_members(ACME, [replace(LISTED, zone=zone)], NINE)
    assert await redis.dbsize() == 0
    await redis.hset(keys.person(ANA), "zone", "Kept/Elsewhere")
    assert (await store.personal(ANA, NINE)).zone == "UTC"


@EVERYWHERE
async def test_settings_come_back_as_they_were_decided(store: RedisStore) -> None:
    assert await store.workspace_settings(ACME) == WorkspaceSettings()
    decided = WorkspaceSettings("Asia/Tokyo", Schedulers.MEMBERS, frozenset({ANA.user, BEN.user}))
    await store.decide(ACME, decided)
    assert await store.workspace_settings(ACME) == decided
    assert await store.workspace_settings(OTHER) == WorkspaceSettings()
    await store.decide(ACME, WorkspaceSettings("Asia/Tokyo"))
    assert await store.workspace_settings(ACME) == WorkspaceSettings("Asia/Tokyo")
    await store.suggest_zone(ACME, "Europe/Berlin")
    assert (await store.workspace_settings(ACME)).zone == "Asia/Tokyo"


# One's own streak


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(st.integers(0, 12), max_size=25),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Apia"]),
    hour=st.integers(0, 23),
    rest=st.integers(0, 9),
)
async def test_the_script_counts_working_days_as_python_does(
    redis: Redis, store: RedisStore, steps: Sequence[int], zone: str, hour: int, rest: int
) -> None:
    """Any answer counts: here it is the same question, right and wrong, again and again."""
    await redis.flushall()
    await store.choose_zone(ANA, zone)
    at = datetime(2026, 3, 2, hour, 30, tzinfo=UTC)
    days = set()
    for number, step in enumerate(steps):
        at += step * DAY + timedelta(minutes=1)
        await answer(store, ANA, SKY, right=number % 2 == 0, at=at)
        days.add(at.astimezone(zone_named(zone)).date())
    at += rest * DAY
    today = at.astimezone(zone_named(zone)).date()
    assert (await store.personal(ANA, at)).streak == streak(days, today, is_workday, never)


async def test_boards_show_the_streak_as_it_stands(store: RedisStore) -> None:
    """Monday to Wednesday; one missed day is forgiven, two are not."""
    for day in range(3):
        await answer(store, ANA, SKY, right=False, at=NINE + day * DAY)
    for later, length in ((3, 3), (4, 3), (5, 0), (8, 0)):
        board = await store.board(BEN, BoardQuery(Kind.ALL), NINE + later * DAY)
        assert [row.streak for row in board.rows] == [length], later
    assert (await store.personal(ANA, NINE + 8 * DAY)).streak == Streak(
        0, 3, (NINE + 2 * DAY).date()
    )
