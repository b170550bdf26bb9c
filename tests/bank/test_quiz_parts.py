import pytest

from bot.bank.quiz_extent import Line
from bot.bank.quiz_parts import Part, PartKind, Parts, parts


def sort(text: str) -> Parts:
    return parts([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def kinds(text: str) -> list[str]:
    return [f"{part.kind} {part.line} {part.text}" for part in sort(text).parts]


def test_each_line_finds_its_part() -> None:
    text = "\nQ\n- [x] A\n> yes\n- [ ] B\n\nWhy.\n<hint>h</hint>"
    assert sort(text).parts == (
        Part(PartKind.PROMPT, 2, "Q"),
        Part(PartKind.OPTION, 3, "A", right=True),
        Part(PartKind.FEEDBACK, 4, "yes"),
        Part(PartKind.OPTION, 5, "B"),
        Part(PartKind.EXPLANATION, 7, "Why."),
        Part(PartKind.HINT, 8, "h"),
    )


@pytest.mark.parametrize(
    ("line", "option"),
    [
        pytest.param("- [x] A", "A", id="right"),
        pytest.param("   * [ ] A", "A", id="three spaces"),
        pytest.param("- [x]A", "A", id="no space"),
        pytest.param("-\t[ x\t]\tA", "A", id="tabs"),
        pytest.param("- [ ] [A](b)", "[A](b)", id="a link as option"),
        pytest.param("- [ ]", "", id="nothing behind"),
    ],
)
def test_a_box_makes_an_option(line: str, option: str) -> None:
    assert kinds(f"Q\n{line}") == ["prompt 1 Q", f"option 2 {option}"]


@pytest.mark.parametrize(
    "line",
    [
        "- [x](link)",
        "- [y] A",
        "+ [x] A",
        "1. [x] A",
        "    - [x] A",
        "\t- [x] A",
        "*[x] A",
        "[x] A",
    ],
)
def test_other_lines_make_no_option(line: str) -> None:
    assert not sort(f"Q\n{line}").has_boxes


@pytest.mark.parametrize(
    ("between", "after"),
    [
        pytest.param("{% raw %}", "feedback 3 yes", id="directly under"),
        pytest.param("\n{% raw %}", "explanation 4 > yes", id="below a gap"),
        pytest.param("{% raw %} {{ x }}", "explanation 2 {% raw %} {{ x }}\n> yes", id="a text"),
    ],
)
def test_a_template_line_neither_joins_nor_divides(between: str, after: str) -> None:
    assert kinds(f"- [x] A\n{between}\n> yes")[-1] == after


def test_a_tab_in_code_stays_a_tab_in_the_explanation() -> None:
    assert kinds("Q\n- [x] A\n\n```make\nall:\n\tls\n```")[-1].endswith("```make\nall:\n\tls\n```")


def test_an_option_goes_on_as_far_as_it_is_indented() -> None:
    assert kinds("Q\n- [x] A\n\n  more\n    code\n next") == [
        "prompt 1 Q",
        "option 2 A\n\nmore\n  code",
        "explanation 6  next",
    ]


@pytest.mark.parametrize(
    ("text", "sorted_lines"),
    [
        pytest.param("Q [[a]]\n---\nWhy", ["prompt 1 Q [[a]]", "explanation 3 Why"], id="dashes"),
        pytest.param("Q [[a]]\n\n -----  \n\n", ["prompt 1 Q [[a]]"], id="nothing below"),
        pytest.param("Q [[a]]\n***\nWhy", ["prompt 1 Q [[a]]\n***\nWhy"], id="stars"),
    ],
)
def test_a_blank_is_explained_below_the_line_across(text: str, sorted_lines: list[str]) -> None:
    assert kinds(text) == sorted_lines


def test_the_line_across_in_code_divides_nothing() -> None:
    lines = [
        Line(1, "Q [[a]]"),
        Line(2, "```"),
        Line(3, "---", inside=True),
        Line(4, "```", inside=True),
    ]
    assert [part.kind for part in parts(lines).parts] == [PartKind.PROMPT]


@pytest.mark.parametrize(
    "text",
    ["<hint>a</hint> b", "<hint>a", "<div>a</div>", "<br>", "<pod> runs", "a <hint>b</hint>"],
)
def test_text_that_only_looks_like_a_child_tag_stays(text: str) -> None:
    assert kinds(text) == [f"prompt 1 {text}"]


def test_hints_may_span_lines_and_stand_anywhere() -> None:
    text = '<hint lang="en">\na\n\nb\n</hint>\nQ\n- [x] A\n<HINT>c</HINT>\n> yes\n- [ ] B'
    assert kinds(text) == [
        "prompt 6 Q",
        "option 7 A",
        "feedback 9 yes",
        "option 10 B",
        "hint 1 a\n\nb",
        "hint 8 c",
    ]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        pytest.param("Q\n- [x] A\nstray\n- [ ] B", (3, "stray-text"), id="between options"),
        pytest.param("Q\n- [x] A\n\n> stray\n- [ ] B", (4, "stray-text"), id="loose feedback"),
        pytest.param("Q\n- [x] A\n- [?] B\n- [ ] C", (3, "odd-box"), id="odd mark"),
        pytest.param("Q\n- [x] A\n      - [ ] B", (3, "deep-box"), id="too far in"),
        pytest.param("<tip>a</tip>\n- [x] A", (1, "unknown-tag"), id="unknown tag"),
        pytest.param("Q\n\t- [x] A", (2, "deep-box"), id="tabs"),
        pytest.param("Q\n- [v] A", (2, "odd-box"), id="odd marks only"),
    ],
)
def test_what_an_author_may_not_have_meant_is_reported(text: str, remark: tuple[int, str]) -> None:
    assert [(found.line, found.rule) for found in sort(text).remarks] == [remark]


def test_boxes_in_code_are_not_reported() -> None:
    lines = [Line(1, "- [x] A"), Line(2, "```"), Line(3, "      - [ ] B", inside=True)]
    assert not parts(lines).remarks


def test_boxes_that_read_as_code_are_reported_where_there_is_nothing_else_to_answer() -> None:
    lines = [Line(1, "Q"), Line(2, ""), Line(3, "    - [ ] B", inside=True)]
    assert [(found.line, found.rule) for found in parts(lines).remarks] == [(3, "deep-box")]
    assert not parts([Line(1, "Type [[x]]."), *lines]).remarks
