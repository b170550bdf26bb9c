"""Badges in words: what each is called, and what it takes."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import richtext
from bot.blocks.kit import Element
from bot.quiz.badges import PERFECT_RUN, Badge, Merit

WORDS: Final = {
    Badge.FIRST_QUIZ: ("First quiz", "play a quiz to the end"),
    Badge.PERFECT: ("All right", f"a quiz of {PERFECT_RUN} questions or more without a mistake"),
    Badge.STREAK_5: ("One week", "answer on 5 working days in a row"),
    Badge.STREAK_10: ("Two weeks", "answer on 10 working days in a row"),
    Badge.STREAK_25: ("Five weeks", "answer on 25 working days in a row"),
    Badge.STREAK_50: ("Ten weeks", "answer on 50 working days in a row"),
    Badge.STREAK_100: ("A hundred days", "answer on 100 working days in a row"),
    Badge.RIGHT_100: ("Hundred right", "100 right first answers"),
    Badge.RIGHT_1000: ("Thousand right", "1,000 right first answers"),
    Badge.ALL_TRACKS: ("All-rounder", "try every topic"),
}
EARNED: Final = "🏅"
AHEAD: Final = 3
"""So many badges that are not earned yet are shown: the nearest."""


def badge_lines(merits: Sequence[Merit]) -> list[Element]:
    """Elements of a rich text: what is earned, then what is nearest."""
    earned = [merit for merit in merits if merit.is_earned]
    ahead = sorted(
        (merit for merit in merits if not merit.is_earned),
        key=lambda merit: merit.have / merit.need,
        reverse=True,
    )
    return [richtext.section(list(_line(merit))) for merit in (*earned, *ahead[:AHEAD])]


def _line(merit: Merit) -> Iterator[Element]:
    name, condition = WORDS[merit.badge]
    yield richtext.text(f"{EARNED} {name}" if merit.is_earned else name, bold=True)
    yield richtext.text(f": {condition}")
    if not merit.is_earned and merit.need > 1:
        yield richtext.text(f" · {merit.have:,} of {merit.need:,}")
