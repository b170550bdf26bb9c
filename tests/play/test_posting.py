"""The question of the day comes at its moment, once; or not at all, and that is written down."""

from datetime import timedelta

import pytest

from bot.play.posting import Asked, AskedAlready, NotAsked
from bot.quiz.job import Again, Done, Parked
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import OccurrenceState
from bot.quiz.schedule import BY_HAND, NO_QUESTION
from bot.quiz.timetable import Reason
from tests.play.fates import DEADLY, FULL, LOST, NOTHING, Died
from tests.play.game import ACME, MONDAY, PLATFORM, Game, schedule_of

TUESDAY = MONDAY + DAY


async def test_it_comes_at_its_moment_and_not_before(game: Game) -> None:
    await game.save(schedule_of())
    await game.at("08:59")
    assert game.channels.shown(PLATFORM) == []
    await game.at("09:00")
    (message,) = game.channels.shown(PLATFORM)
    assert message.shows == "question"
    occurrence, _ = await game.kept()
    assert (occurrence.state, occurrence.posted) == (OccurrenceState.SENT, message.ts)
    assert occurrence.closes.isoformat() == "2026-03-02T17:00:00+00:00"


async def test_a_week_brings_a_question_a_working_day_and_repeats_none_before_all_were_asked(
    game: Game,
) -> None:
    await game.save(schedule_of())
    await game.at("18:00", MONDAY + 7 * DAY)
    messages = game.channels.shown(PLATFORM)
    assert [m.occurrence.day.weekday() for m in messages] == [0, 1, 2, 3, 4, 0]
    ids = [m.occurrence.question.id for m in messages]
    assert len(set(ids[:2])) == 2
    assert {m.shows for m in messages} == {"result"}


async def test_an_outage_ends_with_one_post_that_is_late_and_no_backlog(game: Game) -> None:
    await game.save(schedule_of())
    await game.at("18:00", MONDAY)
    game.hand.moment += timedelta(days=3, hours=-5)  # nobody was at work until Thursday, 13:00
    await game.until(game.hand.moment)
    days = [m.occurrence.day for m in game.channels.shown(PLATFORM)]
    assert days == [MONDAY, MONDAY + 3 * DAY]
    for missed in (MONDAY + DAY, MONDAY + 2 * DAY):
        note = await game.store.post_note(ACME, PLATFORM, missed)
        assert note is not None
        assert (note.state, note.reason) == (OccurrenceState.SKIPPED, Reason.DAY_OVER)
    counts = await game.store.daily_counts(ACME)
    assert (counts.skipped, counts.posted) == (2, 2)
    assert counts.most_late == timedelta(hours=4)


async def test_what_is_more_than_four_hours_late_is_skipped(game: Game) -> None:
    await game.save(schedule_of())
    game.hand.moment += timedelta(hours=5, minutes=1)
    await game.until(game.hand.moment)
    assert game.channels.shown(PLATFORM) == []
    note = await game.store.post_note(ACME, PLATFORM, MONDAY)
    assert note is not None
    assert (note.state, note.reason) == (OccurrenceState.SKIPPED, Reason.LATE)


@pytest.mark.parametrize("fate", [LOST, NOTHING])
async def test_a_post_whose_answer_is_lost_is_not_repeated(game: Game, fate: str) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [fate]
    await game.at("16:00")
    assert game.channels.calls["ask"] == 1
    occurrence, _ = await game.kept()
    assert occurrence.state is OccurrenceState.UNKNOWN


@pytest.mark.parametrize("fate", [LOST, NOTHING])
async def test_without_a_click_its_result_is_a_new_message(game: Game, fate: str) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [fate]
    await game.at("18:00")
    shown = [m.shows for m in game.channels.shown(PLATFORM)]
    assert shown == (["question", "result"] if fate == LOST else ["result"])
    assert game.channels.calls["announce"] == 1


