"""What people and authors see of a suggested question."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bot.blocks import suggestion as looks, suggestion_review as review
from bot.blocks.suggestion import MOST_OPTIONS, FormNote
from bot.play.report_ports import SuggestionView
from bot.play.suggesting import Sent
from bot.quiz.player import UserId
from bot.quiz.question import Slug
from bot.quiz.suggestion import Answer, Draft, Mistakes, Suggestion, SuggestionId
from bot.sandbox.block_kit import check_message, check_view
from tests import strategies as some
from tests.blocks.samples import COLOURS, labels, read

BEN = UserId("U2")
SUGGESTION = Suggestion(SuggestionId("g1"), Slug("art/colours"), BEN, Draft("<quiz>\nWhy?\n"))


def view_of(suggestion: Suggestion = SUGGESTION) -> SuggestionView:
    draft = suggestion.draft or Draft("")
    return SuggestionView(suggestion, draft, COLOURS, "https://x.example/e", {BEN: "Ben"})


def field(value: object, name: str = "value") -> dict[str, Any]:
    return {name: value}


@pytest.mark.parametrize(
    ("changes", "buttons", "words"),
    [
        ({}, ["Accept", "Decline"], "Accept it, and paste it into the file."),
        ({"answer": Answer.ACCEPTED, "decider": BEN}, [], "✅ Accepted by Ben."),
        ({"answer": Answer.DECLINED, "reason": "We have it."}, [], "⚪ Declined: We have it."),
    ],
)
def test_the_authors_see_what_can_be_done(
    changes: dict[str, Any], buttons: list[str], words: str
) -> None:
    message = review.suggestion_message(view_of(replace(SUGGESTION, **changes)))
    assert labels(message) == buttons
    assert words in read(message)


def test_what_the_lint_remarks_is_shown() -> None:
    remarked = replace(SUGGESTION, draft=Draft("<quiz>", ("Add a wrong option.",)))
    assert "⚠️ Add a wrong option." in read(review.suggestion_message(view_of(remarked)))


@settings(max_examples=30, deadline=None)
@given(some.words(), some.words())
def test_slack_takes_any_suggestion(markdown: str, reason: str) -> None:
    answered = replace(
        SUGGESTION,
        draft=Draft(markdown, (reason,)),
        answer=Answer.DECLINED,
        reason=reason[:500],
    )
    for message in (
        review.suggestion_message(view_of(answered)),
        review.suggestion_message(replace(view_of(answered), quiz=None)),
        looks.answer_message(answered),
    ):
        assert check_message({"text": message.text, "blocks": list(message.blocks)}) == []


def test_the_form_grows_to_ten_options_and_no_further() -> None:
    note = FormNote(4, "there")
    for _ in range(5):
        view = looks.suggest_view(note)
        assert check_view(view) == []
        note = note.longer
    assert note.options == MOST_OPTIONS
    assert "suggest_more" not in str(looks.suggest_view(note))
    assert FormNote.unpack(note.pack()) == note


def test_options_left_empty_are_left_out_and_complaints_find_their_fields() -> None:
    state = {
        "suggest_option0": {"suggest_option0": field("Six")},
        "suggest_option1": {"suggest_option1": field(None)},
        "suggest_option2": {"suggest_option2": field(" Eight ")},
        "suggest_right": {"suggest_right": field([{"value": "2"}], "selected_options")},
    }
    wish = looks.read_wish(state)
    assert not isinstance(wish, Mistakes)
    assert wish.options == (("Six", False), ("Eight", True))
    found = looks.complaints(state, Mistakes({"option1": "No.", "option2": "Nor this."}))
    assert found == {"suggest_option2": "No.", "suggest_option1": "Nor this."}


def test_whoever_suggests_something_hears_where_it_goes() -> None:
    assert "on its way" in looks.sent_message(Sent(waits=False)).text
    assert "chosen a channel" in looks.sent_message(Sent(waits=True)).text


def test_whoever_suggested_it_hears_which_one_is_meant() -> None:
    accepted = replace(SUGGESTION, answer=Answer.ACCEPTED)
    assert "Why?" in looks.answer_message(accepted).text
