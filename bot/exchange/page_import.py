"""From a file of another format to a page of the bank, checked by the bank's own reader."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from bot.bank.collecting import without_collector
from bot.bank.files import MOST_BYTES
from bot.bank.naming import level_of, pretty, track_of
from bot.bank.parser import parse_page
from bot.bank.problem import Problem, is_error
from bot.bank.writing import page_markdown
from bot.exchange.gift import read_gift, write_gift
from bot.exchange.images import ReadImage, files_of, from_bank, from_folder, moved, no_image
from bot.exchange.json_format import read_json, write_json
from bot.exchange.opentdb import read_opentdb
from bot.exchange.pieces import Imported, LeftOut, Refusal, with_ids
from bot.exchange.qti_read import read_qti
from bot.exchange.qti_write import write_qti
from bot.exchange.safe_files import read_file, recoded, text_of
from bot.exchange.spreadsheet import read_xlsx
from bot.exchange.table import read_csv, write_csv
from bot.quiz.prose import Image, prose
from bot.quiz.question import Question, Quiz, Slug

READERS: Final[Mapping[str, Callable[[bytes], Imported]]] = {
    "csv": lambda content: read_csv(text_of(content)),
    "gift": lambda content: read_gift(text_of(content)),
    "json": lambda content: read_json(text_of(content)),
    "opentdb": lambda content: read_opentdb(text_of(content)),
    "qti": read_qti,
    "xlsx": read_xlsx,
}
WRITERS: Final[Mapping[str, Callable[[Quiz, ReadImage], bytes]]] = {
    "csv": lambda quiz, _: write_csv(_with_paths(quiz)),
    "gift": lambda quiz, _: write_gift(_with_paths(quiz)),
    "json": lambda quiz, _: write_json(_with_paths(quiz)),
    "qti": write_qti,
}
"""Of these only an archive has room for images; texts name the paths of their files."""

ENDINGS: Final[Mapping[str, str]] = {
    "csv": ".csv",
    "gift": ".gift",
    "json": ".json",
    "qti": ".zip",
    "xlsx": ".xlsx",
}
"""What a file of each format is called."""

MOST_WORDS: Final = 40
"""Characters of a question that tell it from others."""


@dataclass(frozen=True, slots=True)
class Page:
    """`problems` are what the lint says of the page that was made; `files` are its images, by
    their paths from its folder on.
    """

    text: str
    questions: int
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


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


@without_collector()
def import_page(path: Path, slug: Slug, form: str = "", encoding: str = "") -> Page:
    """Read a file and write it as a page; what cannot be asked is left out. Raises Refusal.

    Texts are UTF-8, or UTF-16 with its mark, unless another `encoding` is named.
    """
    content = read_file(path)
    if encoding:
        content = recoded(content, encoding)
    try:
        imported = READERS[form or format_of(path, content)](content)
    except RecursionError as error:
        raise Refusal("it is nested too deeply") from error
    return page_of(imported, slug)


def page_of(imported: Imported, slug: Slug) -> Page:
    """Write the questions, read them again, and leave out those that did not come through.

    Raises Refusal for a page that no bank would read.
    """
    named = with_ids(imported.questions, slug.rpartition("/")[0].replace("/", "-"))
    address = partial(_address, kept=imported.files, folder=slug.rpartition("/")[0])
    questions = [moved(question, address) for question in named]
    text, errors, problems = _written(imported, slug, questions)
    if not errors:
        return _page(imported, text, questions, problems)
    wrong = {i: found[0] for i, each in enumerate(questions) if (found := _errors(each, slug))}
    left_out = [LeftOut(_said(i, questions[i]), why) for i, why in wrong.items()]
    questions = [each for i, each in enumerate(questions) if i not in wrong]
    text, _, problems = _written(imported, slug, questions)
    return _page(imported, text, questions, problems, left_out)


def _page(
    imported: Imported,
    text: str,
    questions: Sequence[Question],
    problems: tuple[Problem, ...],
    left_out: Iterable[LeftOut] = (),
) -> Page:
    if len(text.encode()) > MOST_BYTES:
        raise Refusal("its page would have more than 4 MB, which no bank reads; split it")
    return Page(
        text,
        len(questions),
        (*imported.left_out, *left_out),
        problems,
        _shown(imported, questions),
    )


def _written(
    imported: Imported, slug: Slug, questions: Sequence[Question]
) -> tuple[str, list[str], tuple[Problem, ...]]:
    """The text of a page, what went wrong on the way, and all that the lint says of it."""
    quiz = _quiz(imported, slug, questions)
    text = page_markdown(quiz)
    page = parse_page(text, path=f"{slug}.md", slug=slug)
    found = [problem.message for problem in page.problems if is_error(problem)]
    read = page.quiz.questions if page.quiz else ()
    if not found and not _are_same(read, questions):
        found = ["it cannot be written as Markdown without changing it"]
    return text, found, page.problems


def _errors(question: Question, slug: Slug) -> list[str]:
    return _written(Imported((), title="One"), slug, [question])[1]


def _are_same(read: Sequence[Question], meant: Sequence[Question]) -> bool:
    return len(read) == len(meant) and all(map(_is_same, read, meant))


def _address(image: Image, kept: Collection[str], folder: str) -> str:
    return image.url if image.url in kept else from_folder(image, folder)


def _shown(imported: Imported, questions: Iterable[Question]) -> dict[str, bytes]:
    """The images of those questions that were not left out."""
    shown = {image.url for question in questions for image in files_of(question)}
    return {path: content for path, content in imported.files.items() if path in shown}


def _said(at: int, question: Question) -> str:
    """Which question it was; the formats have no common way to say where it stood."""
    words = " ".join(question.stem.split())
    beginning = f' ("{words[:MOST_WORDS]}…")' if words else ""
    return f"question {at + 1}{beginning}"


def _with_paths(quiz: Quiz) -> Quiz:
    questions = tuple(moved(question, from_bank) for question in quiz)
    return replace(quiz, questions=questions)


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


def exported(
    quizzes: Iterable[Quiz], form: str, read_image: ReadImage = no_image
) -> Iterator[tuple[str, bytes]]:
    """A file for each quiz: its name below the folder of the export, and what is in it."""
    for quiz in quizzes:
        yield f"{quiz.slug}{ENDINGS[form]}", WRITERS[form](replace(quiz, links=()), read_image)
