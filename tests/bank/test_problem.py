import re

import pytest

from bot.bank.problem import ERRORS, RULES, WARNINGS, Level, is_error, problem
from bot.quiz.question import Place

PLACE = Place("content/a.md", 7)


def test_a_problem_names_its_line_first() -> None:
    found = problem(PLACE, "one-option", "There is only one option.")
    assert str(found) == (
        "content/a.md:7: error[one-option] There is only one option. Add at least one more option."
    )


def test_a_problem_can_be_read_by_programs() -> None:
    assert problem(PLACE, "odd-character").to_dict() == {
        "path": "content/a.md",
        "line": 7,
        "level": "warning",
        "rule": "odd-character",
        "message": "Remove the NUL character.",
    }


def test_the_rule_decides_the_level() -> None:
    assert not set(ERRORS) & set(WARNINGS)
    assert all(problem(PLACE, rule).level is Level.ERROR for rule in ERRORS)
    assert not any(is_error(problem(PLACE, rule)) for rule in WARNINGS)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_says_what_to_do(rule: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule)
    assert re.fullmatch(r"[A-Z][^!]+\.", RULES[rule])


def test_an_unknown_rule_is_a_slip_of_ours() -> None:
    with pytest.raises(KeyError):
        problem(PLACE, "no-such-rule")
