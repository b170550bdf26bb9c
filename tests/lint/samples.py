"""Small banks for the tests of the lint: written to a folder, as the lint reads files."""

from datetime import date
from pathlib import Path
from typing import Final

from bot.bank.problem import Problem
from bot.lint.config import Configs
from bot.lint.linting import lint_sheets
from bot.lint.sheets import read_sheets

TODAY: Final = date(2026, 11, 23)


def lint_page(
    text: str, folder: Path, *rules: str, config: str = "", today: date = TODAY
) -> tuple[Problem, ...]:
    """Lint one page with these rules, or with what a `.quizlint.toml` says."""
    (folder / "page.md").write_text(text, "utf-8")
    if config:
        (folder / ".quizlint.toml").write_text(config, "utf-8")
    return lint_folder(folder, *rules, today=today)


def lint_folder(folder: Path, *rules: str, today: date = TODAY) -> tuple[Problem, ...]:
    return lint_sheets(read_sheets([folder]), Configs(select=rules), today)


def told(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(found.line, found.rule) for found in problems]


def choice(stem: str, *options: str, tag: str = "<quiz>", after: str = "") -> str:
    """A question whose first option is right."""
    right, *wrong = options
    lines = [f"- [x] {right}", *(f"- [ ] {text}" for text in wrong)]
    return "\n".join([tag, stem, "", *lines, "", after, "</quiz>", ""])
