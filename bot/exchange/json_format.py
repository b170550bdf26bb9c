"""A page as JSON: every text is Markdown, so programs can read what authors wrote."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.bank.prose_markdown import markdown
from bot.exchange.pieces import Imported, Refusal, prose_of
from bot.quiz.question import Blank, Option, Question, QuestionId, Quiz

FORMAT: Final = "quizbot"
VERSION: Final = 1


class _Option(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    text: str
    right: bool
    feedback: str = ""


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str = ""
    question: str
    options: tuple[_Option, ...] = ()
    blanks: tuple[tuple[str, ...], ...] = ()
    explanation: str = ""
    hint: str = ""
    points: int = 1
    level: str = ""
    checked: date | None = None


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True)

    format: str
    version: int
    title: str = ""
    level: str = ""
    questions: tuple[_Question, ...]


def write_json(quiz: Quiz) -> bytes:
    """One object: `format`, `version`, `title`, `level` and `questions`; empty fields are left
    out. A gap of a question is `____` in its text, its answers are in `blanks`.
    """
    page = {
        "format": FORMAT,
        "version": VERSION,
        "title": quiz.title,
        "level": quiz.level,
        "questions": [dict(_fields(question)) for question in quiz],
    }
    return (json.dumps(page, ensure_ascii=False, indent=2) + "\n").encode()


def _fields(question: Question) -> Iterator[tuple[str, Any]]:
    """What a question has, in the order in which it is read."""
    values: Mapping[str, Any] = {
        "id": str(question.id),
        "level": question.level,
        "points": question.points if question.points != 1 else 0,
        "checked": question.checked.isoformat() if question.checked else "",
        "question": markdown(question.prompt),
        "options": [dict(_option(option)) for option in question.options],
        "blanks": [list(blank.answers) for blank in question.blanks],
        "explanation": markdown(question.explanation),
        "hint": markdown(question.hint),
    }
    return ((name, value) for name, value in values.items() if value)


def _option(option: Option) -> Iterator[tuple[str, Any]]:
    yield "text", markdown(option.text)
    yield "right", option.correct
    if option.feedback:
        yield "feedback", markdown(option.feedback)


def read_json(text: str) -> Imported:
    """Read what `write_json` writes. Raises Refusal, naming the field that is wrong."""
    try:
        page = _Page.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise Refusal(f"{where}: {first['msg'].lower()}") from error
    if (page.format, page.version) != (FORMAT, VERSION):
        raise Refusal(f'it is not a page of this bot: "format" must be "{FORMAT}"')
    return Imported(tuple(map(_question, page.questions)), title=page.title, level=page.level)


def _question(given: _Question) -> Question:
    return Question(
        QuestionId(given.id),
        prose_of(given.question),
        tuple(Option(prose_of(o.text), o.right, prose_of(o.feedback)) for o in given.options),
        tuple(map(Blank, given.blanks)),
        prose_of(given.explanation),
        prose_of(given.hint),
        given.points,
        given.level,
        checked=given.checked,
    )
