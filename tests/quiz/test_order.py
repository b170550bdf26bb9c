import random
from collections.abc import Sequence

import pytest

from bot.quiz.order import keeps_its_place, names_letters, shuffled
from bot.quiz.prose import prose
from bot.quiz.question import Option


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(prose(text), correct=False) for text in texts)


def turn_round(places: list[int]) -> None:
    places.reverse()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "All of the above",
            "all of these.",
            "None of the above",
            "None of these",
            "None of them",
        ),
        *(
            "All the above",
            "None of the other options",
            "Both",
            "Neither",
            "None",
            "All",
            "Both of the above",
        ),
        *("Any of these options", "All  of\nthe above!", "None of the above are correct"),
        *(
            "All options are correct",
            "Two of these",
            "None of the answers above",
            "Neither of these",
        ),
        *(
            "Both A and B",
            "A and C",
            "Either A or B",
            "Neither A nor B",
            "A, B and D",
            "A & C only",
        ),
        *("Only A and C", "Options A and B", "A/C", "A, B, and C", "All of the above except C"),
        *("(A) and (C)", "Answers B and D are correct", "All but B"),
    ],
)
def test_an_option_about_others_keeps_its_place(text: str) -> None:
    assert keeps_its_place(text)


@pytest.mark.parametrize(
    "text",
    [
        *("A", "42", "", "All containers of the host", "Some of these run as root"),
        *(
            "Both containers",
            "None of the files is tracked",
            "R and Python",
            "a and b",
            "A/B testing",
        ),
        *(
            "The above command",
            "C and C++",
            "Each commit",
            "One",
            "I and my friends",
            "Vitamins A, B",
        ),
    ],
)
def test_any_other_option_moves(text: str) -> None:
    assert not keeps_its_place(text)


def test_letters_are_told_from_other_options() -> None:
    assert names_letters("Both A and B")
    assert not names_letters("All of the above")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        pytest.param(("a", "b", "c"), (2, 1, 0), id="all move"),
        pytest.param(("a", "b", "None of these"), (1, 0, 2), id="the last stays"),
        pytest.param(("a", "All of these", "b", "c"), (3, 1, 2, 0), id="one in the middle stays"),
        pytest.param(("a", "b", "c", "A and B"), (0, 1, 2, 3), id="letters fix everything"),
        pytest.param((), (), id="no options"),
    ],
)
def test_options_are_shuffled_around_those_that_stay(
    texts: Sequence[str], order: tuple[int, ...]
) -> None:
    assert shuffled(options(*texts), turn_round) == order


def test_every_order_can_come() -> None:
    three = options("a", "b", "c")
    assert len({shuffled(three, random.Random(seed).shuffle) for seed in range(100)}) == 6  # noqa: S311 - a test of chance needs a seed, not secrecy
