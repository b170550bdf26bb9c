"""The report for people: grouped by file on a terminal, a line for each problem elsewhere."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.bank.problem import Level, Problem
from bot.lint.report import Report
from bot.lint.statistics import Statistics

STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow"}


def plain_report(report: Report) -> str:
    """`path:line: level[rule] message` lines, or the statistics; the summary is the last line."""
    if report.statistics:
        lines = [f"{name}: {value}" for name, value in report.statistics.rows()]
    else:
        lines = list(map(str, report.problems))
    return "\n".join([*lines, report.summary])


class RichReport:
    """The same with looks, for a terminal."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        if self._report.statistics:
            yield _numbers(self._report.statistics)
        else:
            for path, problems in self._report.by_file():
                yield Text(path, style="bold")
                yield Padding(_table(problems), (0, 0, 1, 2))
        yield self._summary()

    def _summary(self) -> Text:
        if self._report.errors:
            return Text(self._report.summary, style=STYLES[Level.ERROR])
        style = STYLES[Level.WARNING] if self._report.warnings else "green"
        return Text(self._report.summary, style=style)


def _table(problems: list[Problem]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for found in problems:
        name = Text(found.rule, style=STYLES[found.level])
        table.add_row(str(found.line), name, Text(found.message))
    return table


def _numbers(statistics: Statistics) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    for name, value in statistics.rows():
        table.add_row(name, Text(value))
    return Padding(table, (0, 0, 1, 0))
