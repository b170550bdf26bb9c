"""What makes a question a good one: one small rule each, named after the good state."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, TypeAlias

from bot.bank.draft import Draft
from bot.bank.problem import ERRORS
from bot.bank.quiz_extent import Remark
from bot.quiz.prose import plain
from bot.quiz.question import MOST_OPTIONS

MOST_BLANKS: Final = 10
MOST_POINTS: Final = 100
MOST_SHOWN: Final = 9_000
"""Characters of a question, its letters and buttons included, that surely fit into one message:
Slack refuses longer ones, so screens cut them at about ten thousand.
"""
OPTION_WEIGHT: Final = 120
"""What the button of an option adds to its message."""
BAD_CHECKED: Final = "This day of checking cannot be used."
LONGEST_TYPED: Final = 200
"""What the form for a blank takes."""
ATTRIBUTES: Final = frozenset({"id", "points", "level", "checked", "lint-ignore"})
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_POINTS: Final = re.compile(r"[0-9]{1,3}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Rule: TypeAlias = Callable[[Draft], Iterator[Remark]]


def lint(draft: Draft) -> tuple[Remark, ...]:
    """Every remark on a question at once, so that an author mends the page in one go."""
    if any(is_fatal(remark) for remark in draft.remarks):
        return draft.remarks
    return (*draft.remarks, *(remark for rule in RULES for remark in rule(draft)))


def is_fatal(remark: Remark) -> bool:
    """Tell whether a question with this remark is left out."""
    return remark.rule in ERRORS


def question_id(draft: Draft) -> str:
    """The author's own id, or nothing where it is missing or cannot be used."""
    own = draft.attributes.get("id", "")
    return own if _ID.fullmatch(own) else ""


def points(draft: Draft) -> int:
    """The author's weight; 1 where it is missing or cannot be used."""
    text = draft.attributes.get("points", "")
    weight = int(text) if _POINTS.fullmatch(text) else 1
    return weight if 1 <= weight <= MOST_POINTS else 1


def day_of(text: str) -> date | None:
    """The day that is written as `2026-11-23`; None for any other text."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:  # the thirtieth of February
        return None


def something_to_ask(draft: Draft) -> Iterator[Remark]:
    if not plain(draft.prompt).strip():
        yield Remark(draft.line, "empty-prompt", "The question has no text.")


def something_to_answer(draft: Draft) -> Iterator[Remark]:
    if not draft.has_boxes and not draft.blanks:
        yield Remark(draft.line, "no-answer", "There is nothing to choose or to fill in.")


def something_to_get_right(draft: Draft) -> Iterator[Remark]:
    if draft.options and not any(option.option.correct for option in draft.options):
        yield Remark(draft.line, "no-right-option", "No option is marked as right.")


def something_to_get_wrong(draft: Draft) -> Iterator[Remark]:
    if len(draft.options) > 1 and all(option.option.correct for option in draft.options):
        yield Remark(draft.line, "all-right", "All options are right.")


def a_choice(draft: Draft) -> Iterator[Remark]:
    if len(draft.options) == 1:
        yield Remark(draft.options[0].line, "one-option", "There is only one option.")


def a_letter_for_each_option(draft: Draft) -> Iterator[Remark]:
    if len(draft.options) > MOST_OPTIONS:
        what = f"There are {len(draft.options)} options."
        yield Remark(draft.options[MOST_OPTIONS].line, "too-many-options", what)


def text_in_each_option(draft: Draft) -> Iterator[Remark]:
    for option in draft.options:
        if not plain(option.option.text).strip():
            yield Remark(option.line, "empty-option", "This option has no text.")


def no_twins(draft: Draft) -> Iterator[Remark]:
    """Upper and lower case differ, as they do for `-d` and `-D`."""
    first: dict[str, int] = {}
    for option in draft.options:
        text = " ".join(plain(option.option.text).split())
        if text and text in first:
            what = f"This option is the same as the one on line {first[text]}."
            yield Remark(option.line, "same-option", what)
        first.setdefault(text, option.line)


def an_answer_for_each_blank(draft: Draft) -> Iterator[Remark]:
    if not all(draft.blanks):
        yield Remark(draft.line, "empty-blank", "A blank has no answer.")


def answers_that_can_be_typed(draft: Draft) -> Iterator[Remark]:
    for blank in draft.blanks:
        if blank and all(len(answer) > LONGEST_TYPED for answer in blank):
            what = f"An answer has {min(map(len, blank))} characters."
            yield Remark(draft.line, "long-blank", what)


def few_blanks(draft: Draft) -> Iterator[Remark]:
    if len(draft.blanks) > MOST_BLANKS:
        yield Remark(draft.line, "too-many-blanks", f"There are {len(draft.blanks)} blanks.")


def all_in_one_message(draft: Draft) -> Iterator[Remark]:
    """First the question as it is asked, then the same with its hint, and with all that its
    answer shows.
    """
    asked = len(plain(draft.prompt)) + sum(
        len(plain(option.option.text)) + OPTION_WEIGHT for option in draft.options
    )
    feedback = max((len(plain(option.option.feedback)) for option in draft.options), default=0)
    sizes = {
        "options": asked,
        "hint": asked + len(plain(draft.hint)),
        "explanation": asked + len(plain(draft.explanation)) + feedback,
    }
    if found := next((part for part, size in sizes.items() if size > MOST_SHOWN), None):
        what = f"The question and its {found} have about {sizes[found]:,} characters."
        yield Remark(draft.line, "long-question", what)


def attributes_that_count(draft: Draft) -> Iterator[Remark]:
    for name in draft.attributes:
        if name not in ATTRIBUTES:
            yield Remark(draft.line, "unknown-attribute", f"The attribute {name} is not known.")


def an_id_that_can_be_used(draft: Draft) -> Iterator[Remark]:
    if "id" in draft.attributes and not question_id(draft):
        yield Remark(draft.line, "bad-id", "This id cannot be used, so the question gets another.")


def points_that_can_be_counted(draft: Draft) -> Iterator[Remark]:
    text = draft.attributes.get("points", "1")
    if str(points(draft)) != (text.lstrip("0") or text):
        yield Remark(draft.line, "bad-points", "These points cannot be used, so it is 1 point.")


def a_day_of_checking(draft: Draft) -> Iterator[Remark]:
    text = draft.attributes.get("checked")
    if text is not None and not day_of(text):
        yield Remark(draft.line, "bad-checked", BAD_CHECKED)


RULES: Final[tuple[Rule, ...]] = (
    something_to_ask,
    something_to_answer,
    something_to_get_right,
    something_to_get_wrong,
    a_choice,
    a_letter_for_each_option,
    text_in_each_option,
    no_twins,
    an_answer_for_each_blank,
    answers_that_can_be_typed,
    few_blanks,
    all_in_one_message,
    attributes_that_count,
    an_id_that_can_be_used,
    points_that_can_be_counted,
    a_day_of_checking,
)
