import pytest

from bot.bank.quiz_extent import Extent, extent


def reach(text: str) -> Extent:
    lines = text.split("\n")
    return extent(lines.__getitem__, len(lines), 10)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        pytest.param("\nQ\n</quiz>\nmore", 3, id="an end of its own line"),
        pytest.param("Q</quiz>\nmore", 1, id="all in one line"),
        pytest.param("\n```\n</quiz>\n```\n</quiz>\nmore", 5, id="an end in a code block"),
        pytest.param("\n~~~~\n~~~\n</quiz>\n~~~~~\n</quiz>", 6, id="a longer fence"),
        pytest.param("\n- [ ] ```sh\n  </quiz>\n  ```\n</quiz>", 5, id="code in an option"),
        pytest.param("\n```\n<quiz>\n</quiz>\n```\n</quiz>", 6, id="an example of a quiz"),
        pytest.param("\n<!--\n</quiz>\n-->\n</quiz>", 5, id="an end in a comment"),
        pytest.param("\n```a``` b\n</quiz>\n```", 3, id="code within a line"),
    ],
)
def test_a_question_reaches_to_its_end_tag(text: str, size: int) -> None:
    found = reach(text)
    assert (found.size, found.remarks) == (size, ())


@pytest.mark.parametrize(
    ("text", "size", "remarks"),
    [
        pytest.param("\nQ", 2, [(10, "unclosed-quiz")], id="the page ends"),
        pytest.param("\nQ\n<quiz>", 2, [(10, "unclosed-quiz")], id="the next one begins"),
        pytest.param("\n```\n</quiz>\n<quiz>\n```", 3, [(11, "unclosed-fence")], id="open fence"),
        pytest.param(
            "\n```\n<quiz>\n<quiz>\n```",
            2,
            [(11, "unclosed-fence"), (10, "unclosed-quiz")],
            id="both",
        ),
        pytest.param("\n<!--\n</quiz>", 3, [(11, "unclosed-comment")], id="open comment"),
        pytest.param(
            "\n```a\n~~~b\n</quiz>", 4, [(11, "unclosed-fence")], id="the first fence only"
        ),
    ],
)
def test_what_stays_open_is_reported(text: str, size: int, remarks: list[tuple[int, str]]) -> None:
    found = reach(text)
    assert found.size == size
    assert [(remark.line, remark.rule) for remark in found.remarks] == remarks


def test_lines_keep_their_numbers_and_tell_what_is_code() -> None:
    found = reach("Q\n```\n- [ ] code\n```\n<!-- gone -->\nlast</quiz>")
    assert [(line.number, line.text, line.inside) for line in found.lines] == [
        (10, "Q", False),
        (11, "```", False),
        (12, "- [ ] code", True),
        (13, "```", True),
        (15, "last", False),
    ]
