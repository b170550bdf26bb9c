"""What holds for any question and any answer, however strange: Slack takes it, nothing leaks."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.blocks import ids, limits, menu, notices, progress, question, summary
from bot.blocks.kit import Message
from bot.errors import StaleButton
from bot.play.solo import Asking, ContinueOrReplace, Finished, Marked, Menu, MyProgress
from bot.quiz.question import LETTERS, Question, Quiz, Slug, StudyLink, short_slug
from bot.quiz.session import Result, SessionId, Stale
from bot.sandbox.block_kit import check_message, check_view
from tests import strategies as some

LIVE: Final = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
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
    is_taken(question.result_message(marked))


@sometimes
@given(some.filling())
def test_any_blanks_can_be_filled_in(blank: Question) -> None:
    assert check_view(question.blanks_view(some.asked(blank))) == []


@often
@given(some.finished(), st.booleans())
def test_any_end_of_a_session_can_be_shown(finished: Finished, may_share: bool) -> None:  # noqa: FBT001  drawn
    is_taken(summary.summary_message(finished, may_share=may_share))
    is_taken(summary.stopped_message(finished.session))


@sometimes
@given(some.results(), st.text(max_size=100) | some.words())
def test_any_result_can_be_shared(result: Result, name: str) -> None:
    is_taken(summary.shared_message(result, name))


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
