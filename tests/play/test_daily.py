"""Answers to the question of the day: the first stands, late ones are practice, streaks go on."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from redis.asyncio import Redis

from bot.bank.catalogue import Catalogue
from bot.blocks.daily import question_message
from bot.play.daily import DailyRun, Hinted, NoSuchQuestion, Practice, Recorded, Withdrawn
from bot.play.voiding import NothingToVoid, Voided
from bot.quiz.board import WORKSPACE
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import OccurrenceId, OccurrenceState, daily_id
from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.session import AttemptId, Choice
from bot.storage import keys
from tests.play.fates import LOST, NOTHING
from tests.play.game import (
    ACME,
    MONDAY,
    PLATFORM,
    ROOFS,
    SHAPES_ONLY,
    Game,
    given_to,
    schedule_of,
)

ANA, BEN, CHI = (Player(ACME, UserId(f"U{n}")) for n in (1, 2, 3))
RANDOM = ChannelId("C2")


async def points(game: Game, user: str, place: str = WORKSPACE) -> float | None:
    return await game.redis.zscore(keys.board(ACME, f"all:{place}:"), user)


async def open_question(game: Game, *, instant: bool = False) -> None:
    await game.save(schedule_of(instant=instant))
    await game.at("09:00")


async def test_the_first_answer_stands(game: Game) -> None:
    await open_question(game, instant=True)
    first = await game.recorded("U1", right=False)
    second = await game.recorded("U1", right=True)
    assert (first.again, second.again) == (False, True)
    assert second.answer == first.answer
    _, tally = await game.kept()
    assert (tally.answered, tally.right, sum(tally.per_option)) == (1, 0, 1)


async def test_of_many_presses_at_once_one_counts(game: Game) -> None:
    await open_question(game, instant=True)
    presses = [game.recorded("U1", right=bool(n % 2)) for n in range(20)]
    outcomes = await asyncio.gather(*presses)
    assert [outcome.again for outcome in outcomes].count(False) == 1
    assert len({outcome.answer for outcome in outcomes}) == 1
    _, tally = await game.kept()
    assert tally.answered == 1


async def test_a_press_that_is_delivered_again_gets_its_own_outcome(game: Game) -> None:
    await open_question(game, instant=True)
    first = await game.recorded("U1", attempt="a1")
    assert await game.recorded("U1", attempt="a1") == first
    await game.at("18:00")
    assert isinstance(await game.answer("U1", attempt="a1"), Recorded)


async def test_after_the_close_it_is_practice_and_earns_nothing(game: Game) -> None:
    await open_question(game)
    await game.at("17:00")
    outcome = await game.answer("U1", right=True)
    assert isinstance(outcome, Practice)
    assert outcome.right
    assert await points(game, "U1") is None
    _, tally = await game.kept()
    assert tally.answered == 0


async def test_the_closing_moment_counts_even_while_nobody_has_closed_it(game: Game) -> None:
    await open_question(game)
    occurrence, _ = await game.kept()
    game.hand.moment = occurrence.closes
    assert isinstance(await game.answer("U1"), Practice)
    game.hand.moment -= timedelta(milliseconds=1)
    assert isinstance(await game.answer("U1"), Recorded)


async def test_told_at_once_it_earns_at_once(game: Game) -> None:
    await open_question(game, instant=True)
    outcome = await game.recorded("U1", right=True)
    assert outcome.tells
    assert (outcome.answer.points, outcome.week_points) == (100, 100)
    assert await points(game, "U1") == await points(game, "U1", PLATFORM) == 100
    await game.at("18:00")
    assert await points(game, "U1") == 100


async def test_told_at_the_close_nothing_shows_before_it_that_the_answer_is_right(
    game: Game,
) -> None:
    """Not even a leaderboard or one's own progress."""
    await open_question(game)
    right = await game.recorded("U1", right=True)
    await game.recorded("U2", right=False)
    assert not right.tells
    assert (right.answer.points, right.week_points) == (0, 0)
    assert await points(game, "U1") is None
    assert (await game.store.progress(ANA)).answered == 0
    assert "right" not in str(await game.store.traces(ANA))
    await game.at("17:00")
    assert (await points(game, "U1"), await points(game, "U2")) == (100, 0)
    progress = await game.store.progress(ANA)
    assert (progress.answered, progress.right, progress.points) == (1, 1, 100)


