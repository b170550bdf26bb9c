"""What first answers say about a question: how hard it is, what is picked, and whether it tells
those who know from those who do not.

Facility and discrimination are those of classical test theory, of first attempts only, as in
Moodle's quiz statistics (docs.moodle.org, Quiz statistics calculations).
"""

import hashlib
from dataclasses import dataclass
from math import sqrt
from typing import Final
from unicodedata import normalize

from bot.quiz.prose import plain
from bot.quiz.question import Option

LEAST_SHARE: Final = 10
"""Answers below which a share in percent says more than is known."""

LEAST_COMPARED: Final = 30
"""People below whom a correlation is chance."""

LEAST_BEFORE: Final = 5
"""First answers that somebody has given before they count as compared."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """First answers to one version of a question: in private, in channels and in live rounds.

    `picks` are by option, in the order of the question that was asked about. `discrimination` is
    the correlation, between -1 and 1, of being right here with the share of right first answers
    that a person had given before; None while fewer than `LEAST_COMPARED` could be compared.
    """

    answered: int = 0
    right: int = 0
    picks: tuple[int, ...] = ()
    discrimination: float | None = None


def pick_name(option: Option) -> str:
    """Name an option by its words: people see the options in different orders, and an author may
    set them otherwise. Capitals count, for `-f` and `-F` may be two options.
    """
    words = " ".join(normalize("NFC", plain(option.text)).split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def correlation(n: int, x: int, y: int, yy: int, xy: int) -> float | None:
    """Pearson's r from sums over `n` people of x (0 or 1), y, y² and xy; None where all are alike
    or too few.
    """
    if n < LEAST_COMPARED:
        return None
    spread = (n * x - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / sqrt(spread) if spread > 0 else None
