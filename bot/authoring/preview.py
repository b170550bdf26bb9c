"""A question as Slack will show it: before it is answered, and after each answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.bank.problem import Problem
from bot.blocks import question as screen, result
from bot.blocks.kit import Block, Message
from bot.play.steps import Asking, Marked
from bot.quiz.question import LETTERS, Kind, Question, Quiz
from bot.quiz.session import (
    Answered,
    AttemptId,
    Choice,
    Fill,
    Given,
    Session,
    SessionId,
    begin,
)

_SESSION: Final = SessionId("preview")
_ATTEMPT: Final = AttemptId("preview")
_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""No screen of a question shows when its session was begun."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes after an answer; `key` is the option that was pressed, empty for others."""

    label: str
    right: bool
    message: Message
    key: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """`hinted` is the question with its hint, `form` the modal of a blank."""

    question: Question
    asked: Message
    replies: tuple[Reply, ...]
    hinted: Message | None = None
    form: Block | None = None


def preview(quiz: Quiz, number: int) -> Preview:
    """Show one question of a quiz, with the options in the order of the file."""
    session = begin(
        _SESSION, quiz.questions, slug=quiz.slug, title=quiz.title, level=quiz.level, at=_ANY_TIME
    )
    question = quiz.questions[number]
    asking = Asking(session, number)
    return Preview(
        question,
        screen.question_message(asking),
        tuple(_replies(session, number, quiz)),
        screen.question_message(Asking(session.take_hint(number), number))
        if question.hint
        else None,
        screen.blanks_view(asking) if question.kind is Kind.BLANK else None,
    )


def _replies(session: Session, number: int, quiz: Quiz) -> Iterator[Reply]:
    question = session.questions[number]
    if question.kind is Kind.BLANK:
        right = Fill(tuple(blank.answers[0] for blank in question.blanks))
        yield _reply(session, number, quiz, "Right", right)
        wrong = Fill(("something else",) * len(question.blanks))
        yield _reply(session, number, quiz, "Wrong", wrong)
        return
    if question.kind is Kind.SEVERAL:
        yield _reply(session, number, quiz, "All right ones", Choice(question.key))
    for i in range(len(question.options)):
        yield _reply(session, number, quiz, LETTERS[i], Choice(frozenset({i})), str(i))


def _reply(
    session: Session, number: int, quiz: Quiz, label: str, given: Given, key: str = ""
) -> Reply:
    after = session.answer(number, given, _ATTEMPT, first=True, at=_ANY_TIME)
    answer = after.answers[number]
    answered = Answered(
        session.id,
        session.slug,
        session.title,
        session.level,
        number=number,
        question=session.questions[number],
        answer=answer,
        place=session.place(number),
        total=len(session.questions),
        answered=len(after.answers),
        right=after.right,
        points=after.points,
        done=number + 1 == len(session.questions),
        practice=False,
        again=False,
    )
    return Reply(label, answer.right, result.result_message(Marked(answered, quiz)), key)


def as_json(shown: Preview) -> dict[str, Any]:
    """`asked`, `hinted` and each of `replies` hold the `text` and `blocks` of a message, `form`
    is a view; `line` counts from 1.
    """
    question = shown.question
    return {
        "id": str(question.id),
        "line": question.place.line,
        "kind": question.kind.value,
        "asked": _payload(shown.asked),
        "hinted": _payload(shown.hinted) if shown.hinted else None,
        "form": shown.form,
        "replies": [
            {
                "label": reply.label,
                "right": reply.right,
                "key": reply.key,
                "message": _payload(reply.message),
            }
            for reply in shown.replies
        ],
    }


def _payload(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def page_json(quiz: Quiz | None, chosen: str, problems: Sequence[Problem]) -> dict[str, Any]:
    """All questions of a page, or the one with the id `chosen`, and what is wrong with it.

    `missing` is the id that was asked for and is not there.
    """
    questions = quiz.questions if quiz else ()
    numbers = [i for i, question in enumerate(questions) if chosen in {"", str(question.id)}]
    return {
        "title": quiz.title if quiz else "",
        "level": quiz.level if quiz else "",
        "questions": [as_json(preview(quiz, number)) for number in numbers] if quiz else [],
        "problems": [problem.to_dict() for problem in problems],
        "missing": chosen if chosen and not numbers else "",
    }
