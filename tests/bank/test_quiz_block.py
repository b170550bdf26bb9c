import pytest
from markdown_it import MarkdownIt

from bot.bank.quiz_block import (
    BLANK,
    MOST_BYTES,
    MOST_LINES,
    MOST_PAGE_TEXT,
    PART,
    QUIZ,
    STRAY_END,
    part_of,
    quiz_of,
    quiz_plugin,
)

PARSER = MarkdownIt("commonmark").use(quiz_plugin)


def types(text: str) -> list[str]:
    return [token.type for token in PARSER.parse(text)]


def inline(text: str) -> list[str]:
    tokens = PARSER.parse(text)
    return [child.type for token in tokens for child in token.children or ()]


@pytest.mark.parametrize("before", ["text\n", "> quote\n", "- list\n", "[a]: b\n", "# head\n", ""])
def test_a_question_needs_no_empty_line_above_it(before: str) -> None:
    assert QUIZ in types(f"{before}<quiz>\nQ [[a]]\n</quiz>\n")


@pytest.mark.parametrize(
    "text", ["```\n<quiz>\n```", "    <quiz>", "`<quiz>`", "<!--\n<quiz>\n-->"]
)
def test_a_question_in_code_or_a_comment_is_none(text: str) -> None:
    assert QUIZ not in types(text)


def test_lines_count_from_the_start_of_the_page() -> None:
    quiz, *rest = PARSER.parse("\n\n<quiz>\nQ\n- [x] A\n</quiz>")
    assert quiz_of(quiz).line == 3
    assert [part_of(token).line for token in rest if token.type == PART] == [4, 5]


def test_nothing_within_a_question_is_a_question() -> None:
    assert types("<quiz>\n> <quiz>\n- [x] <quiz>\n</quiz>").count(QUIZ) == 1


def test_nothing_of_one_part_leaks_into_the_next() -> None:
    assert "heading_open" not in types("<quiz>\nQ\n- [x] A\n---\n</quiz>")


def test_a_link_may_be_defined_anywhere_on_the_page() -> None:
    assert "link_open" in inline("<quiz>\n[a]\n- [x] A\n</quiz>\n\n[a]: https://a.test")


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        pytest.param("<quiz>\n[[a]] [[b|c]]\n</quiz>", 2, id="no boxes"),
        pytest.param("<quiz>\n[[]]\n</quiz>", 1, id="an empty one is a blank, too"),
        pytest.param("<quiz>\n[[a] [[b\n</quiz>", 0, id="not closed"),
        pytest.param("<quiz>\n[[a]]\n- [x] A\n</quiz>", 0, id="boxes"),
        pytest.param("<quiz>\nQ\n---\n[[a]]\n</quiz>", 0, id="explanation"),
        pytest.param("<quiz>\nQ\n<hint>[[a]]</hint>\n</quiz>", 0, id="hint"),
        pytest.param("[[a]]", 0, id="outside"),
        pytest.param("<quiz>\n`[[a]]` \\[[b]]\n</quiz>", 0, id="code and escapes"),
    ],
)
def test_brackets_are_blanks_in_the_prompt_without_boxes_only(text: str, blanks: int) -> None:
    assert inline(text).count(BLANK) == blanks


@pytest.mark.parametrize(
    ("text", "answer"),
    [("[[a[0]]]", "a[0]"), ("[see [[a]]]", "a"), ("[[[1]]]", "[1]"), ("[[a]]]]", "a")],
)
def test_brackets_of_an_answer_are_paired(text: str, answer: str) -> None:
    tokens = PARSER.parse(f"<quiz>\n{text}\n</quiz>")
    found = [child for token in tokens for child in token.children or () if child.type == BLANK]
    assert [blank.content for blank in found] == [answer]


def test_a_blank_in_a_link_or_an_image_is_found() -> None:
    assert inline("<quiz>\n[see [[a]]](https://a.test)\n</quiz>").count(BLANK) == 1


def test_an_end_without_a_beginning_is_a_token() -> None:
    assert types("text\n</quiz>")[-1] == STRAY_END
    assert STRAY_END not in types("<quiz>\n> </quiz> a\n- [x] </quizz>\n</quiz>")


def test_template_lines_vanish_outside_questions_and_code() -> None:
    assert types('{% include "a" %}') == []
    assert types("```\n{% a %}\n```") == ["fence"]
    assert "inline" in types("{% a %} and more")
    assert "inline" in types("{% if a %} and more {% endif %}")


def test_template_lines_vanish_within_questions_but_not_from_their_code() -> None:
    assert types("<quiz>\n{% raw %}\n</quiz>").count("inline") == 0
    assert "fence" in types("<quiz>\n```\n{% raw %}\n```\n</quiz>")
    assert inline("<quiz>\nQ\n{% raw %}\nR\n</quiz>") == ["text", "text"]


def test_tags_make_a_block_outside_questions_only() -> None:
    assert types("<div>`a`") == ["html_block"]
    assert inline("<quiz>\n<div>`a`\n</quiz>") == ["html_inline", "code_inline"]


@pytest.mark.parametrize("text", ["é" * (MOST_BYTES // 2), "a\n" * MOST_LINES])
def test_a_long_question_is_refused_unread(text: str) -> None:
    (quiz, *rest) = PARSER.parse(f"<quiz>\n{text}\n</quiz>")
    assert [remark.rule for remark in quiz_of(quiz).remarks] == ["too-long"]
    assert len(rest) == 1


def test_text_full_of_brackets_stays_unformatted() -> None:
    assert inline("*a* " + "[" * 500) == ["text"]


def test_a_page_without_end_stays_unformatted_outside_its_questions() -> None:
    page = "*a*\n\n" + "word " * (MOST_PAGE_TEXT // 5) + "\n\n*b*\n\n<quiz>\n*c* [[d]]\n</quiz>"
    assert inline(page).count("em_open") == 2
