"""Tables as people keep them: our own columns, Kahoot's template, and spreadsheets."""

import csv
import io

import pytest
from openpyxl import Workbook

from bot.exchange.pieces import Refusal
from bot.exchange.spreadsheet import read_xlsx
from bot.exchange.table import read_csv, write_csv
from bot.quiz.prose import plain, prose
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug

KAHOOT: list[list[object]] = [
    ["Quiz template"],
    [],
    ["Add questions, at least two answers and the right one."],
    [
        None,
        "Question - max 120 characters",
        "Answer 1 - max 75 characters",
        "Answer 2 - max 75 characters",
        "Answer 3 - max 75 characters",
        "Answer 4 - max 75 characters",
        "Time limit (sec) - 5, 10, 20",
        "Correct answer(s) - choose at least one",
    ],
    [1, "Which sign starts a comment?", "#", "//", "--", None, 20, 1],
    [2, "Which are primes?", 2, 3.0, 4, 5.5, 20, "1,2"],
    [3, "Without an answer?", None, None, None, None, 20, 1],
    [4, "Without a key?", "a", "b", None, None, 20, None],
    [5, None, None, None, None, None, None, None],
    [6, None, "a", "b", None, None, 20, 1],
]


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_kahoots_template_is_read_from_a_workbook() -> None:
    imported = read_xlsx(workbook(KAHOOT))
    first, second = imported.questions
    assert plain(first.prompt) == "Which sign starts a comment?"
    assert [plain(option.text) for option in first.options] == ["#", "//", "--"]
    assert first.key == {0}
    assert [plain(option.text) for option in second.options] == ["2", "3", "4", "5.5"]
    assert second.key == {0, 1}
    assert [str(left_out) for left_out in imported.left_out] == [
        "row 7: it has no answers",
        "row 8: it does not say which answer is right",
        "row 10: it has no question",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_plain_table_may_use_any_of_the_usual_signs(delimiter: str) -> None:
    rows = [
        ["Question", "Option 1", "Option 2", "Correct", "Explanation"],
        ["Sky?", "Blue", "Green", "Blue", "It scatters."],
        ["Grass?", "Blue", "Green", "b", ""],
        ["How many?", "2", "1", "1", ""],
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    sky, grass, many = read_csv(out.getvalue().replace("\r\n", "\n")).questions
    assert [set(sky.key), set(grass.key)] == [{0}, {1}]
    assert many.key == {0}, "a number is a place, even where an answer reads the same"
    assert plain(sky.explanation) == "It scatters."


def test_texts_of_others_are_no_markdown() -> None:
    imported = read_csv("Question,Answer 1,Answer 2,Correct\nIs *x* a `y`?,- [x] a,</quiz>,1\n")
    (question,) = imported.questions
    assert plain(question.prompt) == "Is *x* a `y`?"
    assert [plain(option.text) for option in question.options] == ["- [x] a", "</quiz>"]


def test_no_cell_is_a_formula() -> None:
    options = (Option(prose("=1+1"), correct=True), Option(prose("'-x"), correct=False))
    question = Question(QuestionId("q"), prose("@here or +1?"), options)
    text = write_csv(Quiz(Slug("x"), "X", (question,))).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    (again,) = read_csv(text).questions
    assert again.options == options
    assert again.prompt == question.prompt


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"right": "A,F"}, "right names F, which is no option"),
        ({"points": "many"}, "points is a whole number, not many"),
        ({"checked": "soon"}, "checked is a day such as 2026-01-31, not soon"),
    ],
)
def test_a_row_that_is_wrong_is_named(cells: dict[str, str], why: str) -> None:
    row = {"question": "Sky?", "right": "A", "A": "Blue", "B": "Green", **cells}
    names = ["id", "level", "points", "checked", "question", "right", "A", "B"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerow(row)
    imported = read_csv(out.getvalue())
    assert [str(left_out) for left_out in imported.left_out] == [f"row 2: {why}"]


@pytest.mark.parametrize(
    "text", ["", "a,b,c\n1,2,3\n", "Question,Answer 1\nSky?,Blue\n", '"open', "x\n" * 40]
)
def test_a_table_without_the_columns_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_csv(text)


def test_a_quote_that_never_ends_is_named_by_the_line_on_which_its_row_begins() -> None:
    with pytest.raises(Refusal, match="the row that begins on line 3 cannot be read"):
        read_csv('Question,Answer 1,Correct\nSky?,Blue,1\n"Sea?,Blue,1\n\n\n')
