"""What `quizbot lint` prints about a bank, for people and for programs."""

import json
from dataclasses import dataclass

from bot.bank.files import Bank
from bot.bank.problem import is_error


@dataclass(frozen=True, slots=True)
class LintReport:
    bank: Bank

    @property
    def errors(self) -> int:
        return sum(map(is_error, self.bank.problems))

    @property
    def warnings(self) -> int:
        return len(self.bank.problems) - self.errors

    @property
    def questions(self) -> int:
        return sum(map(len, self.bank.catalogue))

    def text(self) -> str:
        """A line for each problem, then the summary."""
        summary = (
            f"{len(self.bank.catalogue)} quizzes, {self.questions} questions, "
            f"{self.errors} errors, {self.warnings} warnings"
        )
        return "\n".join([*map(str, self.bank.problems), summary])

    def json(self) -> str:
        """One object: the four numbers of the summary, and `problems`."""
        report = {
            "quizzes": len(self.bank.catalogue),
            "questions": self.questions,
            "errors": self.errors,
            "warnings": self.warnings,
            "problems": [found.to_dict() for found in self.bank.problems],
        }
        return json.dumps(report, ensure_ascii=False, indent=2)
