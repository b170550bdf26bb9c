"""Questions as strange as an author could write them, and what becomes of them in a session."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from hypothesis import strategies as st

from bot.play.solo import Asking, ContinueOrReplace, Finished, Marked, Menu, MyProgress
from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Span,
    Spans,
    Table,
    plain,
)
from bot.quiz.question import Blank, Kind, Option, Question, QuestionId, Quiz, Slug, StudyLink
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
    Session,
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

TIMES: Final = st.sampled_from((1, 1, 1, 1, 3, 30, 600))


def words() -> S[str]:
    """Not blank, and now and then much too long."""
    piece = st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=12)
    return st.builds(lambda text, times: text * times, piece, TIMES).filter(str.strip)


def short_words() -> S[str]:
    return st.text("abc ", min_size=1, max_size=12).filter(str.strip)


def spans() -> S[Spans]:
    flag = st.booleans()
    span = st.builds(
        Span, words(), flag, flag, flag, flag, st.just("") | st.sampled_from(ADDRESSES)
    )
    return st.lists(span, max_size=3).map(tuple)


def blocks() -> S[Block]:
    """One of each kind, empty ones too."""
    code = st.builds(Code, st.just("") | words(), st.sampled_from(("", "python")))
    listing = st.builds(
        Listing,
        st.lists(spans(), max_size=4).map(tuple),
        ordered=st.booleans(),
        indent=st.integers(0, 12),
        start=st.integers(0, 10**9),
    )
    return st.one_of(
        st.builds(Paragraph, spans()),
        st.builds(Heading, st.integers(1, 6), spans()),
        code,
        listing,
        st.builds(Quote, spans()),
        tables(),
        st.just(Divider()),
    )


def tables() -> S[Table]:
    def of(width: int) -> S[Table]:
        row = st.lists(spans(), min_size=width, max_size=width).map(tuple)
        return st.builds(Table, st.lists(row, min_size=1, max_size=3).map(tuple))

    return st.integers(1, 4).flatmap(of)


def proses() -> S[Prose]:
    """Any text, nothing included."""
    return st.lists(blocks(), max_size=4).map(tuple)


def said() -> S[Prose]:
    """A text with words in it, as prompts and options are."""
    paragraph = st.builds(lambda text: Paragraph((Span(text),)), words())
    return st.builds(
        lambda before, text, after: (*before, text, *after), proses(), paragraph, proses()
    )


def _choice(options: list[Option], right: set[int]) -> tuple[Option, ...]:
    return tuple(replace(option, correct=i in right) for i, option in enumerate(options))


@st.composite
def choosing(
    draw: st.DrawFn, text: Callable[[], S[Prose]] = said, most: int = 26, right: int | None = None
) -> Question:
    """Some options right, never all of them; `right` is how many."""
    count = draw(st.just(most) | st.integers(2, 5), label="options")
    options = st.builds(Option, text(), st.just(value=False), proses())
    drawn = draw(st.lists(options, min_size=count, max_size=count))
    places = st.integers(0, count - 1)
    at_most = min(count - 1, 3)
    sized = st.sets(places, min_size=right or 1, max_size=right or at_most)
    return Question(
        QuestionId("q"),
        draw(text()),
        _choice(drawn, draw(sized)),
        explanation=draw(proses()),
        hint=draw(proses()),
        points=draw(st.integers(1, 100)),
    )


@st.composite
def filling(draw: st.DrawFn) -> Question:
    gaps = draw(st.integers(1, 10), label="gaps")
    blank = st.builds(Blank, st.lists(words(), min_size=1, max_size=3).map(tuple))
    return Question(
        QuestionId("q"),
        draw(said()),
        blanks=tuple(draw(st.lists(blank, min_size=gaps, max_size=gaps))),
        explanation=draw(proses()),
        points=draw(st.integers(1, 100)),
    )


def questions() -> S[Question]:
    return choosing() | filling()


def given_to(question: Question) -> S[Given]:
    """Any answer that the question can get, right or wrong."""
    if question.kind is Kind.BLANK:
        gaps = len(question.blanks)
        right = tuple(blank.answers[0] for blank in question.blanks)
        typed = st.lists(words().map(lambda text: text[:200]), min_size=gaps, max_size=gaps)
        return (st.just(right) | typed.map(tuple)).map(Fill)
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
    """A question somewhere in its session, skipped or not."""
    total = draw(st.sampled_from((1, 2, 100)))
    asking = asked(draw(questions()), title=draw(words()), total=total)
    session = replace(asking.session, level=draw(st.just("") | words()))
    if draw(st.booleans(), label="skipped"):
        session = session.skip(0)
    number = session.current
    return Asking(session, number or 0)


@st.composite
def marked(draw: st.DrawFn, question: S[Question] | None = None) -> Marked:
    """An answer that stands, whether or not it agrees with the key: the looks do not judge."""
    which = draw(question or questions())
    total = draw(st.sampled_from((1, 10, 100)))
    answered = draw(st.integers(1, total))
    right = draw(st.integers(0, answered))
    points = draw(st.sampled_from((0, 100, 10_000)))
    answer = Answer(draw(given_to(which)), draw(st.booleans()), points, AttemptId("a1"))
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
    several = draw(st.lists(questions(), min_size=1, max_size=3))
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


def has_words(text: Prose) -> bool:
    return bool(plain(text).strip())


def sessions_of(question: Question, count: int) -> Session:
    return asked(question, total=count).session
