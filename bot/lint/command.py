"""The command `quizbot lint`: read, mend if that is wanted, judge, print."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markdown import Markdown

from bot.bank.amounts import amount
from bot.clock import utc_now
from bot.errors import ConfigError
from bot.lint.config import Configs
from bot.lint.documentation import explanation_of
from bot.lint.formats import as_github, as_json, as_sarif
from bot.lint.linting import lint_sheets
from bot.lint.mend_files import Change, changes
from bot.lint.report import Report
from bot.lint.rules import nearest
from bot.lint.screen import RichReport, plain_report
from bot.lint.sheets import read_sheets
from bot.lint.statistics import statistics
from bot.settings import Settings

EXIT_PROBLEMS: Final = 1


class Form(StrEnum):
    """What the report is written as."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class Ids(StrEnum):
    """What `--fix` writes as the id of a question without one."""

    PRESENT = "present"
    READABLE = "readable"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; QUIZ_CONTENT without any.")
]
WRITERS: Final = {
    Form.TEXT: plain_report,
    Form.JSON: as_json,
    Form.GITHUB: as_github,
    Form.SARIF: as_sarif,
}


def register(app: typer.Typer) -> None:
    Linting(utc_now).register(app)


@dataclass(frozen=True, slots=True)
class Linting:
    """The command; `now` tells the moment in UTC."""

    now: Callable[[], datetime]

    def register(self, app: typer.Typer) -> None:
        app.command()(self.lint)

    def lint(  # noqa: PLR0913 - one for each option of the command line
        self,
        paths: Paths = None,
        *,
        form: Annotated[Form, typer.Option("--format", help="What to print.")] = Form.TEXT,
        every: Annotated[bool, typer.Option("--all", help="Turn all rules on.")] = False,
        select: Annotated[
            str, typer.Option(help="Rules and groups instead of the default ones, with commas.")
        ] = "",
        ignore: Annotated[str, typer.Option(help="Rules and groups to leave out.")] = "",
        config: Annotated[
            Path | None, typer.Option(help="This file, not the nearest .quizlint.toml.")
        ] = None,
        strict: Annotated[bool, typer.Option(help="Exit with 1 for warnings too.")] = False,
        stats: Annotated[bool, typer.Option(help="Print the bank in numbers.")] = False,
        fix: Annotated[bool, typer.Option(help="Add missing ids and tidy boxes.")] = False,
        diff: Annotated[bool, typer.Option(help="Show what --fix would do.")] = False,
        ids: Annotated[
            Ids, typer.Option(help="What --fix writes: ids that keep history, or readable ones.")
        ] = Ids.PRESENT,
        explain: Annotated[str, typer.Option(help="Print what is written about a rule.")] = "",
    ) -> None:
        """Say what is wrong with the quizzes, line by line."""
        if explain:
            _explain(explain)
            return
        if stats and form not in {Form.TEXT, Form.JSON}:
            raise ConfigError(f"--stats goes with --format text or json, not {form}")
        where = paths or Settings.read().quiz_content
        configs = Configs(config, ["all"] if every else _names(select), _names(ignore))
        readable = ids is Ids.READABLE
        if diff:
            _show(list(changes(where, configs, readable=readable)))
            return
        if fix:
            _fix(list(changes(where, configs, readable=readable)))
        report = self._report(where, configs, with_numbers=stats)
        _print(report, form)
        if report.errors or (strict and report.warnings):
            raise typer.Exit(EXIT_PROBLEMS)

    def _report(self, paths: Sequence[Path], configs: Configs, *, with_numbers: bool) -> Report:
        sheets = read_sheets(paths)
        bank = sheets.bank
        problems = lint_sheets(sheets, configs, self.now().date())
        questions = [quiz.levelled(question) for quiz in bank.catalogue for question in quiz]
        numbers = statistics(questions) if with_numbers else None
        help_url = configs.for_page(paths[0] / "index.md").help_url
        return Report(bank, problems, numbers, help_url)


def _print(report: Report, form: Form) -> None:
    if form is Form.TEXT and sys.stdout.isatty():
        Console(highlight=False).print(RichReport(report))
    else:
        sys.stdout.write(WRITERS[form](report) + "\n")


def _fix(found: Sequence[Change]) -> None:
    """Standard error says what was done, as standard output may be JSON."""
    for change in found:
        change.write()
    if found:
        ids, boxes = sum(each.ids for each in found), sum(each.boxes for each in found)
        done = f"{amount(ids, 'id')} added, {amount(boxes, 'box', 'boxes')} tidied"
        sys.stderr.write(f"Mended {amount(len(found), 'page')}: {done}.\n")
    else:
        sys.stderr.write("There was nothing to mend.\n")


def _show(found: Sequence[Change]) -> None:
    for change in found:
        sys.stdout.write(change.diff() + "\n")
    if found:
        raise typer.Exit(EXIT_PROBLEMS)


def _explain(rule: str) -> None:
    try:
        text = explanation_of(rule)
    except KeyError:
        raise ConfigError(f"--explain: {nearest(rule)}") from None
    if sys.stdout.isatty():
        Console(highlight=False).print(Markdown(text))
    else:
        sys.stdout.write(text)


def _names(text: str) -> list[str]:
    return [name for name in text.replace(",", " ").split() if name]
