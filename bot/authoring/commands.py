"""What authors type: begin a page, look at it as Slack shows it, play it here."""

import asyncio
import json
import random
import signal
import sys
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.authoring.preview import page_json
from bot.authoring.preview_server import PreviewServer
from bot.authoring.template import INDEX, write_template
from bot.authoring.terminal_play import TerminalPlay
from bot.bank.files import Bank, read_bank
from bot.bank.picture_files import content_of_image
from bot.bank.problem import is_error
from bot.clock import utc_now
from bot.errors import ConfigError
from bot.lint.config import Configs
from bot.lint.linting import lint_sheets
from bot.lint.sheets import read_sheets
from bot.play.pictures import images_of_quiz
from bot.quiz.question import Question, Quiz
from bot.settings import Settings

out = Console(highlight=False, soft_wrap=True)
WIDEST = 100
"""Columns that are still good to read."""

Page = Annotated[str, typer.Argument(metavar="FILE[#ID]", help="A page, or one question of it.")]


def register(app: typer.Typer) -> None:
    Authoring(utc_now).register(app)


@dataclass(frozen=True, slots=True)
class Authoring:
    """The commands of authors; `now` tells the moment in UTC."""

    now: Callable[[], datetime]

    def register(self, app: typer.Typer) -> None:
        for command in (self.new, self.preview, self.play):
            app.command()(command)

    def new(
        self,
        name: Annotated[str, typer.Argument(metavar="TRACK/NAME", help="Such as docker/basics.")],
        folder: Annotated[
            Path | None, typer.Option("--in", help="The bank's folder; QUIZ_CONTENT without it.")
        ] = None,
    ) -> None:
        """Begin a quiz: a page with a question of each kind, to be written over."""
        root = folder or Settings.read().own_content
        written = write_template(root, name, self.now().date().isoformat())
        for path in written:
            out.print(f"Written: {path}", markup=False)
        index = written[0].with_name(INDEX)
        if index not in written:
            out.print(f"Add a link to it in {index}, at its place in the track.", markup=False)
        out.print(f"See it:  quizbot preview {written[0]}", markup=False)

    def preview(
        self,
        page: Page,
        port: Annotated[
            int, typer.Option(min=0, max=65_535, help="Where the page is; 0 takes a free one.")
        ] = 3001,
        *,
        as_json: Annotated[
            bool, typer.Option("--json", help="Print the Block Kit payloads instead.")
        ] = False,
        browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
    ) -> None:
        """Show a page as Slack will, before and after each answer, anew at every save."""
        path, chosen = split_id(page)
        if as_json:
            shown = _shown(path, chosen, self.now().date())
            sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
            if shown["missing"]:
                raise ConfigError(_no_question(path, chosen))
            return
        if path.is_dir():
            raise ConfigError(f"{path} is a folder. Name one of its pages.")
        shows = partial(self._page_shown, path)
        server = PreviewServer(path, shows, partial(image_of_page, path))
        asyncio.run(_serve(server, chosen, port, opens=browser))

    def _page_shown(self, path: Path) -> Mapping[str, Any]:
        return _shown(path, "", self.now().date())

    def play(
        self,
        page: Page,
        count: Annotated[int | None, typer.Option(min=1, help="How many questions.")] = None,
        seed: Annotated[int | None, typer.Option(help="Shuffle in the same way again.")] = None,
    ) -> None:
        """Play a page in the terminal, by the rules of the bot and without Slack."""
        path, chosen = split_id(page)
        quiz = the_quiz(read_bank([path]), path, chosen)
        chance = random.Random(seed)  # noqa: S311  shuffles options, keeps no secret
        console = Console(highlight=False, width=min(out.width, WIDEST))
        game = TerminalPlay(console, console.input, self.now, chance.shuffle)
        try:
            game.play(quiz, count or len(quiz))
        except KeyboardInterrupt:
            out.print()


def split_id(text: str) -> tuple[Path, str]:
    """Take `page.md#id` apart; a file whose name has a `#` is still found. Raises ConfigError."""
    whole = Path(text)
    if _is_there(whole):
        return whole, ""
    name, sign, chosen = text.rpartition("#")
    path = Path(name) if sign else whole
    if not _is_there(path):
        raise ConfigError(f"There is no file {path}. Begin one with: quizbot new TRACK/NAME")
    return path, chosen


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}).") from error


def the_quiz(bank: Bank, path: Path, chosen: str) -> Quiz:
    """The one quiz of a page, cut down to a chosen question. Raises ConfigError."""
    quizzes = bank.catalogue.quizzes
    if len(quizzes) > 1:
        pages = "\n".join(f"  {quiz.path}" for quiz in quizzes[:10])
        raise ConfigError(f"{path} has {len(quizzes)} quizzes. Name one of its pages:\n{pages}")
    if not quizzes:
        errors = [str(problem) for problem in bank.problems if is_error(problem)]
        way_out = errors[:5] or ["Questions stand between <quiz> and </quiz>; see: quizbot new"]
        raise ConfigError("\n".join([f"{path} has no question that can be asked.", *way_out]))
    if not chosen:
        return quizzes[0]
    found = tuple(q for q in quizzes[0] if q.id == chosen)
    if not found:
        raise ConfigError(_no_question(path, chosen, quizzes[0].questions))
    return replace(quizzes[0], questions=found)


def _no_question(path: Path, chosen: str, others: tuple[Question, ...] = ()) -> str:
    known = ", ".join(str(question.id) for question in others[:5])
    return f"{path} has no question {chosen}." + (f" It has {known}…" if known else "")


def _shown(path: Path, chosen: str, today: date) -> Mapping[str, Any]:
    """What the page draws, with all that the lint says by the nearest configuration."""
    sheets = read_sheets([path])
    quizzes = sheets.bank.catalogue.quizzes
    if len(quizzes) > 1:
        the_quiz(sheets.bank, path, chosen)  # says which pages there are
    try:
        problems, notice = lint_sheets(sheets, Configs(), today), ""
    except ConfigError as error:  # an author may be writing that file right now
        problems, notice = sheets.bank.problems, str(error)
    quiz = quizzes[0] if quizzes else None
    return {**page_json(quiz, chosen, problems), "notice": notice}


def image_of_page(path: Path, name: str) -> bytes | None:
    """An image of this page by its name, as long as the page shows it."""
    quizzes = read_bank([path]).catalogue
    shown = (image for quiz in quizzes for image in images_of_quiz(quiz) if image.name == name)
    return next((content_of_image(image, [path]) for image in shown if name), None)


async def _serve(server: PreviewServer, chosen: str, port: int, *, opens: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    async with server.serve(port):
        address = f"{server.url}#{chosen}" if chosen else server.url
        out.print(f"Preview of {server.path}: {address}", markup=False)
        out.print("Save the file and the page follows. Ctrl-C stops.")
        out.file.flush()  # a pipe would keep it until the end
        if opens:
            await asyncio.to_thread(webbrowser.open, address)
        await stop.wait()
