from pathlib import Path

import pytest

from bot.lint.config import Configs
from bot.lint.linting import lint_sheets
from bot.lint.rules import GROUPS
from bot.lint.sheets import read_sheets
from tests.lint.samples import TODAY, choice, lint_folder, lint_page, told

NEGATED = "Which of these is not it?"
BROKEN = "<quiz>\nWhich?\n- [ ] a\n</quiz>\n"
ODD = "<quiz x=1>\nWhich?\n- [x] a\n- [ ] b\n</quiz>\n"


def test_by_default_a_plain_page_is_left_in_peace(tmp_path: Path) -> None:
    text = "".join(
        choice(f"What is {word}?", f"{word[0]}1", "no") for word in ("red", "blue", "tall")
    )
    assert lint_page(text, tmp_path) == ()
    assert {rule for _, rule in told(lint_page(text, tmp_path, "all"))} == {
        *("few-options", "no-checked", "no-explanation", "no-feedback", "no-id", "no-source"),
    }


def test_errors_are_told_whatever_is_chosen(tmp_path: Path) -> None:
    found = lint_page(BROKEN + ODD, tmp_path, "no-id")
    assert told(found) == [(1, "no-right-option"), (3, "one-option"), (5, "no-id")]


def test_slips_of_form_can_be_ignored(tmp_path: Path) -> None:
    assert told(lint_page(ODD, tmp_path)) == [(1, "unknown-attribute")]
    assert lint_page(ODD, tmp_path, config='ignore = ["unknown-attribute"]') == ()


@pytest.mark.parametrize("names", ["unmarked-negation", "long-stem, Wording", "all"])
def test_the_tag_of_a_question_can_spare_it(names: str, tmp_path: Path) -> None:
    text = choice(NEGATED, "a", "b", tag=f'<quiz lint-ignore="{names}">') + choice(
        f"{NEGATED} Or that?", "c", "d"
    )
    assert told(lint_page(text, tmp_path)) == [(9, "unmarked-negation")]


def test_the_tag_can_spare_it_slips_of_form_too(tmp_path: Path) -> None:
    text = ODD.replace("x=1", 'x=1 lint-ignore="format"')
    assert told(lint_page(text + ODD.replace("a", "c"), tmp_path)) == [(6, "unknown-attribute")]


def test_the_head_can_spare_the_page(tmp_path: Path) -> None:
    head = "---\nlint-ignore: unmarked-negation, no-id\n---\n"
    assert lint_page(head + choice(NEGATED, "a", "b"), tmp_path, "wording", "no-id") == ()


def test_a_name_that_is_no_rule_is_told_where_it_stands(tmp_path: Path) -> None:
    text = "---\nlint-ignore: long-stemm\n---\n" + choice(
        "Which?", "a", "b", tag='<quiz lint-ignore="one-option, long-stem">'
    )
    found = lint_page(text, tmp_path)
    assert told(found) == [(1, "unknown-rule"), (4, "unknown-rule")]
    assert "did you mean long-stem?" in found[0].message
    assert '"one-option" is an error' in found[1].message


def test_problems_come_in_the_order_of_paths_and_lines(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/a.md", "c.md", "a.md"):
        (tmp_path / name).write_text(ODD + choice(NEGATED, name, "b"), "utf-8")
    found = [
        (Path(each.path).relative_to(tmp_path).as_posix(), each.line)
        for each in lint_folder(tmp_path)
    ]
    assert [place for place in found if place[1] == 6] == [("a.md", 6), ("b/a.md", 6), ("c.md", 6)]
    assert found == sorted(found)


def test_questions_alike_are_found_across_pages_and_told_at_the_later_one(tmp_path: Path) -> None:
    stem = "Which command of Git shows{} what will be in the next commit?"
    (tmp_path / "a.md").write_text(
        choice(stem.format(""), "git diff --staged", "git log"), "utf-8"
    )
    twin = choice(stem.format(" us"), "git diff --staged", "git show")
    (tmp_path / "b.md").write_text(twin, "utf-8")
    (found,) = lint_folder(tmp_path)
    assert (Path(found.path).name, found.rule) == ("b.md", "near-duplicate")
    assert f"{tmp_path / 'a.md'}:1" in found.message
    (tmp_path / "b.md").write_text(
        twin.replace("<quiz>", '<quiz lint-ignore="near-duplicate">'), "utf-8"
    )
    assert lint_folder(tmp_path) == ()


def test_each_folder_has_its_own_rules(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(choice(NEGATED, name, "c"), "utf-8")
    (tmp_path / "b" / ".quizlint.toml").write_text("select = []", "utf-8")
    found = lint_sheets(read_sheets([tmp_path]), Configs(), TODAY)
    assert [Path(each.path).parent.name for each in found] == ["a"]


def test_line_ends_and_the_mark_at_the_start_do_not_matter(tmp_path: Path) -> None:
    text = "\ufeff" + choice(NEGATED, "a", "b", "x" * 99, tag='<quiz id="x">')
    wanted = [(1, "no-source"), (1, "unmarked-negation"), (6, "uneven-options")]
    for end in ("\n", "\r\n", "\r"):
        (tmp_path / "page.md").write_bytes(text.replace("\n", end).encode())
        rules = ("no-source", "no-id", "unmarked-negation", "uneven-options")
        assert told(lint_folder(tmp_path, *rules)) == wanted


def test_a_page_that_cannot_be_read_is_an_error_as_before(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"\xff")
    assert told(lint_folder(tmp_path, *sorted(GROUPS["all"]))) == [(1, "not-utf8")]
    assert told(lint_folder(tmp_path / "none")) == [(1, "unreadable-file")]
