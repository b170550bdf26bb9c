import pytest

from bot.bank.quiz_tag import Attribute, OpeningTag, before_end, is_stray_end, opening_tag


@pytest.mark.parametrize(
    ("line", "attributes", "rest"),
    [
        pytest.param("<quiz>", {}, "", id="bare"),
        pytest.param("   <quiz >Why?", {}, "Why?", id="text behind it"),
        pytest.param(
            '<quiz id="a b" level=easy>', {"id": "a b", "level": "easy"}, "", id="quotes"
        ),
        pytest.param("<quiz id='a>b'>", {"id": "a>b"}, "", id="an angle bracket in quotes"),
        pytest.param('<quiz ID = " a ">', {"id": "a"}, "", id="spaces"),
        pytest.param("<QUIZ hidden>", {"hidden": ""}, "", id="no value"),
    ],
)
def test_attributes_are_read(line: str, attributes: dict[str, str], rest: str) -> None:
    wanted = tuple(Attribute(name, value) for name, value in attributes.items())
    assert opening_tag(line) == OpeningTag(wanted, rest)


@pytest.mark.parametrize(
    "line", ["<quizzes>", "a <quiz>", "    <quiz>", "</quiz>", "<quiz-x>", ""]
)
def test_other_lines_open_nothing(line: str) -> None:
    assert opening_tag(line) is None


@pytest.mark.parametrize(
    "line", ["<quiz", "<quiz/>", '<quiz id="a', '<quiz id="a"b">', "<quiz <b>"]
)
def test_a_tag_that_is_cut_short_is_told_from_no_tag(line: str) -> None:
    tag = opening_tag(line)
    assert tag is not None
    assert not tag.whole


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("</quiz>", ""),
        ("- [ ] D</QUIZ > ", "- [ ] D"),
        ("`</quiz>` ends it", None),
        ("</quizzes>", None),
    ],
)
def test_an_end_tag_ends_its_line(line: str, before: str | None) -> None:
    assert before_end(line) == before


def test_only_a_line_that_begins_with_an_end_tag_is_a_stray_end() -> None:
    assert is_stray_end("  </quiz> and more")
    assert not is_stray_end("    </quiz>")
    assert not is_stray_end("see </quiz>")
