"""Questions, answers and sessions as short as the looks need them, and what a person reads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.blocks.kit import Element, Message
from bot.play.steps import Asking, Finished, Marked
from bot.quiz.prose import prose
from bot.quiz.question import Blank, Option, Question, QuestionId, Quiz, Slug, StudyLink
from bot.quiz.session import Answer, Answered, AttemptId, Choice, Given, Session, SessionId, State
from bot.sandbox.messages import words_of
from tests.strategies import NINE, asked

SKY: Final = Question(
    QuestionId("sky"),
    prose("What colour is a clear sky?"),
    (
        Option(prose("Green"), correct=False, feedback=prose("That is grass.")),
        Option(prose("Blue"), correct=True, feedback=prose("So it is.")),
        Option(prose("Red"), correct=False, feedback=prose("That is dawn.")),
    ),
    explanation=prose("Air scatters blue light."),
)
FLAG: Final = Question(
    QuestionId("flag"),
    prose("Which colours has the flag of Italy?"),
    tuple(Option(prose(name), name != "Blue") for name in ("Green", "Blue", "White", "Red")),
)
SNOW: Final = Question(
    QuestionId("snow"),
    prose("Fresh snow is ____ and ____."),
    blanks=(Blank(("white", "colourless")), Blank(("cold",))),
)
COLOURS: Final = Quiz(
    Slug("art/colours"),
    "Colours",
    (SKY, FLAG, SNOW),
    links=(StudyLink("Light", "https://example.org/light"),),
)


def read(message: Message) -> str:
    """What a person reads in the blocks, one piece a line."""
    return words_of(list(message.blocks))


def elements(message: Message) -> list[Element]:
    """Everything that can be pressed or chosen."""
    return [
        element
        for block in message.blocks
        for element in [*_listed(block), *filter(None, [block.get("accessory")])]
    ]


def _listed(block: Mapping[str, Any]) -> Sequence[Element]:
    return block["elements"] if block["type"] == "actions" else []


def action_ids(message: Message) -> list[str]:
    return [element["action_id"] for element in elements(message)]


def labels(message: Message) -> list[str]:
    return [e["text"]["text"] for e in elements(message) if e["type"] == "button"]


def button(message: Message, action_id: str) -> Element:
    (found,) = [e for e in elements(message) if e["action_id"] == action_id]
    return found


def asking(question: Question, total: int = 3) -> Asking:
    return asked(question, total=total)


def marked(question: Question, given: Given, *, right: bool = False, **changes: Any) -> Marked:
    """An answer to the first of three questions; `points` are what this answer earned."""
    points = changes.pop("points", 100 if right else 0)
    hinted = changes.pop("hinted", False)
    answered = Answered(
        SessionId("s1"),
        COLOURS.slug,
        COLOURS.title,
        "",
        number=0,
        question=question,
        answer=Answer(given, right, points, AttemptId("a1"), hinted),
        place=1,
        total=3,
        answered=1,
        right=int(right),
        points=points,
        done=False,
        practice=False,
        again=False,
    )
    return Marked(replace(answered, **changes), COLOURS)


def chose(*places: int) -> Choice:
    return Choice(frozenset(places))


def finished(
    *answers: tuple[Question, Given, bool], quiz: Quiz | None = COLOURS, **changes: Any
) -> Finished:
    """A session with these answers, in the order of asking."""
    session = Session(
        SessionId("s1"),
        COLOURS.slug,
        COLOURS.title,
        tuple(question for question, _, _ in answers),
        tuple(range(len(answers))),
        NINE,
        answers={
            i: Answer(given, right, 100 if right else 0, AttemptId(f"a{i}"))
            for i, (_, given, right) in enumerate(answers)
        },
        state=State.DONE,
        finished=NINE,
    )
    return Finished(replace(session, **changes), quiz)
