r"""Moodle's GIFT, written and read: choices, true or false, and words to fill in.

What GIFT has no place for (level, points, hint, several gaps) is in a comment that starts with
`quizbot:`, which Moodle passes over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.bank.prose_markdown import markdown
from bot.bank.spans import GAP
from bot.exchange.gift_syntax import Stem, blocks, cut_at, escape, split_at, stem, unescape
from bot.exchange.html_prose import prose_of_html
from bot.exchange.pieces import Imported, LeftOut, Unusable, prose_of
from bot.quiz.prose import Prose, prose
from bot.quiz.question import Blank, Option, Question, QuestionId, Quiz

WRITTEN_GAP: Final = r"\_\_\_\_"
_ID: Final = re.compile(r"\[id:([A-Za-z0-9._-]{1,64})\]")
_OURS: Final = re.compile(r"quizbot:\s*(\{.*\})$")
_WEIGHT: Final = re.compile(r"\s*%(-?\d{1,3}(?:\.\d+)?)%")
_TRUE: Final = frozenset({"t", "true"})
_FALSE: Final = frozenset({"f", "false"})


class _More(BaseModel):
    """What the comment of ours holds; texts are Markdown."""

    model_config = ConfigDict(frozen=True)

    level: str = ""
    points: int = 1
    checked: date | None = None
    hint: str = ""
    blanks: tuple[tuple[str, ...], ...] = ()


def write_gift(quiz: Quiz) -> bytes:
    """Texts are Markdown, which Moodle shows as such. Several gaps become a matching question."""
    head = f"// {' '.join(quiz.title.split())}\n\n"
    return (head + "\n\n".join(map(_written, quiz)) + "\n").encode()


def _written(question: Question) -> str:
    title = f"::{escape(str(question.id))}::"
    general = f"\n####{_text(question.explanation)}" if question.explanation else ""
    text = f"{title}[markdown]{''.join(_body(question, general))}"
    return "\n".join([f"// [id:{question.id}]", f"// quizbot: {_more(question)}", text])


def _more(question: Question) -> str:
    more = _More(
        level=question.level,
        points=question.points,
        checked=question.checked,
        hint=markdown(question.hint),
        blanks=tuple(blank.answers for blank in question.blanks),
    )
    return more.model_dump_json(exclude_defaults=True)


def _body(question: Question, general: str) -> Iterator[str]:
    asked = markdown(question.prompt)
    if len(question.blanks) == 1 and WRITTEN_GAP in asked:
        before, _, after = asked.partition(WRITTEN_GAP)
        answers = (f"={escape(answer)}" for answer in question.blanks[0].answers)
        yield from (escape(before), "{", " ".join(answers), general, "}", escape(after))
    elif question.blanks:
        pairs = (f"={i} -> {escape(b.answers[0])}" for i, b in enumerate(question.blanks, 1))
        yield from (escape(asked), "{\n", "\n".join(pairs), general, "\n}")
    else:
        yield from (escape(asked), "{\n", "\n".join(_options(question)), general, "\n}")


def _options(question: Question) -> Iterator[str]:
    right = len(question.key)
    for option in question.options:
        sign = ("=" if option.correct else "~") if right == 1 else f"~%{_share(option, right)}%"
        feedback = f"#{_text(option.feedback)}" if option.feedback else ""
        yield f"{sign}{_text(option.text)}{feedback}"


def _share(option: Option, right: int) -> str:
    return f"{100 / right:.5f}".rstrip("0").rstrip(".") if option.correct else "-100"


def _text(text: Prose) -> str:
    return escape(markdown(text))


def read_gift(text: str) -> Imported:
    """Read what can be asked; an essay, a description or a matching question is left out."""
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    for block in blocks(text):
        try:
            question = _read(stem(block.text), _more_of(block.comments))
            questions.append(replace(question, id=_id_of(block.comments)))
        except Unusable as error:
            left_out.append(LeftOut(f"line {block.line}", str(error)))
    return Imported(tuple(questions), tuple(left_out))


def _id_of(comments: Sequence[str]) -> QuestionId:
    found = next(filter(None, map(_ID.search, comments)), None)
    return QuestionId(found[1] if found else "")


def _more_of(comments: Sequence[str]) -> _More:
    for comment in comments:
        if found := _OURS.match(comment):
            try:
                return _More.model_validate_json(found[1])
            except ValidationError:
                continue  # somebody else's comment
    return _More()


def _read(given: Stem, more: _More) -> Question:
    if given.answers is None:
        if len(split_at(given.before, "{}")) > 1:
            raise Unusable("its braces do not match")
        raise Unusable("it is a description, nothing is asked")
    if len(split_at(given.answers, "{}")) > 1:
        raise Unusable("its braces do not match")
    answers, general = cut_at(given.answers, "####")
    answers = answers.strip()
    text = _Form(given.form)
    known: Mapping[str, Any] = {
        "explanation": text.read(general),
        "hint": prose_of(more.hint),
        "points": more.points,
        "level": more.level,
        "checked": more.checked,
    }
    if more.blanks:
        prompt = text.read(
            text.with_gap(given) if given.after.strip() else _one(given, text, more)
        )
        return Question(QuestionId(""), prompt, blanks=tuple(map(Blank, more.blanks)), **known)
    if "~" in "".join(piece[:1] for piece in split_at(answers, "~")):
        options = _choices(answers, text)
        return Question(QuestionId(""), text.read(given.before + given.after), options, **known)
    if _is_truth(answers):
        return Question(QuestionId(""), text.read(given.before), _truth(answers, text), **known)
    words = text.read(text.with_gap(given))
    return Question(QuestionId(""), words, blanks=(Blank(_typed(answers)),), **known)


def _one(given: Stem, text: "_Form", more: _More) -> str:
    """The text of a question of ours: with its gap at the braces, or with all gaps before them."""
    return text.with_gap(given) if len(more.blanks) == 1 else given.before


class _Form:
    """How the texts of one question are written."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, text: str) -> Prose:
        bare = unescape(text).strip()
        if self._name == "markdown":
            return prose_of(bare)
        if self._name == "plain":
            return prose(bare)
        return prose_of_html(bare)

    def with_gap(self, given: Stem) -> str:
        """The text around the braces; a gap at its end is apart from the sentence before it."""
        gap = escape(WRITTEN_GAP) if self._name == "markdown" else GAP
        space = "" if given.after.strip() or given.before[-1:].isspace() else " "
        if self._name == "markdown":
            space = ""
        return f"{given.before}{space}{gap}{given.after}"


