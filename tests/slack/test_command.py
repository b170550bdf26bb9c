"""What is typed after the command, as a value."""

import pytest

from bot.play.solo import MOST_QUESTIONS, USUAL_COUNT
from bot.slack.command import NotUnderstood, Resume, ShowMenu, Start, parse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("", ShowMenu(), id="nothing"),
        pytest.param(" START ", ShowMenu(), id="start without words"),
        pytest.param("Resume", Resume(), id="one word"),
        pytest.param("start  a B", Start("a B", USUAL_COUNT, "a B"), id="a name"),
        pytest.param("play a 5", Start("a", 5, "a 5"), id="a number"),
        pytest.param("start a 007", Start("a", 7, "a 007"), id="zeros in front"),
        pytest.param("start a 0", Start("a", 1, "a 0"), id="none is one"),
        pytest.param("start a 101", Start("a", MOST_QUESTIONS, "a 101"), id="many"),
        pytest.param("start a 1000", Start("a", MOST_QUESTIONS, "a 1000"), id="a thousand"),
        pytest.param("start a b5", Start("a b5", USUAL_COUNT, "a b5"), id="no number"),
        pytest.param("start a -5", Start("a -5", USUAL_COUNT, "a -5"), id="a sign"),
        pytest.param("start a ²", Start("a ²", USUAL_COUNT, "a ²"), id="no digit"),
        pytest.param("start 5", Start("5", USUAL_COUNT, "5"), id="a number alone is a name"),
        pytest.param(
            "docker  5", NotUnderstood("docker  5", Start("docker", 5, "docker 5")), id="no start"
        ),
    ],
)
def test_words_are_understood(typed: str, meant: object) -> None:
    assert parse(typed) == meant


def test_a_number_of_thousands_of_digits_is_only_a_large_one() -> None:
    typed = "9" * 10_000
    assert parse(f"start a {typed}") == Start("a", MOST_QUESTIONS, f"a {typed}")
