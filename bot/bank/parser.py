"""A page of Markdown to a quiz: its head, title, introduction, questions and study links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markdown_it.token import Token

from bot.bank.draft import Draft, draft
from bot.bank.front_matter import Head, split_head
from bot.bank.identity import content_id, distinct
from bot.bank.index_page import IndexPage, index_page
from bot.bank.links import is_index, links_of
from bot.bank.lint import BAD_CHECKED, day_of, is_fatal, lint, points, question_id
from bot.bank.markdown import PARSER
from bot.bank.naming import clean_slug, level_of, one_line, pretty, track_of
from bot.bank.page_text import Outside, intro, outside, study_links, title
from bot.bank.pictures import Find, not_looked_for
from bot.bank.problem import Problem, problem
from bot.bank.quiz_block import QUIZ, QUIZ_END
from bot.bank.quiz_extent import Remark
from bot.quiz.question import Blank, Place, Question, QuestionId, Quiz, Slug


@dataclass(frozen=True, slots=True)
class Page:
    """`quiz` is None for a page without a question that can be asked.

    `title` is the page's own one, empty if it has none; `problems` are in the order of lines.
    `images` are the files that were looked for, each with what it was like (see `glance`);
    `index` is what the page of a folder says about its track, None for another page.
    """

    slug: Slug
    quiz: Quiz | None
    problems: tuple[Problem, ...]
    title: str = ""
    images: tuple[tuple[Path, str], ...] = ()
    index: IndexPage | None = None


def parse_page(
    text: str,
    *,
    path: str,
    slug: Slug,
    site_url: str | None = None,
    inside: str = "",
    find: Find = not_looked_for,
) -> Page:
    """Read a page; whatever is wrong with a question costs that question only.

    `path` is what problems and places name, `site_url` the address at which the bank's folder
    is served: without it, relative links are dropped. `inside` is the path below that folder,
    `find` looks for an image there.
    """
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = split_head(source)
    tokens = PARSER.parse(head.body)
    links = links_of(path, slug, site_url, find)
    blocks, around = _divided(tokens)
    notes = around.notes
    linted = [(each, lint(each)) for each in (draft(block, links, notes) for block in blocks)]
    of_intro: list[Remark] = []
    introduction = intro(around, links, of_intro)
    checked = day_of(head.values.get("checked", ""))
    ready = (each for each, remarks in linted if not any(map(is_fatal, remarks)))
    questions, doubles = distinct(
        _question(each, Place(path, each.line, inside), checked) for each in ready
    )
    remarks = (
        *_odd_characters(source),
        *head.remarks,
        *_bad_day(head),
        *around.remarks(head.body),
        *of_intro,
        *(remark for _, remarks in linted for remark in remarks),
    )
    problems = [*(problem(Place(path, r.line), r.rule, r.what) for r in remarks), *doubles]
    own_title = head.values.get("title", "") or title(around)
    quiz = Quiz(
        slug,
        own_title or pretty(slug),
        questions,
        track=_track(head, slug),
        level=head.values.get("level", "") or level_of(slug),
        intro=introduction,
        links=study_links(around, links),
        path=path,
    )
    in_order = tuple(sorted(problems, key=lambda found: found.line))
    index = index_page(path, slug, inside, around, links) if is_index(path) else None
    return Page(slug, quiz if questions else None, in_order, own_title, index=index)


def _track(head: Head, slug: Slug) -> str:
    own = head.values.get("track", "")
    return clean_slug(own) if own else track_of(slug)


def _divided(tokens: Sequence[Token]) -> tuple[list[list[Token]], Outside]:
    """Take the questions out of a page."""
    blocks: list[list[Token]] = []
    rest: list[tuple[int, Token]] = []
    within = False
    for token in tokens:
        if token.type == QUIZ:
            blocks.append([])
            within = True
        if within:
            blocks[-1].append(token)
        else:
            rest.append((len(blocks), token))
        within = within and token.type != QUIZ_END
    return blocks, outside(rest, len(blocks))


def _odd_characters(source: str) -> Iterator[Remark]:
    for number, line in enumerate(source.split("\n"), 1):
        if "\0" in line:
            yield Remark(number, "odd-character", "There is a NUL character in this line.")


def _bad_day(head: Head) -> Iterator[Remark]:
    text = head.values.get("checked", "")
    if text and not day_of(text):
        yield Remark(1, "bad-checked", BAD_CHECKED)


def _question(ready: Draft, place: Place, checked: date | None) -> Question:
    """`checked` is the page's own day, for questions without one."""
    options = tuple(each.option for each in ready.options)
    own_id = question_id(ready)
    return Question(
        QuestionId(own_id) if own_id else content_id(ready.prompt, (o.text for o in options)),
        ready.prompt,
        options,
        tuple(map(Blank, ready.blanks)),
        ready.explanation,
        ready.hint,
        points(ready),
        one_line(ready.attributes.get("level", "")),
        place,
        day_of(ready.attributes.get("checked", "")) or checked,
    )
