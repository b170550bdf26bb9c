"""From what somebody filled in to a schedule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pytest

from bot.play.proposal import Entry, Fault, Field, Mistakes, Proposal, Proposing, entry_of
from bot.quiz.days_off import Country
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Slug, short_slug
from tests.conftest import COLOURS, SHAPES, bank_of
from tests.play.game import CATALOGUE, schedule_of

ANA: Final = UserId("U1")
NOW: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
USUAL: Final = Entry(ChannelId("C1"), zone="Europe/Berlin")


class Calendars:
    """A country where every Wednesday is Midweek."""

    def holiday(self, country: str, day: date) -> str | None:
        return "Midweek" if country == "WW" and day.weekday() == 2 else None

    def countries(self) -> list[Country]:
        return [Country("WW", "Wednesdays")]


PROPOSING: Final = Proposing(CATALOGUE, Calendars())


def check(last_day: date | None = None, **changes: Any) -> Proposal | Mistakes:
    return PROPOSING.check(replace(USUAL, **changes), ANA, NOW, last_day)


def proposed(last_day: date | None = None, **changes: Any) -> Proposal:
    found = check(last_day, **changes)
    assert isinstance(found, Proposal)
    return found


def days(proposal: Proposal) -> list[int]:
    return [post.day.day for post in proposal.posts]


def test_a_form_becomes_a_schedule() -> None:
    proposal = proposed(closes="", board_day=4, country="WW")
    schedule = proposal.schedule
    assert (schedule.owner, schedule.channel, schedule.board_day) == (ANA, "C1", 4)
    assert schedule.timetable.at == time(9)
    assert schedule.timetable.closes is None


def test_today_counts_while_its_moment_has_not_come() -> None:
    assert days(proposed(at="09:30")) == [2, 3, 4]
    assert proposed(at="09:30").schedule.since == date(2026, 3, 2)


def test_a_moment_that_has_gone_by_is_not_made_up_for() -> None:
    """It is nine in Berlin already."""
    assert days(proposed()) == [3, 4, 5]
    assert proposed().schedule.since == date(2026, 3, 3)


def test_a_date_that_was_asked_is_not_promised_again() -> None:
    assert days(proposed(date(2026, 3, 2), at="15:00")) == [3, 4, 5]


def test_a_holiday_on_the_way_is_named() -> None:
    proposal = proposed(country="WW")
    assert days(proposal) == [3, 5, 6]
    assert proposal.day_off == (date(2026, 3, 4), "Midweek")
    assert proposed(country="WW", weekdays=(0, 1)).day_off is None


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        pytest.param({"at": ""}, Field.AT, Fault.MISSING, id="no time"),
        pytest.param({"weekdays": ()}, Field.WEEKDAYS, Fault.MISSING, id="no day"),
        pytest.param({"zone": ""}, Field.ZONE, Fault.MISSING, id="no zone"),
        pytest.param({"zone": "Mars/Base"}, Field.ZONE, Fault.UNKNOWN, id="an unknown zone"),
        pytest.param({"closes": "09:09"}, Field.CLOSES, Fault.TOO_SHORT, id="open for 9 minutes"),
        pytest.param({"topics": ("gone",)}, Field.TOPICS, Fault.NO_QUESTION, id="a topic gone"),
        pytest.param({"levels": ("hard",)}, Field.TOPICS, Fault.NO_QUESTION, id="no such level"),
        pytest.param({"days_off": "x"}, Field.DAYS_OFF, Fault.BAD_LINES, id="no date"),
        pytest.param(
            {"weekdays": (2,), "country": "WW"},
            Field.DAYS_OFF,
            Fault.NO_DAY_LEFT,
            id="no day left",
        ),
    ],
)
def test_a_mistake_has_its_field(changes: dict[str, Any], field: Field, fault: Fault) -> None:
    if "levels" in changes:
        changes = {**changes, "topics": ("basics/shapes",)}
    found = check(**changes)
    assert isinstance(found, Mistakes)
    assert [(mistake.field, mistake.fault) for mistake in found.found] == [(field, fault)]


def test_all_plain_mistakes_are_told_together() -> None:
    found = check(at="", weekdays=(), zone="", days_off="?")
    assert isinstance(found, Mistakes)
    assert {m.field for m in found.found} == {
        Field.AT,
        Field.WEEKDAYS,
        Field.ZONE,
        Field.DAYS_OFF,
    }


def test_what_a_schedule_shows_leads_to_the_same_schedule() -> None:
    schedule = proposed(
        at="08:05",
        closes="07:00",
        weekdays=(1, 6),
        topics=("basics",),
        instant=True,
        board_day=6,
        country="WW",
        days_off="2026-05-01\n24.12.2026 - 26.12.2026",
    ).schedule
    again = PROPOSING.check(entry_of(schedule), ANA, NOW, None)
    assert isinstance(again, Proposal)
    assert again.schedule == schedule


@pytest.mark.parametrize(
    ("topics", "count"),
    [((), 5), (("basics",), 5), (("basics/shapes",), 2), (("basics/shapes", "basics/colours"), 5)],
)
def test_questions_are_counted_once(topics: tuple[str, ...], count: int) -> None:
    assert proposed(topics=topics).questions == count


def test_topics_are_tracks_and_quizzes() -> None:
    topics = PROPOSING.topics
    assert [topic.slug for topic in topics.search("")] == [
        "basics",
        "basics/colours",
        "basics/shapes",
    ]
    assert [topic.slug for topic in topics.search("shapes")] == ["basics/shapes"]
    track = topics.named("basics")
    assert track is not None
    assert (track.questions, track.is_track) == (5, True)
    assert topics.named("gone") is None


def test_levels_are_offered_and_chosen_whatever_their_case() -> None:
    bank = bank_of(paint__basics=SHAPES, paint__expert=COLOURS)
    proposing = Proposing(bank.catalogue, Calendars())
    assert proposing.topics.levels() == ("basics", "expert")
    found = proposing.check(replace(USUAL, levels=("Basics",)), ANA, NOW, None)
    assert isinstance(found, Proposal)
    assert found.questions == 2


def test_a_long_slug_is_found_by_its_short_form() -> None:
    name = "a" * 90
    proposing = Proposing(bank_of(**{name: SHAPES}).catalogue, Calendars())
    short = short_slug(Slug(name))
    assert short != name
    found = proposing.check(replace(USUAL, topics=(short,)), ANA, NOW, None)
    assert isinstance(found, Proposal)
    assert found.schedule.topics == (name,)


def test_topics_that_have_left_the_bank_are_named() -> None:
    plan = schedule_of(topics=("basics", "basics/shapes", "gone/quiz", "bas"))
    assert PROPOSING.gone(plan) == ("gone/quiz", "bas")
    below = Proposing(bank_of(aws__sre__one=SHAPES).catalogue, Calendars())
    assert below.gone(schedule_of(topics=("aws", "aws/sre/one"))) == ()
    assert PROPOSING.gone(schedule_of()) == ()
