"""Which words of a prompt ask: behind a long scenario they are what a reader looks for."""

import re
from typing import Final

from bot.blocks import kit
from bot.quiz.prose import Notes, Paragraph, Prose, plain, raised

_MARKS: Final = ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}")
_BETWEEN_SENTENCES: Final = re.compile(
    r"(?<=[.!?\u061f])\s+(?=[^a-z])"
    r"|(?<=[\u3002\uff01\uff1f])"  # the full stops of East Asia need no space behind them
)


def asking_paragraph(prompt: Prose) -> int | None:
    """The last paragraph with a question mark at its end, but for the number of a note. Where none
    has one, it is the last behind a scenario, or the first above a piece of code.
    """
    paragraphs = {i: block for i, block in enumerate(prompt) if isinstance(block, Paragraph)}
    found = [i for i, block in paragraphs.items() if _has_words(block)] or list(paragraphs)
    questions = [i for i in found if _asks(prompt[i : i + 1])]
    if questions or not found:
        return questions[-1] if questions else None
    return found[-1] if found[-1] == len(_without_notes(prompt)) - 1 else found[0]


def _asks(paragraph: Prose) -> bool:
    return plain(paragraph).rstrip().rstrip(raised(1234567890)).rstrip().endswith(_MARKS)


def _without_notes(prompt: Prose) -> Prose:
    return tuple(block for block in prompt if not isinstance(block, Notes))


def _has_words(paragraph: Paragraph) -> bool:
    """Whether it says something beside code and gaps: a command to complete asks nothing."""
    return any(c.isalnum() for span in paragraph.spans if not span.code for c in span.text)


def shortened(prompt: Prose, limit: int) -> str:
    """The prompt on one line, or of a longer one the paragraph that asks, or its sentence."""
    whole = _line(_without_notes(prompt))
    if len(whole) <= limit:
        return whole
    at = asking_paragraph(prompt)
    paragraph = _line(_without_notes(prompt) if at is None else prompt[at : at + 1])
    if len(paragraph) <= limit:
        return paragraph
    questions = [s for s in _BETWEEN_SENTENCES.split(paragraph) if s.endswith(_MARKS)]
    return kit.clip(questions[-1] if questions else paragraph, limit)


def _line(prompt: Prose) -> str:
    return " ".join(plain(prompt).split())
