import pytest
from hypothesis import given, strategies as st

from bot.quiz.grading import is_right_choice, is_right_fill, normalise
from tests.quiz.samples import FLAG, SEA, SKY, SNOW


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param(" PARIS ", "paris", id="case and spaces"),
        pytest.param("git\t\u00a0commit\n", "git commit", id="any white space"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param("e\u0301", "\u00e9", id="composed letters"),
        pytest.param("\uff11\uff12", "12", id="wide digits"),
        pytest.param("\u2014force", "--force", id="a dash made by a phone"),
        pytest.param("\u201ca\u2019s\u201d", '"a\'s"', id="quotes made by a phone"),
        pytest.param("\u2212d", "-d", id="minus"),
    ],
)
def test_answers_that_mean_the_same_are_the_same(typed: str, meant: str) -> None:
    assert normalise(typed) == normalise(meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("a b", "ab"), ("-d", "d"), ("1.0", "1"), ("é", "e")]
)
def test_other_answers_differ(typed: str, meant: str) -> None:
    assert normalise(typed) != normalise(meant)


@given(st.text())
def test_a_normal_answer_stays_as_it_is(answer: str) -> None:
    once = normalise(answer)
    assert normalise(once) == once == once.strip()


@pytest.mark.parametrize(
    ("chosen", "right"),
    [
        ({0, 2}, True),
        ({0}, False),
        ({0, 1, 2}, False),
        ({1, 3}, False),
        (set[int](), False),
        ({9}, False),
    ],
)
def test_all_right_options_and_only_those_are_right(chosen: set[int], right: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_right_choice(FLAG, frozenset(chosen)) is right


def test_one_right_option_is_right() -> None:
    assert is_right_choice(SKY, frozenset({1}))
    assert not is_right_choice(SKY, frozenset({0}))


def test_nothing_is_no_right_choice_for_a_blank() -> None:
    assert not is_right_choice(SNOW, frozenset())


@pytest.mark.parametrize(
    ("filled", "right"),
    [
        (("blue", "salty"), True),
        ((" grün ", "SALTY"), True),
        (("salty", "blue"), False),
        (("blue", "sweet"), False),
        (("blue",), False),
        (("blue", "salty", ""), False),
        ((), False),
    ],
)
def test_every_blank_must_be_filled_right(filled: tuple[str, ...], right: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_right_fill(SEA, filled) is right


def test_nothing_is_no_right_filling_for_a_choice() -> None:
    assert not is_right_fill(SKY, ())


@given(st.permutations(range(4)), st.integers(1, 4))
def test_the_order_of_clicks_does_not_count(order: list[int], count: int) -> None:
    chosen = order[:count]
    assert is_right_choice(FLAG, frozenset(chosen)) is (sorted(chosen) == [0, 2])
