from dataclasses import replace

import pytest

from bot.blocks import result
from bot.quiz.prose import Code, prose
from bot.quiz.question import Option, Question
from bot.quiz.session import Fill, Given
from tests.blocks.samples import (
    COLOURS,
    FLAG,
    SKY,
    SNOW,
    chose,
    labels,
    marked,
    read,
)

WHITE_COLD = Fill(("white", "cold"))


@pytest.mark.parametrize(
    ("asked", "given", "right", "wanted"),
    [
        (SKY, chose(1), True, "✅ Right: B"),
        (SKY, chose(2), False, "❌ Not quite: you chose C, right is B"),
        (FLAG, chose(0, 2, 3), True, "✅ Right: A, C and D"),
        (FLAG, chose(0, 1), False, "❌ Not quite: you chose A and B, right are A, C and D"),
        (SNOW, WHITE_COLD, True, "✅ Right: white and cold"),
        (
            SNOW,
            Fill((" black ", "<b>")),
            False,
            "❌ Not quite: you wrote “black” and “<b>”, right are white and cold",
        ),
    ],
)
def test_the_verdict_names_the_answer_and_the_right_one(
    asked: Question,
    given: Given,
    right: bool,  # noqa: FBT001  a table
    wanted: str,
) -> None:
    message = result.result_message(marked(asked, given, right=right))
    assert wanted in read(message).split("\n")
    first = message.text.split("\n")[0]
    assert first == f"{wanted}.".replace("<", "&lt;").replace(">", "&gt;")


def options(asked: Question, given: Given) -> list[str]:
    """The lines of the options in the result."""
    lines = read(result.result_message(marked(asked, given))).split("\n")
    return [line for line in lines if line[:1] in "✅❌⚪✔" and "  " in line]


def test_of_one_right_option_the_right_and_the_chosen_one_are_marked() -> None:
    assert options(SKY, chose(2)) == ["⚪ A  Green", "✅ B  Blue", "❌ C  Red"]
    assert options(SKY, chose(1)) == ["⚪ A  Green", "✅ B  Blue", "⚪ C  Red"]


def test_of_several_right_options_the_missed_ones_are_told_from_the_chosen() -> None:
    assert options(FLAG, chose(0, 1)) == ["✅ A  Green", "❌ B  Blue", "✔️ C  White", "✔️ D  Red"]


def test_only_chosen_options_give_feedback() -> None:
    shown = read(result.result_message(marked(SKY, chose(0))))
    assert "That is grass." in shown
    assert "So it is." not in shown
    assert "That is dawn." not in shown


def test_feedback_without_words_leaves_no_trace() -> None:
    silent = Option(prose("Green"), correct=False, feedback=(Code(""),))
    asked = replace(SKY, options=(silent, *SKY.options[1:]))
    assert options(asked, chose(0))[0] == "❌ A  Green"


def test_the_reason_and_the_study_guide_follow() -> None:
    shown = read(result.result_message(marked(SKY, chose(0))))
    assert "Why: Air scatters blue light." in shown
    assert "📖 Study guide: Light" in shown


def test_without_reason_and_page_there_is_neither() -> None:
    shown = read(result.result_message(replace(marked(FLAG, chose(0)), quiz=None)))
    assert "Why" not in shown
    assert "📖" not in shown


def test_those_who_hear_it_get_the_verdict_first_and_the_right_option_in_words() -> None:
    assert result.result_message(marked(SKY, chose(0))).text == (
        "❌ Not quite: you chose A, right is B.\nWhat colour is a clear sky?\n"
        "Right: Blue\nWhy: Air scatters blue light."
    )


@pytest.mark.parametrize(
    ("right", "changes", "told"),
    [
        pytest.param(True, {}, "100 points", id="first answer"),
        pytest.param(True, {"points": 300}, "300 points", id="heavy question"),
        pytest.param(
            True,
            {"points": 75, "hinted": True},
            "75 points: half, because of the hint",
            id="with a hint",
        ),
        pytest.param(
            True,
            {"points": 0, "hinted": True},
            "No points: you have answered this one before.",
            id="with a hint, answered in an earlier quiz",
        ),
        pytest.param(False, {"hinted": True}, "", id="wrong with a hint"),
        pytest.param(
            True,
            {"points": 0},
            "No points: you have answered this one before.",
            id="answered in an earlier quiz",
        ),
        pytest.param(
            True, {"points": 0, "practice": True}, "Practice earns no points.", id="practice"
        ),
        pytest.param(True, {"again": True}, "Your first answer stands.", id="second click"),
        pytest.param(False, {"again": True}, "Your first answer stands.", id="second wrong click"),
        pytest.param(False, {}, "", id="wrong"),
        pytest.param(False, {"practice": True}, "", id="wrong in practice"),
    ],
)
def test_it_says_what_the_answer_earned(
    right: bool,  # noqa: FBT001  a table
    changes: dict[str, object],
    told: str,
) -> None:
    shown = read(result.result_message(marked(SKY, chose(1), right=right, **changes)))
    sentences = ("points", "No points", "Practice", "first answer")
    assert [line for line in shown.split("\n") if any(s in line for s in sentences)] == (
        [told] if told else []
    )


def test_the_way_on_is_the_next_question_or_the_result() -> None:
    message = result.result_message(marked(SKY, chose(1), right=True))
    assert labels(message) == ["Next", "Something wrong?"]
    assert "1 right of 1 answered. Your place is kept for 7 days." in read(message)
    last = result.result_message(marked(SKY, chose(1), right=True, done=True))
    assert labels(last) == ["See your result", "Something wrong?"]
    assert read(last).endswith("1 right of 1 answered.")


def test_a_study_guide_is_short_however_long_its_addresses_are() -> None:
    long = replace(COLOURS.links[0], url=f"https://example.org/{'x' * 1_500}")
    (guide,) = result.study_guide(replace(COLOURS, links=(long,) * 9))
    assert sum(run["type"] == "link" for run in guide["elements"]) == 1


def test_a_study_guide_has_at_most_five_links() -> None:
    (guide,) = result.study_guide(replace(COLOURS, links=COLOURS.links * 9))
    assert sum(run["type"] == "link" for run in guide["elements"]) == 5
