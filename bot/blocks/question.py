"""A question before and after its answer, as one private message that is replaced in place."""

from collections.abc import Iterable, Iterator, Sequence
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
from bot.blocks.authors import report_button, report_option, with_edit_link
from bot.blocks.kit import Block, Element, Message
from bot.blocks.prompt import asking_paragraph
from bot.play.reporting import InSession
from bot.play.solo import Asking, Marked
from bot.quiz.prose import Paragraph, Prose, Span, plain
from bot.quiz.question import LETTERS, Kind, Question, Quiz
from bot.quiz.session import Answer, Answered, Choice, Fill, Given

KEPT: Final = "Only you can see this. Your place is kept for 7 days."
TITLE_SHOWN: Final = 150
GUIDE_ROOM: Final = 2_000
RIGHT, WRONG, OTHER, MISSED = "✅", "❌", "⚪", "✔️"


def heading(title: str, level: str) -> str:
    """`AWS ML engineer · intermediate`; the level is left out where the title says it."""
    name = f"{title} · {level}" if level and level.lower() not in title.lower() else title
    return kit.clip(name, TITLE_SHOWN)


def _where(title: str, level: str, place: int, total: int, done: int) -> Block:
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
    top = _where(session.title, session.level, place, total, len(session.answers))
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
    if asking.question.has_hint and not asking.hinted:
        buttons.append(hint_button(ids.HINT, block_id, is_free=asking.session.practice))
    if asking.may_skip:
        buttons.append(kit.button("Skip", ids.SKIP, block_id, spoken="Skip for now"))
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


def listed(words: Sequence[str]) -> str:
    """`A`, `A and C`, `A, B and D`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def letters(positions: Iterable[int]) -> str:
    return listed([LETTERS[i] for i in sorted(positions)])


def given_words(given: Given) -> str:
    """An answer in a few words: letters, or what was typed."""
    match given:
        case Choice(chosen):
            return letters(chosen)
        case Fill(filled):
            return listed([f"“{text.strip()}”" for text in filled])


def key_words(question: Question) -> str:
    """The right answer in a few words."""
    if question.kind is Kind.BLANK:
        return listed([blank.answers[0] for blank in question.blanks])
    return letters(question.key)


def _verdict(answered: Answered) -> str:
    key = key_words(answered.question)
    if answered.answer.right:
        return f"{RIGHT} Right: {key}"
    did = "wrote" if isinstance(answered.answer.given, Fill) else "chose"
    verb = "are" if len(answered.question.key or answered.question.blanks) > 1 else "is"
    return f"{WRONG} Not quite: you {did} {given_words(answered.answer.given)}, right {verb} {key}"


def points_words(answer: Answer) -> str:
    """What a right answer earned, and why it is not more."""
    half = ": half, because of the hint" if answer.hinted else ""
    return f"{answer.points:,} points{half}"


def _earned(answered: Answered) -> str:
    """Why this many points."""
    if answered.again:
        return "Your first answer stands."
    if answered.answer.points:
        return points_words(answered.answer)
    if answered.answer.right and answered.practice:
        return "Practice earns no points."
    return "No points: you have answered this one before." if answered.answer.right else ""


def _sign(i: int, answered: Answered) -> str:
    given = answered.answer.given
    chosen = isinstance(given, Choice) and i in given.chosen
    if answered.question.options[i].correct:
        return RIGHT if chosen or answered.question.kind is Kind.SINGLE else MISSED
    return WRONG if chosen else OTHER


def _option(i: int, answered: Answered) -> list[Element]:
    option = answered.question.options[i]
    given = answered.answer.given
    lines = richtext.labelled(letter(i, _sign(i, answered)), option.text)
    if option.feedback and isinstance(given, Choice) and i in given.chosen:
        lines += richtext.quoted(option.feedback)
    return lines


def result_words(answered: Answered) -> list[str]:
    """Verdict, right options and reasons, line by line, for those who hear the message."""
    question = answered.question
    right = [plain(option.text) for option in question.options if option.correct]
    why = plain(question.explanation)
    return [
        f"{_verdict(answered)}.",
        _earned(answered),
        question.stem,
        *(f"Right: {text}" for text in right),
        f"Why: {why}" if why else "",
    ]


def study_guide(quiz: Quiz | None, edit: str = "") -> list[Element]:
    """`📖 Study guide: …`, or nothing. At most five links, for this is the end of a message, and
    fewer where their addresses are so long that they would crowd out what stands above them.
    `edit` is where the question can be changed, if that is known.
    """
    found: list[Element] = []
    for link in (quiz.links if quiz else ())[:5]:
        sign = " · " if found else "📖 Study guide: "
        found += [richtext.text(sign), richtext.link(kit.clip(link.title, 80), link.url)]
    guide = richtext.cut(found, GUIDE_ROOM) if found else []
    line = with_edit_link(guide, edit)
    return [richtext.section(line)] if line else []


def result_message(marked: Marked, edit: str = "") -> Message:
    """`edit` as in `study_guide`."""
    answered = marked.answered
    question = answered.question
    top = _where(answered.title, answered.level, answered.place, answered.total, answered.answered)
    head = richtext.section([richtext.text(_verdict(answered), bold=True)])
    earned = [kit.context(_earned(answered))] if _earned(answered) else []
    bottom = [*_after(answered)]
    parts = [
        [head],
        richtext.elements(asking_bold(question.prompt)),
        *(_option(i, answered) for i in range(len(question.options))),
        because(question),
        study_guide(marked.quiz, edit),
    ]
    first, *rest = richtext.blocks(parts, [top, *earned, *bottom])
    return Message(kit.spoken(result_words(answered)), (top, first, *earned, *rest, *bottom))


def because(question: Question) -> list[Element]:
    if not question.explanation:
        return []
    return richtext.labelled([richtext.text("Why: ", bold=True)], question.explanation)


def _seen(answered: Answered) -> InSession:
    return InSession(answered.session_id, answered.number, answered.question.id)


def _after(answered: Answered) -> Iterator[Block]:
    value = ids.SessionButton(answered.session_id).pack()
    label = "See your result" if answered.done else "Next"
    yield kit.actions(
        f"next:{answered.number}:{answered.session_id}",
        [kit.button(label, ids.NEXT, value, style="primary"), report_button(_seen(answered))],
    )
    score = f"{answered.right} right of {answered.answered} answered."
    yield kit.context(score if answered.done else f"{score} Your place is kept for 7 days.")


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
