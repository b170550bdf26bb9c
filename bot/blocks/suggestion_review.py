"""A suggested question as its authors see it: the Markdown to paste, and where it goes."""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.blocks import forms, kit, report_ids as ids, richtext
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Element, Message
from bot.blocks.question import heading
from bot.blocks.report_review import SOMEBODY
from bot.play.report_ports import SuggestionView
from bot.quiz.suggestion import (
    MOST_REASON,
    AlreadyAnswered,
    Answer,
    Answered,
    Answering,
    NoSuchSuggestion,
)

PASTE: Final = "Accept it, and paste it into the file."
NO_SUGGESTION: Final = (
    "I no longer have this suggestion. Its Markdown above is still good to copy."
)
WORDS: Final = {Answer.ACCEPTED: "Accepted", Answer.DECLINED: "Declined"}
TOLD: Final = {
    Answer.ACCEPTED: "Accepted, and whoever suggested it hears of it. Now paste it into the file.",
    Answer.DECLINED: "Declined, and whoever suggested it hears why.",
}
TITLE: Final = "Decline a suggestion"
LATE: Final = "Slack was too slow to open the form. Press Decline once more."


def suggestion_message(view: SuggestionView) -> Message:
    name = _name(view)
    title = heading(view.quiz.title, view.quiz.level) if view.quiz else view.suggestion.slug
    top = kit.context("Suggestion", title, f"from {name}")
    status = _status(view)
    bottom = [kit.context(status), *_buttons(view)]
    parts = [
        [{"type": "rich_text_preformatted", "elements": [richtext.text(view.draft.markdown)]}],
        _place(view),
        [richtext.section([richtext.text(f"⚠️ {remark}")]) for remark in view.draft.remarks],
    ]
    body = richtext.blocks(parts, [top, *bottom])
    words = [f"Suggestion from {name} for {title}.", view.draft.markdown, status]
    return Message(kit.spoken(words), (top, *body, *bottom))


def _name(view: SuggestionView) -> str:
    user = view.suggestion.user
    return (view.names.get(user) if user else None) or SOMEBODY


def _place(view: SuggestionView) -> list[Element]:
    if view.quiz is None:
        return []
    last = view.quiz.questions[-1].place
    found = [
        richtext.text("Goes to "),
        richtext.text(last.inside or last.path or view.quiz.slug, code=True),
    ]
    if view.edit:
        found += [richtext.text(" · "), richtext.link("Edit this file", view.edit)]
    return [richtext.section(found)]


def _status(view: SuggestionView) -> str:
    suggestion = view.suggestion
    if suggestion.answer is None:
        return PASTE
    name = view.names.get(suggestion.decider) if suggestion.decider else None
    by = f" by {name}" if name else ""
    why = f": {suggestion.reason}" if suggestion.reason else "."
    sign = "✅" if suggestion.answer is Answer.ACCEPTED else "⚪"
    return f"{sign} {WORDS[suggestion.answer]}{by}{why}"


def _buttons(view: SuggestionView) -> Iterator[Block]:
    suggestion = view.suggestion
    if suggestion.answer is None:
        accept = kit.button("Accept", ids.ACCEPT, suggestion.id, style="primary")
        decline = kit.button("Decline", ids.DECLINE, suggestion.id)
        yield kit.actions(f"suggestion:{suggestion.id}", [accept, decline])


def decline_view(metadata: str) -> Block:
    """`metadata` says which suggestion, and where the answer is told."""
    reason = forms.field(
        ids.REASON,
        "Why not?",
        forms.text_box("", MOST_REASON, placeholder="We have one like it in Docker basics."),
        hint="Whoever suggested it reads this.",
    )
    view = forms.modal(
        TITLE, [reason], callback_id=ids.DECLINE_FORM, metadata=metadata, close="Cancel"
    )
    return forms.sends(view, "Decline")


def read_reason(state: FormState) -> str:
    return forms.typed(state, ids.REASON).strip()[:MOST_REASON]


def answering_words(outcome: Answering) -> str:
    match outcome:
        case Answered(answer):
            return TOLD[answer]
        case AlreadyAnswered(answer):
            return f"It was {WORDS[answer].lower()} before."
        case NoSuchSuggestion():
            return NO_SUGGESTION
        case _:
            assert_never(outcome)
