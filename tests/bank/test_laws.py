"""What holds for any page, whoever wrote it and however."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.bank.catalogue import Catalogue, Found
from bot.bank.front_matter import split_head
from bot.bank.gather import gather
from bot.bank.identity import content_id_of
from bot.bank.parser import Page, parse_page
from bot.bank.problem import RULES, is_error
from bot.quiz.prose import plain, prose
from bot.quiz.question import MOST_OPTIONS, Blank, Option, Question, QuestionId, Slug
from tests.bank.samples import quiz

PIECES = (
    *(
        "<quiz>",
        "</quiz>",
        '<quiz id="a" points="3">',
        "<quiz ",
        "<hint>",
        "</hint>",
        "<x>",
        "</x>",
    ),
    *(
        "- [x] ",
        "- [ ] ",
        "* []",
        "- [",
        "- ",
        "  ",
        "    ",
        "\t",
        "1. ",
        "> ",
        "+ ",
        "\n",
        "\n\n",
    ),
    *(
        "```",
        "~~~~",
        "```sh",
        "`",
        "<!--",
        "-->",
        "{% a %}",
        "---",
        "...",
        "===",
        "***",
        "# ",
        "!!! a",
    ),
    *(
        "[[",
        "]]",
        "[[a|b]]",
        "[a](b)",
        "[a]: b",
        "![",
        "](",
        "|",
        "|-|",
        "**",
        "_",
        "~~",
        "<br>",
        "\\",
    ),
    *(
        "a",
        "b c",
        "é",
        "🚀",
        "\0",
        "\r",
        "\r\n",
        "\u2028",
        "\x0b",
        "&amp;",
        "&#0;",
        "title: ",
        "- a: &b",
    ),
)
HIDING = ("`", "```", "~~", "~~~~", "```sh", "<!--", "<x>", "</x>", "<hint>", "</hint>", "<br>")
PLAIN_PIECES = tuple(piece for piece in PIECES if piece not in HIDING)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=30)
PAGES = st.one_of(st.text(), MARKUP, LINES.map("\n".join), LINES.map("<quiz>\n{}".format))
WORDS = st.text("abcdefgh", min_size=1, max_size=8)
SENTENCES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Page:
    return parse_page(text, path="page.md", slug=Slug("page"), site_url="https://docs.test")


def count_lines(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def can_be_asked(question: Question) -> bool:
    if question.blanks:
        return not question.options and all(blank.answers for blank in question.blanks)
    return 2 <= len(question.options) <= MOST_OPTIONS and bool(question.key)


@settings(quick, max_examples=400)
@given(PAGES)
def test_no_text_can_break_the_parser(text: str) -> None:
    page = read(text)
    lines = count_lines(text)
    assert all(1 <= found.line <= lines and found.rule in RULES for found in page.problems)
    for question in page.quiz or ():
        assert can_be_asked(question)
        assert question.stem.strip()
        assert 1 <= question.place.line <= lines
        assert question.stem.count("____") >= len(question.blanks)


@quick
@given(PAGES)
def test_no_two_questions_of_a_page_share_an_id(text: str) -> None:
    ids = [question.id for question in read(text).quiz or ()]
    assert len(set(ids)) == len(ids)


@quick
@given(PAGES)
def test_the_ends_of_lines_do_not_matter(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert read(unix) == read(unix.replace("\n", "\r\n")) == read("\ufeff" + unix)


@quick
@given(st.text(), PAGES)
def test_no_head_can_break_the_reader(head: str, text: str) -> None:
    for source in (head, text):
        found = split_head(f"---\n{source}\n---\nbody")
        assert found.body.count("\n") == source.count("\n") + 3


@quick
@given(st.lists(st.sampled_from(PLAIN_PIECES), max_size=40).map("".join))
def test_a_broken_question_costs_no_other(text: str) -> None:
    """Only a code block, a comment or a tag that stays open may hide what follows."""
    page = read(f"{text}\n\n</quiz>\n\n<quiz>\nGood\n- [x] Yes\n- [ ] No\n</quiz>\n")
    assert page.quiz is not None
    assert page.quiz.questions[-1].stem == "Good"


def rendered(question: Question) -> str:
    """Write a question as an author would."""
    lines = ["<quiz>", plain(question.prompt)]
    for option in question.options:
        lines.append(f"- [{'x' if option.correct else ' '}] {plain(option.text)}")
        lines += [f"  > {plain(option.feedback)}"] if option.feedback else []
    lines += ["", plain(question.explanation)] if question.options else []
    lines += ["---", plain(question.explanation)] if question.blanks else []
    lines += [f"<hint>{plain(question.hint)}</hint>"] if question.hint else []
    text = "\n".join([*lines, "</quiz>"])
    for blank in question.blanks:
        text = text.replace("____", f"[[{'|'.join(blank.answers)}]]", 1)
    return text


def chosen(prompt: str, texts: Sequence[str], right: int, extras: Sequence[str]) -> Question:
    why, hint, feedback = map(prose, extras)
    options = tuple(
        Option(prose(text), correct=bool(right >> i & 1), feedback=feedback if i % 2 else ())
        for i, text in enumerate(texts)
    )
    question = Question(QuestionId(""), prose(prompt), options, explanation=why, hint=hint)
    return replace(question, id=content_id_of(question))


EXTRAS = st.tuples(*[st.one_of(st.just(""), SENTENCES)] * 3)
CHOICES = st.lists(SENTENCES, min_size=2, max_size=6, unique=True).flatmap(
    lambda texts: st.builds(
        chosen, SENTENCES, st.just(texts), st.integers(1, 2 ** len(texts) - 2), EXTRAS
    )
)
GAPS = st.lists(st.lists(WORDS, min_size=1, max_size=3, unique=True), min_size=1, max_size=4)


@quick
@given(st.lists(CHOICES, min_size=1, max_size=3, unique_by=lambda question: question.id))
def test_a_written_question_is_read_as_it_was(questions: list[Question]) -> None:
    page = read("\n\n".join(map(rendered, questions)))
    assert page.quiz is not None
    assert page.problems == ()
    assert page.quiz.questions == tuple(questions)


@quick
@given(SENTENCES, GAPS, EXTRAS)
def test_a_written_gap_is_read_as_it_was(
    words: str, gaps: list[list[str]], extras: Sequence[str]
) -> None:
    prompt = prose(f"{words} {' and '.join('____' for _ in gaps)} end")
    blanks = tuple(Blank(tuple(answers)) for answers in gaps)
    question = Question(QuestionId(""), prompt, (), blanks, prose(extras[0]), prose(extras[1]))
    question = replace(question, id=content_id_of(question))
    page = read(rendered(question))
    assert page.quiz is not None
    assert page.quiz.questions == (question,)


@quick
@given(CHOICES, st.data())
def test_order_and_key_leave_the_id_alone(question: Question, data: st.DataObject) -> None:
    options = data.draw(st.permutations(question.options))
    flipped = tuple(replace(option, correct=not option.correct) for option in options)
    page = read(rendered(replace(question, options=flipped)))
    assert page.quiz is not None
    assert page.quiz.questions[0].id == question.id


@quick
@given(st.lists(PAGES, max_size=4))
def test_any_pages_make_a_bank(texts: list[str]) -> None:
    pages = [
        parse_page(text, path=f"{i % 2}.md", slug=Slug(str(i % 2))) for i, text in enumerate(texts)
    ]
    catalogue, problems = gather(pages)
    assert len({quiz.slug for quiz in catalogue}) == len(catalogue)
    assert all(len(quiz) for quiz in catalogue)
    assert set(problems) >= {found for page in pages for found in page.problems if is_error(found)}


SLUGS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map("/".join), max_size=8, unique=True)


@quick
@given(SLUGS, st.text())
def test_every_quiz_is_found_by_its_slug(slugs: list[str], words: str) -> None:
    catalogue = Catalogue(tuple(quiz(slug, title=f"Title {slug} more") for slug in slugs))
    for slug in slugs:
        found = catalogue.find(slug)
        assert isinstance(found, Found)
        assert found.quiz.slug == slug
        assert found.quiz in catalogue.search(slug)
    assert set(catalogue.search(words)) <= set(catalogue)
    catalogue.find(words)
