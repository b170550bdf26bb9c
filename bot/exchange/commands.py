"""What moves questions between this bank and other programs, as it is typed."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.bank.files import read_bank
from bot.bank.naming import clean_slug
from bot.errors import ConfigError
from bot.exchange.page_import import READERS, WRITERS, Page, exported, import_page
from bot.exchange.pieces import Refusal
from bot.quiz.question import Quiz, Slug
from bot.settings import Settings

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
) -> None:
    """Make a page of Moodle GIFT, Open Trivia DB, Kahoot's template, CSV, QTI or JSON."""
    if form:
        _check(form, READERS)
    slug = _slug(to) if to else clean_slug(file.stem)
    try:
        page = import_page(file, slug, form)
    except Refusal as refusal:
        raise ConfigError(f"{file}: {refusal}.") from refusal
    for left_out in page.left_out:
        err.print(f"{file}: {left_out}", markup=False)
    if to:
        _write((folder or Settings.read().quiz_content[0]) / f"{slug}.md", page)
    else:
        sys.stdout.write(page.text)
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
    quizzes = read_bank([source]).catalogue.quizzes
    if not quizzes:
        raise ConfigError(f"{source} has no question. `quizbot lint {source}` says why.")
    if len(quizzes) == 1 and not (out and out.is_dir()):
        _export_one(quizzes[0], form, out)
    else:
        _export_all(quizzes, form, out)


def _export_one(quiz: Quiz, form: str, out: Path | None) -> None:
    content = WRITERS[form](quiz)
    if out:
        _put(out, content)
        err.print(f"Written: {out}, {len(quiz)} questions", markup=False)
    elif form == "qti":
        raise ConfigError("QTI is an archive. Say where it goes: --out quiz.zip")
    else:
        sys.stdout.buffer.write(content)


def _export_all(quizzes: tuple[Quiz, ...], form: str, out: Path | None) -> None:
    if out is None:
        raise ConfigError(
            f"These are {len(quizzes)} pages. Name a folder for them: --out exported"
        )
    for name, content in exported(quizzes, form):
        _put(out / name, content)
    questions = sum(map(len, quizzes))
    err.print(f"Written: {len(quizzes)} files in {out}, {questions} questions", markup=False)


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
    err.print(f"Written: {path}", markup=False)
    err.print(f"Look at it: quizbot lint {path}; quizbot preview {path}", markup=False)


def _summary(page: Page) -> str:
    left = len(page.left_out)
    return (
        f"{page.questions} questions, {left} left out" if left else f"{page.questions} questions"
    )


def _check(form: str, known: Collection[str]) -> None:
    if form not in known:
        raise ConfigError(f"--format is one of {', '.join(known)}, not {form}.")


def _slug(name: str) -> Slug:
    bare = name.removesuffix(".md")
    if clean_slug(bare) != bare:
        raise ConfigError(f"Name the page in letters, digits and hyphens: {clean_slug(bare)}.")
    return clean_slug(bare)