def _choices(answers: str, text: _Form) -> tuple[Option, ...]:
    pieces = [piece for piece in split_at(answers, "=~") if piece.strip()]
    has_key = any(piece.startswith("=") for piece in pieces)
    options = []
    for piece in pieces:
        body, feedback = cut_at(piece[1:], "#")
        weight = _WEIGHT.match(body)
        bare = body[weight.end() :] if weight else body
        positive = weight is not None and float(weight[1]) > 0
        right = piece.startswith("=") if has_key else positive
        options.append(Option(text.read(bare), right, text.read(feedback)))
    if not any(option.correct for option in options):
        raise Unusable("no answer is right")
    return tuple(options)


def _is_truth(answers: str) -> bool:
    word = cut_at(answers, "#")[0].strip().lower()
    return word in _TRUE | _FALSE


def _truth(answers: str, text: _Form) -> tuple[Option, ...]:
    """True or false; the first comment is for the wrong answer, the second for the right one."""
    word, comments = cut_at(answers, "#")
    for_wrong, for_right = map(text.read, cut_at(comments, "#"))
    is_true = word.strip().lower() in _TRUE
    return (
        Option(prose("True"), is_true, for_right if is_true else for_wrong),
        Option(prose("False"), not is_true, for_wrong if is_true else for_right),
    )


def _typed(answers: str) -> tuple[str, ...]:
    if not answers:
        raise Unusable("it is an essay, which nobody here could mark")
    if answers.startswith("#"):
        return _number(answers[1:])
    pieces = [piece for piece in split_at(answers, "=") if piece.strip()]
    if any("->" in piece for piece in pieces):
        raise Unusable("it is a matching question; ask it in another way")
    bodies = (cut_at(piece.removeprefix("="), "#")[0] for piece in pieces)
    words = tuple(unescape(_WEIGHT.sub("", body, count=1)).strip() for body in bodies)
    if not all(words):
        raise Unusable("an answer is empty")
    return words


def _number(answers: str) -> tuple[str, ...]:
    """Numbers to type. A range cannot be typed, so a question that takes one is left out."""
    pieces = [piece.removeprefix("=") for piece in split_at(answers, "=") if piece.strip()]
    numbers = []
    for piece in pieces:
        body = _WEIGHT.sub("", cut_at(piece, "#")[0], count=1)
        value, _, tolerance = body.partition(":")
        if ".." in value or tolerance.strip(" 0."):
            raise Unusable("it takes a range of numbers; ask for one number")
        numbers.append(value.strip().rstrip("\\"))
    if not numbers or not all(numbers):
        raise Unusable("an answer is empty")
    return tuple(numbers)
