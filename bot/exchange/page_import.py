"""From a file of another format to a page of the bank, checked by the bank's own reader."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.bank.naming import level_of, pretty, track_of
from bot.bank.parser import parse_page
from bot.bank.problem import Problem, is_error
from bot.bank.writing import page_markdown
from bot.exchange.gift import read_gift, write_gift
from bot.exchange.json_format import read_json, write_json
from bot.exchange.opentdb import read_opentdb
from bot.exchange.pieces import Imported, LeftOut, Refusal, with_ids
from bot.exchange.qti_read import read_qti
from bot.exchange.qti_write import write_qti
from bot.exchange.safe_files import read_file, text_of
from bot.exchange.spreadsheet import read_xlsx
from bot.exchange.table import read_csv, write_csv
from bot.quiz.prose import prose
from bot.quiz.question import Question, Quiz, Slug

READERS: Final[Mapping[str, Callable[[bytes], Imported]]] = {
    "csv": lambda content: read_csv(text_of(content)),
    "gift": lambda content: read_gift(text_of(content)),
    "json": lambda content: read_json(text_of(content)),
    "opentdb": lambda content: read_opentdb(text_of(content)),
    "qti": read_qti,
    "xlsx": read_xlsx,
}
WRITERS: Final[Mapping[str, Callable[[Quiz], bytes]]] = {
    "csv": write_csv,
    "gift": write_gift,
    "json": write_json,
    "qti": write_qti,
}
ENDINGS: Final[Mapping[str, str]] = {
    "csv": ".csv",
    "gift": ".gift",
    "json": ".json",
    "qti": ".zip",
    "xlsx": ".xlsx",
}
"""What a file of each format is called."""


@dataclass(frozen=True, slots=True)
class Page:
    """`problems` are what the lint says of the page that was made."""

    text: str
    questions: int
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]


def format_of(path: Path, content: bytes) -> str:
    """Tell a format by a file's name, and JSON and XML by what is in it. Raises Refusal."""
    ending = path.suffix.lower()
    if ending == ".json":
        return "opentdb" if b'"results"' in content[:20_000] else "json"
    if ending in {".txt", ".gift"}:
        return "gift"
    if ending in {".xml", ".zip"}:
        return "qti"
    found = next((name for name, end in ENDINGS.items() if end == ending), None)
    if found is None:
        raise Refusal(f"its format is not known; name one with --format {'|'.join(READERS)}")
    return found


def import_page(path: Path, slug: Slug, form: str = "") -> Page:
    """Read a file and write it as a page; what cannot be asked is left out. Raises Refusal."""
    content = read_file(path)
    try:
        imported = READERS[form or format_of(path, content)](content)
    except RecursionError as error:
        raise Refusal("it is nested too deeply") from error
    return page_of(imported, slug)


def page_of(imported: Imported, slug: Slug) -> Page:
    """Write the questions, read them again, and leave out those that did not come through."""
    questions = with_ids(imported.questions, slug.rpartition("/")[0].replace("/", "-"))
    kept: list[Question] = []
    left_out = list(imported.left_out)
    for number, question in enumerate(questions, 1):
        errors = _errors(question, slug)
        if errors:
            left_out.append(LeftOut(f"question {number}", errors[0]))
        else:
            kept.append(question)
    quiz = _quiz(imported, slug, kept)
    text = page_markdown(quiz)
    problems = parse_page(text, path=f"{slug}.md", slug=slug).problems
    return Page(text, len(kept), tuple(left_out), problems)


def _errors(question: Question, slug: Slug) -> list[str]:
    alone = Quiz(slug, "One", (question,))
    page = parse_page(page_markdown(alone), path="", slug=slug)
    found = [problem.message for problem in page.problems if is_error(problem)]
    read = page.quiz.questions if page.quiz else ()
    if not found and (len(read) != 1 or not _is_same(read[0], question)):
        return ["it cannot be written as Markdown without changing it"]
    return found


def _is_same(read: Question, meant: Question) -> bool:
    """What must not change on the way: the number of its parts, and which are right."""
    return (read.key, len(read.options), read.blanks) == (
        meant.key,
        len(meant.options),
        meant.blanks,
    )


def _quiz(imported: Imported, slug: Slug, questions: Iterable[Question]) -> Quiz:
    return Quiz(
        slug,
        imported.title or pretty(slug),
        tuple(questions),
        track=track_of(slug),
        level=imported.level or level_of(slug),
        intro=prose(imported.note),
    )


def exported(quizzes: Iterable[Quiz], form: str) -> Iterator[tuple[str, bytes]]:
    """A file for each quiz: its name below the folder of the export, and what is in it."""
    for quiz in quizzes:
        yield f"{quiz.slug}{ENDINGS[form]}", WRITERS[form](replace(quiz, links=()))
