"""What can be mended without thinking: missing ids and boxes in another style. Nothing else.

A mended page is read again before it is taken: its questions must be the same as before.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from unicodedata import normalize

from bot.bank.parser import Page, parse_page
from bot.bank.problem import is_error
from bot.bank.quiz_tag import OPENS
from bot.lint.source import Source, source_at, split_lines
from bot.lint.words import COMMON
from bot.quiz.question import Question, QuestionId

NO_ID: Final = "no-id"
UNTIDY_BOX: Final = "untidy-box"
MOST_WORDS: Final = 5
MOST_CHARACTERS: Final = 60
_WORD: Final = re.compile(r"[a-z0-9]+")

Namer: TypeAlias = Callable[[Question], str]


@dataclass(frozen=True, slots=True)
class Mended:
    """`text` is the whole file; the counts say what is new in it."""

    text: str
    ids: int = 0
    boxes: int = 0


def mended(
    text: str, page: Page, name: Namer, ignored: Callable[[Source], frozenset[str]]
) -> Mended:
    """Mend a page, or leave it as it is when it has an error or would be read otherwise.

    `page` is what was read from `text`, `ignored` tells which of the two rules a question does
    not want. Every character that is not part of a box or of a new id stays, line ends included.
    """
    if page.quiz is None or any(map(is_error, page.problems)):
        return Mended(text)
    lines, ends = split_lines(text)
    done = Mended(text)
    for question in page.quiz:
        source = source_at(lines, question.place.line)
        left = ignored(source)
        boxes = 0 if UNTIDY_BOX in left else _tidy_boxes(lines, source)
        ids = 0 if NO_ID in left else _add_id(lines, source, question, name)
        done = Mended("", done.ids + ids, done.boxes + boxes)
    written = "".join(line + end for line, end in zip(lines, ends, strict=True))
    return replace(done, text=written) if _reads_the_same(written, text, page) else Mended(text)


def present_ids(question: Question) -> str:
    """The id that a question has already, by its words: nobody's history is lost."""
    return str(question.id)


class ReadableIds:
    """Ids from the words of the question, each once in the bank: for pages nobody has played.

    A question without Latin letters keeps the id of its words.
    """

    def __init__(self, taken: Sequence[QuestionId]) -> None:
        self._taken = set(map(str, taken))

    def __call__(self, question: Question) -> str:
        wanted = _slug(question.stem) or str(question.id)
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name


def _slug(stem: str) -> str:
    plain = normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    telling = [word for word in _WORD.findall(plain) if word not in COMMON and len(word) > 1]
    return "-".join(telling[:MOST_WORDS])[:MOST_CHARACTERS].strip("-")


def _tidy_boxes(lines: list[str], source: Source) -> int:
    untidy = [box for box in source.boxes if not box.is_tidy]
    for box in untidy:
        lines[box.line - 1] = box.tidy
    return len(untidy)


def _add_id(lines: list[str], source: Source, question: Question, name: Namer) -> int:
    at = source.line - 1
    tag = OPENS.match(lines[at])
    if "id" in source.attributes or not tag:
        return 0
    lines[at] = f'{tag[0]} id="{name(question)}"{lines[at][tag.end() :]}'
    return 1


def _reads_the_same(written: str, text: str, page: Page) -> bool:
    """Compare them without the images beside the page: both are read with the words of these."""
    path = page.quiz.path if page.quiz else ""
    before, after = (parse_page(each, path=path, slug=page.slug) for each in (text, written))
    same_problems = len(after.problems) <= len(before.problems)
    return same_problems and list(_nameless(after)) == list(_nameless(before))


def _nameless(page: Page) -> Iterator[Question]:
    for question in page.quiz or ():
        yield replace(question, id=QuestionId(""))