async def test_a_result_whose_answer_is_lost_is_not_repeated_as_a_new_message(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates.update(ask=[NOTHING], announce=[LOST])
    await game.at("18:00")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["result"]
    assert (await game.kept())[0].state is OccurrenceState.CLOSED


async def test_a_click_proves_it_and_the_result_comes_into_its_message(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [LOST]
    await game.at("10:00")
    (message,) = game.channels.shown(PLATFORM)
    await game.answer("U1", posted=message.ts)
    assert (await game.kept())[0].state is OccurrenceState.SENT
    counts = await game.store.daily_counts(ACME)
    assert (counts.unknown, counts.posted) == (0, 1)
    await game.at("18:00")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["result"]
    assert game.channels.calls["announce"] == 0


async def test_a_click_after_the_close_brings_the_result_into_the_message_too(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [LOST]
    await game.at("18:00")
    question, _ = game.channels.shown(PLATFORM)
    assert question.shows == "question"
    await game.answer("U1", posted=question.ts)
    await game.at("18:01")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["result", "result"]


async def test_too_many_calls_only_delay_it(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [FULL, FULL]
    game.hand.moment = game.hand.moment.replace(hour=9)
    assert await game.post_due() == Parked(timedelta(seconds=3))
    await game.at("09:05")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["question"]
    assert (await game.store.daily_counts(ACME)).refused == 0


@pytest.mark.parametrize(
    "code", ["is_archived", "not_in_channel", "channel_not_found", "token_revoked"]
)
async def test_a_refusal_pauses_the_schedule_and_tells_its_owner_once(
    game: Game, code: str
) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = [code]
    await game.at("18:00", TUESDAY)
    assert game.channels.calls["ask"] == 1
    assert [told.paused for told in game.channels.told] == [code]
    kept = await game.store.schedule(ACME, PLATFORM)
    assert kept is not None
    assert kept.paused == code
    note = await game.store.post_note(ACME, PLATFORM, MONDAY)
    assert note is not None
    assert (note.state, note.reason) == (OccurrenceState.REFUSED, code)


async def test_a_refusal_of_one_question_costs_only_that(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = ["invalid_blocks"]
    await game.at("18:00", TUESDAY)
    assert [m.occurrence.day for m in game.channels.shown(PLATFORM)] == [TUESDAY]
    assert [told.paused for told in game.channels.told] == ["invalid_blocks"]


async def test_a_schedule_that_nothing_fits_is_paused(game: Game) -> None:
    await game.save(schedule_of(topics=("nowhere",)))
    await game.at("18:00")
    assert [told.paused for told in game.channels.told] == [NO_QUESTION]
    assert await game.post_due() == Done()


async def test_a_pause_and_an_edit_hold_at_once(game: Game) -> None:
    saved = await game.save(schedule_of())
    paused = await game.save(schedule_of(paused=BY_HAND, version=saved.version))
    await game.at("10:00")
    assert game.channels.shown(PLATFORM) == []
    await game.save(schedule_of(version=paused.version, topics=("basics/shapes",)))
    await game.at("10:01")
    assert len(game.channels.shown(PLATFORM)) == 1


async def test_a_deleted_schedule_asks_no_more_but_its_question_closes(game: Game) -> None:
    saved = await game.save(schedule_of())
    await game.at("10:00")
    await game.store.delete_schedule(ACME, saved, game.hand.now())
    await game.at("18:00", TUESDAY)
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["result"]


async def test_a_worker_that_dies_after_the_claim_leaves_a_post_of_unknown_fate(
    game: Game,
) -> None:
    await game.save(schedule_of())
    game.hand.moment = game.hand.moment.replace(hour=9)
    game.channels.fates["ask"] = [DEADLY]
    with pytest.raises(Died):
        await game.post_due()
    assert isinstance(await game.post_due(), Again)
    await game.at("09:02")
    assert game.channels.calls["ask"] == 1
    assert (await game.kept())[0].state is OccurrenceState.UNKNOWN
    await game.at("18:00")
    assert [m.shows for m in game.channels.shown(PLATFORM)] == ["result"]


async def test_now_takes_the_place_of_what_today_would_bring(game: Game) -> None:
    await game.save(schedule_of())
    asked = await game.posting.post_now(ACME, PLATFORM)
    assert isinstance(asked, Asked)
    assert isinstance(await game.posting.post_now(ACME, PLATFORM), AskedAlready)
    await game.at("18:00")
    assert len(game.channels.shown(PLATFORM)) == 1


async def test_now_after_the_closing_time_closes_tomorrow(game: Game) -> None:
    await game.save(schedule_of())
    await game.at("18:00")
    tuesday = game.hand.moment + timedelta(hours=23, minutes=30)
    await game.store.delete_schedule(ACME, (await game.store.schedules(ACME))[0], game.hand.now())
    game.hand.moment = tuesday
    await game.save(schedule_of(since=TUESDAY + DAY))
    asked = await game.posting.post_now(ACME, PLATFORM)
    assert isinstance(asked, Asked)
    assert asked.occurrence.closes.isoformat() == "2026-03-04T17:00:00+00:00"


async def test_now_may_use_a_date_that_certainly_got_nothing(game: Game) -> None:
    await game.save(schedule_of())
    game.channels.fates["ask"] = ["not_in_channel"]
    await game.at("10:00")
    assert isinstance(await game.posting.post_now(ACME, PLATFORM), Asked)
    assert len(game.channels.shown(PLATFORM)) == 1


async def test_now_without_a_schedule_asks_nothing(game: Game) -> None:
    assert await game.posting.post_now(ACME, PLATFORM) == NotAsked(NO_QUESTION)
