"""What an open question is answered with: letters, boxes or a form, alike wherever it is asked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.blocks import ids, kit, limits
from bot.blocks.kit import Block, Element
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Option, Question

CHOOSE_ALL: Final = "Choose all that apply."


def ways_to_answer(
    question: Question, value: str, letters: Iterable[Element], submit: str, fill_in: str
) -> tuple[list[Block], list[Element]]:
    """What stands above the buttons, and the first of the buttons. `value` names the question,
    `submit` and `fill_in` are actions.
    """
    match question.kind:
        case Kind.SINGLE:
            return [], list(letters)
        case Kind.SEVERAL:
            boxes = kit.actions(f"ticks:{value}", [ticks(question)])
            send = kit.button("Submit", submit, value, style="primary")
            return [kit.context(CHOOSE_ALL), boxes], [send]
        case Kind.BLANK:
            return [], [kit.button("Fill in", fill_in, value, style="primary")]


def letter_button(place: int, option: Option, action: str, value: str) -> Element:
    """Only the letter is shown; the whole option is read out."""
    spoken = " ".join(f"Answer {LETTERS[place]}: {plain(option.text)}".split())
    return kit.button(LETTERS[place], f"{action}:{place}", value, spoken=spoken)


def ticks(question: Question) -> Element:
    """Boxes, or a menu where there are more options than Slack has boxes for."""
    options = [kit.option(LETTERS[i], str(i)) for i in range(len(question.options))]
    if len(options) <= limits.CHECKBOX_OPTIONS:
        return {"type": "checkboxes", "action_id": ids.TICKS, "options": options}
    return {
        "type": "multi_static_select",
        "action_id": ids.TICKS,
        "placeholder": kit.plain_text("Choose answers", limits.PLACEHOLDER),
        "options": options,
    }


def rows_of_buttons(name: str, value: str, buttons: Sequence[Element]) -> Iterator[Block]:
    """As many rows as Slack needs for them; a row is told from others by name and place."""
    size = limits.ACTIONS_ELEMENTS
    for row, start in enumerate(range(0, len(buttons), size)):
        yield kit.actions(f"{name}{row}:{value}", buttons[start : start + size])
