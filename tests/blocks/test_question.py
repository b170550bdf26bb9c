from dataclasses import replace

import pytest

from bot.bank.lint import MOST_SHOWN, OPTION_WEIGHT
from bot.blocks import authors, ids, question, result
from bot.blocks.report_ids import ReportButton
from bot.play.reporting import InSession
from bot.play.steps import Asking
from bot.quiz.prose import Code, Listing, Paragraph, Prose, Span, plain, prose
from bot.quiz.question import LETTERS, Option, Question, QuestionId
from bot.quiz.session import SessionId
from tests.blocks.samples import (
    FLAG,
    SKY,
    SNOW,
    action_ids,
    asking,
    button,
    chose,
    labels,
    marked,
    read,
)


def with_options(count: int, right: int) -> Question:
    options = tuple(Option(prose(f"Option {i}"), i < right) for i in range(count))
    return Question(QuestionId("many"), prose("Which?"), options)


# Before the answer


def test_a_question_is_printed_with_its_options_and_a_button_for_each() -> None:
    message = question.question_message(asking(SKY))
    assert read(message).split("\n")[:7] == [
        "Colours",
        "1 of 3  ░░░░░░░░░░",
        "What colour is a clear sky?",
        "A  Green",
        "B  Blue",
        "C  Red",
        "A",
    ]
    assert labels(message) == ["A", "B", "C", "Skip"]
    assert action_ids(message) == ["answer:0", "answer:1", "answer:2", ids.SKIP, ids.MORE]


def test_those_who_hear_it_get_question_and_options() -> None:
    assert question.question_message(asking(SKY)).text == (
        "Question 1 of 3. What colour is a clear sky?\nA: Green\nB: Blue\nC: Red"
    )
    assert question.question_message(asking(FLAG)).text.endswith("D: Red\nChoose all that apply.")
    assert question.question_message(asking(SNOW)).text == (
        "Question 1 of 3. Fresh snow is ____ and ____.\nPress Fill in to answer."
    )


def test_a_lettered_button_says_its_option_aloud() -> None:
    first = button(question.question_message(asking(SKY)), "answer:0")
    assert first["accessibility_label"] == "Answer A: Green"
    assert ids.AnswerButton.unpack(first["value"]).option == 0


@pytest.mark.parametrize("asked", [SKY, FLAG, SNOW])
def test_neither_feedback_nor_explanation_is_told_before(asked: Question) -> None:
    message = question.question_message(asking(asked))
    for secret in ("grass", "So it is", "scatters", "white", "cold"):
        assert secret not in f"{message}"


def test_several_right_options_are_ticked_and_submitted() -> None:
    message = question.question_message(asking(FLAG))
    ticks = button(message, ids.TICKS)
    assert ticks["type"] == "checkboxes"
    assert [(o["text"]["text"], o["value"]) for o in ticks["options"]] == [
        ("A", "0"),
        ("B", "1"),
        ("C", "2"),
        ("D", "3"),
    ]
    assert labels(message) == ["Submit", "Skip"]
    assert "Choose all that apply." in read(message)


def test_more_options_than_boxes_become_a_menu() -> None:
    ticks = button(question.question_message(asking(with_options(11, right=2))), ids.TICKS)
    assert ticks["type"] == "multi_static_select"
    assert len(ticks["options"]) == 11


def test_26_options_have_a_button_each() -> None:
    message = question.question_message(asking(with_options(26, right=1)))
    assert labels(message) == [*LETTERS, "Skip"]


def test_a_gap_is_filled_in_a_form() -> None:
    message = question.question_message(asking(SNOW))
    assert labels(message) == ["Fill in", "Skip"]
    assert "Fresh snow is ____ and ____." in read(message)


