"""Right or wrong: the only place that compares an answer with the key."""

from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from bot.quiz.question import Question

_TYPED: Final = str.maketrans(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{EM DASH}": "--",
        "\N{EN DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{MINUS SIGN}": "-",
    }
)
"""What phones make of quotes and hyphens, back to what was typed: `--force` is no dash."""


def normalise(answer: str) -> str:
    """Give two answers that differ only in case, spaces or looks of letters the same form."""
    folded = normalize("NFKC", normalize("NFKC", answer).translate(_TYPED).casefold())
    return " ".join(folded.split())


def is_right_choice(question: Question, chosen: frozenset[int]) -> bool:
    """All right options and only those, as positions in the author's order."""
    return bool(question.key) and chosen == question.key


def is_right_fill(question: Question, filled: Sequence[str]) -> bool:
    """One of the answers in every blank, in the order of the blanks."""
    blanks = question.blanks
    return len(filled) == len(blanks) > 0 and all(
        normalise(typed) in map(normalise, blank.answers)
        for typed, blank in zip(filled, blanks, strict=True)
    )
