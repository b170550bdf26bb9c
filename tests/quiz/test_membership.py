from string import punctuation

import pytest
from hypothesis import given, strategies as st

from bot.quiz.membership import LONGEST_NAME, Misnamed, own_team_id, team_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("Falcons", "Falcons", id="as it is"),
        pytest.param("  night \t  owls ", "night owls", id="spaces"),
        pytest.param("R&amp;D", "R&D", id="signs that Slack escapes"),
        pytest.param("“Falcons”", "Falcons", id="in quotation marks"),
        pytest.param("@falcons", "falcons", id="like a mention"),
        pytest.param("##general", "general", id="like a channel"),
        pytest.param("`rm`", "rm", id="like code"),
        pytest.param("two\nlines", "two lines", id="two lines"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}snoclaF", "snoclaF", id="turned around"),
        pytest.param("Ｆａｌｃｏｎｓ", "Falcons", id="full width"),  # noqa: RUF001  as meant
        pytest.param("x" * LONGEST_NAME, "x" * LONGEST_NAME, id="the longest"),
    ],
)
def test_a_name_is_shown_on_one_plain_line(typed: str, name: str) -> None:
    assert team_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "@", "!!", "“”", "\N{ZERO WIDTH JOINER}"])
def test_a_name_needs_a_letter_or_a_digit(typed: str) -> None:
    assert team_name(typed) is Misnamed.NAMELESS


def test_a_name_that_is_too_long_is_not_cut() -> None:
    assert team_name("x" * (LONGEST_NAME + 1)) is Misnamed.TOO_LONG


@given(st.text(max_size=60) | st.text(punctuation + "aA \n", max_size=60))
def test_a_clean_name_stays_as_it_is(typed: str) -> None:
    """Whatever is shown can be typed to mean the same team."""
    name = team_name(typed)
    if not isinstance(name, Misnamed):
        assert name.isprintable()
        assert team_name(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Falcons", "FALCONS"), ("straße", "STRASSE"), ("Éclair", "éclair")],
)
def test_names_that_differ_in_case_are_one_team(one: str, other: str) -> None:
    assert own_team_id(one) == own_team_id(other)


def test_other_names_are_other_teams() -> None:
    assert len({own_team_id(name) for name in ("Falcons", "Falcon", "Hawks")}) == 3
