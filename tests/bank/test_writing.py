"""What is written as Markdown is read again as it was."""

from collections.abc import Iterable

from hypothesis import HealthCheck, assume, given, settings, strategies as st

from bot.bank.parser import parse_page
from bot.bank.writing import page_markdown, question_markdown
from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Listing,
    Note,
    Notes,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
    plain,
    prose,
)
from bot.quiz.question import Blank, Option, Question, QuestionId, Quiz, Slug, StudyLink
from tests.bank.test_laws import PIECES

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ODD_ENDS = ("\0", "\r", "\r\n", "\x0b", "\u2028")
MARKS = st.sampled_from([piece for piece in PIECES if piece not in ODD_ENDS])
LETTERS = st.characters(exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"])
SAID = st.lists(MARKS | st.text(LETTERS, max_size=5), min_size=1, max_size=12).map("".join)
WORDS = SAID.filter(lambda text: bool(seen(prose(text))))
TYPED = (
    st.text("ab-$*_ <|", min_size=1, max_size=6)
    .filter(str.strip)
    .map(lambda t: " ".join(t.split()))
)


def seen(text: Prose) -> str:
    """The words, whatever white space is between them."""
    return " ".join(plain(text).split())


def written(question: Question) -> Question:
    page = parse_page(question_markdown(question), path="page.md", slug=Slug("page"))
    assert page.quiz, (page.problems, question_markdown(question))
    (read,) = page.quiz.questions
    return read


def choosing(text: Prose, explanation: Prose = ()) -> Question:
    options = (
        Option(prose("Yes"), correct=True),
        Option(prose("No"), correct=False),
    )
    return Question(QuestionId("q"), text, options, explanation=explanation)


def texts(question: Question) -> Iterable[Prose]:
    yield from (question.prompt, question.explanation, question.hint)
    yield from (text for option in question.options for text in (option.text, option.feedback))


@settings(quick, max_examples=300)
@given(WORDS, st.lists(st.tuples(WORDS, SAID), min_size=2, max_size=4), SAID, SAID)
def test_whatever_is_said_is_said_again(
    prompt: str, options: list[tuple[str, str]], explanation: str, hint: str
) -> None:
    assume(len({seen(prose(text)) for text, _ in options}) == len(options))
    question = Question(
        QuestionId("q"),
        prose(prompt),
        tuple(
            Option(prose(text), i == 1, prose(feedback))
            for i, (text, feedback) in enumerate(options)
        ),
        explanation=prose(explanation),
        hint=prose(hint),
        points=3,
        level="hard",
    )
    read = written(question)
    assert list(map(seen, texts(read))) == list(map(seen, texts(question)))
    assert [option.correct for option in read.options] == [i == 1 for i in range(len(options))]
    assert (read.id, read.points, read.level) == ("q", 3, "hard")


@quick
@given(
    st.lists(st.lists(TYPED, min_size=1, max_size=3, unique=True), min_size=1, max_size=3), SAID
)
def test_gaps_keep_their_answers_and_their_places(answers: list[list[str]], said: str) -> None:
    said = said.replace("_", "-")
    prompt = prose(said + "".join(f" ____ {said}" for _ in answers))
    question = Question(
        QuestionId("q"), prompt, blanks=tuple(Blank(tuple(some)) for some in answers)
    )
    read = written(question)
    assert read.blanks == question.blanks
    assert seen(read.prompt) == seen(prompt)


BLOCKS: tuple[Block, ...] = (
    Paragraph((Span("Some "), Span("bold", bold=True), Span(" and "), Span("a`b", code=True))),
    Paragraph((Span("both", bold=True, italic=True), Span(" "), Span("gone", strike=True))),
    Paragraph((Span("see "), Span("the [docs]", link="https://example.org/a_(b)"))),
    Paragraph((Span("first\nsecond"),)),
    Heading(3, (Span("A heading # with #"),)),
    Code("- [x] no option\n\n  ```\n> no quote", "sh"),
    Code(""),
    Listing(((Span("one\nmore"),), (Span("[ ] two"),))),
    Listing(((Span("inner"),),), indent=1),
    Listing(((Span("third"),), (Span("fourth"),)), ordered=True, start=3),
    Quote((Span("said\nand done"),)),
    Image("https://example.org/a_(b).png", "a *b* [c] $d$", 'The "map" \\ plan'),
    Paragraph((Span("costs $5, $x$ or "), Span("$y", bold=True), Span("$HOME"))),
    Table((((Span("a|b"),), (Span("c"),)), ((Span("x | y", code=True),), ()))),
    Divider(),
)


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    for before in BLOCKS:
        if isinstance(before, Listing) and before.indent:
            continue  # stands below another list only
        for text in ((before,), (before, BLOCKS[0]), (BLOCKS[0], before)):
            question = choosing((*text, BLOCKS[0]), explanation=text)
            assert written(question) == question


@quick
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5).map(tuple))
def test_blocks_in_any_order_keep_their_words(text: Prose) -> None:
    assert seen(written(choosing(prose("Why?"), text)).explanation).split("- ") == seen(
        text
    ).split("- ")


def test_notes_come_back_with_their_numbers() -> None:
    notes = Notes((Note(2, (Span("Since "), Span("2009", bold=True))), Note(3, (Span("a\nb"),))))
    question = choosing(
        (*prose("Why?² \\[^1]"), Notes((Note(1, (Span("- no list"),)),))),
        explanation=(*prose("So.³"), notes),
    )
    assert written(question) == question


def test_a_page_comes_back_with_its_title_introduction_and_study_guide() -> None:
    quiz = Quiz(
        Slug("page"),
        'Say "yes": #1 of *all*',
        (choosing(prose("Why?")),),
        level="basics",
        intro=prose("Read [this] first."),
        links=(StudyLink("The docs", "https://example.org/a b"),),
    )
    page = parse_page(page_markdown(quiz), path="page.md", slug=Slug("page"))
    assert page.quiz is not None
    assert not page.problems
    assert (page.quiz.title, page.quiz.level, page.quiz.intro) == (
        quiz.title,
        "basics",
        quiz.intro,
    )
    assert [link.title for link in page.quiz.links] == ["The docs"]
