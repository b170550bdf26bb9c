"""What comes in from other formats, whatever they are: questions, and what had to stay behind."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from unicodedata import normalize

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin

from bot.bank.footnotes import notes_plugin, numbers
from bot.bank.links import Links
from bot.bank.markdown import Drawing, draw
from bot.bank.math_rules import math_plugin
from bot.exchange.images import as_written
from bot.quiz.prose import Prose
from bot.quiz.question import Question, QuestionId

MOST_ID: Final = 48
_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_MARKDOWN: Final = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(admon_plugin)
    .use(notes_plugin)
    .use(math_plugin)
)
"""As the bank's own parser, without what makes questions: a cell of a table holds none."""


class Refusal(Exception):
    """A file that is not read; the text says why and what to do, in one line."""


class Unusable(Exception):
    """A question that cannot be asked here; the text says why."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that cannot be asked here: `where` it stands in its file, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Imported:
    """`title` and `level` are empty where the format has none; `note` is said on the page, as
    where the questions come from. A question without an id has an empty one.

    An image that is a file has its path below the bank's folder, but for those of `files`: their
    paths count from the folder of the page.
    """

    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...] = ()
    title: str = ""
    level: str = ""
    note: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def prose_of(markdown: str) -> Prose:
    """Read Markdown as a page of the bank does, with the notes that are defined in it."""
    if not markdown:
        return ()
    tokens = _MARKDOWN.parse(markdown)
    return draw(tokens, Drawing(Links(find=as_written), numbers(tokens, {})))


def with_ids(questions: Iterable[Question], prefix: str) -> Iterator[Question]:
    """Give each question without an id one made of its first words, which no other has."""
    taken: set[str] = set()
    for question in questions:
        wanted = str(question.id) or _from_words(question.stem, prefix)
        free = next(name for name in _numbered(wanted) if name not in taken)
        taken.add(free)
        yield replace(question, id=QuestionId(free))


def _from_words(stem: str, prefix: str) -> str:
    latin = normalize("NFKD", f"{prefix} {stem}".casefold()).encode("ascii", "ignore").decode()
    words = _NO_WORD.sub("-", latin).strip("-")
    if len(words) <= MOST_ID:
        return words or "question"
    return words[: MOST_ID + 1].rpartition("-")[0] or words[:MOST_ID]


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        number += 1
        yield f"{name}-{number}"
