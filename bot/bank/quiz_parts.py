"""The lines of a question sorted into what they are: prompt, options, feedback, explanation."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from markdown_it.common.html_blocks import block_names

from bot.bank.quiz_extent import Line, Remark
from bot.bank.quiz_tag import is_template_line

BOX: Final = re.compile(
    r"[ \t]*(?:-[ \t]*|\*[ \t]+)\[[ \t]*(?P<mark>(?:[xX][ \t]*)?)\](?!\()[ \t]*(?P<text>.*)"
)
ODD_BOX: Final = re.compile(r" {0,3}[-*][ \t]+\[[^\sxX\d]\](?![(\[:])")
DIVIDER: Final = re.compile(r" {0,3}-{3,}[ \t]*$")
CHILD: Final = re.compile(r"[ \t]*<(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?>(?P<rest>.*)$")
CHILD_END: Final = re.compile(r"</(?P<name>[a-zA-Z][\w-]*)>[ \t]*$")
_INLINE_HTML: Final = """
a abbr b br cite code del dfn em i img input ins kbd mark pre q s samp script small span strong
style sub sup svg textarea time u var video
"""
HTML: Final = frozenset([*block_names, *_INLINE_HTML.split()])
HINT: Final = "hint"
CODE_INDENT: Final = 4
OPTION_INDENT: Final = 2


class PartKind(StrEnum):
    PROMPT = "prompt"
    OPTION = "option"
    FEEDBACK = "feedback"
    EXPLANATION = "explanation"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Part:
    """`line` is where its text begins; feedback follows the option that it belongs to."""

    kind: PartKind
    line: int
    text: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    parts: tuple[Part, ...]
    has_boxes: bool
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Run:
    """Lines of one part while they are collected; `column` is where its text is indented to."""

    kind: PartKind
    line: int
    column: int = 0
    right: bool = False
    texts: list[str] = field(default_factory=list)

    def ends_in_gap(self) -> bool:
        return not self.texts[-1].strip()

    def part(self) -> Part:
        return Part(self.kind, self.line, "\n".join(self.texts).strip("\n"), self.right)


def parts(lines: Sequence[Line]) -> Parts:
    """Sort the lines between the tags of a question."""
    rest, hints, remarks = _without_children(lines)
    first = next((i for i, line in enumerate(rest) if _box(line)), None)
    if first is None:
        found = (*_prompt_and_explanation(rest), *hints)
        return Parts(found, has_boxes=False, remarks=(*remarks, *_meant(rest)))
    prompt = _joined(PartKind.PROMPT, rest[:first])
    runs = _runs(rest[first:])
    remarks = (*remarks, *_stray(runs), *_odd(rest[first:]))
    explanation = _explanation(runs)
    answers = (run.part() for run in runs if run.kind is not PartKind.EXPLANATION)
    return Parts((*prompt, *answers, *explanation, *hints), has_boxes=True, remarks=remarks)


def _without_children(
    lines: Sequence[Line],
) -> tuple[list[Line], tuple[Part, ...], tuple[Remark, ...]]:
    """Take out the child tags: hints are parts, any other is reported and left out."""
    rest: list[Line] = []
    hints: list[Part] = []
    remarks: list[Remark] = []
    ends = _child_ends(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        name, last = _child(line, at, ends)
        if not name:
            rest.append(line)
        elif name == HINT:
            hints.append(Part(PartKind.HINT, line.number, _child_text(lines[at : last + 1])))
        else:
            what = f"The tag <{name}> is not known, so its text is left out."
            remarks.append(Remark(line.number, "unknown-tag", what))
        at = last + 1
    return rest, tuple(hints), tuple(remarks)


def _child_ends(lines: Sequence[Line]) -> dict[str, list[int]]:
    ends: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if not line.inside and (found := CHILD_END.search(line.text)):
            ends.setdefault(found["name"].lower(), []).append(at)
    return ends


def _child(line: Line, at: int, ends: dict[str, list[int]]) -> tuple[str, int]:
    """Name and last line of the child tag that a line begins with; no name for other lines."""
    found = None if line.inside else CHILD.match(line.text)
    name = found["name"].lower() if found else ""
    closing = ends.get(name, [])
    nearest = bisect_left(closing, at)
    if name in HTML or nearest == len(closing):
        return "", at
    return name, closing[nearest]


def _child_text(lines: Sequence[Line]) -> str:
    text = "\n".join(line.text for line in lines)
    return text[text.index(">") + 1 : text.rindex("</")].strip()


def _prompt_and_explanation(lines: Sequence[Line]) -> Iterator[Part]:
    """Divide a question without boxes at its first `---`, which would else make a heading."""
    rules = (i for i, line in enumerate(lines) if not line.inside and DIVIDER.match(line.text))
    middle = next(rules, len(lines))
    yield from _joined(PartKind.PROMPT, lines[:middle])
    yield from _joined(PartKind.EXPLANATION, lines[middle + 1 :])


def _joined(kind: PartKind, lines: Sequence[Line]) -> Iterator[Part]:
    shown = [
        Line(line.number, "") if not line.inside and is_template_line(line.text) else line
        for line in lines
    ]
    first = next((line for line in shown if line.text.strip()), None)
    if first:
        yield Part(kind, first.number, "\n".join(line.text for line in shown).strip("\n"))


def _runs(lines: Iterable[Line]) -> list[_Run]:
    """Group lines that belong together; the first line must be a box."""
    runs: list[_Run] = []
    for line in lines:
        if box := _box(line):
            column = _indent(line.text) + OPTION_INDENT
            option = _Run(PartKind.OPTION, line.number, column, right=bool(box["mark"]))
            option.texts.append(box["text"])
            runs.append(option)
        else:
            _add(runs, line)
    return runs


def _add(runs: list[_Run], line: Line) -> None:
    current = runs[-1]
    in_answer = current.kind is not PartKind.EXPLANATION
    belongs = _indent(line.text) >= current.column
    directly_under = belongs or not current.ends_in_gap()
    if line.inside or not line.text.strip():
        current.texts.append(_dedent(line.text, current.column))
    elif is_template_line(_dedent(line.text, current.column)):
        if not in_answer:  # an answer stays as it is, with its feedback directly under it
            current.texts.append("")
    elif in_answer and directly_under and line.text.lstrip().startswith(">"):
        if current.kind is PartKind.OPTION:
            current = _Run(PartKind.FEEDBACK, line.number, current.column)
            runs.append(current)
        current.texts.append(line.text.lstrip().removeprefix(">").removeprefix(" "))
    elif belongs:
        current.texts.append(_dedent(line.text, current.column))
    else:
        runs.append(_Run(PartKind.EXPLANATION, line.number, texts=[line.text]))


def _explanation(runs: Iterable[_Run]) -> Iterator[Part]:
    found = [run.part() for run in runs if run.kind is PartKind.EXPLANATION]
    if found:
        text = "\n\n".join(part.text for part in found)
        yield Part(PartKind.EXPLANATION, found[0].line, text)


def _stray(runs: Sequence[_Run]) -> Iterator[Remark]:
    for run, following in pairwise(runs):
        between = run.kind is PartKind.EXPLANATION and following.kind is PartKind.OPTION
        if between and not ODD_BOX.match(run.texts[0]):
            what = "This text between two options is shown with the explanation."
            yield Remark(run.line, "stray-text", what)


def _meant(lines: Sequence[Line]) -> Iterator[Remark]:
    """What was meant as a box where there is nothing to answer, even if it is read as code."""
    if not any("[[" in line.text for line in lines):
        yield from _odd(
            replace(line, inside=line.inside and _indent(line.text) < CODE_INDENT)
            for line in lines
        )


def _odd(lines: Iterable[Line]) -> Iterator[Remark]:
    for line in lines:
        if line.inside:
            continue
        if ODD_BOX.match(line.text):
            yield Remark(line.number, "odd-box", "This looks like an option but is read as text.")
        elif BOX.match(line.text) and not _box(line):
            what = "This box is indented so far that it is read as text."
            yield Remark(line.number, "deep-box", what)


def _box(line: Line) -> re.Match[str] | None:
    found = None if line.inside else BOX.match(line.text)
    return found if found and _indent(line.text) < CODE_INDENT else None


def _indent(text: str) -> int:
    """Columns of white space at the start; a tab reaches to the next multiple of four."""
    lead = text[: len(text) - len(text.lstrip(" \t"))]
    return len(lead.expandtabs(CODE_INDENT))


def _dedent(text: str, columns: int) -> str:
    """Drop up to so many columns of white space from the start."""
    if not columns:
        return text  # a tab stays a tab, as in a code block of a Makefile
    body = text.lstrip(" \t")
    return " " * max(_indent(text) - columns, 0) + body
