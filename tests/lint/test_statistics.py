import json
from pathlib import Path

import pytest

from bot.lint.sheets import read_sheets
from bot.lint.statistics import Share, Spread, Statistics, statistics
from tests.lint.samples import choice

PAGE = "\n".join(
    [
        choice("The first question?", "a long one", "b", "c", tag='<quiz level="easy">'),
        "<quiz checked='2026-01-02'>\nAnd the second?\n- [ ] bb\n- [ ] cc\n- [x] a\n  > Yes",
        "- [ ] dd\n  > No\n\nSee [it](https://a.test).\n\n<hint>a</hint>\n</quiz>",
        "<quiz>\nWhich ones of all?\n- [x] a\n- [x] b\n- [ ] c\n</quiz>",
        "<quiz>\nA [[gap]]\n---\nBecause.\n</quiz>",
    ]
)


@pytest.fixture
def numbers(tmp_path: Path) -> Statistics:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    catalogue = read_sheets([tmp_path]).bank.catalogue
    return statistics([question for quiz in catalogue for question in quiz])


def test_a_bank_is_counted(numbers: Statistics) -> None:
    assert numbers.questions == 4
    assert numbers.kinds == {"single": 2, "several": 1, "blank": 1}
    assert numbers.levels == {"none": 3, "easy": 1}
    assert numbers.options == {3: 2, 4: 1}


def test_single_answers_are_measured_by_length_and_place(numbers: Statistics) -> None:
    assert numbers.longest_right == Share(1, 2)
    assert numbers.shortest_right == Share(1, 2)
    assert numbers.positions == {
        "A": Share(1, 2),
        "B": Share(0, 2),
        "C": Share(1, 2),
        "D": Share(0, 2),
    }


def test_what_questions_are_kept_up_with_is_counted(numbers: Statistics) -> None:
    assert numbers.explained == Share(2, 4)
    assert numbers.sourced == numbers.checked == numbers.hints == Share(1, 4)
    assert numbers.feedback == Share(1, 3)


def test_words_are_counted_without_code(numbers: Statistics) -> None:
    assert numbers.stem_words == Spread(3, 3.7)


def test_an_empty_bank_has_numbers_too() -> None:
    numbers = statistics([])
    assert numbers.longest_right.percent == 0
    assert numbers.positions == {}
    assert dict(numbers.rows())["Kinds"] == "0"


def test_shares_are_said_in_per_cent_and_in_numbers() -> None:
    assert str(Share(1_000, 3_000)) == "33 % (1,000 of 3,000)"
    assert str(Spread(6.5, 11)) == "6.5 in the middle, 11.0 at 90 %"


def test_numbers_can_be_read_by_programs(numbers: Statistics) -> None:
    found = json.loads(json.dumps(numbers.to_dict()))
    assert found["longest_right"] == 50.0
    assert found["positions"] == {"A": 1, "B": 0, "C": 1, "D": 0}
    assert found["single_answer"] == 2
    assert found["stem_words"] == {"median": 3.0, "p90": 3.7}


def test_the_same_questions_twice_are_near_duplicates(tmp_path: Path) -> None:
    stem = "Which command of Git shows{} what will be in the next commit?"
    text = "".join(
        choice(stem.format(word), "git diff --staged", "git log") for word in ("", " us")
    )
    (tmp_path / "page.md").write_text(text, "utf-8")
    (quiz,) = read_sheets([tmp_path]).bank.catalogue
    assert statistics(quiz.questions).near_duplicates == 1
