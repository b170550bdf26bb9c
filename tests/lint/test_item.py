from datetime import date
from pathlib import Path

import pytest

from bot.bank.problem import HOUSE_RULES
from bot.lint.item import CHECKS
from bot.lint.page import PAGE_CHECKS
from tests.lint.samples import choice, lint_page, told

ASK = "Which one is it?"


def rules(text: str, folder: Path, rule: str, config: str = "") -> list[int]:
    """Lines on which a rule is broken."""
    found = lint_page(text, folder, rule, config=config)
    return [line for line, _ in told(found)]


def test_each_rule_has_a_check() -> None:
    """Two are about the whole bank and are checked where it is put together."""
    assert {*CHECKS, *PAGE_CHECKS, "near-duplicate", "unknown-rule"} == set(HOUSE_RULES)


@pytest.mark.parametrize(
    ("stem", "broken"),
    [
        ("Which of these is not a branch?", True),
        ("Which of these isn't a branch?", True),
        ("Which command does not change `HEAD`?", True),
        ("All of these are branches except:", True),
        ("Which can never be undone", True),
        ("Which of these is **not** a branch?", False),
        ("Which of these is *not* a branch?", False),
        ("Which of these is NOT a branch?", False),
        ("Which command lists files that are not tracked?", False),
        ("Which flag keeps files and does not delete them?", False),
        ("The build does not start. What is wrong?", False),
        ("Why does the build not start?", False),
        ("What does `if not x:` do?", False),
        ("The app is slow, though the CPU is not busy.\n\nWhat do you check?", False),
    ],
)
def test_a_negation_in_what_is_asked_must_be_marked(
    stem: str, *, broken: bool, tmp_path: Path
) -> None:
    assert bool(rules(choice(stem, "a", "b"), tmp_path, "unmarked-negation")) == broken


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (("A restart of the servers", "Patience", "A plan"), [4]),
        (("Many restarts", "A restart", "Patience"), []),
        (("`server`", "Patience", "A plan"), []),
        (("Patience", "A restart", "A plan"), []),
        (("One server that is able", "A plan", "Two"), [4]),
    ],
)
def test_an_echo_in_the_right_option_alone_gives_it_away(
    options: tuple[str, ...], lines: list[int], tmp_path: Path
) -> None:
    text = choice("What helps when the `big` server restarted?", *options)
    assert rules(text, tmp_path, "echoed-word") == lines


def test_wrong_echoes_can_be_told_too(tmp_path: Path) -> None:
    text = choice("What helps the server?", "Patience", "A server", "A plan")
    config = 'select = ["echoed-word"]\n[rules.echoed-word]\nwrong = true\n'
    assert rules(text, tmp_path, "echoed-word", config) == [5]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (("It stops", "It always stops", "It never stops"), [5, 6]),
        (("It never stops", "It always stops"), []),
        (("It stops", "`always`"), []),
    ],
)
def test_an_absolute_word_gives_a_wrong_option_away(
    options: tuple[str, ...], lines: list[int], tmp_path: Path
) -> None:
    assert rules(choice(ASK, *options), tmp_path, "absolute-word") == lines


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("All of the above", "all-of-the-above"),
        ("Both A and B", "all-of-the-above"),
        ("Both", "all-of-the-above"),
        ("None of these", "none-of-the-above"),
        ("Neither", "none-of-the-above"),
        ("`none`", ""),
        ("None", ""),
        ("ALL.", ""),
        ("All of the files", ""),
    ],
)
def test_an_option_about_the_others_is_told_by_what_it_says(
    text: str, rule: str, tmp_path: Path
) -> None:
    both = ("all-of-the-above", "none-of-the-above")
    found = lint_page(choice(ASK, "one", "two", text), tmp_path, *both)
    assert told(found) == ([(6, rule)] if rule else [])


@pytest.mark.parametrize(
    ("stem", "options", "broken"),
    [
        ("It is an", ("index", "view"), True),
        ("It is a ...", ("index", "view"), True),
        ("It is an", ("index", "alias"), False),
        ("It is a plan", ("index", "view"), False),
        ("Is it a?", ("index", "view"), False),
    ],
)
def test_an_article_must_fit_all_options(
    stem: str, options: tuple[str, ...], *, broken: bool, tmp_path: Path
) -> None:
    assert bool(rules(choice(stem, *options), tmp_path, "grammar-clue")) == broken


