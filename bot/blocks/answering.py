"""What an open question is answered with: letters, boxes or a form, alike wherever it is asked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from bot.blocks import ids, kit, limits, richtext
from bot.blocks.kit import Block, Element
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Option, Question

CHOOSE_ALL: Final = "Choose all that apply."
HINT_COSTS: Final = "The hint costs half the points."
HINTED: Final = "With the hint, a right answer earns half the points."
HINT_SHOWN: Final = 2_000
"""What a hint may weigh beside other things."""


def ways_to_answer(
    question: Question,
    value: str,
    letters: Iterable[Element],
    submit: str,
    fill_in: str,
    ticked: Collection[int] = (),
) -> tuple[list[Block], list[Element]]:
    """What stands above the buttons, and the first of the buttons. `value` names the question,
    `submit` and `fill_in` are actions, `ticked` is what was chosen of several right ones already.
    """
    match question.kind:
        case Kind.SINGLE:
            return [], list(letters)
        case Kind.SEVERAL:
            boxes = kit.actions(f"ticks:{value}", [ticks(question, ticked)])
            send = kit.button("Submit", submit, value, style="primary")
            return [kit.context(CHOOSE_ALL), boxes], [send]
        case Kind.BLANK:
            return [], [kit.button("Fill in", fill_in, value, style="primary")]


def letter_button(place: int, option: Option, action: str, value: str) -> Element:
    """Only the letter is shown; the whole option is read out."""
    spoken = " ".join(f"Answer {LETTERS[place]}: {plain(option.text)}".split())
    return kit.button(LETTERS[place], f"{action}:{place}", value, spoken=spoken)


def ticks(question: Question, ticked: Collection[int] = ()) -> Element:
    """Boxes, or a menu where there are more options than Slack has boxes for."""
    options = [kit.option(LETTERS[i], str(i)) for i in range(len(question.options))]
    element: Element = {"type": "checkboxes", "action_id": ids.TICKS, "options": options}
    if len(options) > limits.CHECKBOX_OPTIONS:
        placeholder = kit.plain_text("Choose answers", limits.PLACEHOLDER)
        element |= {"type": "multi_static_select", "placeholder": placeholder}
    chosen = [option for i, option in enumerate(options) if i in ticked]
    return {**element, "initial_options": chosen} if chosen else element


def hint_button(action: str, value: str, *, is_free: bool = False) -> Element:
    """Says its price to those who hear it; others read it below."""
    spoken = "Show the hint" if is_free else "Show the hint, for half the points"
    return kit.button("💡 Hint", action, value, spoken=spoken)


def hint(question: Question) -> list[Element]:
    """`💡 …`, as rich text."""
    return richtext.labelled([richtext.text("💡 ")], question.hint)


def rows_of_buttons(name: str, value: str, buttons: Sequence[Element]) -> Iterator[Block]:
    """As many rows as Slack needs for them; a row is told from others by name and place."""
    size = limits.ACTIONS_ELEMENTS
    for row, start in enumerate(range(0, len(buttons), size)):
        yield kit.actions(f"{name}{row}:{value}", buttons[start : start + size])
