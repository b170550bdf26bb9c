"""When a channel's board of the week is due, and which week it shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.quiz.occurrence import Occurrence, Tally, daily_id
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Slug
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from bot.quiz.weekly import Asked, board_post, hardest
from bot.quiz.windows import Kind, window
from tests.quiz.samples import NINE, SKY

BERLIN = Timetable(time(15), "Europe/Berlin")


def schedule(day: int | None, table: Timetable = BERLIN, since: str = "2026-01-01") -> Schedule:
    start = date.fromisoformat(since)
    return Schedule(ChannelId("C1"), UserId("U1"), table, start, board_day=day)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "now", "planned", "week"),
    [
        pytest.param(
            4, "2026-03-04T12:00", "2026-03-06T14:00", "2026-W10", id="with the question"
        ),
        pytest.param(6, "2026-03-04T12:00", "2026-03-08T08:00", "2026-W10", id="else at nine"),
        pytest.param(0, "2026-03-04T12:00", "2026-03-09T14:00", "2026-W10", id="the week before"),
        pytest.param(2, "2026-03-04T12:00", "2026-03-04T14:00", "2026-W09", id="Wednesday"),
        pytest.param(3, "2026-03-04T12:00", "2026-03-05T14:00", "2026-W10", id="Thursday"),
        pytest.param(4, "2026-03-06T18:00", "2026-03-06T14:00", "2026-W10", id="4 hours late"),
        pytest.param(4, "2026-03-06T18:01", "2026-03-13T14:00", "2026-W11", id="too late"),
        pytest.param(
            4, "2026-03-25T12:00", "2026-03-27T14:00", "2026-W13", id="before the change"
        ),
        pytest.param(4, "2026-03-30T12:00", "2026-04-03T13:00", "2026-W14", id="summer time"),
        pytest.param(4, "2026-12-30T12:00", "2027-01-01T14:00", "2026-W53", id="over the year"),
        pytest.param(0, "2027-01-02T12:00", "2027-01-04T14:00", "2026-W53", id="of the old year"),
    ],
)
def test_the_next_board(day: int, now: str, planned: str, week: str) -> None:
    post = board_post(schedule(day), at(now))
    assert post is not None
    assert (post.planned, post.week) == (at(planned), week)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("day", range(7))
def test_the_moment_inside_is_of_that_week_on_every_calendar(day: int, zone: str) -> None:
    post = board_post(schedule(day), at("2026-03-04T12:00"))
    assert post is not None
    assert window(post.inside, Kind.WEEK, zone) == post.week


def test_one_that_is_done_is_followed_by_the_next() -> None:
    now = at("2026-03-06T14:00")
    post = board_post(schedule(4), now, is_done=True)
    assert post is not None
    assert post.planned == at("2026-03-13T14:00")


def test_nothing_is_posted_for_the_time_before_it_was_set_up() -> None:
    late = schedule(4, since="2026-03-07")
    post = board_post(late, at("2026-03-06T15:00"))
    assert post is not None
    assert post.planned == at("2026-03-13T14:00")


def test_a_schedule_without_a_day_has_no_board() -> None:
    assert board_post(schedule(None), NINE) is None


def test_a_date_that_does_not_exist_has_no_board() -> None:
    apia = replace(BERLIN, zone="Pacific/Apia")
    post = board_post(schedule(4, apia, since="2011-01-01"), at("2011-12-28T12:00"))
    assert post is not None
    assert post.planned.date() == date(2012, 1, 6)


def asked(right: int, answered: int) -> Asked:
    day = date(2026, 3, 2)
    occurrence = Occurrence(
        daily_id(ChannelId("C1"), day), ChannelId("C1"), day, SKY, Slug("sky"), "Sky", NINE, NINE
    )
    return Asked(occurrence, Tally(answered, right))


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        pytest.param([(2, 3), (1, 3), (3, 3)], 1, id="the smallest part right"),
        pytest.param([(1, 4), (2, 8)], 1, id="of equals the one with more answers"),
        pytest.param([(0, 2), (3, 4)], 1, id="two answers say nothing"),
        pytest.param([(0, 2)], None, id="nothing to go by"),
        pytest.param([], None, id="none"),
    ],
)
def test_the_hardest_question(tallies: list[tuple[int, int]], expected: int | None) -> None:
    found = [asked(right, answered) for right, answered in tallies]
    hard = hardest(found)
    assert hard is (None if expected is None else found[expected])
