import pytest

from bot.quiz.level import LEVELS, POINTS, level_points, level_rank


def test_levels_come_in_the_order_of_learning() -> None:
    levels = ["other", "advanced", "Basics", "intermediate"]
    assert sorted(levels, key=level_rank) == ["Basics", "intermediate", "advanced", "other"]


@pytest.mark.parametrize(
    ("level", "points"),
    [
        *[(name, 100) for name in ("easy", "basics", "beginner", "Basics")],
        *[(name, 150) for name in ("medium", "intermediate", "MEDIUM")],
        *[(name, 200) for name in ("hard", "advanced", "expert")],
        ("", 100),
        ("reading", 100),
    ],
)
def test_the_harder_a_level_the_more_it_counts(level: str, points: int) -> None:
    assert level_points(level) == points


def test_each_level_counts_more_than_the_one_before_and_can_be_halved() -> None:
    assert len(POINTS) == len(LEVELS)
    assert sorted(set(POINTS)) == list(POINTS)
    assert not any(points % 2 for points in POINTS)
