"""What is written about each rule, for the terminal and for code scanning."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.bank.problem import ERRORS, RULES

_SECTION: Final = re.compile(
    r"^### (?P<rule>[a-z0-9-]+)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL
)


def documentation_path() -> Path:
    """`docs/lint.md`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent
    checkout = package.parent.parent / "docs" / "lint.md"
    return checkout if checkout.is_file() else package / "lint.md"


def sections(document: str) -> dict[str, str]:
    """What stands below the heading of each rule, without the heading."""
    return {found["rule"]: found["text"].strip() for found in _SECTION.finditer(document)}


def section_of(rule: str) -> str:
    """The whole section of a rule; of one without a section, what to do about it."""
    return _documented().get(rule) or RULES[rule]


def explanation_of(rule: str) -> str:
    """Markdown for the terminal. Raises KeyError for a name that is no rule."""
    advice = RULES[rule]
    level = "error" if rule in ERRORS else "warning"
    return f"# {rule} ({level})\n\n{_documented().get(rule, advice)}\n"


@cache
def _documented() -> dict[str, str]:
    path = documentation_path()
    return sections(path.read_text("utf-8")) if path.is_file() else {}
