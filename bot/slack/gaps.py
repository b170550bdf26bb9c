"""Reads what was typed into the gaps of a question."""

from bot.blocks import ids, notices
from bot.quiz.session import Fill
from bot.slack.incoming import Click
from bot.slack.listening import Wrong


def read_gaps(form: Click) -> Fill | Wrong:
    """Gaps left empty are pointed out."""
    typed = {
        block: (elements.get(ids.BLANKS, {}).get("value") or "").strip()
        for block, elements in form.state.items()
        if block.startswith(f"{ids.BLANKS}:")
    }
    empty = {block: notices.FILL_EVERY_GAP for block, text in typed.items() if not text}
    if empty:
        return Wrong(empty)
    return Fill(tuple(typed[f"{ids.BLANKS}:{i}"] for i in range(len(typed))))