@pytest.mark.parametrize(
    ("right", "wrong", "broken"),
    [(60, 40, True), (59, 40, False), (39, 10, False), (40, 10, True)],
)
def test_a_right_option_much_longer_than_the_others_is_told(
    right: int, wrong: int, *, broken: bool, tmp_path: Path
) -> None:
    text = choice(ASK, "r" * right, "w" * wrong, "w" * (wrong - 1))
    assert bool(rules(text, tmp_path, "long-right-option")) == broken


@pytest.mark.parametrize(
    ("long", "short", "broken"), [(60, 15, True), (60, 16, False), (59, 1, False)]
)
def test_one_option_much_longer_than_another_is_told(
    long: int, short: int, *, broken: bool, tmp_path: Path
) -> None:
    text = choice(ASK, "a" * short, "b" * long, "c" * long)
    assert bool(rules(text, tmp_path, "uneven-options")) == broken


def test_words_are_counted_without_code(tmp_path: Path) -> None:
    stem = f"{'word ' * 79}`a b c`\n\n```\n{'word ' * 80}\n```"
    assert not rules(choice(stem, "a", "b"), tmp_path, "long-stem")
    assert rules(choice(f"one {stem}", "a", "b"), tmp_path, "long-stem") == [1]
    assert rules(choice(ASK, "a", "word " * 26), tmp_path, "long-option") == [5]
    assert not rules(choice(ASK, "a", "word " * 25), tmp_path, "long-option")


def test_a_short_text_has_no_grade_to_speak_of(tmp_path: Path) -> None:
    hard = "Considerably deteriorating availability "
    assert not rules(choice(f"{hard}?", "a", "b"), tmp_path, "hard-to-read")
    assert rules(choice(hard * 7, "a", "b"), tmp_path, "hard-to-read") == [1]


def test_a_source_is_a_link_that_everybody_can_open(tmp_path: Path) -> None:
    for link, lines in (("http://a.test", [1]), ("/a", [1]), ("https://a.test", [])):
        text = choice(ASK, "a", "b", after=f"- See [a]({link})")
        assert rules(text, tmp_path, "no-source") == lines


def test_feedback_is_for_options_and_on_a_wrong_one(tmp_path: Path) -> None:
    right = "<quiz>\nQ\n- [x] a\n  > Yes\n- [ ] b\n</quiz>\n"
    assert rules(right, tmp_path, "no-feedback") == [1]
    assert not rules(right.replace("b\n", "b\n  > No\n"), tmp_path, "no-feedback")
    assert not rules("<quiz>\nA [[gap]]\n</quiz>\n", tmp_path, "no-feedback")


@pytest.mark.parametrize("count", [2, 3])
def test_options_can_be_too_few(count: int, tmp_path: Path) -> None:
    assert bool(rules(choice(ASK, *"abc"[:count]), tmp_path, "few-options")) == (count == 2)
    assert not rules("<quiz>\nA [[gap]]\n</quiz>\n", tmp_path, "few-options")


@pytest.mark.parametrize(
    ("checked", "told_of"),
    [("2025-11-23", ""), ("2025-11-22", "366 days ago"), ("2026-11-24", "still to come")],
)
def test_a_check_grows_old_after_a_year(checked: str, told_of: str, tmp_path: Path) -> None:
    text = choice(ASK, "a", "b", tag=f'<quiz checked="{checked}">')
    found = lint_page(text, tmp_path, "stale-check", today=date(2026, 11, 23))
    assert [told_of in each.message for each in found] == ([True] if told_of else [])


def test_the_head_may_say_when_a_page_was_checked(tmp_path: Path) -> None:
    text = f"---\nchecked: 2020-02-29\n---\n{choice(ASK, 'a', 'b')}"
    assert not rules(text, tmp_path, "no-checked")
    assert rules(text, tmp_path, "stale-check") == [4]


def test_an_id_in_the_tag_is_an_id_even_if_it_is_the_present_one(tmp_path: Path) -> None:
    assert rules(choice(ASK, "a", "b"), tmp_path, "no-id") == [1]
    assert not rules(choice(ASK, "a", "b", tag='<quiz id="x">'), tmp_path, "no-id")
