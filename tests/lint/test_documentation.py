"""The page of the rules says what the lint does: every example on it is run."""

import re
from pathlib import Path
from typing import Final

import pytest

from bot.bank.problem import ERRORS, HOUSE_RULES, RULES, WARNINGS
from bot.lint.documentation import documentation_path, explanation_of, section_of, sections
from bot.lint.limits import Limits
from bot.lint.rules import DEFAULT, GROUPS, UPKEEP
from tests.lint.samples import lint_page

DOCUMENT: Final = documentation_path().read_text("utf-8")
SECTIONS: Final = sections(DOCUMENT)
EXAMPLE: Final = re.compile(r"(Bad|Good):\n\n```markdown\n(.*?)```", re.DOTALL)
ROW: Final = re.compile(
    r"^\| \[`([a-z-]+)`\]\(#([a-z-]+)\)( ★)? \| (\w*) ?\| ?(.*?) ?\|$", re.MULTILINE
)

each_rule = pytest.mark.parametrize("rule", HOUSE_RULES)


def examples(rule: str) -> dict[str, str]:
    return dict(EXAMPLE.findall(SECTIONS[rule]))


def rules_for_examples(rule: str) -> list[str]:
    """All that one can ask of a short example: it need not be kept up."""
    return sorted((GROUPS["all"] - UPKEEP) | {rule})


@each_rule
def test_a_bad_example_has_this_weakness_and_no_other(rule: str, tmp_path: Path) -> None:
    found = lint_page(examples(rule)["Bad"], tmp_path, *rules_for_examples(rule))
    assert {each.rule for each in found} == {rule}


@each_rule
def test_a_good_example_has_none(rule: str, tmp_path: Path) -> None:
    assert not lint_page(examples(rule)["Good"], tmp_path, *rules_for_examples(rule))


def test_the_table_has_every_house_rule_with_its_group_and_its_default() -> None:
    rows = ROW.findall(DOCUMENT)
    assert [name for name, *_ in rows] == sorted(HOUSE_RULES)
    for name, anchor, star, group, _ in rows:
        assert anchor == name
        assert bool(star) == (name in DEFAULT), name
        assert {g for g in ("clues", "wording", "upkeep") if name in GROUPS[g]} == {group} - {""}


def test_the_table_has_the_numbers_of_each_rule() -> None:
    written = {name: numbers for name, *_, numbers in ROW.findall(DOCUMENT)}
    for name, table in Limits().model_dump(by_alias=True).items():
        for key, value in table.items():
            shown = ", ".join(value) if isinstance(value, list) else f"{value:g}"
            shown = str(value).lower() if isinstance(value, bool) else shown
            assert f"`{key}`: {shown}" in written[name], name
    assert {name for name, numbers in written.items() if numbers} == set(
        Limits().model_dump(by_alias=True)
    )


@pytest.mark.parametrize("rule", [*ERRORS, *WARNINGS])
def test_rules_about_the_form_are_listed_with_their_advice(rule: str) -> None:
    advice = RULES[rule].replace("|", "&#124;")
    assert f'| <a id="{rule}"></a>`{rule}` | {advice} |' in DOCUMENT


def test_a_rule_explains_itself() -> None:
    assert explanation_of("echoed-word").startswith("# echoed-word (warning)\n\nWhen one option")
    assert "**" not in section_of("one-option")
    assert explanation_of("one-option").endswith("\n\nAdd at least one more option.\n")


def test_what_is_no_rule_is_not_explained() -> None:
    with pytest.raises(KeyError):
        explanation_of("no-such-rule")
