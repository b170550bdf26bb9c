"""The Markdown of a question as its author wrote it, found again in its file."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bot.bank.identity import content_id_of
from bot.bank.parser import parse_page
from bot.bank.writing import question_markdown
from bot.quiz.editing import EditLinks
from bot.quiz.question import Question, Slug
from bot.quiz.report import QuestionSource

MOST_LINES: Final = 1_000
"""No question of the bank is longer."""

MOST_ENDS: Final = 4
"""So many closing tags are tried: one may stand in a code block of the question."""

Read = Callable[[Path], str | None]


def source_of(question: Question, read: Read, edits: EditLinks) -> QuestionSource:
    """Its own lines; where the file has changed or cannot be read, the question written anew."""
    place = question.place
    text = read(Path(place.path)) if place.path else None
    block = _block(text, question) if text else None
    return QuestionSource(block or question_markdown(question), place, edits.of(place))


def _block(text: str, question: Question) -> str | None:
    """The lines from the opening to the closing tag, if they still are this question."""
    first = question.place.line - 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[first : first + MOST_LINES]
    for end in islice(_ends(lines), MOST_ENDS):
        block = "\n".join(lines[: end + 1])
        if _is(block, question):
            return block
    return None


def _ends(lines: list[str]) -> Iterator[int]:
    return (number for number, line in enumerate(lines) if "</quiz>" in line)


def _is(block: str, question: Question) -> bool:
    """Links may differ: those of a page are resolved by its place."""
    quiz = parse_page(block, path="", slug=Slug("source")).quiz
    if quiz is None or len(quiz) != 1:
        return False
    (found,) = quiz
    return (
        content_id_of(found) == content_id_of(question)
        and _key(found) == _key(question)
        and found.blanks == question.blanks
    )


def _key(question: Question) -> list[str]:
    return sorted(repr(option.text) for option in question.options if option.correct)
