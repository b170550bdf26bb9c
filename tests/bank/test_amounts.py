"""Numbers with their nouns."""

import pytest

from bot.bank.amounts import amount


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 questions"), (1, "1 question"), (2, "2 questions"), (12_000, "12,000 questions")],
)
def test_a_noun_fits_its_number(number: int, said: str) -> None:
    assert amount(number, "question") == said


def test_some_nouns_have_a_plural_of_their_own() -> None:
    assert [amount(number, "quiz", "quizzes") for number in (1, 2)] == ["1 quiz", "2 quizzes"]
