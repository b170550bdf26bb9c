"""What those who look after the questions are told when a page is broken or mended."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import kit
from bot.blocks.kit import Message
from bot.quiz.trouble import BankTrouble

LINES_SHOWN: Final = 8
LINE_LENGTH: Final = 300

WELL: Final = "✅ All quizzes are well again, and everybody gets the newest version."
STALE_SOURCE: Final = "⚠️ I cannot get newer quizzes, so everybody gets the last ones I have."
KEPT: Final = "⚠️ {pages} cannot be used as changed, so everybody gets the last good version of it."
KEPT_SEVERAL: Final = (
    "⚠️ {pages} cannot be used as changed, so everybody gets their last good versions."
)
LEFT_OUT: Final = "⚠️ Some questions have errors and are left out."
WAY_OUT: Final = "Mend what is named here: I notice it by myself. quizbot lint explains each rule."


def bank_message(trouble: BankTrouble) -> Message:
    if not trouble:
        return kit.message(WELL, [kit.section(WELL)])
    said = "\n".join(_said(trouble))
    lines = [kit.clip(line, LINE_LENGTH) for line in _lines(trouble)]
    way_out = WAY_OUT if trouble.kept or trouble.errors else ""
    listed = "\n".join(f"• {kit.escape(line)}" for line in lines)
    blocks = [kit.section(kit.escape(said)), kit.section(listed)]
    if way_out:
        blocks.append(kit.context(way_out))
    return kit.message("\n".join([said, *lines, way_out]), blocks)


def _said(trouble: BankTrouble) -> Iterator[str]:
    if trouble.source:
        yield STALE_SOURCE
    if trouble.kept:
        pages = kit.count(len(trouble.kept), "page")
        yield (KEPT if len(trouble.kept) == 1 else KEPT_SEVERAL).format(pages=pages)
    elif trouble.errors:
        yield LEFT_OUT


def _lines(trouble: BankTrouble) -> Iterator[str]:
    """What is to be mended first. Pages that are in no error line are named by themselves."""
    if trouble.source:
        yield trouble.source
    yield from _first(trouble.errors)
    named = [
        page
        for page in trouble.kept
        if not any(line.startswith(f"{page}:") for line in trouble.errors)
    ]
    yield from _first(named)


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:LINES_SHOWN]
    if len(lines) > LINES_SHOWN:
        yield f"and {len(lines) - LINES_SHOWN} more"
