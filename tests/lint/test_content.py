"""The starter bank is written by the rules that it is shipped with."""

from typing import Final

import pytest

from bot.bank.problem import HOUSE_RULES
from bot.lint.config import Configs
from bot.lint.linting import lint_sheets
from bot.lint.sheets import read_sheets
from bot.lint.statistics import statistics
from bot.settings import default_content
from tests.lint.samples import TODAY

SHEETS: Final = read_sheets([default_content()])
NUMBERS: Final = statistics([question for quiz in SHEETS.bank.catalogue for question in quiz])


def test_every_rule_is_on() -> None:
    config = Configs().for_page(default_content() / "index.md")
    assert config.selected >= set(HOUSE_RULES)
    assert not config.ignored
    assert not config.per_file


def test_no_question_has_a_weakness() -> None:
    problems = lint_sheets(SHEETS, Configs(), TODAY)
    assert not problems, "\n".join(map(str, problems))


def test_nobody_gets_far_by_taking_the_longest_option() -> None:
    assert NUMBERS.longest_right.percent <= 32
    assert NUMBERS.near_duplicates == 0


@pytest.mark.parametrize("place", "ABCD")
def test_right_options_are_spread_evenly(place: str) -> None:
    assert 20 <= NUMBERS.positions[place].percent <= 30


def test_every_claim_has_its_source_and_its_date() -> None:
    assert NUMBERS.sourced.percent == NUMBERS.checked.percent == 100
