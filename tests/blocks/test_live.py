"""Screens of a live round: Slack takes them, they leak nothing, and they say what is next."""

import json
import re
import string
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import limits, live, live_ids, live_words, report_ids
from bot.blocks.kit import Message
from bot.errors import StaleButton
from bot.play.live import (
    AlreadyPlaying,
    Begun,
    Closed,
    NoRound,
    NotHere,
    NotYou,
    NotYours,
    Recorded,
    Seated,
)
from bot.play.live_ports import LiveView
from bot.quiz import live_moves as moves
from bot.quiz.live import END, LOBBY, Ending, Phase, Round, RoundId, Seat, asked, told
from bot.quiz.live_moves import LiveAnswer
from bot.quiz.live_result import scores
from bot.quiz.occurrence import Tally
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question
from bot.quiz.session import AttemptId
from bot.sandbox.block_kit import check_message, check_view
from tests import strategies as some
from tests.quiz.samples import NINE, SKY, right_answer
from tests.quiz.test_live_moves import SECOND, round_of, seated
from tests.test_laws import LIVE, markup

COMMAND: Final = "/quiz"
NOTICES: Final = (LOBBY, asked(0), told(0), END)
often: Final = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def view_of(round_: Round, name: str = "Ana", host: str = "Ben") -> LiveView:
    names = dict.fromkeys(round_.seats, name)
    return LiveView(round_, scores(round_, names), host, None, NINE)


def asking(question: Question, **changes: Any) -> Round:
    """A round of that question, open."""
    base = round_of(Phase.ASKING, opened=NINE, until=NINE + 20 * SECOND)
    return replace(moves.open_round(replace(base, questions=(question,)), at_once=True), **changes)


def is_taken(message: Message) -> None:
    payload = {"text": message.text, "blocks": list(message.blocks)}
    assert check_message(payload) == []
    assert 0 < len(message.text.encode()) <= limits.UPDATE_TEXT


def whole(message: Message) -> str:
    return json.dumps([message.text, message.blocks])


# Laws


@often
@given(
    question=some.questions(),
    phase=st.sampled_from(Phase),
    ending=st.sampled_from([None, *Ending]),
    people=st.sampled_from([0, 3, 150]),
    name=some.words(),
    paused=st.none() | st.just(NINE),
)
def test_slack_takes_every_message_of_any_round(
    *,
    question: Question,
    phase: Phase,
    ending: Ending | None,
    people: int,
    name: str,
    paused: datetime | None,
) -> None:
    answered = Tally(people, people // 2, (people,) * len(question.options))
    round_ = asking(
        question,
        phase=phase,
        ending=ending,
        title=name,
        paused=paused,
        tallies=(answered,),
        seats=seated(**{f"U{n}": Seat(0, 0, 100 * (n % 7), 1, 1) for n in range(people)}),
    )
    for notice in NOTICES:
        message = live.notice_message(view_of(round_, name, name), notice)
        is_taken(message)
        for text in (message.text, *markup(message.blocks)):
            assert not LIVE.search(text), text[:200]
    assert check_view(live.live_blanks_view(round_)) == []


@often
@given(st.data())
def test_nothing_in_an_open_question_depends_on_its_key(data: st.DataObject) -> None:
    question = data.draw(some.questions())
    other = data.draw(some.with_another_key(question))
    seen, same = (live.question_message(view_of(asking(each))) for each in (question, other))
    assert whole(seen) == whole(same)


@often
@given(st.data())
def test_nothing_that_who_answers_is_told_depends_on_the_key(data: st.DataObject) -> None:
    question = data.draw(some.questions())
    other = data.draw(some.with_another_key(question))
    given_answer = data.draw(some.given_to(question))
    told_both = []
    for each in (question, other):
        round_ = asking(each)
        marked = moves.mark(round_, 0, given_answer, AttemptId("a"), NINE)
        outcome = Recorded(round_, marked, again=data.draw(st.just(value=False)))
        told_both.append(whole(live_words.answer_message(outcome, COMMAND)))
    assert told_both[0] == told_both[1]


SIGNS: Final = f"{string.ascii_letters}{string.digits}-_"
IDS: Final = st.text(SIGNS, min_size=1, max_size=32).map(RoundId)
BUTTONS: Final = st.one_of(
    st.builds(live_ids.RoundButton, IDS),
    st.builds(live_ids.LiveQuestionButton, IDS, st.integers(0, 29)),
    st.builds(live_ids.LiveAnswerButton, IDS, st.integers(0, 29), st.integers(0, 25)),
    st.builds(
        live_ids.MoveOption,
        IDS,
        st.sampled_from(("pause", "resume", "skip", "stop")),
        st.integers(0, 29),
        st.sampled_from(Phase),
    ),
)


@often
@given(BUTTONS)
def test_a_button_comes_back_as_it_went_out(button: Any) -> None:
    packed = button.pack()
    assert type(button).unpack(packed) == button
    assert len(packed) <= limits.OPTION_VALUE


@pytest.mark.parametrize(
    "kind",
    [
        live_ids.RoundButton,
        live_ids.LiveQuestionButton,
        live_ids.LiveAnswerButton,
        live_ids.MoveOption,
    ],
)
@pytest.mark.parametrize(
    "value", ["", ":", "x" * 33, "1:2:3:4:5", "9999:r1", "-1:r1", "win:asking:0:r1", "a b"]
)
def test_a_value_that_is_none_of_ours_is_stale(kind: Any, value: str) -> None:
    with pytest.raises(StaleButton):
        kind.unpack(value)


# Examples


@pytest.mark.parametrize(
    ("left", "words"),
    [(20, "⏳ 20 s left"), (16, "⏳ 20 s left"), (15, "⏳ 15 s left"), (0, "⏳ 5 s left")],
)
def test_the_countdown_is_rounded_up_to_five_seconds(left: int, words: str) -> None:
    round_ = asking(SKY, until=NINE + left * SECOND)
    assert words in json.dumps(live.question_message(view_of(round_)).blocks, ensure_ascii=False)


def test_before_the_news_of_its_post_a_question_has_all_its_time() -> None:
    round_ = asking(SKY, phase=Phase.POSTING, until=None, limit=timedelta(minutes=2))
    message = live.notice_message(view_of(round_), asked(0))
    assert "120 s left" in whole(message)
    assert "There are 2 minutes to answer." in message.text


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Ending.EMPTY, "Nobody joined this time"),
        (Ending.NOT_STARTED, "was not started in time"),
        (Ending.CALLED_OFF, "was called off"),
    ],
)
def test_a_closed_lobby_says_why_and_can_be_opened_again(ending: Ending, words: str) -> None:
    message = live.lobby_message(view_of(round_of(Phase.OVER, ending=ending)))
    assert words in message.text
    assert live_ids.AGAIN in whole(message)


