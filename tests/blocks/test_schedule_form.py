"""The form of the daily question: what it says is wrong, and what travels with it."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st

from bot.blocks import limits, schedule_form, schedule_ids as ids
from bot.blocks.schedule_form import Offer
from bot.errors import StaleButton
from bot.play.proposal import (
    LONGEST_DAYS_OFF,
    MOST_LEVELS,
    MOST_TOPICS,
    Entry,
    Fault,
    Field,
    Mistake,
    Mistakes,
)
from bot.play.topics import Topic
from bot.quiz.days_off import BadLine, Country, Flaw, read_days_off, write_days_off
from bot.quiz.player import ChannelId
from bot.sandbox.block_kit import check_view

NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
USUAL: Final = Entry(ChannelId("C1"), zone="Europe/Berlin")
NOTHING: Final = Offer((), (), ())


def said(*mistakes: Mistake) -> dict[str, str]:
    return schedule_form.complaints(Mistakes(mistakes))


def test_every_plain_mistake_has_its_words() -> None:
    for field, fault in schedule_form.FAULTS:
        ((block, words),) = said(Mistake(field, fault)).items()
        assert block == schedule_form.BLOCKS[field]
        assert words.endswith(".")


def test_every_flaw_of_a_line_has_its_words() -> None:
    for flaw in Flaw:
        bad = BadLine(2, "x" * 100, flaw)
        words = said(Mistake(Field.DAYS_OFF, Fault.BAD_LINES, (bad,)))[ids.DAYS_OFF]
        assert words.startswith("Line 2: “xxx")
        assert len(words) < 150


def test_of_many_bad_lines_some_are_told_and_the_rest_counted() -> None:
    lines = tuple(BadLine(n, f"x{n}", Flaw.UNREADABLE) for n in range(1, 8))
    words = said(Mistake(Field.DAYS_OFF, Fault.BAD_LINES, lines))[ids.DAYS_OFF]
    assert "“x3”" in words
    assert "“x4”" not in words
    assert words.endswith("4 more lines like that.")


def test_a_form_with_everything_in_it_is_one_that_slack_takes() -> None:
    entry = Entry(
        ChannelId("C1"),
        version="v-1",
        zone="America/Argentina/ComodRivadavia",
        topics=("t",),
        levels=("hard",),
        board_day=6,
        country="DE",
        days_off="2026-12-24",
    )
    topics = tuple(Topic(f"topic-{n}", "T" * 200, 3, "hard") for n in range(MOST_TOPICS + 3))
    offer = Offer(topics, ("easy", "hard"), (Country("DE", "Germany"),))
    assert check_view(schedule_form.form_view(entry, [], offer, NOW)) == []


def test_a_bank_of_one_level_asks_for_none() -> None:
    view = schedule_form.form_view(USUAL, [], Offer((), ("easy",), ()), NOW)
    assert ids.LEVELS not in [block["block_id"] for block in view["blocks"]]


def test_an_untouched_form_is_read_as_it_is() -> None:
    view = schedule_form.form_view(USUAL, [], NOTHING, NOW)
    state = {
        block["block_id"]: {block["block_id"]: _state(block["element"])}
        for block in view["blocks"]
    }
    assert schedule_form.read_entry(state, view["private_metadata"]) == USUAL


def _state(element: dict[str, Any]) -> dict[str, Any]:
    return {
        "selected_time": element.get("initial_time"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "value": element.get("initial_value"),
    }


@pytest.mark.parametrize("origin", ["", "C1", "{}", '["C1"]', "[]", "null"])
def test_a_form_of_another_version_is_stale(origin: str) -> None:
    with pytest.raises(StaleButton):
        schedule_form.read_entry({}, origin)


@pytest.mark.parametrize("packed", ["", "[]", "{}", '{"channel":"C1"}', '{"weekdays":1}'])
def test_what_is_no_entry_is_stale(packed: str) -> None:
    with pytest.raises(StaleButton):
        schedule_form.unpack_entry(packed)


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=75)


@given(
    topics=st.lists(names, max_size=MOST_TOPICS).map(tuple),
    levels=st.lists(names, max_size=MOST_LEVELS).map(tuple),
    weekdays=st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    board_day=st.none() | st.integers(0, 6),
)
def test_an_entry_comes_back_as_it_went_out(**fields: Any) -> None:
    entry = Entry(ChannelId("C1"), "v-1", **fields)
    assert schedule_form.unpack_entry(schedule_form.pack_entry(entry)) == entry


def test_the_longest_entry_fits_into_what_a_form_carries() -> None:
    lines = "\n".join(f"1.{1 + n % 12}.{2026 + n}" for n in range(200))[:LONGEST_DAYS_OFF]
    off, _ = read_days_off(lines.rpartition("\n")[0])
    entry = Entry(
        ChannelId("C" * 11),
        version="v-" + "1" * 60,
        zone="America/Argentina/ComodRivadavia",
        topics=tuple(f"{n:075}" for n in range(MOST_TOPICS)),
        levels=tuple(f"{n:075}" for n in range(MOST_LEVELS)),
        days_off=write_days_off(off),
    )
    assert len(schedule_form.pack_entry(entry)) <= limits.PRIVATE_METADATA
    assert json.loads(schedule_form.pack_entry(entry))["days_off"]


def test_countries_that_begin_so_come_first() -> None:
    countries = [Country("NE", "Niger"), Country("NG", "Nigeria"), Country("AR", "Algeria")]
    (group,) = schedule_form.country_groups(countries, "al")
    assert [option["value"] for option in group["options"]] == ["AR"]
    (group,) = schedule_form.country_groups(countries, "er")
    assert len(group["options"]) == 3
    assert schedule_form.country_groups(countries, "zz") == []


def test_topics_stand_in_groups() -> None:
    track = Topic("git", "Git", 1, is_track=True)
    quiz = Topic("git/basics", "Git basics", 12, "basics")
    tracks, quizzes = schedule_form.topic_groups([track, quiz])
    assert tracks["options"][0]["description"]["text"] == "Track, 1 question"
    assert quizzes["options"][0]["description"]["text"] == "Quiz, 12 questions"
    assert schedule_form.topic_groups([]) == []
