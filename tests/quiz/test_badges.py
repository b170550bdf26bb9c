"""Badges are earned by what was done, and by nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from bot.quiz.badges import Badge, Counters, merits
from bot.quiz.streaks import MILESTONES

EXACTLY = {
    Badge.FIRST_QUIZ: Counters(runs=1),
    Badge.PERFECT: Counters(perfect=1),
    Badge.STREAK_5: Counters(best_streak=5),
    Badge.STREAK_10: Counters(best_streak=10),
    Badge.STREAK_25: Counters(best_streak=25),
    Badge.STREAK_50: Counters(best_streak=50),
    Badge.STREAK_100: Counters(best_streak=100),
    Badge.RIGHT_100: Counters(right=100),
    Badge.RIGHT_1000: Counters(right=1_000),
    Badge.ALL_TRACKS: Counters(tracks=3, tracks_tried=3),
}
"""What is just enough for each."""


def earned(counters: Counters) -> set[Badge]:
    return {merit.badge for merit in merits(counters) if merit.is_earned}


def one_less(counters: Counters) -> Counters:
    counted = ("runs", "perfect", "best_streak", "right", "tracks_tried")
    return replace(counters, **{name: max(0, getattr(counters, name) - 1) for name in counted})


@pytest.mark.parametrize("badge", Badge)
def test_a_badge_needs_exactly_what_its_condition_says(badge: Badge) -> None:
    assert badge in earned(EXACTLY[badge])
    assert badge not in earned(one_less(EXACTLY[badge]))


def test_who_has_done_nothing_has_no_badge() -> None:
    assert earned(Counters(tracks=3)) == set()


def test_streak_badges_are_the_milestones_of_streaks() -> None:
    needed = {m.need for m in merits(Counters()) if m.badge.startswith("streak")}
    assert needed == set(MILESTONES)


def test_a_bank_with_one_track_has_no_badge_for_all_of_them() -> None:
    tried = merits(Counters(tracks=1, tracks_tried=1))
    assert Badge.ALL_TRACKS not in {merit.badge for merit in tried}


@given(st.builds(Counters, *[st.integers(0, 2_000)] * 6))
def test_progress_never_says_more_than_is_needed(counters: Counters) -> None:
    found = merits(counters)
    assert all(0 <= merit.have <= merit.need for merit in found)
    assert len({merit.badge for merit in found}) == len(found)
