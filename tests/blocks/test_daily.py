"""The question of a channel looks right at every moment of its life, and gives nothing away."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import daily, daily_words, ids, limits
from bot.blocks.kit import Message
from bot.blocks.result import OTHER
from bot.errors import StaleButton
from bot.play.daily import DailyRun, Hinted, NoSuchQuestion, Practice, Recorded, Withdrawn
from bot.play.pausing import PAUSING
from bot.quiz.occurrence import Occurrence, OccurrenceId, Resolved, Runner, Tally, daily_id
from bot.quiz.player import ChannelId, UserId
from bot.quiz.prose import prose
from bot.quiz.question import Blank, Kind, Option, Question, QuestionId, Slug
from bot.quiz.schedule import BY_HAND, NO_QUESTION, Schedule
from bot.quiz.session import Answer, AttemptId, Choice, Fill
from bot.quiz.timetable import Timetable
from bot.sandbox.block_kit import check_message, check_view
from bot.sandbox.messages import words_of
from tests import strategies as some

COMMAND: Final = "/quiz"
TOKENS: Final = re.compile(r"<!date\^\d+\^[^|<>]*\|[^<>]*>|<#C1>")
LIVE: Final = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
MONDAY: Final = date(2026, 3, 2)
CLOSES: Final = datetime(2026, 3, 2, 17, tzinfo=UTC)
CMD: Final = Question(
    QuestionId("cmd"),
    prose("Which instruction sets the default command?"),
    (
        Option(prose("CMD"), correct=True, feedback=prose("It does.")),
        Option(prose("RUN"), correct=False, feedback=prose("That is for the build.")),
        Option(prose("EXPOSE"), correct=False),
    ),
    explanation=prose("CMD is the default."),
)
often = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def occurrence_of(question: Question = CMD, title: str = "Docker", level: str = "") -> Occurrence:
    channel = ChannelId("C1")
    return Occurrence(
        daily_id(channel, MONDAY),
        channel,
        MONDAY,
        question,
        Slug("docker"),
        title,
        planned=CLOSES,
        closes=CLOSES,
        level=level,
    )


def occurrences() -> st.SearchStrategy[Occurrence]:
    return st.builds(occurrence_of, some.questions(), some.words(), st.just("") | some.words())


def is_taken(message: Message) -> None:
    payload = {"text": message.text, "blocks": list(message.blocks)}
    assert check_message(payload) == []
    assert 0 < len(message.text) <= limits.UPDATE_TEXT
    plain = TOKENS.sub("", message.text)
    assert not LIVE.search(plain), plain


def words(message: Message) -> str:
    return words_of(list(message.blocks))


@st.composite
def resolved(draw: st.DrawFn) -> Resolved:
    occurrence = draw(occurrences())
    answered = draw(st.sampled_from((0, 1, 24, 10**6)))
    counts = st.integers(0, answered)
    options = tuple(draw(counts) for _ in occurrence.question.options)
    runner = st.builds(Runner, st.just(UserId("U1")), some.words(), st.integers(5, 900))
    runners = tuple(draw(st.lists(runner, max_size=10)))
    tally = Tally(answered, draw(counts), options)
    return Resolved(occurrence, tally, runners, draw(st.none() | some.quizzes()))


@st.composite
def with_another_key(draw: st.DrawFn, occurrence: Occurrence) -> Occurrence:
    return replace(occurrence, question=draw(some.with_another_key(occurrence.question)))


# Laws


@often
@given(occurrences(), st.sampled_from((0, 1, 10**6)))
def test_any_question_can_be_asked(occurrence: Occurrence, answered: int) -> None:
    is_taken(daily.question_message(occurrence, answered))


@often
@given(st.data(), occurrences())
def test_the_open_question_is_the_same_to_the_byte_whichever_answers_are_right(
    data: st.DataObject, occurrence: Occurrence
) -> None:
    other = data.draw(with_another_key(occurrence))
    other = replace(other, id=occurrence.id)
    assert daily.question_message(occurrence, 3) == daily.question_message(other, 3)


@often
@given(st.data(), occurrences())
def test_the_receipt_before_the_close_is_the_same_whichever_answers_are_right(
    data: st.DataObject, occurrence: Occurrence
) -> None:
    other = data.draw(with_another_key(occurrence))
    given_answer, hinted = data.draw(some.given_to(occurrence.question)), data.draw(st.booleans())
    answer = Answer(given_answer, True, 0, AttemptId("a"), hinted)  # noqa: FBT003  the looks of it
    one, two = (
        Recorded(each, replace(answer, right=right), DailyRun(3), False, False, 0, None)  # noqa: FBT003
        for each, right in ((occurrence, True), (other, False))
    )
    assert daily_words.reply(one, COMMAND) == daily_words.reply(two, COMMAND)
    is_taken(daily_words.reply(one, COMMAND))


@often
@given(resolved())
def test_any_result_can_be_shown(result: Resolved) -> None:
    is_taken(daily.result_message(result))
    is_taken(daily.withdrawn_message(result.occurrence))


@often
@given(st.data(), occurrences(), st.booleans(), st.none() | some.quizzes())
def test_any_answer_can_be_told(
    data: st.DataObject,
    occurrence: Occurrence,
    right: bool,  # noqa: FBT001  drawn
    quiz: object,
) -> None:
    given_answer = data.draw(some.given_to(occurrence.question))
    answer = Answer(given_answer, right, 100, AttemptId("a"))
    for outcome in (
        Recorded(occurrence, answer, DailyRun(5, 5), True, right, 400, None),  # noqa: FBT003
        Practice(occurrence, given_answer, right, quiz),  # type: ignore[arg-type]
        Withdrawn(),
        NoSuchQuestion(),
    ):
        is_taken(daily_words.reply(outcome, COMMAND))


@often
@given(some.filling())
def test_any_gaps_can_be_filled_in(question: Question) -> None:
    assert check_view(daily_words.daily_blanks_view(occurrence_of(question))) == []


@often
@given(occurrences(), st.booleans())
def test_any_hint_can_be_told(
    occurrence: Occurrence,
    is_free: bool,  # noqa: FBT001  drawn
) -> None:
    is_taken(daily_words.reply(Hinted(occurrence, is_free), COMMAND))


# Looks


def test_the_question_says_when_it_closes_and_how_many_answered() -> None:
    message = daily.question_message(occurrence_of(level="medium"), 12)
    shown = words(message)
    assert "Question of the day · Docker · medium" in shown
    assert "⏳ 12 answered" in shown
    token = f"<!date^{int(CLOSES.timestamp())}^{{date_short_pretty}} at {{time}}|"
    assert token in shown
    assert token in message.text
    assert "A: CMD" in message.text


def test_the_options_stand_in_the_result_as_they_stood_in_the_question() -> None:
    result = Resolved(occurrence_of(), Tally(24, 14, (14, 7, 3)), (), None)
    lines = words(daily.result_message(result)).splitlines()
    shown = [line for line in lines if line.endswith(("CMD", "RUN", "EXPOSE"))]
    assert shown == ["✅ A  CMD", f"{OTHER} B  RUN", f"{OTHER} C  EXPOSE"]
    assert "▓▓▓▓▓░░░░░  14  58 %" in lines
    assert "Right: A · 14 of 24 right" in lines
    assert "Why: CMD is the default." in lines


def test_streaks_are_named_without_a_ping() -> None:
    runners = (Runner(UserId("U1"), "Ana <@U2>", 10), Runner(UserId("U2"), "Ben", 5))
    message = daily.result_message(
        Resolved(occurrence_of(), Tally(2, 2, (2, 0, 0)), runners, None)
    )
    assert "🔥 Ana <@U2> 10 days · Ben 5 days" in words(message)  # as plain text of rich_text
    assert "<@" not in message.text


def test_nobody_answered_is_said_so() -> None:
    result = daily.result_message(Resolved(occurrence_of(), Tally(0, 0, (0, 0, 0)), (), None))
    assert "Right: A · nobody answered" in words(result)
    assert "░░░░░░░░░░  0  0 %" in words(result)


def test_ticks_and_gaps_have_their_own_controls() -> None:
    several = replace(CMD, options=tuple(replace(o, correct=True) for o in CMD.options[:2]))
    shown = json.dumps(daily.question_message(occurrence_of(several), 0).blocks)
    assert several.kind is Kind.SEVERAL
    assert ids.DAILY_SUBMIT in shown
    assert "Choose all that apply." in shown
    gap = Question(QuestionId("g"), prose("Snow is ____."), blanks=(Blank(("white",)),))
    assert ids.DAILY_FILL_IN in json.dumps(daily.question_message(occurrence_of(gap), 0).blocks)


HINTED: Final = replace(CMD, hint=prose("Three letters."))


def test_the_hint_is_offered_with_its_price_and_not_shown() -> None:
    message = daily.question_message(occurrence_of(HINTED), 0)
    buttons = message.blocks[-2]["elements"]
    assert [element["text"]["text"] for element in buttons] == ["A", "B", "C", "💡 Hint"]
    assert buttons[-1]["action_id"] == ids.DAILY_HINT
    assert "The hint costs half the points." in words(message)
    assert "Three letters." not in f"{message}"
    assert "int" not in words(daily.question_message(occurrence_of(CMD), 0))


@pytest.mark.parametrize(
    ("is_free", "price"),
    [
        pytest.param(
            False, "With the hint, a right answer earns half the points.", id="in the game"
        ),
        pytest.param(True, "It costs nothing here any more.", id="afterwards"),
    ],
)
def test_the_hint_is_told_with_what_it_costs(
    is_free: bool,  # noqa: FBT001  from the table
    price: str,
) -> None:
    message = daily_words.reply(Hinted(occurrence_of(HINTED), is_free), COMMAND)
    assert words(message) == f"💡 Three letters.\n{price}"
    assert message.text == f"Hint: Three letters.\n{price}"


def test_the_private_word_says_why_it_is_half() -> None:
    answer = Answer(Choice(frozenset({0})), True, 50, AttemptId("a"), hinted=True)  # noqa: FBT003
    told = Recorded(occurrence_of(HINTED), answer, DailyRun(1), True, False, 50, None)  # noqa: FBT003
    shown = words(daily_words.reply(told, COMMAND))
    assert "50 points: half, because of the hint. 50 points this week." in shown
    later = replace(told, tells=False, answer=replace(answer, points=0), week_points=0)
    receipt = words(daily_words.reply(later, COMMAND))
    assert receipt.startswith("Recorded: A.")
    assert "\nWith the hint, a right answer earns half the points.\n" in receipt


@pytest.mark.parametrize(
    ("given_answer", "right", "said"),
    [
        pytest.param(Choice(frozenset({0})), True, "✅ Right: A", id="right"),
        pytest.param(
            Choice(frozenset({1})), False, "❌ Not quite: you chose B, right is A", id="wrong"
        ),
    ],
)
def test_the_private_word_tells_how_good_it_was_and_what_its_author_says(
    given_answer: Choice,
    right: bool,  # noqa: FBT001  from the table
    said: str,
) -> None:
    answer = Answer(given_answer, right, 100 * right, AttemptId("a"))
    outcome = Recorded(occurrence_of(), answer, DailyRun(6), True, False, 400, None)  # noqa: FBT003
    shown = words(daily_words.reply(outcome, COMMAND))
    assert said in shown
    assert "🔥 6 working days in a row." in shown
    assert "400 points this week." in shown
    assert ("It does." if right else "That is for the build.") in shown


def test_a_milestone_is_named() -> None:
    answer = Answer(Choice(frozenset({0})), True, 0, AttemptId("a"))  # noqa: FBT003
    outcome = Recorded(occurrence_of(), answer, DailyRun(10, 10), False, False, 0, None)  # noqa: FBT003
    shown = words(daily_words.reply(outcome, COMMAND))
    assert shown.startswith("Recorded: A. The answer comes <!date^")
    assert "🔥 10 working days in a row: you have reached 10." in shown


@pytest.mark.parametrize("code", sorted({*PAUSING, BY_HAND, NO_QUESTION, "invalid_blocks", "a<b"}))
def test_whoever_set_it_up_hears_what_happened_and_what_to_do(code: str) -> None:
    table = Timetable(CLOSES.time(), "UTC")
    schedule = Schedule(ChannelId("C1"), UserId("U9"), table, MONDAY, paused=code)
    message = daily_words.owner_message(schedule, COMMAND)
    is_taken(message)
    is_pause = code in {*PAUSING, NO_QUESTION}
    assert ("is paused" in message.text) is is_pause
    if is_pause:
        assert "resume it" in daily_words.paused_words(code)
        assert "/quiz daily" in message.text


def test_every_word_for_a_pause_is_for_one_that_happens() -> None:
    assert set(daily_words.PAUSED) <= {*PAUSING, BY_HAND, NO_QUESTION}


# Buttons


@given(st.integers(0, 25), st.text(min_size=1, max_size=60).filter(lambda text: ":" not in text))
def test_a_button_comes_back_as_it_went_out(option: int, name: str) -> None:
    answer = ids.DailyAnswerButton(OccurrenceId(name), option)
    assert ids.DailyAnswerButton.unpack(answer.pack()) == answer
    about = ids.DailyButton(OccurrenceId(name))
    assert ids.DailyButton.unpack(about.pack()) == about


@pytest.mark.parametrize("value", ["", "1", "x:C1", "1:", "-1:C1"])
def test_a_button_of_another_time_is_stale(value: str) -> None:
    with pytest.raises(StaleButton):
        ids.DailyAnswerButton.unpack(value)


def test_a_button_about_nothing_is_stale() -> None:
    with pytest.raises(StaleButton):
        ids.DailyButton.unpack("")


def test_what_was_typed_is_told_back() -> None:
    gap = Question(QuestionId("g"), prose("Snow is ____."), blanks=(Blank(("white",)),))
    practice = Practice(occurrence_of(gap), Fill(("grey",)), right=False, quiz=None)
    shown = words(daily_words.reply(practice, COMMAND))
    assert "you wrote “grey”, right is white" in shown
    assert "practice" in shown
