"""Writes a parsed page as text that can be read and compared line by line."""

from collections.abc import Iterable, Iterator

from bot.bank.identity import content_id_of
from bot.bank.parser import Page
from bot.quiz.prose import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Listing,
    Notes,
    Paragraph,
    Prose,
    Quote,
    Span,
    Table,
)
from bot.quiz.question import LETTERS, Question, Quiz


def dump(page: Page) -> str:
    lines = [*(_quiz(page.quiz) if page.quiz else ()), *map(str, page.problems)]
    return "".join(f"{line}\n" for line in lines)


def dump_prose(text: Prose) -> str:
    return "".join(f"{line}\n" for line in _prose("", text))


def _quiz(quiz: Quiz) -> Iterator[str]:
    yield (
        f'quiz {quiz.slug} "{quiz.title}"' + _if(" level", quiz.level) + _if(" track", quiz.track)
    )
    yield from _prose("  ", quiz.intro)
    for question in quiz:
        yield from _question(question)
    for link in quiz.links:
        yield f"study {link.title} -> {link.url}"


def _question(question: Question) -> Iterator[str]:
    own_id = question.id if question.id != content_id_of(question) else ""
    extras = _if(" id", own_id) + _if(" level", question.level)
    points = f" points={question.points}" if question.points > 1 else ""
    yield f"line {question.place.line} {question.kind}{extras}{points}"
    yield from _prose("  ", question.prompt)
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield from _prose(f"  {letter}{'*' if option.correct else ' '} ", option.text)
        yield from _prose("     > ", option.feedback)
    for blank in question.blanks:
        yield f"  = {' | '.join(blank.answers)}"
    yield from _prose("  hint ", question.hint)
    yield from _prose("  why ", question.explanation)


def _if(name: str, value: str) -> str:
    return f"{name}={value}" if value else ""


def _prose(lead: str, text: Prose) -> Iterator[str]:
    for block in text:
        for line in _block(block):
            yield lead + line


def _block(block: Block) -> Iterator[str]:
    match block:
        case Code():
            yield from _code_lines(block)
        case Listing():
            yield from _items(block)
        case Notes():
            yield from _notes(block)
        case Table():
            yield from _rows(block)
        case _:
            yield _one_line(block)


def _one_line(block: Paragraph | Heading | Quote | Divider | Image) -> str:
    match block:
        case Paragraph():
            return _spans(block.spans)
        case Heading():
            return f"{'#' * block.level} {_spans(block.spans)}"
        case Quote():
            return f"quote {_spans(block.spans)}"
        case Divider():
            return "----"
        case Image():
            return _image(block)


def _rows(block: Table) -> Iterator[str]:
    return ("table " + " | ".join(map(_spans, row)) for row in block.rows)


def _image(block: Image) -> str:
    title = f' "{block.title}"' if block.title else ""
    return f"image {block.url}{title} {block.digest[:8]}".rstrip() + f": {block.alt}"


def _notes(block: Notes) -> Iterator[str]:
    return (f"note {each.number} {_spans(each.spans)}" for each in block.notes)


def _items(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        sign = f"{number}." if block.ordered else "-"
        yield f"{'  ' * block.indent}{sign} {_spans(item)}"


def _code_lines(block: Code) -> Iterator[str]:
    return (f"code{_if(' ', block.language)}| {line}" for line in block.text.split("\n"))


def _spans(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans)).replace("\n", "⏎")


def _span(span: Span) -> str:
    """Each style as a letter in braces, so that it cannot be taken for Markdown."""
    styles = (("b", span.bold), ("i", span.italic), ("s", span.strike), ("c", span.code))
    look = "".join(letter for letter, on in styles if on) + _if(" link", span.link)
    return f"{{{look.strip()}:{span.text}}}" if look else span.text
