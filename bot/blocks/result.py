"""A question after its answer: the verdict, the reasons, and where to go on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.blocks import ids, kit, richtext
from bot.blocks.authors import report_button, with_edit_link
from bot.blocks.kit import Block, Element, Message
from bot.blocks.question import asking_bold, letter, where
from bot.play.reporting import InSession
from bot.play.steps import Marked
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Question, Quiz
from bot.quiz.session import Answer, Answered, Choice, Fill, Given

GUIDE_ROOM: Final = 2_000
RIGHT, WRONG, OTHER, MISSED = "✅", "❌", "⚪", "✔️"


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
    top = where(answered.title, answered.level, answered.place, answered.total, answered.answered)
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
