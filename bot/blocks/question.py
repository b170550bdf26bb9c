"""A question before its answer: a private message, in whose place its result will stand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.blocks import ids, kit, limits, richtext
from bot.blocks.answering import (
    CHOOSE_ALL,
    HINT_COSTS,
    HINT_SHOWN,
    HINTED,
    hint,
    hint_button,
    letter_button,
    rows_of_buttons,
    ways_to_answer,
)
from bot.blocks.authors import report_option
from bot.blocks.kit import Block, Element, Message
from bot.blocks.prompt import asking_paragraph
from bot.play.reporting import InSession
from bot.play.steps import Asking
from bot.quiz.prose import Paragraph, Prose, Span, plain
from bot.quiz.question import LETTERS, Kind, Question

KEPT: Final = "Only you can see this. Your place is kept for 7 days."
TITLE_SHOWN: Final = 150


def heading(title: str, level: str) -> str:
    """`AWS ML engineer · intermediate`; the level is left out where the title says it."""
    name = f"{title} · {level}" if level and level.lower() not in title.lower() else title
    return kit.clip(name, TITLE_SHOWN)


def where(title: str, level: str, place: int, total: int, done: int) -> Block:
    return kit.context(heading(title, level), f"{place} of {total}  {kit.bar(done, total)}")


def asking_bold(prompt: Prose) -> Prose:
    """The paragraph that asks stands out; code keeps its own look."""
    bold = asking_paragraph(prompt)
    return tuple(
        Paragraph(tuple(map(_outstanding, block.spans)))
        if i == bold and isinstance(block, Paragraph)
        else block
        for i, block in enumerate(prompt)
    )


def _outstanding(span: Span) -> Span:
    """In bold; what was bold already is slanted too, or a **not** would go unseen."""
    return span if span.code else replace(span, bold=True, italic=span.italic or span.bold)


def letter(number: int, sign: str = "") -> list[Element]:
    label = richtext.text(f"{LETTERS[number]}  ", bold=True)
    return [richtext.text(f"{sign} "), label] if sign else [label]


def words(asking: Asking) -> list[str]:
    """Question and options, line by line, for those who hear the message."""
    question = asking.question
    options = [f"{LETTERS[i]}: {plain(option.text)}" for i, option in enumerate(question.options)]
    total = len(asking.session.questions)
    ask = {
        Kind.SINGLE: "",
        Kind.SEVERAL: CHOOSE_ALL,
        Kind.BLANK: "Press Fill in to answer.",
    }[question.kind]
    start = f"Question {asking.session.place(asking.number)} of {total}. {question.stem}"
    hinted = [f"Hint: {plain(question.hint)}", _price(asking)] if asking.hinted else []
    return [start, *options, *hinted, ask]


def _price(asking: Asking) -> str:
    """What the hint costs, or has cost; nothing in practice, which earns no points."""
    if asking.session.practice or not asking.question.has_hint:
        return ""
    return HINTED if asking.hinted else HINT_COSTS


def question_message(asking: Asking) -> Message:
    session, question = asking.session, asking.question
    place = session.place(asking.number)
    total = len(session.questions)
    top = where(session.title, session.level, place, total, len(session.answers))
    bottom = [*_answering(asking), kit.context(" ".join(filter(None, (_price(asking), KEPT))))]
    parts = [
        richtext.elements(asking_bold(question.prompt)),
        *(richtext.labelled(letter(i), option.text) for i, option in enumerate(question.options)),
        hint(question) if asking.hinted else [],
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(kit.spoken(words(asking)), (top, *body, *bottom))


def _answering(asking: Asking) -> Iterator[Block]:
    block_id = ids.QuestionButton(asking.session.id, asking.number).pack()
    above, buttons = ways_to_answer(
        asking.question, block_id, _letters(asking), ids.SUBMIT, ids.FILL_IN, asking.ticked
    )
    yield from above
    if asking.may_skip:
        buttons.append(kit.button("Skip", ids.SKIP, block_id, spoken="Skip for now"))
    # Behind Skip, which would else move under the finger of whoever presses Hint twice.
    if asking.question.has_hint and not asking.hinted:
        buttons.append(hint_button(ids.HINT, block_id, is_free=asking.session.practice))
    buttons.append(_more(asking))
    yield from rows_of_buttons("answer", block_id, buttons)


def _letters(asking: Asking) -> Iterator[Element]:
    for i, option in enumerate(asking.question.options):
        value = ids.AnswerButton(asking.session.id, asking.number, i).pack()
        yield letter_button(i, option, ids.ANSWER, value)


def _more(asking: Asking) -> Element:
    session_id = asking.session.id
    return {
        "type": "overflow",
        "action_id": ids.MORE,
        "options": [
            kit.option("Stop this quiz", ids.MoreOption(ids.STOP, session_id).pack()),
            report_option(InSession(session_id, asking.number)),
            kit.option("Help", ids.MoreOption(ids.HELP, session_id).pack()),
        ],
    }


def blank_fields(question: Question, *, hinted: bool = False) -> list[Block]:
    """What a modal holds that takes what belongs into the gaps."""
    many = len(question.blanks) > 1
    prompt = richtext.cut(richtext.elements(asking_bold(question.prompt)), 6_000)
    inputs: list[Block] = [
        {
            "type": "input",
            "block_id": f"{ids.BLANKS}:{i}",
            "label": kit.plain_text(f"Gap {i + 1}" if many else "Your answer", 50),
            "element": {
                "type": "plain_text_input",
                "action_id": ids.BLANKS,
                "max_length": 200,
                "focus_on_load": i == 0,
            },
        }
        for i in range(len(question.blanks))
    ]
    shown = [prompt, richtext.cut(hint(question), HINT_SHOWN) if hinted else []]
    rules = kit.context("Capital letters and extra spaces do not matter.")
    room = limits.VIEW_BLOCKS - len(inputs) - 1
    return [*richtext.in_blocks(shown, room), *inputs, rules]


def blanks_view(asking: Asking) -> Block:
    """The modal that takes what belongs into the gaps of a session's question."""
    value = ids.QuestionButton(asking.session.id, asking.number).pack()
    return fill_view(ids.BLANKS, value, asking.question, hinted=asking.hinted)


def fill_view(callback_id: str, value: str, question: Question, *, hinted: bool = False) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": value,
        "title": kit.plain_text("Fill in the blank", limits.VIEW_TITLE),
        "submit": kit.plain_text("Answer", limits.VIEW_SUBMIT),
        "close": kit.plain_text("Not yet", limits.VIEW_CLOSE),
        "blocks": blank_fields(question, hinted=hinted),
    }
