from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.blocks import ids, notices, report_ids
from bot.blocks.kit import Message
from bot.quiz.session import Stale, Standing
from tests.blocks.samples import COLOURS, action_ids, button, read


def test_help_shows_commands_that_can_be_copied() -> None:
    message = notices.help_message("/ask")
    lines = [line for line in read(message).split("\n") if line.startswith("`")]
    assert len(lines) == 11
    assert all(line.startswith("`/ask") for line in lines)
    assert "/ask resume go on where you were" in message.text
    assert "`" not in message.text
    assert action_ids(message) == [ids.MENU, ids.BOARD, ids.PRIVACY, report_ids.SUGGEST]


def test_unknown_words_are_repeated_and_answered_with_help() -> None:
    message = notices.not_understood("  <!channel>\ndance ", "/quiz")
    assert message.text.startswith("I don't know “&lt;!channel&gt; dance” yet.")
    assert "`/quiz stop`" in read(message)


def test_who_types_only_a_name_is_asked_above_the_help() -> None:
    message = notices.start_it(replace(COLOURS, level="hard"), 5, "/quiz")
    assert read(message).startswith("Start Colours · hard?")
    assert message.text.startswith("Start Colours · hard?\n/quiz pick a quiz")
    start = button(message, ids.START)
    assert (start["text"]["text"], start["accessibility_label"]) == (
        "Start",
        "Start Colours · hard",
    )
    assert ids.StartButton.unpack(start["value"]) == ids.StartButton(COLOURS.slug, 5)


def test_a_late_press_leads_to_the_open_question() -> None:
    message = notices.stale_message(Stale(Standing("Colours", 4, 10)), "/quiz")
    assert message.text == (
        "That question is finished. /quiz resume brings you to number 4 of Colours."
    )
    assert action_ids(message) == [ids.RESUME]


def test_a_long_title_leaves_the_sentence_whole() -> None:
    message = notices.stale_message(Stale(Standing("Long & " * 900, 4, 10)), "/quiz")
    assert len(message.text) < 400
    assert message.text.endswith("….")


@pytest.mark.parametrize(
    ("say", "said"),
    [
        (lambda name: notices.stale_message(Stale(None), name), "That quiz is finished."),
        (notices.nothing_open, "No quiz is open."),
        (notices.missed_are_gone, "I no longer have these questions."),
        (notices.too_old, "This result is older than a week, so I no longer have it."),
    ],
)
def test_an_end_leads_to_the_menu(say: Callable[[str], Message], said: str) -> None:
    message = say("/ask")
    assert message.text == f"{said} /ask starts a quiz."
    assert action_ids(message) == [ids.MENU]


def test_a_newcomer_learns_the_command_and_that_it_is_private() -> None:
    message = notices.welcome("/ask")
    assert "Type `/ask` in any channel" in read(message)
    assert "Nobody sees your answers." in message.text
    assert action_ids(message) == [ids.MENU, ids.HELP]


def test_a_sentence_is_escaped_and_advice_is_not() -> None:
    assert read(notices.sentence("a < b")) == "a &lt; b"
    assert notices.advice("Use `/quiz`.").text == "Use `/quiz`."


def test_an_apology_has_a_reference_to_pass_on() -> None:
    assert notices.apology("3f9a").text.endswith("whoever runs the bot: `3f9a`")


@pytest.mark.parametrize(
    "words",
    [
        notices.APOLOGY,
        notices.PICK_SOMETHING,
        notices.PICK_QUIZ,
        notices.ALREADY_SHARED,
        notices.NOT_SHARED,
        notices.MODAL_LATE,
        notices.NOT_SHOWN,
        notices.FILL_EVERY_GAP,
    ],
)
def test_nothing_is_shouted(words: str) -> None:
    assert "!" not in words
    assert words[0].isupper()
    assert words[-1] in ".:"