async def test_the_same_question_in_two_channels_counts_once(redis: Redis) -> None:
    (shapes,) = SHAPES_ONLY
    game = Game(redis, catalogue=Catalogue((replace(shapes, questions=shapes.questions[:1]),)))
    for channel in (PLATFORM, RANDOM):
        await game.save(schedule_of(channel, instant=True))
    await game.at("09:00")
    earned = []
    for channel in (PLATFORM, RANDOM):
        found = await game.store.occurrence(ACME, daily_id(channel, MONDAY))
        assert found
        given = given_to(found[0], right=True)
        outcome = await game.daily.answer(CHI, found[0].id, given, AttemptId(channel))
        assert isinstance(outcome, Recorded)
        earned.append(outcome.answer.points)
    assert earned == [100, 0]
    assert await points(game, "U3") == 100
    assert await points(game, "U3", RANDOM) is None


async def test_a_click_is_for_a_question_that_exists(game: Game) -> None:
    gone = await game.daily.answer(
        ANA, OccurrenceId("C1.2020-01-01"), Choice(frozenset({0})), AttemptId("a")
    )
    assert gone == NoSuchQuestion()


async def test_an_answer_may_be_quicker_than_the_news_of_the_post(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [LOST]
    await game.at("09:00")
    (message,) = game.channels.shown(PLATFORM)
    await game.recorded("U1", posted=message.ts)
    assert (await game.kept())[0].state is OccurrenceState.SENT


# Hints


@pytest.fixture
def roofs(redis: Redis) -> Game:
    """A channel that is asked one question of medium level, which has a hint."""
    return Game(redis, catalogue=ROOFS)


async def is_free(game: Game, user: str, posted: str = "") -> bool:
    taken = await game.take_hint(user, posted=posted)
    assert isinstance(taken, Hinted)
    assert taken.occurrence.question.has_hint
    return taken.is_free


async def test_a_hint_halves_what_an_answer_earns_at_once(roofs: Game) -> None:
    await open_question(roofs, instant=True)
    assert not await is_free(roofs, "U1")
    assert not await is_free(roofs, "U1"), "a second press says the same"
    first = await roofs.recorded("U1", attempt="a1")
    assert (first.answer.points, first.answer.hinted, first.week_points) == (75, True, 75)
    assert await roofs.recorded("U1", attempt="a1") == first
    other = await roofs.recorded("U2")
    assert (other.answer.points, other.answer.hinted, other.week_points) == (150, False, 150)
    assert await points(roofs, "U1") == await points(roofs, "U1", PLATFORM) == 75
    assert (await roofs.store.progress(ANA)).points == 75


async def test_a_hint_halves_what_an_answer_earns_at_the_close(roofs: Game) -> None:
    await open_question(roofs)
    assert not await is_free(roofs, "U1")
    assert (await roofs.recorded("U1")).answer.points == 0
    await roofs.recorded("U2")
    await roofs.take_hint("U3")
    await roofs.recorded("U3", right=False)
    await roofs.at("17:00")
    assert [await points(roofs, user) for user in ("U1", "U2", "U3")] == [75, 150, 0]
    assert (await roofs.store.progress(ANA)).points == 75


@pytest.mark.parametrize("instant", [True, False])
async def test_after_the_answer_a_hint_is_free(roofs: Game, *, instant: bool) -> None:
    await open_question(roofs, instant=instant)
    await roofs.recorded("U1", attempt="a1")
    assert await is_free(roofs, "U1")
    assert not (await roofs.recorded("U1", attempt="a1")).answer.hinted
    await roofs.at("17:00")
    assert await points(roofs, "U1") == 150


async def test_after_the_close_a_hint_is_free_and_nothing_is_kept(roofs: Game) -> None:
    await open_question(roofs)
    occurrence, _ = await roofs.kept()
    roofs.hand.moment = occurrence.closes
    assert await is_free(roofs, "U1"), "even while nobody has closed it"
    await roofs.at("18:00")
    assert await is_free(roofs, "U1")
    assert not await roofs.redis.exists(keys.hinted(ACME, occurrence.id))


async def test_who_took_a_hint_can_see_that_and_have_it_forgotten(roofs: Game) -> None:
    await open_question(roofs)
    await roofs.take_hint("U1")
    await roofs.take_hint("U2")
    name = f"occ:{daily_id(PLATFORM, MONDAY)}:hinted"
    kept = await roofs.store.traces(ANA)
    assert kept[name] == 1
    assert "U2" not in json.dumps(kept)
    await roofs.store.forget(ANA)
    assert await roofs.store.traces(ANA) == {}
    assert (await roofs.store.traces(BEN))[name] == 1


async def test_a_withdrawn_question_takes_half_back_where_half_was_given(roofs: Game) -> None:
    await open_question(roofs, instant=True)
    await roofs.take_hint("U1")
    await roofs.recorded("U1")
    await roofs.recorded("U2")
    occurrence, _ = await roofs.kept()
    assert isinstance(await roofs.posting.closing.voiding.void(ACME, occurrence.id), Voided)
    await roofs.at("10:00")
    assert [await points(roofs, user) or 0 for user in ("U1", "U2")] == [0, 0]
    assert (await roofs.store.progress(ANA)).points == 0
    assert await roofs.take_hint("U3") == Withdrawn()


async def test_of_presses_at_once_an_answer_is_halved_only_by_a_hint_before_it(
    roofs: Game,
) -> None:
    await open_question(roofs, instant=True)
    early, late = ([f"U{n}" for n in numbers] for numbers in (range(15), range(15, 30)))
    hints, answers, late_hints = await asyncio.gather(
        asyncio.gather(*(is_free(roofs, user) for user in early)),
        asyncio.gather(*(roofs.recorded(user) for user in early + late)),
        asyncio.gather(*(is_free(roofs, user) for user in late)),
    )
    for free, outcome in zip(hints + late_hints, answers, strict=True):
        assert outcome.answer.hinted is not free
        assert outcome.answer.points == (150 if free else 75)


async def test_a_hint_is_for_a_question_that_has_one(game: Game) -> None:
    await open_question(game)
    assert await game.take_hint("U1") == NoSuchQuestion()
    assert await game.take_hint("U1", day=MONDAY - DAY) == NoSuchQuestion()
    await game.recorded("U1")
    assert not (await game.recorded("U1")).answer.hinted


async def test_a_press_for_a_hint_shows_that_the_question_is_in_the_channel(
    roofs: Game,
) -> None:
    await roofs.save(schedule_of())
    roofs.channels.fates["ask"] = [LOST]
    await roofs.at("09:00")
    (message,) = roofs.channels.shown(PLATFORM)
    assert not await is_free(roofs, "U1", posted=message.ts)
    assert (await roofs.kept())[0].state is OccurrenceState.SENT


async def test_a_question_is_worth_what_it_was_when_it_was_asked(
    roofs: Game, redis: Redis
) -> None:
    await open_question(roofs)
    occurrence, _ = await roofs.kept()
    await redis.hset(keys.occurrence(ACME, occurrence.id), "w", 100)  # by an older rule
    await roofs.take_hint("U1")
    for user in ("U1", "U2"):
        await roofs.recorded(user)
    await roofs.at("17:00")
    assert [await points(roofs, user) for user in ("U1", "U2")] == [50, 100]


# The count


async def test_the_count_follows_the_answers_and_not_more_often_than_every_five_seconds(
    game: Game,
) -> None:
    await open_question(game)
    for number in range(30):
        await game.recorded(f"U{number}")
        await game.until(game.hand.now() + timedelta(seconds=1))
    await game.at("09:05")
    (message,) = game.channels.shown(PLATFORM)
    assert message.answered == 30
    moments = [at for at, _, _ in game.channels.counts]
    assert 3 <= len(moments) <= 8
    assert all(b - a >= timedelta(seconds=5) for a, b in pairwise(moments))


async def test_a_workspace_sees_forty_edits_a_minute_at_most(game: Game) -> None:
    channels = [ChannelId(f"C{n}") for n in range(1, 31)]
    for channel in channels:
        await game.save(schedule_of(channel))
    await game.at("09:00")
    for second in range(150):
        for channel in channels:
            occurrence = await game.store.occurrence(ACME, daily_id(channel, MONDAY))
            assert occurrence
            who = Player(ACME, UserId(f"U{second}"))
            given = given_to(occurrence[0], right=True)
            if second % 30 == 0:
                await game.daily.answer(who, occurrence[0].id, given, AttemptId(f"{second}"))
        await game.until(game.hand.now() + timedelta(seconds=1))
    moments = [at for at, _ in game.channels.edits]
    minute = timedelta(minutes=1)
    assert max(sum(a <= b < a + minute for b in moments) for a in moments) <= 40
    await game.at("09:10")
    assert {seen.answered for seen in game.channels.messages.values()} == {5}


# Streaks


async def test_a_streak_goes_over_the_weekend_and_is_in_the_result(game: Game) -> None:
    await open_question(game)
    runs = []
    for number in range(8):
        day = MONDAY + number * DAY
        await game.at("10:00", day)
        if day.weekday() < 5:
            runs.append((await game.recorded("U1", day=day)).run)
            await game.recorded("U2", day=day)
    assert [run.days for run in runs] == [1, 2, 3, 4, 5, 6]
    assert [run.milestone for run in runs] == [None, None, None, None, 5, None]
    await game.store.note_name(ANA, "Ana")
    await game.store.hide(BEN, game.hand.now(), hidden=True)
    await game.at("18:00", day)
    result = game.channels.shown(PLATFORM)[-1].result
    assert result is not None
    assert [(runner.name, runner.days) for runner in result.runners] == [("Ana", 6)]


async def test_a_day_without_a_post_breaks_nobodys_streak(game: Game) -> None:
    await open_question(game)
    await game.recorded("U1")
    game.channels.fates["ask"] = [NOTHING, "invalid_blocks", LOST]
    friday = MONDAY + 4 * DAY
    await game.at("10:00", friday)
    assert (await game.recorded("U1", day=friday)).run == DailyRun(2)


async def test_one_missed_day_is_forgiven_and_two_in_a_row_end_a_streak(game: Game) -> None:
    await open_question(game)
    runs = []
    for number in (0, 2, 7):  # Monday, Wednesday, and the Monday after
        day = MONDAY + number * DAY
        await game.at("10:00", day)
        runs.append((await game.recorded("U1", day=day)).run.days)
    assert runs == [1, 2, 1]


async def test_a_streak_that_a_dead_worker_did_not_keep_is_kept_at_the_close(game: Game) -> None:
    await open_question(game)
    await game.recorded("U1")
    await game.redis.delete(keys.streaks(ACME, PLATFORM))
    await game.at("18:00")
    streaks = await game.store.channel_streaks(ACME, PLATFORM)
    assert streaks[UserId("U1")].length == 1


# Withdrawal


async def test_a_withdrawn_question_takes_its_points_back_once(game: Game) -> None:
    await open_question(game, instant=True)
    await game.recorded("U1", right=True)
    await game.recorded("U2", right=False)
    occurrence, _ = await game.kept()
    for _ in range(3):
        assert isinstance(await game.posting.closing.voiding.void(ACME, occurrence.id), Voided)
        await game.at("10:00")
    assert not await points(game, "U1")
    assert not await points(game, "U1", PLATFORM)
    assert (await game.store.progress(ANA)).points == 0
    assert await game.answer("U3") == Withdrawn()
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["withdrawn"]
    await game.at("18:00")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["withdrawn"]


async def test_a_withdrawal_after_the_close_keeps_other_points(game: Game) -> None:
    await open_question(game)
    tuesday = MONDAY + DAY
    await game.recorded("U1")
    await game.at("10:00", tuesday)
    await game.recorded("U1", day=tuesday)
    await game.at("18:00", tuesday)
    assert await points(game, "U1") == 200
    voided = await game.posting.closing.voiding.void(ACME, daily_id(PLATFORM, MONDAY))
    assert isinstance(voided, Voided)
    await game.at("18:05", tuesday)
    assert await points(game, "U1") == 100
    days = await game.store.due_days(ACME, PLATFORM, None)
    assert days == {tuesday}


async def test_what_was_never_posted_cannot_be_withdrawn(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = ["not_in_channel"]
    await game.at("10:00")
    void = game.posting.closing.voiding.void
    assert isinstance(await void(ACME, daily_id(PLATFORM, MONDAY)), NothingToVoid)
    assert isinstance(await void(ACME, OccurrenceId("C1.2020-01-01")), NothingToVoid)


async def test_the_message_says_nothing_about_who_answered(game: Game) -> None:
    await open_question(game)
    await game.recorded("U1")
    occurrence, tally = await game.kept()
    assert "U1" not in str(question_message(occurrence, tally.answered))
