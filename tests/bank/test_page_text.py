"""The text around questions; whole pages are among the examples in tests/golden/pages.txt."""

import pytest

from bot.bank.links import Links
from bot.bank.markdown import PARSER
from bot.bank.page_text import Outside, intro, outside, study_links, title
from bot.quiz.prose import plain
from bot.quiz.question import StudyLink

LINKS = Links("https://docs.test/")


def above(markdown: str) -> Outside:
    return outside(((0, token) for token in PARSER.parse(markdown)), 1)


def below(markdown: str) -> Outside:
    return outside(((1, token) for token in PARSER.parse(markdown)), 1)


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("# A `b`", "A b"),
        ("text\n\n## No\n\n# Yes\n\n# Later", "Yes"),
        ("A\n=", "A"),
        ("# <!-- a -->\n\n# B", "B"),
        ("## A", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_heading_with_words(markdown: str, wanted: str) -> None:
    assert title(above(markdown)) == title(below(markdown)) == wanted


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        pytest.param("# A\n\ntext", "text", id="no title"),
        pytest.param("← [Back](../a.md)\n\ntext", "text", id="no way back"),
        pytest.param("[Home](/) > [Git](../index.md)\n\ntext", "text", id="no bread crumbs"),
        pytest.param("See [this](../a.md) first", "See this first", id="a link in a sentence"),
        pytest.param("[docs](https://a.test)", "docs", id="a link elsewhere"),
        pytest.param("---\n\na\n\n***\n\n---\n\nb\n\n---", "a\nb", id="no loose lines"),
        pytest.param("## Part\n\n- a", "Part\n- a", id="headings and lists"),
    ],
)
def test_the_introduction_is_what_is_worth_reading(markdown: str, wanted: str) -> None:
    assert plain(intro(above(markdown), LINKS)) == wanted


def test_one_line_across_stays_between_two_texts() -> None:
    kinds = [block.kind for block in intro(above("a\n\n---\n\n---\n\nb"), LINKS)]
    assert kinds == ["paragraph", "divider", "paragraph"]


def test_study_links_have_titles_and_come_once() -> None:
    text = (
        "- [**A** b](a.md), [again](a.md)\n- [`c`](https://c.test)[d](https://d.test)\n\n[](e.md)"
    )
    assert study_links(below(text), LINKS) == (
        StudyLink("A b", "https://docs.test/a/"),
        StudyLink("c", "https://c.test"),
        StudyLink("d", "https://d.test"),
    )


def test_links_that_lead_nowhere_are_no_study_links() -> None:
    assert study_links(below("[a](a.md), [b](https://b.test)"), Links()) == (
        StudyLink("b", "https://b.test"),
    )


def test_text_is_above_between_or_below() -> None:
    tokens = PARSER.parse("---\n\n---\n\n---\n\n---")
    found = outside(zip((0, 1, 1, 2), tokens, strict=True), 2)
    assert (len(found.above), len(found.between), len(found.below)) == (1, 2, 1)
    assert study_links(above("[a](https://a.test)"), LINKS) == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param("```\n<quiz>\n```", [], id="an example"),
        pytest.param("> ```\n> <quiz>\n> ```", [], id="an example in a quote"),
        pytest.param("a\n\n~~~\n<quiz>", [(3, "unclosed-fence")], id="open fence"),
        pytest.param("````\n<quiz>\n```", [(1, "unclosed-fence")], id="a fence that is too short"),
        pytest.param("```\na", [], id="an open fence that hides nothing"),
        pytest.param("<!--\n<quiz>\n-->", [], id="a comment"),
        pytest.param("<!--\n<quiz>", [(1, "unclosed-comment")], id="open comment"),
        pytest.param("<div>\n<quiz-like>\n</div>", [], id="a block of tags"),
        pytest.param("a\n\n    b\n    <quiz>", [(4, "indented-quiz")], id="indented"),
        pytest.param("\n        <quiz>", [], id="code that is indented further"),
        pytest.param("a\n</quiz>", [(2, "stray-end")], id="stray end"),
    ],
)
def test_questions_that_nobody_will_see_are_reported(
    body: str, told: list[tuple[int, str]]
) -> None:
    remarks = above(body).remarks(body)
    assert [(remark.line, remark.rule) for remark in remarks] == told
