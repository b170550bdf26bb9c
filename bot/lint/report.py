"""What `quizbot lint` has found in a bank, before it is written in one form or another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from bot.bank.amounts import amount
from bot.bank.files import Bank
from bot.bank.problem import Problem, is_error
from bot.lint.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` are in the order of paths and lines; `statistics` only where they are wanted."""

    bank: Bank
    problems: tuple[Problem, ...]
    statistics: Statistics | None = None
    help_url: str = ""

    @property
    def errors(self) -> int:
        return sum(map(is_error, self.problems))

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors

    @property
    def questions(self) -> int:
        return sum(map(len, self.bank.catalogue))

    @property
    def summary(self) -> str:
        return (
            f"{amount(len(self.bank.catalogue), 'quiz', 'quizzes')}, "
            f"{amount(self.questions, 'question')}, "
            f"{amount(self.errors, 'error')}, {amount(self.warnings, 'warning')}"
        )

    def by_file(self) -> Iterator[tuple[str, list[Problem]]]:
        for path, found in groupby(self.problems, attrgetter("path")):
            yield path, list(found)
