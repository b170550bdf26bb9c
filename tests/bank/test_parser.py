"""Pages as authors write them; the examples are in tests/golden/pages.txt."""

from datetime import date

import pytest

from bot.bank.parser import parse_page
from bot.quiz.question import Slug
from tests.bank.dump import dump
from tests.golden import cases


@pytest.mark.parametrize(("given", "wanted"), cases("pages"))
def test_page_is_read_as_written(given: str, wanted: str) -> None:
    page = parse_page(given, path="page.md", slug=Slug("page"), site_url="https://docs.test/quiz")
    assert dump(page) == wanted


def test_lines_are_right_below_a_head_and_with_any_line_ends() -> None:
    text = "\ufeff---\r\ntitle: A\r\n---\r\r\n<quiz>\r\nQ\r\n- [x] A\r\n- [ ]\r\n</quiz>"
    (found,) = parse_page(text, path="a.md", slug=Slug("a")).problems
    assert (found.line, found.rule) == (8, "empty-option")


def test_a_nul_character_is_shown_as_what_it_is() -> None:
    page = parse_page("<quiz>\nQ\0\n- [x] A\n- [ ] B\n</quiz>", path="a.md", slug=Slug("a"))
    assert page.quiz is not None
    assert page.quiz.questions[0].stem == "Q\N{REPLACEMENT CHARACTER}"
    assert [(found.line, found.rule) for found in page.problems] == [(2, "odd-character")]


def test_a_day_of_checking_stands_in_the_head_or_in_the_tag() -> None:
    body = "<quiz>\n[[a]]\n</quiz>\n<quiz checked=2026-11-23>\n[[b]]\n</quiz>"
    page = parse_page(f"---\nchecked: 2026-01-02\n---\n{body}", path="a.md", slug=Slug("a"))
    assert page.quiz is not None
    assert [question.checked for question in page.quiz] == [date(2026, 1, 2), date(2026, 11, 23)]


def test_a_day_in_the_head_that_is_none_is_told_once() -> None:
    text = "---\nchecked: soon\n---\n<quiz>\n[[a]]\n</quiz>"
    page = parse_page(text, path="a.md", slug=Slug("a"))
    assert [(found.line, found.rule) for found in page.problems] == [(1, "bad-checked")]
    assert page.quiz is not None
    assert page.quiz.questions[0].checked is None


def test_a_page_without_any_name_is_named_after_its_slug() -> None:
    slug = Slug("aws/sre/02-basics")
    page = parse_page("<quiz>\n[[a]]\n</quiz>", path="x.md", slug=slug)
    assert page.title == ""
    assert page.quiz is not None
    assert (page.quiz.title, page.quiz.level) == ("AWS SRE 02 basics", "basics")
    assert (page.quiz.track, page.quiz.path) == ("aws/sre", "x.md")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("<quiz>\n" + "[" * 100_000 + "\n</quiz>", "too-long", id="brackets"),
        pytest.param("<quiz>\n" + "![" * 8_000 + "\n</quiz>", "no-answer", id="images"),
        pytest.param("<quiz>\n" * 1_000, "unclosed-quiz", id="beginnings"),
        pytest.param("</quiz>\n" * 1_000, "stray-end", id="ends"),
        pytest.param("<quiz>\n```a\n" * 1_000, "unclosed-fence", id="code blocks"),
        pytest.param("> " * 5_000 + "<quiz>", None, id="quotes"),
        pytest.param("---\na: " + "[" * 10_000 + "\n---", "front-matter", id="head"),
    ],
)
def test_hostile_pages_are_read_to_the_end(text: str, rule: str | None) -> None:
    rules = {found.rule for found in parse_page(text, path="a.md", slug=Slug("a")).problems}
    assert rule in rules if rule else not rules
