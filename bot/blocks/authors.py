"""The ways from a question to its authors: a button, an entry of a menu, a link."""

from collections.abc import Sequence
from typing import Final

from bot.blocks import kit, report_ids as ids, richtext
from bot.blocks.kit import Element
from bot.play.reporting import Seen

LABEL: Final = "Something wrong?"
ABOUT: Final = "report="
"""How the value of a menu's entry begins, in a menu that has others."""


def report_button(seen: Seen) -> Element:
    value = ids.ReportButton(seen).pack()
    return kit.button(LABEL, ids.REPORT, value, spoken="Report that something is wrong with it")


def report_option(seen: Seen) -> Element:
    return kit.option(LABEL, f"{ABOUT}{ids.ReportButton(seen).pack()}")


def with_edit_link(before: Sequence[Element], edit: str) -> list[Element]:
    """The elements of a line, and the way to edit the question; `edit` may be empty."""
    if not edit:
        return list(before)
    return [
        *before,
        *([richtext.text(" · ")] * bool(before)),
        richtext.link("Edit this question", edit),
    ]
