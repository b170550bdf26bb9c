"""An export that is imported again gives the same questions, in every format."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from bot.bank.parser import parse_page
from bot.bank.writing import page_markdown
from bot.exchange.images import no_image
from bot.exchange.page_import import READERS, WRITERS, page_of
from bot.quiz.prose import Note, Notes, Prose, Span, prose
from bot.quiz.question import Blank, Option, Question, QuestionId, Quiz, Slug
from tests.bank.test_writing import BLOCKS, SAID, TYPED, WORDS, seen

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
SLUG = Slug("colours/basics")
each_format = pytest.mark.parametrize("form", WRITERS)
NOTES = Notes((Note(1, (Span("Since "), Span("2009", bold=True))), Note(3, (Span("a\nb"),))))
SEVERAL: st.SearchStrategy[Prose] = st.builds(
    lambda blocks, notes: (*blocks, *notes),
    st.lists(st.sampled_from(BLOCKS), max_size=3),
    st.sampled_from(((), (NOTES,))),
)
PROSES: st.SearchStrategy[Prose] = st.one_of(SEVERAL, SAID.map(prose))


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """Choices and blanks with whatever an author could have written."""
    asked = draw(st.one_of(choosing(), filling()))
    return replace(
        asked,
        id=QuestionId(name),
        explanation=draw(PROSES),
        hint=draw(PROSES),
        points=draw(st.integers(1, 100)),
        level=draw(st.sampled_from(("", "easy", "hard"))),
        checked=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
    )


@st.composite
def choosing(draw: st.DrawFn) -> Question:
    texts = draw(st.lists(WORDS, min_size=2, max_size=5, unique_by=lambda t: seen(prose(t))))
    key = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=len(texts) - 1))
    options = (Option(prose(text), i in key, draw(PROSES)) for i, text in enumerate(texts))
    return Question(QuestionId(""), draw(WORDS.map(prose)), tuple(options))


@st.composite
def filling(draw: st.DrawFn) -> Question:
    said = draw(SAID).replace("_", "-")
    answers = st.lists(TYPED, min_size=1, max_size=3, unique=True)
    blanks = tuple(Blank(tuple(some)) for some in draw(st.lists(answers, min_size=1, max_size=3)))
    prompt = prose(said + "".join(f" ____ {said}" for _ in blanks))
    return Question(QuestionId(""), prompt, blanks=blanks)


@st.composite
def pages(draw: st.DrawFn) -> Quiz:
    """Questions as they come from a page: what no page can hold, no export needs to."""
    several = [draw(questions(f"q{i}")) for i in range(draw(st.integers(1, 3)))]
    page = parse_page(
        page_markdown(Quiz(SLUG, "Colours", tuple(several))), path="colours.md", slug=SLUG
    )
    assume(page.quiz is not None)
    assert page.quiz is not None
    return page.quiz


@each_format
def test_an_export_comes_back_as_it_was(form: str) -> None:
    @quick
    @given(pages())
    def comes_back(quiz: Quiz) -> None:
        imported = READERS[form](WRITERS[form](quiz, no_image))
        assert imported.left_out == ()
        assert imported.questions == quiz.questions

    comes_back()


@each_format
def test_an_export_becomes_the_same_page_again(form: str) -> None:
    @quick
    @given(pages())
    def becomes_the_same(quiz: Quiz) -> None:
        page = page_of(READERS[form](WRITERS[form](quiz, no_image)), SLUG)
        read = parse_page(page.text, path="colours.md", slug=SLUG)
        assert page.left_out == ()
        assert read.quiz is not None
        assert read.quiz.questions == quiz.questions

    becomes_the_same()


@each_format
def test_the_same_page_gives_the_same_bytes(form: str) -> None:
    options = (Option(prose("Yes"), correct=True), Option(prose("No"), correct=False))
    quiz = Quiz(SLUG, "Colours", (Question(QuestionId("q"), prose("Why?"), options),))
    assert WRITERS[form](quiz, no_image) == WRITERS[form](quiz, no_image)
