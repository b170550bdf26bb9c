"""Questions and pages written as their authors would, for imports and for suggestions."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.bank.draft import joined
from bot.bank.inline_markdown import escaped
from bot.bank.prose_markdown import as_paragraphs, indented, markdown, quoted
from bot.bank.spans import GAP
from bot.quiz.prose import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Span,
    Spans,
    Table,
)
from bot.quiz.question import Blank, Option, Question, Quiz, StudyLink

_MARKER: Final = "\ufdd0"
"""Stands for a gap until the text around it is written; no character has this number."""
_PLAIN_VALUE: Final = re.compile(r"[A-Za-z0-9][^:#\"'\\]*")


def page_markdown(quiz: Quiz) -> str:
    """A whole page, front matter first; `quiz.track` is left to the place of the file."""
    title = " ".join(quiz.title.split())
    parts = [
        _front_matter(title, " ".join(quiz.level.split())),
        f"# {escaped(title)}",
        markdown(quiz.intro),
        *map(question_markdown, quiz.questions),
        _study_guide(quiz.links),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def question_markdown(question: Question) -> str:
    """A `<quiz>` block, from its opening to its closing tag, without a line feed at the end.

    Read again it is the same question, but for what Markdown cannot say: white space at the ends
    of an emphasis, a quote within an option, an answer that holds `]]`.
    """
    middle = "---" if question.blanks and question.explanation else ""
    parts = [
        _prompt(question),
        "\n".join(map(_option, question.options)),
        middle,
        markdown(question.explanation),
        _hint(question.hint),
    ]
    body = "\n\n".join(filter(None, parts))
    return f"<quiz{_attributes(question)}>\n{body}\n</quiz>"


def _front_matter(title: str, level: str) -> str:
    values = {"title": title, "level": level}
    lines = [f"{name}: {_value(value)}" for name, value in values.items() if value]
    return "\n".join(["---", *lines, "---"])


def _value(text: str) -> str:
    if _PLAIN_VALUE.fullmatch(text):
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _study_guide(links: Iterable[StudyLink]) -> str:
    lines = [f"- {markdown((_linked(link),))}" for link in links]
    return "\n".join(["## Study guide", "", *lines]) if lines else ""


def _linked(link: StudyLink) -> Paragraph:
    return Paragraph((Span(link.title, link=link.url),))


def _attributes(question: Question) -> str:
    values = {
        "id": str(question.id),
        "level": question.level,
        "points": str(question.points) if question.points != 1 else "",
        "checked": question.checked.isoformat() if question.checked else "",
    }
    return "".join(f' {name}="{_bare(value)}"' for name, value in values.items() if value)


def _bare(value: str) -> str:
    return " ".join(value.replace('"', "'").split())


def _prompt(question: Question) -> str:
    if not question.blanks:
        return markdown(question.prompt)
    first, *pieces = markdown(tuple(map(_with_marker, question.prompt))).split(_MARKER)
    gaps = [*map(_gap, question.blanks), *[GAP] * len(pieces)]
    return first + "".join(gap + piece for gap, piece in zip(gaps, pieces, strict=False))


def _with_marker(block: Block) -> Block:
    match block:
        case Paragraph() | Heading() | Quote():
            return replace(block, spans=_marked(block.spans))
        case Listing():
            return replace(block, items=tuple(map(_marked, block.items)))
        case Table():
            return replace(block, rows=tuple(tuple(map(_marked, row)) for row in block.rows))
        case _:
            return block


def _marked(spans: Spans) -> Spans:
    return tuple(
        span
        if span.code
        else replace(span, text=span.text.replace(_MARKER, "").replace(GAP, _MARKER))
        for span in spans
    )


def _gap(blank: Blank) -> str:
    return f"[[{joined(blank.answers)}]]"


def _option(option: Option) -> str:
    box = "- [x] " if option.correct else "- [ ] "
    text = indented(markdown(tuple(as_paragraphs(option.text))), 0, "  ")[2:]
    feedback = markdown(option.feedback)
    lines = [box + text, *([indented(quoted(feedback), 2, "")] if feedback else [])]
    return "\n".join(lines)


def _hint(hint: Prose) -> str:
    text = markdown(hint)
    if not text:
        return ""
    return f"<hint>\n{text}\n</hint>" if "\n" in text else f"<hint>{text}</hint>"
