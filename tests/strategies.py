"""Questions as strange as an author could write them, and what becomes of them in a session."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from hypothesis import strategies as st

from bot.play.steps import Asking, ContinueOrReplace, Finished, Marked, Menu, MyProgress
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
    Spans,
    Table,
)
from bot.quiz.question import (
    MOST_OPTIONS,
    Blank,
    Kind,
    Option,
    Question,
    QuestionId,
    Quiz,
    Slug,
    StudyLink,
)
from bot.quiz.session import (
    Answer,
    Answered,
    AttemptId,
    Choice,
    Fill,
    Given,
    Progress,
    QuizProgress,
    Result,
    SessionId,
    Stale,
    Standing,
    State,
    begin,
)

NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE: Final = (
    "<!channel>",
    "<@U1> & <#C1|x>",
    "&amp;lt;",
    "a < b && c > d ",
    "*bold* _it_ ~no~ `code` ",
    "\N{RIGHT-TO-LEFT OVERRIDE}right to left",
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}.",
    "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{WHITE FLAG}:smile:",
    "e\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}",
    "日本語の文",
    "line\nfeed\ttab ",
    "____ ",
    "plain words ",
)
ADDRESSES: Final = (
    "https://example.org/a?b=1&c=%3C2%3E",
    "https://example.org/" + "deep/" * 550,
    "https://example.org/" + "deep/" * 700,
    "mailto:ana@example.org",
    "mailto:",
    "no address",
)
S: TypeAlias = st.SearchStrategy

LONG: Final = tuple(piece * times for piece in HOSTILE for times in (40, 900))
TEXTS: Final = (*HOSTILE, *LONG)


def words() -> S[str]:
    """Not blank, and now and then much too long."""
    return st.sampled_from(TEXTS) | st.text(min_size=1, max_size=12).filter(str.strip)


def runs_of(text: str) -> Spans:
    """The text in one look after the other, linked to the good and the bad addresses in turn."""
    return (
        Span(text),
        Span(text, bold=True, italic=True, strike=True),
        Span(text, code=True, link=ADDRESSES[len(text) % len(ADDRESSES)]),
        Span("", link=ADDRESSES[0]),
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """One of each kind, empty ones too."""
    runs = runs_of(text)
    return (
        Paragraph((Span(text),)),
        Paragraph(runs),
        Paragraph(()),
        Heading(2, runs),
        Code(text, "python"),
        Code(""),
        Listing((runs, (), (Span(text),))),
        Listing((runs,), ordered=True, indent=12, start=10**9),
        Listing(()),
        Quote(runs),
        Quote(()),
        Table(((runs, ()), ((), runs), ((), ()))),
        Table((((),),)),
        Divider(),
        Image(ADDRESSES[len(text) % len(ADDRESSES)], text, text),
        Image("images/a.png", digest="0a" * 32),
        Notes((Note(1, runs), Note(12, ()))),
    )


BLOCKS: Final = tuple(block for text in TEXTS for block in blocks_of(text))
"""Ready-made, for a draw from a table is a hundred times cheaper than one of each part."""


def proses() -> S[Prose]:
    """Any text, nothing included."""
    return st.lists(st.sampled_from(BLOCKS), max_size=3).map(tuple)


def said() -> S[Prose]:
    """A text with words in it, as prompts and options are."""
    paragraph = words().map(lambda text: (Paragraph((Span(text),)),))
    return st.builds(
        lambda before, text, after: before + text + after, proses(), paragraph, proses()
    )


@st.composite
def choosing(draw: st.DrawFn) -> Question:
    """Some options right, never all of them. Of many options, few differ."""
    count = draw(st.integers(2, 5) | st.just(MOST_OPTIONS))
    option = st.builds(Option, said(), st.just(value=False), proses())
    several = draw(st.lists(option, min_size=1, max_size=3))
    key = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=min(count - 1, 3)))
    return Question(
        QuestionId("q"),
        draw(said()),
        tuple(replace(several[i % len(several)], correct=i in key) for i in range(count)),
        explanation=draw(proses()),
        hint=draw(hints()),
        points=draw(st.sampled_from((1, 100))),
    )


def hints() -> S[Prose]:
    """None, nothing to read, or any text."""
    return st.sampled_from(((), (Paragraph(()),))) | said()


@st.composite
def filling(draw: st.DrawFn) -> Question:
    gaps = draw(st.sampled_from((1, 2, 10)))
    answers = draw(st.lists(words(), min_size=1, max_size=3).map(tuple))
    return Question(
        QuestionId("q"),
        draw(said()),
        blanks=(Blank(answers),) * gaps,
        explanation=draw(proses()),
        hint=draw(hints()),
    )


@st.composite
def with_another_key(draw: st.DrawFn, question: Question) -> Question:
    """The same to look at: as many right options or gaps, and a hint where there is one, but
    everything behind them differs.
    """
    places = st.integers(0, max(0, len(question.options) - 1))
    size = len(question.key)
    key = draw(st.sets(places, min_size=size, max_size=size))
    return replace(
        question,
        id=QuestionId("another"),
        options=tuple(
            replace(option, correct=i in key, feedback=draw(proses()))
            for i, option in enumerate(question.options)
        ),
        blanks=(Blank((draw(words()),)),) * len(question.blanks),
        explanation=draw(proses()),
        hint=draw(said()) if question.has_hint else (),
        points=draw(st.sampled_from((2, 50))),
        level=draw(words()),
    )


def questions() -> S[Question]:
    return choosing() | filling()


def given_to(question: Question) -> S[Given]:
    """Any answer that the question can get, right or wrong."""
    if question.kind is Kind.BLANK:
        gaps = len(question.blanks)
        right = tuple(blank.answers[0] for blank in question.blanks)
        return (st.just(right) | words().map(lambda text: (text[:200],) * gaps)).map(Fill)
    most = 1 if question.kind is Kind.SINGLE else len(question.options)
    places = st.integers(0, len(question.options) - 1)
    return st.frozensets(places, min_size=1, max_size=most).map(Choice)


def asked(question: Question, *, title: str = "Colours", total: int = 3) -> Asking:
    """A question as the first of a session."""
    session = begin(
        SessionId("s1"), (question,) * total, slug=Slug("colours"), title=title, at=NINE
    )
    return Asking(session, 0)


@st.composite
def askings(draw: st.DrawFn) -> Asking:
    """A question somewhere in its session, skipped or not, with its hint or without."""
    total = draw(st.sampled_from((1, 2, 100)))
    asking = asked(draw(questions()), title=draw(words()), total=total)
    session = replace(asking.session, level=draw(st.just("") | words()))
    if draw(st.booleans(), label="skipped"):
        session = session.skip(0)
    number = session.current or 0
    if session.questions[number].has_hint and draw(st.booleans(), label="hinted"):
        session = session.take_hint(number)
    places = st.integers(0, max(0, len(session.questions[number].options) - 1))
    return Asking(session, number, draw(st.frozensets(places, max_size=3)))


@st.composite
def marked(draw: st.DrawFn, question: Question | None = None) -> Marked:
    """An answer that stands, whether or not it agrees with the key: the looks do not judge."""
    which = question or draw(questions())
    total = draw(st.sampled_from((1, 10, 100)))
    answered = draw(st.integers(1, total))
    right = draw(st.integers(0, answered))
    points = draw(st.sampled_from((0, 100, 10_000)))
    attempt = AttemptId("a1")
    answer = Answer(
        draw(given_to(which)), draw(st.booleans()), points, attempt, draw(st.booleans())
    )
    return Marked(
        Answered(
            SessionId("s1"),
            Slug("colours"),
            draw(words()),
            draw(st.just("") | words()),
            number=draw(st.integers(0, total - 1)),
            question=which,
            answer=answer,
            place=draw(st.integers(1, total)),
            total=total,
            answered=answered,
            right=right,
            points=points,
            done=answered == total,
            practice=draw(st.booleans()),
            again=draw(st.booleans()),
        ),
        draw(st.none() | quizzes()),
    )


@st.composite
def finished(draw: st.DrawFn, total: int = 100) -> Finished:
    """A session of a few different questions asked many times, with any number of them missed."""
    several = draw(st.lists(questions(), min_size=1, max_size=2))
    picked = tuple(several[i % len(several)] for i in range(total))
    session = begin(
        SessionId("s1"),
        picked,
        slug=draw(slugs()),
        title=draw(words()),
        level=draw(st.just("") | words()),
        at=NINE,
        practice=draw(st.booleans()),
    )
    givens = [draw(given_to(question)) for question in several]
    missed = draw(st.integers(0, total))
    answers = {
        i: Answer(givens[i % len(several)], i >= missed, 100, AttemptId(f"a{i}"))
        for i in range(total)
    }
    took = timedelta(seconds=draw(st.integers(-5, 10**7)))
    done = replace(
        session,
        answers=answers,
        state=draw(st.sampled_from((State.DONE, State.DONE, State.STOPPED))),
        finished=draw(st.none() | st.just(NINE + took)),
        previous=draw(st.none() | st.integers(0, total)),
    )
    return Finished(done, draw(st.none() | quizzes()))


def slugs() -> S[Slug]:
    return st.sampled_from(("colours", "a/b/c", "deep/" * 60 + "end", "_".join("words"))).map(Slug)


def quizzes() -> S[Quiz]:
    question = Question(QuestionId("q"), (Paragraph((Span("Why?"),)),))
    return st.builds(
        Quiz,
        slugs(),
        words(),
        st.integers(1, 100).map(lambda count: (question,) * count),
        level=st.just("") | words(),
        links=st.lists(st.builds(StudyLink, words(), st.sampled_from(ADDRESSES)), max_size=8).map(
            tuple
        ),
    )


def standings() -> S[Standing]:
    return st.builds(Standing, words(), st.integers(1, 100), st.just(100))


def menus() -> S[Menu]:
    count = st.integers(1, 10**6)
    return st.builds(Menu, count, count, st.none() | standings())


def stales() -> S[Stale]:
    return st.builds(Stale, st.none() | standings())


def choices_to_make() -> S[ContinueOrReplace]:
    return st.builds(
        ContinueOrReplace,
        st.just(SessionId("s1")),
        standings(),
        slugs(),
        words(),
        st.integers(1, 100),
        st.none() | st.just(SessionId("s0")),
        level=words(),
        open_level=words(),
        is_same=st.booleans(),
    )


def results() -> S[Result]:
    def of(total: int) -> S[Result]:
        right = st.integers(0, total)
        text = st.just("") | words()
        missed = st.just(())
        return st.builds(
            Result, slugs(), words(), text, right, st.just(total), missed, st.booleans()
        )

    return st.integers(1, 100).flatmap(of)


@st.composite
def progresses(draw: st.DrawFn) -> MyProgress:
    """Up to a hundred quizzes played, or none any more."""
    several = draw(st.lists(quizzes(), max_size=3))
    answered = draw(st.integers(0, 10**6))
    right = draw(st.integers(0, answered))
    rows = tuple((quiz, answered, right) for quiz in several * draw(st.sampled_from((1, 40))))
    played = {quiz.slug: QuizProgress(answered, right) for quiz in several}
    return MyProgress(Progress(answered, right, right * 100, 3, played), rows)