def test_a_host_who_hides_is_not_named() -> None:
    message = live.lobby_message(view_of(round_of(Phase.LOBBY), host=""))
    assert "Somebody opens a round" in message.text


@pytest.mark.parametrize(
    ("changes", "actions"),
    [
        pytest.param({}, {live_ids.MORE}, id="a rest"),
        pytest.param({"paused": NINE}, {live_ids.RESUME, live_ids.MORE}, id="a pause"),
        pytest.param({"ending": Ending.STOPPED}, set(), id="the end is near"),
        pytest.param({"phase": Phase.OVER}, set(), id="over"),
    ],
)
def test_a_result_offers_what_can_be_done(changes: dict[str, Any], actions: set[str]) -> None:
    round_ = replace(asking(SKY, phase=Phase.RESTING), **changes)
    found = re.findall(r'"action_id": "([^"]+)"', whole(live.result_message(view_of(round_), 0)))
    assert set(found) == {*actions, report_ids.REPORT}


def test_the_podium_names_four_of_a_step_and_the_table_has_all() -> None:
    seats = seated(**{f"U{n}": Seat(0, 0, 100, 1, 1) for n in range(6)})
    names = {UserId(f"U{n}"): f"Name {n}" for n in range(6)}
    round_ = round_of(Phase.ENDING, seats=seats)
    shown = replace(view_of(round_), scores=scores(round_, names))
    message = live.notice_message(shown, END)
    blocks = json.dumps(message.blocks, ensure_ascii=False)
    assert "🥇 Name 0, Name 1, Name 2, Name 3 and 2 more, 100 points each!" in blocks
    assert "Name 5" in blocks
    assert "6 more" not in blocks


def test_more_people_than_a_table_holds_are_counted() -> None:
    seats = seated(**{f"U{n}": Seat(0, 0, 100, 1, 1) for n in range(120)})
    message = live.notice_message(view_of(round_of(Phase.ENDING, seats=seats)), END)
    assert "And 21 more further down." in whole(message)


MARKED: Final = LiveAnswer(
    right_answer(SKY), right=True, points=100, left=9, attempt=AttemptId("a")
)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (live_words.usage(COMMAND), "/quiz live docker basics 5 30s"),
        (live_words.opening_message(NotHere(), "", COMMAND), "needs a channel"),
        (live_words.opening_message(NotYou(), "", COMMAND), "Only people of this workspace"),
        (live_words.opening_message(NoRound(), "", COMMAND), "I no longer have that round"),
        (live_words.opening_message(AlreadyPlaying(None), "", COMMAND), "has just ended"),
        (
            live_words.opening_message(AlreadyPlaying(round_of(Phase.LOBBY)), "", COMMAND),
            "press Join",
        ),
        (live_words.opening_message(AlreadyPlaying(round_of()), "", COMMAND), "answer its"),
        (
            live_words.answer_message(Closed(round_of(Phase.RESTING)), COMMAND),
            "The next one comes in a moment.",
        ),
        (live_words.answer_message(Closed(round_of(Phase.OVER)), COMMAND), "That round is over."),
        (live_words.answer_message(NoRound(), COMMAND), "That round is over."),
        (
            live_words.answer_message(Recorded(round_of(), MARKED, again=True), COMMAND),
            "Your first answer stands: B.",
        ),
        (live_words.join_message(Seated(1), COMMAND), "the first one"),
        (live_words.join_message(Seated(4), COMMAND), "with 3 others"),
        (live_words.join_message(NoRound(), COMMAND), "That round is over."),
        (live_words.steering_message(NotYours(), COMMAND), "Only who opened the round"),
        (live_words.steering_message(NoRound(), COMMAND), "That round is over."),
        (live_words.host_message(ChannelId("C1"), "is_archived"), "The channel is archived."),
        (live_words.host_message(ChannelId("C1"), "strange"), "Slack refused my message"),
    ],
)
def test_what_people_are_told(message: Message | None, words: str) -> None:
    assert message is not None
    is_taken(message)
    assert words in message.text


def test_who_opens_a_round_is_told_nothing_for_the_channel_sees_it() -> None:
    assert live_words.opening_message(Begun(round_of()), "", COMMAND) is None
