"""What somebody filled into a form, read as the bank would read it from a file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from bot.bank.parser import Page, parse_page
from bot.bank.problem import is_error
from bot.bank.writing import question_markdown
from bot.quiz.question import Question, QuestionId
from bot.quiz.suggestion import Draft, Mistakes, Wish

QUESTION, RIGHT, EXPLANATION, SOURCE = "question", "right", "explanation", "source"
"""Names of fields; an option is `option0` and so on."""

NO_ANSWERS: Final = (
    "Add at least two options below, or write the answer into the question in double brackets: "
    "[[answer]]"
)
ONE_OPTION: Final = "Add at least one more option."
NONE_RIGHT: Final = "Tick what is right."
ONLY_WORDS: Final = "Write only the words here, without <quiz> and boxes: I add them."
SAME_OPTION: Final = "This option is the same as another one."
NO_ADDRESS: Final = "Write an address such as https://docs.docker.com/reference/"

_TAG: Final = re.compile(r"</?quiz")
_MARKS: Final = re.compile(r"</?quiz|</?hint|^\s*[-*+]\s*\[[ xX]?\]", re.MULTILINE)


def drafted(wish: Wish) -> Draft | Mistakes:
    """The block to paste, or what is wrong with each field."""
    if mistakes := dict(_mistakes(wish)):
        return Mistakes(mistakes)
    lines = list(_lines(wish))
    page = parse_page("\n".join(text for _, text in lines), path="", slug=wish.slug)
    names = [name for name, _ in lines]
    if errors := _errors(page, names):
        tagged = _TAG.search(wish.question) or _TAG.search(wish.explanation)
        return Mistakes({_marked_field(wish): ONLY_WORDS} if tagged else errors)
    question = page.quiz.questions[0] if page.quiz else None
    if question is None or not _is_as_wished(wish, page, question):
        return Mistakes({_marked_field(wish): ONLY_WORDS})
    remarks = tuple(found.message for found in page.problems)
    return Draft(question_markdown(replace(question, id=QuestionId(""))), remarks)


def _mistakes(wish: Wish) -> Iterator[tuple[str, str]]:
    """What a form can get wrong that a file cannot."""
    if not wish.options and "[[" not in wish.question:
        yield "option0", NO_ANSWERS
    if len(wish.options) == 1:
        yield "option1", ONE_OPTION
    if wish.options and not any(right for _, right in wish.options):
        yield RIGHT, NONE_RIGHT
    if wish.source and not _is_address(wish.source):
        yield SOURCE, NO_ADDRESS


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_web = parts.scheme in {"https", "http"} and bool(parts.hostname)
    return is_web and not re.search(r"[\s<>]", text)


def _lines(wish: Wish) -> Iterator[tuple[str, str]]:
    """A page with this one question, each line with the field that it comes from."""
    yield QUESTION, "<quiz>"
    yield from ((QUESTION, line) for line in wish.question.splitlines())
    yield QUESTION, ""
    for number, (text, right) in enumerate(wish.options):
        yield f"option{number}", f"- [{'x' if right else ' '}] {' '.join(text.split())}"
    if not wish.options:
        yield EXPLANATION, "---"
    yield EXPLANATION, ""
    yield from ((EXPLANATION, line) for line in wish.explanation.splitlines())
    if wish.source:
        host = urlsplit(wish.source).hostname or wish.source
        yield SOURCE, ""
        yield SOURCE, f"Source: [{host}](<{wish.source}>)"
    yield QUESTION, "</quiz>"


def _errors(page: Page, names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in filter(is_error, page.problems):
        name = names[min(problem.line, len(names)) - 1]
        words = SAME_OPTION if problem.rule == "same-option" else problem.message
        found.setdefault(name, words.replace("`", ""))
    return found


def _is_as_wished(wish: Wish, page: Page, question: Question) -> bool:
    """Nothing that was typed has become a part of the question that was not meant."""
    key = frozenset(i for i, (_, right) in enumerate(wish.options) if right)
    return (
        page.quiz is not None
        and len(page.quiz) == 1
        and len(question.options) == len(wish.options)
        and question.key == key
        and not question.hint
    )


def _marked_field(wish: Wish) -> str:
    fields = {QUESTION: wish.question, EXPLANATION: wish.explanation}
    fields |= {f"option{i}": text for i, (text, _) in enumerate(wish.options)}
    return next((name for name, text in fields.items() if _MARKS.search(text)), QUESTION)
