"""Which question is which: ids that survive an edit of the key, and no id for two questions."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final
from unicodedata import normalize

from bot.bank.problem import Problem, problem
from bot.quiz.prose import Block, Image, Paragraph, Prose, Span, plain
from bot.quiz.question import Place, Question, QuestionId

_DIGITS: Final = 16


def content_id(prompt: Prose, options: Iterable[Prose]) -> QuestionId:
    """Name a question by its words alone.

    Neither the order of the options nor the key counts, so both can be corrected without
    losing what people have answered; nor does anything about how the words look.
    """
    words = [_words(prompt), *sorted(map(_words, options))]
    written = json.dumps(words).encode()
    return QuestionId(sha256(written).hexdigest()[:_DIGITS])


def content_id_of(question: Question) -> QuestionId:
    return content_id(question.prompt, (option.text for option in question.options))


def _words(text: Prose) -> str:
    return " ".join(normalize("NFC", plain(tuple(map(_worded, text)))).split())


def _worded(block: Block) -> Block:
    """An image counts by its description, as it did when that was all there was to see of it."""
    return Paragraph((Span(block.alt or "image"),)) if isinstance(block, Image) else block


@dataclass(slots=True)
class Known:
    """Where each id and each content was met first, and how often an id was wanted again."""

    ids: dict[str, Place] = field(default_factory=dict)
    contents: dict[str, Place] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)


def distinct(questions: Iterable[Question]) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Make the ids of one page differ; a second use of an author's own id is left out."""
    known = Known()
    kept: list[Question] = []
    problems: list[Problem] = []
    for question in questions:
        content = content_id_of(question)
        has_own_id = question.id != content
        if has_own_id and question.id in known.ids:
            problems.append(_same_id(question, known.ids[question.id]))
            continue
        if content in known.contents:
            problems.append(_same_question(question, known.contents[content]))
        named = replace(question, id=_free(question.id, known))
        known.ids[named.id] = question.place
        known.contents.setdefault(content, question.place)
        kept.append(named)
    return tuple(kept), tuple(problems)


def known_elsewhere(question: Question, known: Known) -> tuple[bool, tuple[Problem, ...]]:
    """Compare a question with those of other pages, and remember it.

    The same words on two pages are one question with one id, and a warning. An author's own id
    on two pages is a mistake, and the second question is left out: the answer is then False.
    """
    content = content_id_of(question)
    has_own_id = not question.id.startswith(content)
    before = known.ids.get(question.id)
    if has_own_id and before and before.path != question.place.path:
        return False, (_same_id(question, before),)
    known.ids.setdefault(question.id, question.place)
    first = known.contents.setdefault(content, question.place)
    if first.path != question.place.path:
        return True, (_same_question(question, first),)
    return True, ()


def _free(wanted: QuestionId, known: Known) -> QuestionId:
    name = wanted
    while name in known.ids:
        known.repeats[wanted] += 1
        name = QuestionId(f"{wanted}-{known.repeats[wanted] + 1}")
    return name


def _same_id(question: Question, first: Place) -> Problem:
    what = f'The id "{question.id}" is already used in {first}.'
    return problem(question.place, "same-id", what)


def _same_question(question: Question, first: Place) -> Problem:
    what = f"This question is already asked in {first}."
    return problem(question.place, "same-question", what)
