import pytest

from bot.bank.draft import Draft, alternatives, draft
from bot.bank.links import Links
from bot.bank.markdown import PARSER
from bot.bank.quiz_extent import Remark
from bot.quiz.prose import prose
from bot.quiz.question import Option


def read(text: str) -> Draft:
    return draft(PARSER.parse(text), Links())


def test_feedback_goes_to_its_option() -> None:
    found = read("<quiz>\nQ\n- [x] A\n- [ ] B\n> b\n- [ ] C\n\nWhy\n</quiz>")
    assert [(option.line, option.option) for option in found.options] == [
        (3, Option(prose("A"), correct=True)),
        (4, Option(prose("B"), correct=False, feedback=prose("b"))),
        (6, Option(prose("C"), correct=False)),
    ]
    assert found.explanation == prose("Why")


def test_the_last_of_equal_attributes_and_all_hints_count() -> None:
    found = read('<quiz id="a" id="b">\nQ\n<hint>1</hint>\n<hint>2</hint>\n</quiz>')
    assert found.attributes == {"id": "b"}
    assert found.hint == (*prose("1"), *prose("2"))


def test_a_question_that_cannot_be_read_has_remarks_only() -> None:
    remark = Remark(1, "unclosed-quiz", "This <quiz> has no </quiz> before the end of the page.")
    assert read("<quiz>\nQ\n- [x] A") == Draft(1, {}, (remark,), has_boxes=False)


@pytest.mark.parametrize(
    ("blank", "answers"),
    [
        ("a", ("a",)),
        (" a | b ", ("a", "b")),
        (r"a\|b", ("a|b",)),
        (r"C:\dir", (r"C:\dir",)),
        ("`a`|a|| ", ("a",)),
        (" ", ()),
        ("|", ()),
    ],
)
def test_alternatives_are_divided_by_bars(blank: str, answers: tuple[str, ...]) -> None:
    assert alternatives(blank) == answers
