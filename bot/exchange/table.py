"""A page as the rows of a table: our own columns, and those of Kahoot's template."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from bot.bank.draft import alternatives, joined
from bot.bank.prose_markdown import markdown
from bot.exchange.pieces import Imported, LeftOut, Refusal, Unusable, prose_of
from bot.quiz.prose import Prose, prose
from bot.quiz.question import LETTERS, MOST_OPTIONS, Blank, Option, Question, QuestionId, Quiz

Row = Sequence[str]

MOST_ROWS: Final = 20_000
HEAD: Final = ("id", "level", "points", "checked", "question", "right")
_SEARCHED: Final = 30
"""Rows in which the head of a template may stand; Kahoot's comes after a page of advice."""
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_FORMULA: Final = re.compile(r"'+[=+\-@\t\r]")
_ANSWER: Final = re.compile(r"(?:answer|option|choice)\s*(\d+)\b")
_BEGINS: Final = {"question": "question", "explanation": "explanation", "time limit": ""}
_RIGHT: Final = ("correct", "right")


def write_csv(quiz: Quiz) -> bytes:
    """Comma-separated UTF-8 with a mark of its encoding, which spreadsheets look for.

    `right` has the letters of the right options; the alternatives of a gap are apart by bars;
    texts are Markdown. A cell that a spreadsheet would calculate begins with an apostrophe.
    """
    options = max((len(question.options) for question in quiz), default=0)
    blanks = max((len(question.blanks) for question in quiz), default=0)
    head = [
        *HEAD,
        *LETTERS[:options],
        *(f"feedback {letter}" for letter in LETTERS[:options]),
        *(f"blank {i + 1}" for i in range(blanks)),
        "explanation",
        "hint",
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for question in quiz:
        cells = _cells(question)
        writer.writerow([_harmless(cells.get(name, "")) for name in head])
    return out.getvalue().encode("utf-8-sig")


def _cells(question: Question) -> Mapping[str, str]:
    cells = {
        "id": str(question.id),
        "level": question.level,
        "points": str(question.points),
        "checked": question.checked.isoformat() if question.checked else "",
        "question": markdown(question.prompt),
        "right": ",".join(LETTERS[i] for i in sorted(question.key)),
        "explanation": markdown(question.explanation),
        "hint": markdown(question.hint),
    }
    for letter, option in zip(LETTERS, question.options, strict=False):
        cells[letter] = markdown(option.text)
        cells[f"feedback {letter}"] = markdown(option.feedback)
    for i, blank in enumerate(question.blanks):
        cells[f"blank {i + 1}"] = joined(blank.answers)
    return cells


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def read_csv(text: str) -> Imported:
    """Read our own columns, or a template with `Question`, `Answer 1` … and `Correct`.

    Commas, semicolons and tabs may stand between cells. Raises Refusal.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    began = 1
    try:
        for row in reader:
            rows.append(row)
            began = reader.line_num + 1
    except csv.Error as error:
        raise Refusal(f"the row that begins on line {began} cannot be read: {error}") from error
    return read_rows(rows)


def read_rows(rows: Iterable[Row]) -> Imported:
    """Read a table whose head is one of the first rows. Raises Refusal."""
    numbered = list(enumerate(rows, 1))
    if len(numbered) > MOST_ROWS:
        raise Refusal(f"the table has more than {MOST_ROWS:,} rows; split it")
    for at, (_, row) in enumerate(numbered[:_SEARCHED]):
        names = [cell.strip().lower() for cell in row]
        if set(HEAD) <= set(names):
            return _all(numbered[at + 1 :], names, _own)
        if template := _template(names):
            return _all(numbered[at + 1 :], template, _foreign)
    wanted = '"Question", "Answer 1", "Answer 2" … and "Correct answer"'
    raise Refusal(f"no row has the columns {wanted}; name them so, in English, in the first row")


def _template(names: Sequence[str]) -> list[str]:
    """Names of ours for the columns of a template; none when it is not one."""
    found = [_column(name) for name in names]
    return found if "question" in found and "0" in found and "right" in found else []


def _column(name: str) -> str:
    if answer := _ANSWER.match(name):
        return str(int(answer[1]) - 1)
    if name.startswith(_RIGHT):
        return "right"
    return next((ours for begin, ours in _BEGINS.items() if name.startswith(begin)), "")


def _all(
    rows: Iterable[tuple[int, Row]],
    names: Sequence[str],
    read: Callable[[Mapping[str, str]], Question],
) -> Imported:
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    for number, row in rows:
        whole = [*row, *[""] * (len(names) - len(row))]
        cells = {name: _as_meant(cell) for name, cell in zip(names, whole, strict=False) if name}
        if not any(cell.strip() for cell in cells.values()):
            continue
        try:
            questions.append(read(cells))
        except Unusable as error:
            left_out.append(LeftOut(f"row {number}", str(error)))
    return Imported(tuple(questions), tuple(left_out))


def _own(cells: Mapping[str, str]) -> Question:
    letters = [letter for letter in LETTERS if cells.get(letter.lower())]
    right = set(re.split(r"[\s,;]+", cells["right"].strip().upper())) - {""}
    if wrong := right - set(letters):
        raise Unusable(f"right names {', '.join(sorted(wrong))}, which is no option")
    options = (_option(cells, letter, correct=letter in right) for letter in letters)
    return Question(
        QuestionId(cells["id"].strip()),
        prose_of(cells["question"]),
        tuple(options),
        tuple(_blanks(cells)),
        prose_of(cells.get("explanation", "")),
        prose_of(cells.get("hint", "")),
        _whole(cells["points"]),
        cells["level"].strip(),
        checked=_day(cells["checked"]),
    )


def _option(cells: Mapping[str, str], letter: str, *, correct: bool) -> Option:
    feedback = cells.get(f"feedback {letter.lower()}", "")
    return Option(prose_of(cells[letter.lower()]), correct, prose_of(feedback))


def _blanks(cells: Mapping[str, str]) -> Iterator[Blank]:
    number = 1
    while cell := cells.get(f"blank {number}", ""):
        yield Blank(alternatives(cell))
        number += 1


def _whole(cell: str) -> int:
    text = cell.strip() or "1"
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise Unusable(f"points is a whole number, not {text[:20]}")
    return int(text)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell.strip()) if cell.strip() else None
    except ValueError as error:
        raise Unusable(f"checked is a day such as 2026-01-31, not {cell.strip()[:20]}") from error


def _foreign(cells: Mapping[str, str]) -> Question:
    """A row of a template: texts are plain, right answers are numbers, letters or words."""
    given = [(i, cells.get(str(i), "").strip()) for i in range(MOST_OPTIONS)]
    texts = [(i, text) for i, text in given if text]
    right = _right_ones(cells["right"], dict(texts))
    if not cells["question"].strip():
        raise Unusable("it has no question")
    if not texts:
        raise Unusable("it has no answers")
    if not right:
        raise Unusable("it does not say which answer is right")
    options = (Option(_said(text), i in right) for i, text in texts)
    explanation = _said(cells.get("explanation", ""))
    return Question(
        QuestionId(""), _said(cells["question"]), tuple(options), explanation=explanation
    )


def _said(text: str) -> Prose:
    return prose(text.strip())


def _right_ones(cell: str, texts: Mapping[int, str]) -> set[int]:
    whole = [i for i, text in texts.items() if text.casefold() == cell.strip().casefold()]
    if whole and not re.fullmatch(r"\s*\d+(?:\.0)?\s*", cell):
        return set(whole)
    words = [word for word in re.split(r"[\s,;]+", cell.strip()) if word]
    numbers = [int(float(word)) - 1 for word in words if re.fullmatch(r"\d{1,2}(?:\.0)?", word)]
    letters = [LETTERS.index(word.upper()) for word in words if re.fullmatch("[A-Za-z]", word)]
    return {number for number in (*numbers, *letters) if number in texts}