@pytest.mark.parametrize("count", [2, 26])
def test_what_the_lint_lets_pass_is_not_cut(count: int) -> None:
    room = MOST_SHOWN - count * OPTION_WEIGHT
    options = tuple(Option(prose("o" * (room // count // 2)), i < 1) for i in range(count))
    left = room - sum(len(plain(option.text)) for option in options)
    asked = Question(QuestionId("long"), prose("p" * (left // 2)), options)
    whole = replace(asked, explanation=prose("e" * (left // 2)))
    shown = question.question_message(asking(replace(asked, prompt=prose("p" * left))))
    assert "…" not in read(shown)
    hinted = with_hint(replace(asked, hint=prose("h" * (left // 2))))
    assert "…" not in read(question.question_message(hinted))
    assert "…" not in read(result.result_message(marked(whole, chose(1))))


def test_the_last_question_cannot_be_skipped() -> None:
    message = question.question_message(asking(SKY, total=1))
    assert ids.SKIP not in action_ids(message)


def test_the_menu_of_a_question_stops_the_quiz_helps_or_leads_to_the_authors() -> None:
    more = button(question.question_message(asking(SKY)), ids.MORE)
    stop, report, help_ = (option["value"] for option in more["options"])
    actions = [ids.MoreOption.unpack(value).action for value in (stop, help_)]
    assert actions == [ids.STOP, ids.HELP]
    seen = ReportButton.unpack(report.removeprefix(authors.ABOUT)).seen
    assert seen == InSession(SessionId("s1"), 0)


@pytest.mark.parametrize(
    ("title", "level", "wanted"),
    [
        ("Git", "hard", "Git · hard"),
        ("Git", "", "Git"),
        ("Git Intermediate", "intermediate", "Git Intermediate"),
        ("x" * 200, "hard", "x" * 149 + "…"),
    ],
)
def test_a_heading_names_the_level_once(title: str, level: str, wanted: str) -> None:
    assert question.heading(title, level) == wanted


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


@pytest.mark.parametrize(
    ("prompt", "asks"),
    [
        pytest.param((paragraph("Why?"),), "Why?", id="alone"),
        pytest.param((paragraph("A story."), paragraph("Why?")), "Why?", id="after a story"),
        pytest.param(
            (paragraph("A story:"), Code("x"), paragraph("Run it.")), "Run it.", id="no ?"
        ),
        pytest.param((paragraph("What runs:"), Code("x")), "What runs:", id="before code"),
        pytest.param(
            (paragraph("A story:"), Code("x"), paragraph("Why?"), Listing(((Span("one"),),))),
            "Why?",
            id="between code and a list",
        ),
        pytest.param(
            (paragraph("Complete it:"), Paragraph((Span("git", code=True), Span(" ____")))),
            "Complete it:",
            id="before a gap in code",
        ),
        pytest.param((Code("x"),), "", id="code alone"),
    ],
)
def test_the_paragraph_that_asks_stands_out(prompt: Prose, asks: str) -> None:
    message = question.question_message(asking(replace(SKY, prompt=prompt)))
    block = next(block for block in message.blocks if block["type"] == "rich_text")
    runs = [run for part in block["elements"] for run in part["elements"] if "text" in run]
    assert "".join(run["text"] for run in runs if run.get("style", {}).get("bold")) == asks
    assert plain(prompt).startswith(runs[0]["text"])


def test_a_stressed_word_is_seen_among_bold_ones() -> None:
    prompt = (Paragraph((Span("What is "), Span("not", bold=True), Span(" kept?"))),)
    message = question.question_message(asking(replace(SKY, prompt=prompt)))
    block = next(block for block in message.blocks if block["type"] == "rich_text")
    before, stressed, after = (run["style"] for run in block["elements"][0]["elements"])
    assert before == after == {"bold": True}
    assert stressed == {"bold": True, "italic": True}


def test_code_in_the_question_stays_code() -> None:
    prompt = (Paragraph((Span("What does "), Span("ls", code=True), Span(" do?"))),)
    message = question.question_message(asking(replace(SKY, prompt=prompt)))
    block = next(block for block in message.blocks if block["type"] == "rich_text")
    assert block["elements"][0]["elements"][1]["style"] == {"code": True}


# The hint

HINTED_SKY = replace(SKY, hint=prose("Look up."))
PRICE = "The hint costs half the points. Only you can see this."
PAID = "With the hint, a right answer earns half the points. Only you can see this."


def with_hint(which: Question, *ticked: int, practice: bool = False) -> Asking:
    """The question after a press of Hint."""
    before = asking(which)
    session = replace(before.session.take_hint(0), practice=practice)
    return replace(before, session=session, ticked=frozenset(ticked))


@pytest.mark.parametrize("which", [HINTED_SKY, replace(FLAG, hint=SKY.prompt), SNOW])
def test_a_hint_has_a_button_where_there_is_one(which: Question) -> None:
    message = question.question_message(asking(which))
    assert ("💡 Hint" in labels(message)) == bool(which.hint)
    assert (PRICE in read(message)) == bool(which.hint)
    assert "Look up." not in f"{message}"


def test_the_button_of_the_hint_stands_behind_all_others_and_says_its_price() -> None:
    message = question.question_message(asking(HINTED_SKY))
    assert labels(message) == ["A", "B", "C", "Skip", "💡 Hint"]
    hint = button(message, ids.HINT)
    assert hint["accessibility_label"] == "Show the hint, for half the points"
    assert ids.QuestionButton.unpack(hint["value"]).number == 0


def test_a_hint_without_words_is_none() -> None:
    message = question.question_message(asking(replace(SKY, hint=(Paragraph(()),))))
    assert "💡 Hint" not in labels(message)


def test_the_hint_is_shown_below_the_options_and_read_out() -> None:
    message = question.question_message(with_hint(HINTED_SKY))
    lines = read(message).split("\n")
    assert lines[lines.index("C  Red") + 1] == "💡 Look up."
    assert PAID in read(message)
    assert labels(message) == ["A", "B", "C", "Skip"]
    assert message.text.endswith(
        "C: Red\nHint: Look up.\nWith the hint, a right answer earns half the points."
    )


def test_in_practice_a_hint_costs_nothing() -> None:
    before = asking(HINTED_SKY)
    practice = replace(before, session=replace(before.session, practice=True))
    shown = question.question_message(practice)
    assert button(shown, ids.HINT)["accessibility_label"] == "Show the hint"
    for message in (shown, question.question_message(with_hint(HINTED_SKY, practice=True))):
        assert "half" not in f"{message}"


@pytest.mark.parametrize("count", [4, 11])
def test_what_was_ticked_before_the_hint_stays_ticked(count: int) -> None:
    many = replace(with_options(count, right=2), hint=prose("Two."))
    chosen = button(question.question_message(with_hint(many, 1, 3)), ids.TICKS)
    assert [o["value"] for o in chosen["initial_options"]] == ["1", "3"]
    fresh = button(question.question_message(with_hint(many)), ids.TICKS)
    assert "initial_options" not in fresh


def test_the_form_shows_the_hint_that_was_taken() -> None:
    hinted = replace(SNOW, hint=prose("Not hot."))
    assert "Not hot." not in f"{question.blanks_view(asking(hinted))}"
    assert "Not hot." in f"{question.blanks_view(with_hint(hinted))}"


# The form


def test_each_gap_has_a_field_and_the_first_has_the_focus() -> None:
    view = question.blanks_view(asking(SNOW))
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    assert [field["label"]["text"] for field in fields] == ["Gap 1", "Gap 2"]
    assert [field["element"]["focus_on_load"] for field in fields] == [True, False]
    assert [field["block_id"] for field in fields] == ["blanks:0", "blanks:1"]


def test_the_only_gap_needs_no_number() -> None:
    view = question.blanks_view(asking(replace(SNOW, blanks=SNOW.blanks[:1])))
    (field,) = [block for block in view["blocks"] if block["type"] == "input"]
    assert field["label"]["text"] == "Your answer"


def test_the_form_knows_its_question_and_shows_it() -> None:
    view = question.blanks_view(asking(SNOW))
    about = ids.QuestionButton.unpack(view["private_metadata"])
    assert about == ids.QuestionButton(asking(SNOW).session.id, 0)
    assert view["blocks"][0]["elements"][0]["elements"][0]["text"] == SNOW.stem
