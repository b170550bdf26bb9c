from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from bot.bank.parser import Page, parse_page
from bot.lint.mending import Mended, ReadableIds, mended, present_ids
from bot.lint.source import Source, source_at, split_lines
from bot.quiz.question import Question, QuestionId, Slug
from tests.bank.test_laws import LINES, PAGES, quick

UNTIDY = """<quiz level="easy">
Which command lists the running containers of a host?
-[x] `docker ps`
* []  none
</quiz>
"""


def read(text: str) -> Page:
    return parse_page(text, path="page.md", slug=Slug("page"))


def nothing(_: Source) -> frozenset[str]:
    return frozenset()


def mend(text: str, name: Callable[[Question], str] = present_ids) -> Mended:
    return mended(text, read(text), name, nothing)


def questions(text: str) -> tuple[Question, ...]:
    page = read(text)
    return page.quiz.questions if page.quiz else ()


def test_boxes_are_tidied_and_the_present_id_is_written() -> None:
    (question,) = questions(UNTIDY)
    done = mend(UNTIDY)
    assert (done.ids, done.boxes) == (1, 2)
    assert done.text == (
        f'<quiz id="{question.id}" level="easy">\n'
        "Which command lists the running containers of a host?\n"
        "- [x] `docker ps`\n"
        "- [ ] none\n"
        "</quiz>\n"
    )


def test_readable_ids_are_made_of_telling_words() -> None:
    done = mend(UNTIDY, ReadableIds([]))
    assert '<quiz id="command-lists-running-containers-host" level="easy">' in done.text


@pytest.mark.parametrize(
    ("stem", "taken", "wanted"),
    [
        ("What is Git?", [], "git"),
        ("What is Git?", ["git", "git-2"], "git-3"),
        ("Où est l'état de Terraform?", [], "ou-est-etat-de-terraform"),
        ("Which of these?", [], ""),
        ("什么", [], ""),
        (f"{'a' * 80} b", [], "a" * 60),
    ],
)
def test_readable_ids_are_free_and_short(stem: str, taken: list[str], wanted: str) -> None:
    (question,) = questions(f"<quiz>\n{stem}\n- [x] a\n- [ ] b\n</quiz>")
    named = ReadableIds([*map(QuestionId, taken)])(question)
    assert named == (wanted or question.id)


def test_a_readable_id_is_given_once() -> None:
    (question,) = questions(UNTIDY)
    name = ReadableIds([])
    assert name(question) != name(question)


def test_an_id_stays_even_one_that_cannot_be_used() -> None:
    text = (
        '<quiz id="a b">\nQ\n- [x] a\n- [ ] b\n</quiz>\n<quiz ID=c>\nR\n- [x] a\n- [ ] b\n</quiz>'
    )
    assert mend(text) == Mended(text)


@pytest.mark.parametrize("slip", ["<quiz>\nQ\n</quiz>\n", "</quiz>\n"])
def test_a_page_with_an_error_is_left_as_it_is(slip: str) -> None:
    assert mend(slip + UNTIDY) == Mended(slip + UNTIDY)


def test_a_question_is_spared_what_it_does_not_want() -> None:
    def left(source: Source) -> frozenset[str]:
        return frozenset({"no-id"} if source.attributes else {"untidy-box"})

    done = mended(UNTIDY, read(UNTIDY), present_ids, left)
    assert (done.ids, done.boxes) == (0, 2)


def test_nothing_else_is_touched() -> None:
    text = f"* [] no question\r\n\r\n{UNTIDY}\n```\n<quiz>\n-[x] code\n</quiz>\n```\r-[x] after  "
    done = mend(text)
    for line in ("* [] no question\r\n", "-[x] code\n", "```\r-[x] after  "):
        assert line in done.text
    assert done.text.count("\r") == text.count("\r")


def test_a_box_in_the_code_of_a_question_stays() -> None:
    text = "<quiz>\nQ\n```\n-[x] code\n```\n- [x] a\n  ```\n  *[] b\n  ```\n- [ ] c\n</quiz>\n"
    assert mend(text).boxes == 0


RIGHT = st.sampled_from(["- [x] ", "-[x]", "- [X ]  ", "  * [x]\t", "*\t[X]"])
WRONG = st.sampled_from(["- [ ] ", "-[]", "- []", "* [ ]", "  -  [ ] "])
TEXTS = st.lists(st.sampled_from(["a", "b c", "`x`", "(d)", " e  ", "[[f]]", "**g**"]), max_size=4)
NO_LINES: list[str] = []
BETWEEN = st.one_of(st.just(NO_LINES), LINES)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def written(draw: st.DrawFn) -> str:
    """Pages with many kinds of boxes, and any lines between the questions."""
    pieces: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        tag = draw(st.sampled_from(["<quiz>", " <QUIZ level=x>", f'<quiz id="own{number}">']))
        lines = [tag, f"Q{number}", f"{draw(RIGHT)}right", f"{draw(WRONG)}wrong"]
        for at, text in enumerate(draw(TEXTS)):
            lines.append(f"{draw(st.one_of(RIGHT, WRONG))}{text}{at}")
        pieces += [*draw(BETWEEN), *lines, "</quiz>"]
    return draw(ENDS).join(pieces)


@quick
@given(st.one_of(written(), PAGES))
def test_mending_changes_no_question_and_no_id(text: str) -> None:
    done = mend(text)
    assert questions(done.text) == questions(text)
    assert len(read(done.text).problems) <= len(read(text).problems)


@quick
@given(st.one_of(written(), PAGES))
def test_what_is_mended_stays_so(text: str) -> None:
    once = mend(text).text
    assert mend(once) == Mended(once)


@quick
@given(st.one_of(written(), PAGES))
def test_only_lines_of_tags_and_boxes_change_and_no_line_end(text: str) -> None:
    before, after = split_lines(text), split_lines(mend(text).text)
    assert before[1] == after[1]
    sources = [source_at(before[0], question.place.line) for question in questions(text)]
    may = {s.line for s in sources} | {box.line for s in sources for box in s.boxes}
    changed = {n for n, (a, b) in enumerate(zip(before[0], after[0], strict=True), 1) if a != b}
    assert changed <= may


@quick
@given(written())
def test_readable_ids_change_nothing_but_ids(text: str) -> None:
    done = mend(text, ReadableIds([question.id for question in questions(text)]))
    before, after = questions(text), questions(done.text)
    assert [(q.prompt, q.options) for q in after] == [(q.prompt, q.options) for q in before]
    assert len({q.id for q in after}) == len(after)
