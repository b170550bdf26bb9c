"""The Home tab holds whatever there is to show, and never says too much."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import home, limits, reminder
from bot.blocks.badges import WORDS
from bot.play.home import Asked, HomePage, NextAt, OfChannel, TrackScore
from bot.play.home_ports import Reminder
from bot.play.steps import Menu, MyProgress
from bot.quiz.badges import Badge, Counters, merits
from bot.quiz.board import BoardRow
from bot.quiz.occurrence import Occurrence, OccurrenceId
from bot.quiz.people import Personal
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question, Slug
from bot.quiz.session import Progress
from bot.quiz.standings import Placed, Row
from bot.quiz.streaks import Streak
from bot.quiz.zones import Zone
from bot.sandbox.block_kit import check_message, check_view
from bot.sandbox.messages import words_of
from tests import strategies as some
from tests.blocks.samples import SKY
from tests.strategies import NINE

UTC: Final = Zone("UTC", timedelta())
TOKEN: Final = re.compile(r"<(?:#C\d+|!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>]*)>")
"""What is meant to be live: a channel, a moment."""

LIVE: Final = re.compile(r"[<>]")
COUNT: Final = st.integers(0, 10**9)


def occurrence(question: Question = SKY, title: str = "Colours", level: str = "") -> Occurrence:
    return Occurrence(
        OccurrenceId("C1.2026-03-02"),
        ChannelId("C1"),
        date(2026, 3, 2),
        question,
        Slug("colours"),
        title,
        NINE,
        NINE + timedelta(hours=8),
        level=level,
    )


def asked(**changes: Any) -> Asked:
    return replace(Asked(occurrence(), is_open=True, is_answered=False, right=None), **changes)


EMPTY: Final = HomePage(
    menu=Menu(2, 5, None),
    channels=(),
    more=0,
    personal=Personal(),
    own=None,
    people=0,
    mine=MyProgress(Progress(0, 0, 0, 0, {}), ()),
    tracks=(),
    merits=merits(Counters()),
    to_review=0,
    reminds=False,
)


def read(page: HomePage, note: str = "") -> str:
    return words_of(home.home_view(page, UTC, "/quiz", note)["blocks"])


def row(*, rank: int = 2, hidden: bool = False) -> BoardRow:
    placed = Placed(rank, Row(UserId("U1"), "Ana", 1_400, 3, 4))
    return BoardRow(placed, is_own=True, is_hidden=hidden)


# In words


def test_a_week_is_told_in_one_line() -> None:
    streak = Streak(6, 25)
    page = replace(EMPTY, personal=Personal(streak=streak), own=row(), people=17)
    assert "🔥 6 working days in a row · 1,400 points · rank 2 of 17" in read(page)
    assert "Your longest streak: 25 working days." in read(page)


def test_a_hidden_person_has_no_rank() -> None:
    page = replace(EMPTY, own=row(hidden=True), people=17)
    assert "1,400 points · hidden from boards" in read(page)
    assert "rank" not in read(page)


def test_a_question_waits_with_its_closing_time_and_a_link() -> None:
    page = replace(EMPTY, channels=(asked(link="https://acme.slack.example/p1"),))
    view = home.home_view(page, UTC, "/quiz")
    assert "⏳ Closes" in read(page)
    [button] = [b["accessory"] for b in view["blocks"] if b.get("block_id") == "channel:0"]
    assert (button["text"]["text"], button["url"]) == ("Answer", "https://acme.slack.example/p1")


def test_how_good_an_answer_is_stands_there_only_after_the_close() -> None:
    def state(**changes: Any) -> str:
        return read(replace(EMPTY, channels=(asked(**changes),)))

    open_ones = {
        state(is_answered=True, occurrence=replace(occurrence(), instant=instant))
        for instant in (False, True)
    }
    assert len(open_ones) == 1
    assert "✅ Answered" in open_ones.pop()
    assert "you were right" in state(is_open=False, is_answered=True, right=True)
    assert "not quite" in state(is_open=False, is_answered=True, right=False)
    assert "without your answer" in state(is_open=False)


def test_badges_stand_with_their_conditions_and_the_nearest_ones_ahead() -> None:
    earned = merits(Counters(runs=3, right=62, best_streak=5, tracks=4, tracks_tried=1))
    words = read(replace(EMPTY, merits=earned))
    assert "🏅 First quiz: play a quiz to the end" in words
    assert "🏅 One week: answer on 5 working days in a row" in words
    assert "Hundred right: 100 right first answers · 62 of 100" in words
    assert "Thousand right" not in words


def test_what_came_of_the_last_press_stands_on_top() -> None:
    assert read(EMPTY, home.WROTE).startswith(f"*{home.WROTE}*")


def test_a_page_without_memory_says_what_to_do() -> None:
    view = home.away_view()
    assert check_view(view) == []
    assert "open this tab again" in words_of(view["blocks"])


def test_one_button_at_most_is_the_first_to_press() -> None:
    page = replace(EMPTY, channels=(asked(link="https://acme.slack.example/p1"),) * 3)
    assert json.dumps(home.home_view(page, UTC, "/quiz")).count('"primary"') == 1


def test_every_badge_has_a_name_and_a_condition() -> None:
    assert set(WORDS) == set(Badge)
    assert len(set(WORDS.values())) == len(WORDS)


# Laws


@st.composite
def channels(draw: st.DrawFn) -> OfChannel:
    if draw(st.booleans()):
        return NextAt(ChannelId("C2"), NINE)
    about = occurrence(SKY, draw(some.words()), draw(st.just("") | some.words()))
    link = draw(st.sampled_from(("", "https://acme.slack.example/archives/C1/p1")))
    is_open, is_answered = draw(st.booleans()), draw(st.booleans())
    right = draw(st.none() | st.booleans())
    return Asked(about, is_open=is_open, is_answered=is_answered, right=right, link=link)


@st.composite
def pages(draw: st.DrawFn) -> HomePage:
    scores = st.builds(lambda t, a, r: TrackScore(t, max(a, r), r), some.words(), COUNT, COUNT)
    streak = Streak(draw(COUNT), draw(COUNT))
    hidden = draw(st.booleans())
    return HomePage(
        menu=draw(some.menus()),
        channels=tuple(draw(st.lists(channels(), max_size=3))) * draw(st.sampled_from((1, 3))),
        more=draw(COUNT),
        personal=Personal(is_hidden=hidden, zone=draw(zones()).key, streak=streak),
        own=draw(st.none() | st.builds(row, rank=COUNT, hidden=st.just(hidden))),
        people=draw(COUNT),
        mine=draw(some.progresses()),
        tracks=tuple(draw(st.lists(scores, max_size=3))) * draw(st.sampled_from((1, 40))),
        merits=merits(draw(st.builds(Counters, *[COUNT] * 6))),
        to_review=draw(COUNT),
        reminds=draw(st.booleans()),
    )


def zones() -> st.SearchStrategy[Zone]:
    keys = ("UTC", "America/Argentina/ComodRivadavia", "Asia/Kathmandu")
    return st.builds(Zone, st.sampled_from(keys), st.just(timedelta(hours=5, minutes=45)))


often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@often
@given(pages(), zones(), st.just("") | some.words())
def test_slack_takes_any_page(page: HomePage, zone: Zone, note: str) -> None:
    view = home.home_view(page, zone, "/quiz", note)
    assert check_view(view) == []
    assert len(view["blocks"]) <= limits.VIEW_BLOCKS
    assert len(json.dumps(view, ensure_ascii=False).encode()) <= limits.VIEW_BYTES
    for markup in re.findall(r'"mrkdwn", "text": "((?:[^"\\]|\\.)*)"', json.dumps(view)):
        assert not LIVE.search(TOKEN.sub("", json.loads(f'"{markup}"')))


@often
@given(some.words(), st.just("") | some.words(), st.sampled_from(("", "https://a.example/p1")))
def test_slack_takes_any_reminder(title: str, level: str, link: str) -> None:
    message = reminder.reminder_message(Reminder(occurrence(SKY, title, level), link))
    assert check_message({"text": message.text, "blocks": list(message.blocks)}) == []
    assert len(message.text.encode()) <= limits.EPHEMERAL_TEXT_BYTES
    assert not LIVE.search(TOKEN.sub("", message.text))


@often
@given(some.questions().flatmap(lambda q: st.tuples(st.just(q), some.with_another_key(q))))
def test_nothing_of_an_open_question_shows_before_it_is_answered(
    both: tuple[Question, Question],
) -> None:
    """Neither here nor in a reminder: whatever the question is, the words are the same."""
    one, other = (occurrence(question) for question in both)
    views = [
        home.home_view(replace(EMPTY, channels=(asked(occurrence=each),)), UTC, "/quiz")
        for each in (one, other)
    ]
    assert views[0] == views[1]
    assert reminder.reminder_message(Reminder(one, "")) == reminder.reminder_message(
        Reminder(other, "")
    )
