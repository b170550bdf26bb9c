"""What holds for any question and any answer, however strange: Slack takes it, nothing leaks."""

import json
import re
import string
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import ids, limits, menu, notices, progress, question, result, summary
from bot.blocks.kit import Message
from bot.errors import StaleButton
from bot.play.steps import Asking, ContinueOrReplace, Finished, Marked, Menu, MyProgress
from bot.quiz.player import UserId
from bot.quiz.prose import prose
from bot.quiz.question import LETTERS, Option, Question, QuestionId, Quiz, Slug, short_slug
from bot.quiz.session import Result, SessionId, Stale
from bot.sandbox.block_kit import check_message, check_view
from bot.slack.incoming import Address
from tests import strategies as some

Button: TypeAlias = (
    ids.SessionButton | ids.QuestionButton | ids.AnswerButton | ids.StartButton | ids.MoreOption
)

LIVE: Final = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
OPTION: Final = re.compile(r"(?:[^\sA-Z]+ )?([A-Z])  (.*)")
COMMAND: Final = "/quiz"
often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
sometimes = settings(often, max_examples=30)


def markup(value: Any) -> Iterator[str]:
    """Every mrkdwn text inside."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        yield from (found for inner in value.values() for found in markup(inner))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in markup(inner))


def is_taken(message: Message) -> None:
    """Slack takes it whole, and nothing in it is a mention or a link that we did not mean."""
    payload = {"text": message.text, "blocks": list(message.blocks)}
    assert check_message(payload) == []
    assert 0 < len(message.text.encode()) <= limits.EPHEMERAL_TEXT_BYTES
    for text in (message.text, *markup(message.blocks)):
        assert not LIVE.search(text), text[:200]


def whole(message: Message) -> str:
    return json.dumps([message.text, message.blocks])


# Within limits


@often
@given(some.askings())
def test_any_question_can_be_asked(asking: Asking) -> None:
    is_taken(question.question_message(asking))


@often
@given(some.marked())
def test_any_answer_can_be_shown(marked: Marked) -> None:
    is_taken(result.result_message(marked))


@sometimes
@given(some.filling())
def test_any_blanks_can_be_filled_in(blank: Question) -> None:
    assert check_view(question.blanks_view(some.asked(blank))) == []


@often
@given(finished=some.finished(), may_share=st.booleans())
def test_any_end_of_a_session_can_be_shown(finished: Finished, *, may_share: bool) -> None:
    is_taken(summary.summary_message(finished, may_share=may_share))
    is_taken(summary.stopped_message(finished.session))


@sometimes
@given(some.results(), st.text(max_size=100) | some.words())
def test_any_result_can_be_shared(kept: Result, name: str) -> None:
    is_taken(summary.shared_message(kept, name))


@sometimes
@given(some.menus())
def test_any_menu_can_be_shown(shown: Menu) -> None:
    is_taken(menu.menu_message(shown, COMMAND))


@sometimes
@given(some.words(), st.lists(some.quizzes(), max_size=5), st.integers(1, 100))
def test_any_words_can_be_asked_back(words: str, closest: list[Quiz], count: int) -> None:
    is_taken(menu.closest_message(words, closest, count, COMMAND))


@sometimes
@given(some.choices_to_make())
def test_any_two_sessions_can_be_chosen_from(choice: ContinueOrReplace) -> None:
    is_taken(menu.continue_or_replace_message(choice))


@sometimes
@given(some.progresses())
def test_any_progress_can_be_shown(mine: MyProgress) -> None:
    is_taken(progress.progress_message(mine, COMMAND))


@sometimes
@given(some.stales(), some.words())
def test_any_notice_can_be_shown(stale: Stale, words: str) -> None:
    is_taken(notices.stale_message(stale, COMMAND))
    is_taken(notices.not_understood(words, COMMAND))
    is_taken(notices.sentence(words))


# Nothing leaks


@often
@given(some.askings(), st.data())
def test_a_question_does_not_tell_what_is_right(asking: Asking, data: st.DataObject) -> None:
    asked = asking.question
    twin = data.draw(some.with_another_key(asked), label="twin")
    if asking.hinted:
        twin = replace(twin, hint=asked.hint)
    other = replace(
        asking,
        session=replace(
            asking.session,
            questions=tuple(twin if q is asked else q for q in asking.session.questions),
        ),
    )
    assert other.question is twin
    assert whole(question.question_message(other)) == whole(question.question_message(asking))
    if asked.blanks:
        assert question.blanks_view(other) == question.blanks_view(asking)


@sometimes
@given(st.integers(2, 26), st.data())
def test_options_keep_their_order_and_letters_in_the_result(
    count: int, data: st.DataObject
) -> None:
    places = st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)
    key = data.draw(places, label="right")
    options = tuple(Option(prose(f"Option {i}"), i in key) for i in range(count))
    which = Question(QuestionId("q"), prose("Which?"), options, explanation=prose("Because."))
    marked = data.draw(some.marked(which), label="answer")
    before = lettered(question.question_message(some.asked(which)))
    assert before == [(LETTERS[i], f"Option {i}") for i in range(count)]
    assert lettered(result.result_message(marked)) == before


def lettered(message: Message) -> list[tuple[str, str]]:
    """Letters and texts of the options, as they stand in the message."""
    lines = [
        "".join(run["text"] for run in block["elements"][0]["elements"])
        for block in message.blocks
        if block["type"] == "rich_text"
    ]
    found = [OPTION.fullmatch(line) for line in lines]
    return [(option[1], option[2]) for option in found if option]


# Buttons

NAMES: Final = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=32)
SESSIONS: Final = NAMES.map(SessionId)
NUMBERS: Final = st.integers(0, 9_999)
REPLACED: Final = st.none() | SESSIONS
BUTTONS: Final = st.one_of(
    st.builds(ids.SessionButton, SESSIONS, REPLACED),
    st.builds(ids.QuestionButton, SESSIONS, NUMBERS),
    st.builds(ids.AnswerButton, SESSIONS, NUMBERS, NUMBERS),
    st.builds(ids.StartButton, st.text(min_size=1, max_size=74).map(Slug), NUMBERS, REPLACED),
    st.builds(ids.MoreOption, st.sampled_from((ids.STOP, ids.HELP)), SESSIONS),
)


@given(BUTTONS)
def test_a_button_comes_back_as_it_went_out(button: Button) -> None:
    assert type(button).unpack(button.pack()) == button
    assert len(button.pack()) <= limits.BUTTON_VALUE


@given(st.text("abc/", min_size=75, max_size=300).map(Slug))
def test_a_long_slug_travels_under_a_name_of_its_own(slug: Slug) -> None:
    back = ids.StartButton.unpack(ids.StartButton(slug, 10).pack())
    assert back.slug == short_slug(slug)
    assert len(back.slug) <= limits.OPTION_VALUE


STRANGE: Final = st.text(max_size=30) | st.lists(
    st.sampled_from(("", "0", "-1", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 5_000, "s1", "stop")),
    max_size=4,
).map(":".join)


@pytest.mark.parametrize(
    "kind",
    [ids.SessionButton, ids.QuestionButton, ids.AnswerButton, ids.StartButton, ids.MoreOption],
)
@given(value=STRANGE)
def test_any_other_text_is_an_old_button(kind: type[Button], value: str) -> None:
    """Old messages and odd clients never cause more than the sentence for a stale button."""
    with suppress(StaleButton):
        assert isinstance(kind.unpack(value), kind)


@given(st.builds(Address, st.text(), st.text(), st.text().map(UserId), st.text(), st.booleans()))
def test_an_address_comes_back_as_it_went_out(address: Address) -> None:
    assert Address.unpack(address.pack(), UserId("somebody else")) == address
