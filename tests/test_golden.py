"""The reader of examples: an example that is not run would prove nothing."""

import pytest

from tests.golden import read_cases

CASE = "a title\n.\ngiven\nlines\n.\nwanted\n.\n"


def test_a_case_has_a_title_what_is_given_and_what_is_wanted() -> None:
    (case,) = read_cases(CASE, "sample")
    assert case == pytest.param("given\nlines\n", "wanted\n", id="a title")


def test_nothing_may_be_wanted() -> None:
    (case,) = read_cases("a title\n.\ngiven\n.\n.\n", "sample")
    assert case == pytest.param("given\n", "", id="a title")


@pytest.mark.parametrize("slip", ["forgotten\n", CASE + "a title\n.\ngiven\n.\n"])
def test_text_that_is_no_case_is_a_mistake(slip: str) -> None:
    with pytest.raises(AssertionError, match="not read as a case"):
        read_cases(slip, "sample")
