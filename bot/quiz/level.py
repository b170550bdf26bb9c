"""What levels are called, in what order they are learned, and how much more a hard one counts."""

from typing import Final

LEVELS: Final[tuple[frozenset[str], ...]] = (
    frozenset({"basic", "basics", "beginner", "beginners", "easy", "fundamentals"}),
    frozenset({"intermediate", "medium"}),
    frozenset({"advanced", "expert", "hard"}),
)
"""Names that a level goes by, from the first one to learn to the last."""

POINTS: Final = (100, 150, 200)
"""What a right answer earns on each of them; all can be halved."""


def level_rank(level: str) -> int:
    """Place a level in the order of learning; names that are not known come last."""
    ranks = (rank for rank, names in enumerate(LEVELS) if level.lower() in names)
    return next(ranks, len(LEVELS))


def level_points(level: str) -> int:
    """What a right answer earns on a level; none, or one that is not known, is like the first."""
    rank = level_rank(level)
    return POINTS[rank] if rank < len(POINTS) else POINTS[0]
