"""What moves questions between this bank and other programs, as it is typed."""

import sys
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.bank.amounts import amount
from bot.bank.files import read_bank
from bot.bank.naming import clean_slug
from bot.bank.picture_files import content_of_image
from bot.bank.problem import is_error
from bot.errors import ConfigError
from bot.exchange.images import ReadImage, files_of
from bot.exchange.page_import import READERS, WRITERS, Page, exported, import_page
from bot.exchange.pieces import Refusal
from bot.quiz.question import Quiz, Slug
from bot.settings import Settings

MOST_NAMED = 5
err = Console(stderr=True, highlight=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command()(export)


def import_(
    file: Annotated[Path, typer.Argument(help="A file of another program.")],
    to: Annotated[
        str, typer.Option(metavar="TRACK/NAME", help="Write this page; without it, print one.")
    ] = "",
    folder: Annotated[
        Path | None, typer.Option("--in", help="The bank's folder; QUIZ_CONTENT without it.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help=f"{', '.join(READERS)}; else told by the file.")
    ] = "",
    encoding: Annotated[
        str, typer.Option(help="Of a text that is not UTF-8, such as cp1252.")
    ] = "",
) -> None:
    """Make a page of Moodle GIFT, Open Trivia DB, Kahoot's template, CSV, QTI or JSON."""
    if form:
        _check(form, READERS)
    slug = _slug(to) if to else clean_slug(file.stem)
    try:
        page = import_page(file, slug, form, encoding)
    except Refusal as refusal:
        raise ConfigError(f"{file}: {refusal}.") from refusal
    for left_out in page.left_out:
        err.print(f"{file}: {left_out}", markup=False)
    if to:
        _write((folder or Settings.read().own_content) / f"{slug}.md", page)
    else:
        sys.stdout.write(page.text)
        if page.files:
            err.print(f"{amount(len(page.files), 'image')} left out: --to writes them too")
    err.print(_summary(page))


def export(
    source: Annotated[Path, typer.Argument(help="A page, or a folder of pages.")],
    form: Annotated[str, typer.Option("--format", help=", ".join(WRITERS))],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="A file, or for several pages a folder."),
    ] = None,
) -> None:
    """Give a page to another program: QTI 2.1, Moodle GIFT, CSV or JSON."""
    _check(form, WRITERS)
    bank = read_bank([source])
    quizzes = bank.catalogue.quizzes
    if not quizzes:
        raise ConfigError(f"{source} has no question. `quizbot lint {source}` says why.")
    read_image = partial(content_of_image, roots=[source])
    if len(quizzes) == 1 and not (out and out.is_dir()):
        _export_one(quizzes[0], form, out, read_image)
    else:
        _export_all(quizzes, form, out, read_image)
    if errors := sum(map(is_error, bank.problems)):
        left = f"What has an error was left out ({amount(errors, 'error')})"
        err.print(f"{left}: quizbot lint {source}", markup=False)
    _tell_images(quizzes, form, read_image)


def _tell_images(quizzes: Iterable[Quiz], form: str, read_image: ReadImage) -> None:
    """Which images the file has no room for, or which could not be read."""
    shown = {
        each.url: each for quiz in quizzes for question in quiz for each in files_of(question)
    }
    left = [url for url, each in shown.items() if form != "qti" or read_image(each) is None]
    if left:
        names = ", ".join(left[:MOST_NAMED]) + (", …" if len(left) > MOST_NAMED else "")
        err.print(f"Not in it: {amount(len(left), 'image')} ({names})", markup=False)


def _export_one(quiz: Quiz, form: str, out: Path | None, read_image: ReadImage) -> None:
    content = WRITERS[form](quiz, read_image)
    if out:
        _put(out, content)
        err.print(f"Written: {out}, {amount(len(quiz), 'question')}", markup=False)
    elif form == "qti":
        raise ConfigError("QTI is an archive. Say where it goes: --out quiz.zip")
    else:
        sys.stdout.buffer.write(content)


def _export_all(
    quizzes: tuple[Quiz, ...], form: str, out: Path | None, read_image: ReadImage
) -> None:
    if out is None:
        raise ConfigError(
            f"These are {len(quizzes)} pages. Name a folder for them: --out exported"
        )
    for name, content in exported(quizzes, form, read_image):
        _put(out / name, content)
    written = amount(len(quizzes), "file")
    questions = amount(sum(map(len, quizzes)), "question")
    err.print(f"Written: {written} in {out}, {questions}", markup=False)


def _put(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}).") from error


def _write(path: Path, page: Page) -> None:
    if not page.questions:
        raise ConfigError("Nothing was written: no question of this file can be asked.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(page.text)
    except FileExistsError as error:
        raise ConfigError(f"{path} is there already. Name another page with --to.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}).") from error
    for name, content in page.files.items():
        _put(path.parent / name, content)  # the name has the digest: what is there is the same
    images = f", {amount(len(page.files), 'image')} beside it" if page.files else ""
    err.print(f"Written: {path}{images}", markup=False)
    err.print(f"Look at it: quizbot lint {path}; quizbot preview {path}", markup=False)


def _summary(page: Page) -> str:
    left = f", {len(page.left_out)} left out" if page.left_out else ""
    return f"{amount(page.questions, 'question')}{left}"


def _check(form: str, known: Collection[str]) -> None:
    if form not in known:
        raise ConfigError(f"--format is one of {', '.join(known)}, not {form}.")


def _slug(name: str) -> Slug:
    bare = name.removesuffix(".md")
    if clean_slug(bare) != bare:
        raise ConfigError(f"Name the page in letters, digits and hyphens: {clean_slug(bare)}.")
    return clean_slug(bare)
