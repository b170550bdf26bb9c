"""What somebody fills into the form is read as a page of the bank would be."""

import pytest
from hypothesis import given, settings, strategies as st

from bot.bank.parser import parse_page
from bot.bank.suggested import drafted
from bot.quiz.prose import plain
from bot.quiz.question import Slug
from bot.quiz.suggestion import Draft, Mistakes, Wish

SLUG = Slug("zoo")
TWO = (("Six", False), ("Eight", True))


def test_a_wish_becomes_a_block_to_paste() -> None:
    wish = Wish(SLUG, "How many legs?", TWO, "Spiders have `8`.", "https://x.example/a%20b")
    draft = drafted(wish)
    assert isinstance(draft, Draft)
    assert draft.markdown == (
        "<quiz>\nHow many legs?\n\n- [ ] Six\n- [x] Eight\n\nSpiders have `8`.\n\n"
        "Source: [x.example](https://x.example/a%20b)\n</quiz>"
    )


def test_a_blank_becomes_one_too() -> None:
    draft = drafted(Wish(SLUG, "A spider has [[8|eight]] legs.", (), "Count them."))
    assert isinstance(draft, Draft)
    (quiz,) = filter(None, [parse_page(draft.markdown, path="", slug=SLUG).quiz])
    assert quiz.questions[0].blanks[0].answers == ("8", "eight")
    assert plain(quiz.questions[0].explanation) == "Count them."


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        pytest.param(Wish(SLUG, "Why?", ()), "option0", id="nothing to answer"),
        pytest.param(Wish(SLUG, "Why?", TWO[1:]), "option1", id="one option"),
        pytest.param(Wish(SLUG, "Why?", TWO[:1] * 2), "right", id="none right"),
        pytest.param(Wish(SLUG, "Why?", (TWO[1], TWO[1])), "option1", id="twins"),
        pytest.param(Wish(SLUG, "Why?\n- [x] No", TWO), "question", id="a box above"),
        pytest.param(Wish(SLUG, "Why?", TWO, "- [ ] No"), "explanation", id="a box below"),
        pytest.param(Wish(SLUG, "</quiz>", TWO), "question", id="an end"),
        pytest.param(Wish(SLUG, "Why?", TWO, "<quiz>\nx"), "explanation", id="another one"),
        pytest.param(Wish(SLUG, "Why?", TWO, "<hint>psst</hint>"), "explanation", id="a hint"),
        pytest.param(Wish(SLUG, "```\nWhy?", TWO), "question", id="an open fence"),
        pytest.param(Wish(SLUG, "Why?", TWO, "", "no address"), "source", id="no address"),
        pytest.param(Wish(SLUG, "Why?", TWO, "", "https://[x"), "source", id="half an address"),
        pytest.param(Wish(SLUG, "x" * 20_000, TWO), "question", id="too long"),
    ],
)
def test_what_is_wrong_names_its_field(wish: Wish, field: str) -> None:
    found = drafted(wish)
    assert isinstance(found, Mistakes)
    assert list(found.fields) == [field]
    assert "`" not in found.fields[field]


TEXTS = st.text(max_size=40) | st.sampled_from(
    ("</quiz>", "<quiz>", "- [x] a", "[[a]]", "```", "> b", "---", "a\n\nb", "<hint>c</hint>")
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(st.tuples(TEXTS, st.booleans()), max_size=4), TEXTS)
def test_any_wish_is_a_question_or_a_list_of_mistakes(
    question: str, options: list[tuple[str, bool]], explanation: str
) -> None:
    wish = Wish(SLUG, question, tuple(options), explanation)
    found = drafted(wish)
    if isinstance(found, Mistakes):
        assert found.fields
        return
    quiz = parse_page(found.markdown, path="", slug=SLUG).quiz
    assert quiz
    assert len(quiz) == 1
    assert [o.correct for o in quiz.questions[0].options] == [right for _, right in options]
