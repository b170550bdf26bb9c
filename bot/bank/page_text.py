"""What a page says around its questions: title, introduction, study links, and slips."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter

from markdown_it.token import Token

from bot.bank.footnotes import (
    definitions,
    numbers,
    without_definitions,
    without_references,
)
from bot.bank.links import Links
from bot.bank.markdown import Drawing, draw
from bot.bank.naming import one_line
from bot.bank.quiz_block import STRAY_END
from bot.bank.quiz_extent import Remark
from bot.bank.quiz_tag import OPENS
from bot.bank.spans import spans_of
from bot.quiz.prose import Block, Divider, Prose
from bot.quiz.question import StudyLink

_LONGEST_ARROW = 4


@dataclass(frozen=True, slots=True)
class Outside:
    """Tokens above the first question, between questions, and below the last one."""

    above: tuple[Token, ...]
    between: tuple[Token, ...]
    below: tuple[Token, ...]

    @property
    def notes(self) -> Mapping[str, Sequence[Token]]:
        """Footnotes that are defined outside of the questions, by their labels."""
        return definitions((*self.above, *self.between, *self.below))

    def remarks(self, body: str) -> Iterator[Remark]:
        """Tell about tags that a reader of the page would take for questions."""
        lines = body.split("\n")
        for token in (*self.above, *self.between, *self.below):
            line = token.map[0] + 1 if token.map else 1
            if token.type == STRAY_END:
                yield Remark(line, "stray-end", "This </quiz> ends nothing.")
            elif _hides_a_question(token):
                yield from _hidden(token, line, lines)


def outside(tokens: Iterable[tuple[int, Token]], questions: int) -> Outside:
    """Sort tokens by the number of questions above each; without questions all are above."""
    sorted_tokens: tuple[list[Token], list[Token], list[Token]] = ([], [], [])
    for before, token in tokens:
        where = 0 if not before else 2 if before == questions else 1
        sorted_tokens[where].append(token)
    above, between, below = sorted_tokens
    return Outside(tuple(above), tuple(between), tuple(below))


def title(around: Outside) -> str:
    """The first `#` heading that has words."""
    tokens = (*around.above, *around.between, *around.below)
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            spans = spans_of(without_references(following), Links(), [])
            text = one_line("".join(span.text for span in spans))
            if text:
                return text
    return ""


def intro(around: Outside, links: Links, remarks: list[Remark] | None = None) -> Prose:
    """What stands above the questions, without the title and ways back to other pages, and with
    the footnotes that it mentions. What is to say about its images is added to `remarks`.
    """
    kept: list[Token] = []
    skipping = False
    for token, following in zip(around.above, (*around.above[1:], None), strict=False):
        skipping = skipping or _is_left_out(token, following)
        if not skipping:
            kept.append(token)
        elif token.type in {"heading_close", "paragraph_close"}:
            skipping = False
    kept = list(without_definitions(kept))
    numbered = numbers(kept, around.notes)
    drawing = Drawing(links, numbered)
    notes = (token for note in numbered.shared.values() for token in note)
    drawn = draw((*kept, *notes), drawing)
    if remarks is not None:
        remarks += (replace(found, line=found.line + 1) for found in drawing.remarks)
    return tuple(_without_loose_dividers(drawn))


def study_links(around: Outside, links: Links) -> tuple[StudyLink, ...]:
    """Links below the questions, each address once."""
    found: dict[str, str] = {}
    for token in without_definitions(around.below):
        spans = spans_of(token, links, []) if token.type == "inline" else ()
        for url, linked in groupby(spans, attrgetter("link")):
            text = one_line("".join(span.text for span in linked))
            found.setdefault(url, text or url)
    return tuple(StudyLink(text, url) for url, text in found.items() if url)


def _without_loose_dividers(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out lines across at both ends and next to each other."""
    pending = started = False
    for block in blocks:
        if isinstance(block, Divider):
            pending = started
            continue
        if pending:
            yield Divider()
        yield block
        pending, started = False, True


def _is_left_out(token: Token, following: Token | None) -> bool:
    if token.type == "heading_open":
        return token.tag == "h1"
    return token.type == "paragraph_open" and following is not None and _is_navigation(following)


def _is_navigation(token: Token) -> bool:
    """Tell whether a line is nothing but a way to another page, with an arrow at most."""
    depth = 0
    loose = ""
    relative = False
    for child in token.children or ():
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type == "link_open":
            relative = relative or ":" not in str(child.attrs.get("href", ""))
        elif not depth:
            loose += child.content.strip()
    return relative and len(loose) <= _LONGEST_ARROW


def _hides_a_question(token: Token) -> bool:
    return token.type in {"fence", "code_block", "html_block"} and any(
        OPENS.match(line) for line in token.content.split("\n")
    )


def _hidden(token: Token, line: int, lines: list[str]) -> Iterator[Remark]:
    if token.type == "code_block":
        texts = enumerate(token.content.split("\n"))
        first = next(at for at, text in texts if OPENS.match(text))
        yield Remark(line + first, "indented-quiz", "A question in this code is not asked.")
    elif token.type == "html_block":
        if "<!--" in token.content and "-->" not in token.content:
            yield Remark(line, "unclosed-comment", "This comment hides the questions below it.")
    elif token.map and not _is_closing(lines[token.map[1] - 1], token.markup):
        yield Remark(line, "unclosed-fence", "This code block hides the questions below it.")


def _is_closing(line: str, markup: str) -> bool:
    stripped = line.strip(" \t>")
    return len(stripped) >= len(markup) and not stripped.strip(markup[0])
