from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pytest

from bot.blocks import ids, progress
from bot.play.steps import MyProgress
from bot.quiz.session import Progress
from bot.quiz.streaks import Streak
from tests.blocks.samples import COLOURS, action_ids, labels, read

PLAYED: Final = Progress(40, 31, 3_200, 4, MappingProxyType({}))


@pytest.mark.parametrize(
    ("right", "answered", "wanted"),
    [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100), (299, 300, 99), (1, 300, 0)],
)
def test_only_all_right_is_a_hundred_percent(right: int, answered: int, wanted: int) -> None:
    assert progress.percent(right, answered) == wanted


def test_progress_adds_up_and_lists_the_quizzes() -> None:
    mine = MyProgress(PLAYED, ((COLOURS, 3, 2),))
    message = progress.progress_message(mine, "/quiz")
    assert read(message).split("\n") == [
        "My progress",
        "*31 right of 40 questions (78 %), 3,200 points, 4 quiz runs*",
        "▓▓▓▓▓▓░░░░   67 %  Colours · 3 of 3 answered",
        "Pick a quiz",
        "Leaderboard",
        "My data",
        "Only the first answer to a question counts here. Retries are practice.",
    ]
    assert message.text == (
        "My progress: 31 right of 40 questions (78 %), 3,200 points, 4 quiz runs.\n"
        "Colours: 2 right of 3 answered, 3 in all"
    )


@pytest.mark.parametrize(
    ("streak", "wanted"),
    [
        pytest.param(Streak(), "", id="never began"),
        pytest.param(Streak(1, 1), "1 working day in a row", id="first day"),
        pytest.param(Streak(3, 9), "3 working days in a row; your best is 9", id="beaten before"),
        pytest.param(Streak(0, 9), "No streak right now; your best is 9", id="over"),
    ],
)
def test_the_streak_is_told_in_working_days(streak: Streak, wanted: str) -> None:
    message = progress.progress_message(MyProgress(PLAYED, (), streak), "/quiz")
    assert (f"🔥 {wanted}" in read(message)) == bool(wanted)
    assert ("row" in message.text or "No streak" in message.text) == bool(wanted)


def test_one_of_each_is_told_in_the_singular() -> None:
    mine = MyProgress(Progress(1, 1, 100, 1, MappingProxyType({})), ((COLOURS, 1, 1),))
    shown = read(progress.progress_message(mine, "/quiz"))
    assert "1 right of 1 question (100 %), 100 points, 1 quiz run" in shown


def test_nobody_who_begins_sees_an_empty_table() -> None:
    mine = MyProgress(Progress(0, 0, 0, 0, MappingProxyType({})), ())
    message = progress.progress_message(mine, "/ask")
    assert message.text == "Nothing answered yet. /ask starts your first quiz."
    assert labels(message) == ["Pick a quiz"]
    assert action_ids(message) == [ids.MENU]


def test_quizzes_that_left_the_bank_still_count() -> None:
    shown = read(progress.progress_message(MyProgress(PLAYED, ()), "/quiz"))
    assert "31 right of 40" in shown
    assert "The quizzes you played are no longer in the bank." in shown


def test_of_many_quizzes_the_first_are_shown() -> None:
    rows = tuple((replace(COLOURS, title=f"Quiz {i}"), 3, 1) for i in range(40))
    shown = read(progress.progress_message(MyProgress(PLAYED, rows), "/quiz"))
    assert "Quiz 24 ·" in shown
    assert "Quiz 25 ·" not in shown
    assert "and 15 more" in shown
