from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import browse_ids, ids, summary
from bot.blocks.browse_ids import BrowseButton
from bot.quiz.prose import prose
from bot.quiz.question import Slug
from bot.quiz.session import Fill, Result, State
from tests.blocks.samples import (
    COLOURS,
    FLAG,
    SKY,
    SNOW,
    action_ids,
    asking,
    button,
    chose,
    finished,
    labels,
    read,
)
from tests.strategies import NINE

GOOD = (SKY, chose(1), True)
BAD = (SKY, chose(2), False)
RESULT = Result(Slug("art/colours"), "Colours", "hard", 8, 10, (), practice=False)


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (7_500, "2 h 5 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 day"),
        (260_000, "3 days"),
    ],
)
def test_a_duration_is_as_precise_as_anybody_cares(seconds: float, wanted: str) -> None:
    assert summary.duration(timedelta(seconds=seconds)) == wanted


@pytest.mark.parametrize(
    ("previous", "wanted"),
    [
        (None, ""),
        (0, "better than your last time (0)"),
        (1, "the same as last time"),
        (2, "your last time was 2"),
    ],
)
def test_a_run_is_compared_with_the_last_one(previous: int | None, wanted: str) -> None:
    assert summary.compared(finished(GOOD, BAD, previous=previous).session) == wanted


def test_the_summary_tells_score_time_and_points() -> None:
    end = finished(GOOD, BAD, previous=0, finished=NINE + timedelta(minutes=4))
    assert read(summary.summary_message(end, may_share=True)).split("\n")[:3] == [
        "🏁 Colours",
        "1 of 2 right  ▓▓▓▓▓░░░░░",
        "in 4 min · better than your last time (0) · 100 points",
    ]


def test_missed_questions_are_listed_with_both_answers() -> None:
    end = finished(BAD, GOOD, (FLAG, chose(0, 1), False), (SNOW, Fill(("black ", "cold")), False))
    shown = read(summary.summary_message(end, may_share=True))
    assert "To look at again" in shown
    assert "1  What colour is a clear sky?\nyou: C · right: B Blue" in shown
    assert "\n2  " not in shown
    assert "you: A and B · right: A Green; C White; D Red" in shown
    assert "you: “black” and “cold” · right: white and cold" in shown


def test_a_missed_question_is_known_by_what_it_asks() -> None:
    scenario = prose("A team runs a large cluster in two regions. " * 5)
    asked = replace(SKY, prompt=(*scenario, *prose("Which colour has the sky there?")))
    end = finished((asked, chose(2), False))
    message = summary.summary_message(end, may_share=True)
    assert "1  Which colour has the sky there?\n" in read(message)
    assert "cluster" not in read(message) + message.text


def test_those_who_hear_it_get_the_same() -> None:
    end = finished(GOOD, BAD, quiz=None)
    assert summary.summary_message(end, may_share=True).text == (
        "Colours is finished. 1 of 2 right, in 0 s · 100 points.\nTo look at again:\n"
        "2: What colour is a clear sky? You: C. Right: B Blue."
    )


def test_a_long_list_of_missed_questions_ends_in_a_number() -> None:
    shown = read(summary.summary_message(finished(*[BAD] * 23), may_share=True))
    assert "20  What colour" in shown
    assert "21  What colour" not in shown
    assert "and 3 more" in shown


def test_skipped_questions_keep_the_number_under_which_they_were_asked() -> None:
    end = finished(BAD, GOOD, queue=(1, 0))
    assert "2  What colour" in read(summary.summary_message(end, may_share=True))


def test_a_clean_run_has_nothing_to_retry() -> None:
    message = summary.summary_message(finished(GOOD), may_share=True)
    assert labels(message) == ["Another quiz", "Share in channel"]
    assert "To look at again" not in read(message)


def test_it_leads_back_to_the_track_of_the_quiz() -> None:
    end = finished(GOOD, quiz=replace(COLOURS, track="art"))
    message = summary.summary_message(end, may_share=True)
    assert labels(message) == ["Another quiz", "Browse track", "Share in channel"]
    to = BrowseButton.unpack(button(message, browse_ids.BROWSE)["value"])
    assert to == BrowseButton("art")


@pytest.mark.parametrize(("missed", "label"), [(1, "Retry this one"), (2, "Retry these 2")])
def test_missed_questions_can_be_tried_again(missed: int, label: str) -> None:
    message = summary.summary_message(finished(GOOD, *[BAD] * missed), may_share=True)
    retry = button(message, ids.RETRY)
    assert retry["text"]["text"] == label
    assert ids.SessionButton.unpack(retry["value"]).session_id == "s1"


@pytest.mark.parametrize(
    ("may_share", "practice", "shares"),
    [
        pytest.param(True, False, True, id="in a channel"),
        pytest.param(False, False, False, id="nowhere to share or shared already"),
        pytest.param(True, True, False, id="practice"),
    ],
)
def test_only_a_real_run_in_a_channel_can_be_shared(
    *, may_share: bool, practice: bool, shares: bool
) -> None:
    message = summary.summary_message(finished(GOOD, practice=practice), may_share=may_share)
    assert (ids.SHARE in action_ids(message)) is shares
    assert ("until you share it" in read(message)) is shares


def test_practice_counts_no_points() -> None:
    shown = read(summary.summary_message(finished(GOOD, practice=True), may_share=True))
    assert "in 0 s · practice" in shown
    assert "points" not in shown


def test_the_study_guide_leads_on_while_the_page_exists() -> None:
    assert "📖 Study guide: Light" in read(summary.summary_message(finished(GOOD), may_share=True))
    assert "📖" not in read(summary.summary_message(finished(GOOD, quiz=None), may_share=True))


def test_a_stopped_quiz_tells_what_counts_and_starts_again() -> None:
    end = finished(GOOD, BAD, state=State.STOPPED)
    message = summary.summary_message(end, may_share=True)
    assert message == summary.stopped_message(end.session)
    assert message.text == ("Stopped: Colours, 1 right of 2 answered. Your answers so far count.")
    again = ids.StartButton.unpack(button(message, ids.START)["value"])
    assert (again.slug, again.count) == ("art/colours", 2)


def test_a_quiz_stopped_before_the_first_answer_has_nothing_that_counts() -> None:
    session = asking(SKY).session.stop()
    message = summary.stopped_message(session)
    assert message.text == "Stopped: Colours, nothing answered yet."
    assert "count" not in read(message)


def test_a_shared_card_has_a_score_but_no_question() -> None:
    message = summary.shared_message(RESULT, "Ana")
    assert message.text == "Ana played Colours · hard: 8 of 10 right."
    assert read(message).split("\n") == [
        "Ana played Colours · hard",
        "8 of 10 right  ▓▓▓▓▓▓▓▓░░",
        "Try it",
    ]
    value = ids.StartButton.unpack(button(message, ids.START)["value"])
    assert (value.slug, value.count) == ("art/colours", 10)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ana", "Ana"),
        (" Ana \n  B ", "Ana B"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}anA", "anA"),
        ("\N{ZERO WIDTH SPACE}\n", "Somebody"),
        ("", "Somebody"),
        ("x" * 100, "x" * 79 + "…"),
        ("<!channel>", "<!channel>"),
    ],
)
def test_a_name_is_plain(name: str, wanted: str) -> None:
    assert summary.plain_name(name) == wanted


def test_a_name_pings_nobody() -> None:
    message = summary.shared_message(RESULT, "<!here>")
    assert message.text.startswith("&lt;!here&gt; played")
    first = message.blocks[0]["elements"][0]["elements"][0]
    assert first == {"type": "text", "text": "<!here>", "style": {"bold": True}}
