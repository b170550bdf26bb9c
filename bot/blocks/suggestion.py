"""Suggest a question: the form that somebody fills in, and what they are told."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from bot.blocks import forms, kit, limits, report_ids as ids
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Element, Message
from bot.blocks.report import STEM_SHOWN
from bot.play.suggesting import Sent
from bot.quiz.question import LETTERS, Slug
from bot.quiz.suggestion import Answer, Mistakes, Suggestion, Wish

TITLE: Final = "Suggest a question"
FIRST_OPTIONS: Final = 4
MOST_OPTIONS: Final = limits.CHECKBOX_OPTIONS
MOST_QUESTION: Final = 2_500
MOST_OPTION: Final = 300
MOST_EXPLANATION: Final = 2_000

QUESTION_HINT: Final = (
    "Markdown works. For a blank, write the answer in double brackets, as in: The usual port is "
    "[[6379]]. Leave the options empty then."
)
EXPLANATION_HINT: Final = "Why is it right, and why is the tempting answer wrong?"
WHO_SEES_IT: Final = "The authors see it with your name. You hear from me whether they take it."
SENT: Final = "Thank you. It is on its way to the authors, and I tell you what they say."
WAITS: Final = (
    "Thank you. It is kept, and goes to the authors as soon as an admin has chosen a channel for "
    "suggestions."
)
ANSWERS: Final = {
    Answer.ACCEPTED: "The question that you suggested is accepted. Thank you for it.",
    Answer.DECLINED: (
        "The authors do not take the question that you suggested. Thank you for writing it."
    ),
}
LATE: Final = "Slack was too slow to open the form. Try once more."
OPEN: Final = "A question that your team should know the answer to? The form is one click away."
EMPTY_OPTION: Final = "Option {letter} is ticked, and empty."


@dataclass(frozen=True, slots=True)
class FormNote:
    """What an open form remembers: how many options it shows, and where it was opened."""

    options: int
    opened: str

    def pack(self) -> str:
        return json.dumps([self.options, self.opened])

    @classmethod
    def unpack(cls, packed: str) -> Self:
        options, opened = json.loads(packed)
        return cls(options, opened)

    @property
    def longer(self) -> "FormNote":
        return FormNote(min(self.options + 2, MOST_OPTIONS), self.opened)


def suggest_button(*, spoken: str = "") -> Element:
    return kit.button(TITLE, ids.SUGGEST, spoken=spoken)


def suggest_view(note: FormNote) -> Block:
    letters = [kit.option(LETTERS[i], str(i)) for i in range(note.options)]
    blocks = [
        forms.field(ids.QUIZ, "Where does it belong?", forms.type_ahead("Search a quiz")),
        forms.field(
            ids.QUESTION, "Question", forms.text_box("", MOST_QUESTION), hint=QUESTION_HINT
        ),
        *(_option(i) for i in range(note.options)),
        *_longer(note),
        forms.field(
            ids.RIGHT, "Which are right?", forms.some_of("checkboxes", letters, ()), optional=True
        ),
        forms.field(
            ids.EXPLANATION,
            "Explanation",
            forms.text_box("", MOST_EXPLANATION),
            hint=EXPLANATION_HINT,
        ),
        forms.field(ids.SOURCE, "Source", _address(), optional=True),
        kit.context(WHO_SEES_IT),
    ]
    view = forms.modal(
        TITLE, blocks, callback_id=ids.SUGGEST_FORM, metadata=note.pack(), close="Cancel"
    )
    return forms.sends(view, "Send")


def _option(i: int) -> Block:
    element: Element = {"type": "plain_text_input", "max_length": MOST_OPTION}
    return forms.field(f"{ids.OPTION}{i}", f"Option {LETTERS[i]}", element, optional=True)


def _longer(note: FormNote) -> Iterator[Block]:
    if note.options < MOST_OPTIONS:
        more = kit.button("More options", ids.MORE_OPTIONS, note.longer.pack())
        yield kit.actions("suggest_more", [more])


def _address() -> Element:
    placeholder = kit.plain_text("https://", limits.PLACEHOLDER)
    return {"type": "url_text_input", "placeholder": placeholder}


def read_wish(state: FormState) -> Wish | Mistakes:
    """Options left empty are left out; one that is ticked must not be empty."""
    ticked = {int(value) for value in forms.ticked(state, ids.RIGHT)}
    filled = {i: words for i in range(MOST_OPTIONS) if (words := _typed(state, i))}
    for i in sorted(ticked - filled.keys()):
        return Mistakes({"right": EMPTY_OPTION.format(letter=LETTERS[i])})
    return Wish(
        slug=Slug(forms.picked(state, ids.QUIZ)),
        question=forms.typed(state, ids.QUESTION).strip(),
        options=tuple((words, i in ticked) for i, words in filled.items()),
        explanation=forms.typed(state, ids.EXPLANATION).strip(),
        source=forms.typed(state, ids.SOURCE).strip(),
    )


def _typed(state: FormState, i: int) -> str:
    return forms.typed(state, f"{ids.OPTION}{i}").strip()


def complaints(state: FormState, mistakes: Mistakes) -> dict[str, str]:
    """Sentences by block; an option's number counts those that were filled in."""
    filled = [i for i in range(MOST_OPTIONS) if _typed(state, i)]
    empty = [i for i in range(MOST_OPTIONS) if i not in filled]
    places = [*filled, *empty]
    blocks = {f"option{n}": f"{ids.OPTION}{i}" for n, i in enumerate(places)}
    blocks |= {
        "quiz": ids.QUIZ,
        "question": ids.QUESTION,
        "right": ids.RIGHT,
        "explanation": ids.EXPLANATION,
        "source": ids.SOURCE,
    }
    return {blocks[name]: words for name, words in mistakes.fields.items()}


def sent_message(sent: Sent) -> Message:
    words = WAITS if sent.waits else SENT
    return kit.message(words, [kit.section(words)])


def open_message() -> Message:
    """For those who ask in a conversation: a form needs a click."""
    return kit.message(
        f"{OPEN} {TITLE}.",
        [kit.section(OPEN), kit.actions("suggest_open", [suggest_button()])],
    )


def answer_message(suggestion: Suggestion) -> Message:
    """For whoever suggested it."""
    said = ANSWERS[suggestion.answer or Answer.DECLINED]
    why = f"\nThey say: {suggestion.reason}" if suggestion.reason else ""
    what = _first_words(suggestion.draft.markdown) if suggestion.draft else ""
    said_why = kit.section(kit.escape(f"{said}{why}"))
    return kit.message(f"{said} {what}{why}", [said_why, *([kit.context(what)] if what else [])])


def _first_words(markdown: str) -> str:
    """The first line behind the opening tag."""
    lines = filter(None, markdown.splitlines()[1:])
    return kit.clip(next(lines, ""), STEM_SHOWN)
