"""Questions as a piece of Markdown: the rules that teach markdown-it the `<quiz>` block.

Markdown alone would cut a question at its first blank line (with HTML) or pull its end tag into
the last option (without). So a rule of our own takes the whole block, sorts its lines, and has
each part parsed by itself: nothing of one part can leak into the next.
"""

from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.bank.quiz_extent import Extent, Remark, extent
from bot.bank.quiz_parts import Part, PartKind, Parts, parts
from bot.bank.quiz_tag import (
    Attribute,
    OpeningTag,
    is_stray_end,
    is_template_line,
    opening_tag,
)

MOST_BYTES: Final = 16 * 1024
MOST_LINES: Final = 1_000
MOST_PAGE_TEXT: Final = 64 * 1024
MOST_BRACKETS: Final = 400

QUIZ: Final = "quiz_open"
QUIZ_END: Final = "quiz_close"
PART: Final = "quiz_part_open"
PART_END: Final = "quiz_part_close"
STRAY_END: Final = "quiz_stray_end"
BLANK: Final = "quiz_blank"

_TERMINATES: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_ENDS_TEXT: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote"]}
_WITHIN: Final = "within a quiz"
_BLANKS: Final = "blanks count"


@dataclass(frozen=True, slots=True)
class QuizBlock:
    """What a `quiz_open` token carries; lines count from 1 in the text that was parsed."""

    line: int
    attributes: tuple[Attribute, ...]
    remarks: tuple[Remark, ...]
    has_boxes: bool


def quiz_plugin(md: MarkdownIt) -> None:
    """Add questions, blanks, and the template lines that a site generator would replace."""
    md.block.ruler.at("html_block", _html_block, _ENDS_TEXT)
    md.block.ruler.before("table", "quiz", _quiz, _TERMINATES)
    md.block.ruler.after("quiz", "quiz_stray_end", _stray_end, _TERMINATES)
    md.block.ruler.after("quiz", "template_line", _template_line, _TERMINATES)
    md.inline.ruler.before("link", "quiz_blank", _blank)
    md.core.ruler.at("inline", _inline)


def quiz_of(token: Token) -> QuizBlock:
    found = token.meta["quiz"]
    assert isinstance(found, QuizBlock)  # noqa: S101 - narrows what an untyped dict gives back
    return found


def part_of(token: Token) -> Part:
    found = token.meta["part"]
    assert isinstance(found, Part)  # noqa: S101 - narrows what an untyped dict gives back
    return found


def _line(state: StateBlock, at: int) -> str:
    return state.getLines(at, at + 1, state.blkIndent, keepLastLF=False)


def _may_begin(state: StateBlock, at: int, sign: str) -> bool:
    """Look at the first letters only: this is asked for each line of a page, by each rule."""
    begins = not state.env.get(_WITHIN) and state.src.startswith(
        sign, state.bMarks[at] + state.tShift[at]
    )
    return begins and not state.is_code_block(at)


def _quiz(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    tag = opening_tag(_line(state, start)) if _may_begin(state, start, "<") else None
    if tag is None:
        return False
    if silent:
        return True
    reach = _extent(state, start, end, tag)
    state.line = start + reach.size
    sorted_parts, remarks = _sorted(tag, reach, start + 1)
    found = QuizBlock(start + 1, tag.attributes, remarks, sorted_parts.has_boxes)
    state.push(QUIZ, "quiz", 1).meta = {"quiz": found}
    state.env[_WITHIN] = True
    for part in sorted_parts.parts:
        state.push(PART, "", 1).meta = {"part": part}
        state.md.block.parse(part.text, state.md, state.env, state.tokens)
        state.push(PART_END, "", -1)
    state.env[_WITHIN] = False
    state.push(QUIZ_END, "quiz", -1)
    return True


def _extent(state: StateBlock, start: int, end: int, tag: OpeningTag) -> Extent:
    def row(at: int) -> str:
        return _line(state, start + at) if at else tag.rest

    return extent(row, end - start, start + 1)


def _sorted(tag: OpeningTag, reach: Extent, line: int) -> tuple[Parts, tuple[Remark, ...]]:
    """Sort the lines unless something about the whole block is wrong."""
    nothing = Parts((), has_boxes=False)
    size = sum(len(line.text.encode(errors="replace")) + 1 for line in reach.lines)
    if not tag.whole:
        what = "The opening tag of this question is cut short."
        return nothing, (Remark(line, "broken-tag", what),)
    if reach.remarks:
        return nothing, reach.remarks
    if size > MOST_BYTES or reach.size > MOST_LINES:
        what = f"This question has {size / 1024:.0f} KB in {reach.size} lines."
        return nothing, (Remark(line, "too-long", what),)
    found = parts(reach.lines)
    return found, found.remarks


def _stray_end(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if not _may_begin(state, start, "</") or not is_stray_end(_line(state, start)):
        return False
    if not silent:
        token = state.push(STRAY_END, "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _template_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Swallow a line such as `{% include "footer.md" %}`; a question sorts out its own."""
    if not _may_begin(state, start, "{%") or not is_template_line(_line(state, start)):
        return False
    if not silent:
        state.line = start + 1
    return True


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Within a question a tag is a piece of text, with code and links beside it."""
    return not state.env.get(_WITHIN) and html_block(state, start, end, silent)


def _blank(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    if not state.env.get(_BLANKS) or not state.src.startswith("[[", state.pos):
        return False
    begin = state.pos + 2
    end = state.src.find("]]", begin, state.posMax)
    if end < 0:
        return False
    if state.src.count("[", begin, end) > state.src.count("]", begin, end) and (
        state.src.startswith("]]]", end) and end + 3 <= state.posMax
    ):
        end += 1  # the first of three brackets belongs to the answer, as in `[[a[0]]]`
    if not silent:
        state.push(BLANK, "", 0).content = state.src[begin:end]
    state.pos = end + 2
    return True


def _inline(state: StateCore) -> None:
    """Parse the text of each block: with blanks in a prompt without boxes only.

    Text that could keep the parser busy for long stays unformatted: brackets without end, and
    what a page says outside its questions beyond a size that no page needs.
    """
    page_text = 0
    boxed = within = False
    for token in state.tokens:
        if token.type == QUIZ:
            within, boxed = True, quiz_of(token).has_boxes
        elif token.type == QUIZ_END:
            within = False
        elif token.type == PART:
            state.env[_BLANKS] = not boxed and part_of(token).kind is PartKind.PROMPT
        elif token.type == PART_END:
            state.env[_BLANKS] = False
        elif token.type == "inline":
            page_text += 0 if within else len(token.content)
            short = within or page_text <= MOST_PAGE_TEXT
            calm = short and token.content.count("[") <= MOST_BRACKETS
            token.children = _children(state, token) if calm else _unformatted(token)


def _children(state: StateCore, token: Token) -> list[Token]:
    children: list[Token] = []
    state.md.inline.parse(token.content, state.md, state.env, children)
    return children


def _unformatted(token: Token) -> list[Token]:
    text = Token("text", "", 0)
    text.content = token.content
    return [text]
