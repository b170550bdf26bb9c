"""Something wrong? The form that somebody fills in, and what they are told."""

from datetime import timedelta
from math import ceil
from typing import Final, assert_never

from bot.blocks import forms, kit, limits, report_ids as ids, richtext
from bot.blocks.authors import LABEL
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Message
from bot.blocks.prompt import shortened
from bot.blocks.question import asking_bold, heading
from bot.play.reporting import Reported, Unseen
from bot.quiz.report import (
    MOST_A_DAY,
    MOST_WORDS,
    Case,
    Complaint,
    Filed,
    Verdict,
)

HOUR: Final = timedelta(hours=1)
STEM_SHOWN: Final = 150
PROMPT_SHOWN: Final = 2_000
COMPLAINTS: Final = {
    Complaint.KEY: "The marked answer is wrong",
    Complaint.ALSO: "Another answer is right too",
    Complaint.UNCLEAR: "The question is unclear",
    Complaint.OUTDATED: "It is out of date",
    Complaint.TYPO: "There is a typo",
    Complaint.OTHER: "Something else",
}
WHO_SEES_IT: Final = (
    "The authors see your name and what you write. You hear from me when it is settled."
)
CHOOSE: Final = "Please choose what is wrong."
SAY_WHAT: Final = "Please say in a few words what is wrong."
LETTERS_DIFFER: Final = "Quote an answer rather than its letter: others see other letters."
GONE: Final = "I no longer have this question, so there is nothing to report."
THANKS: Final = "Thank you. It is on its way to the authors, and I tell you when it is settled."
REPLACED: Final = "Thank you. This takes the place of what you reported before."
WAITS: Final = (
    "Thank you. It is kept, and goes to the authors as soon as an admin has chosen a channel for "
    "reports."
)
OUT: Final = (
    "Others reported it too, so it is no question of the day any more until an admin decides."
)
LATE: Final = "Slack was too slow to open the form. Press the button once more."


def report_view(case: Case, metadata: str) -> Block:
    """Nothing in it tells what is right: it may be opened before the answer."""
    options = [kit.option(words, complaint) for complaint, words in COMPLAINTS.items()]
    prompt = richtext.cut(richtext.elements(asking_bold(case.question.prompt)), PROMPT_SHOWN)
    blocks = [
        kit.context(heading(case.title, case.question.level)),
        *richtext.in_blocks([prompt], limits.VIEW_BLOCKS - 4),
        forms.field(ids.COMPLAINT, "What is wrong?", forms.one_of("radio_buttons", options, "")),
        forms.field(
            ids.WORDS,
            "What should it say?",
            forms.text_box("", MOST_WORDS, placeholder="A sentence and perhaps a link"),
            hint=LETTERS_DIFFER if case.question.options else "",
            optional=True,
        ),
        kit.context(WHO_SEES_IT),
    ]
    view = forms.modal(
        LABEL, blocks, callback_id=ids.REPORT_FORM, metadata=metadata, close="Cancel"
    )
    return forms.sends(view, "Send")


def read_report(state: FormState) -> tuple[Complaint | None, str]:
    """What is wrong, None for nothing that the form has; and in their words."""
    chosen = forms.picked(state, ids.COMPLAINT)
    complaint = Complaint(chosen) if chosen in set(Complaint) else None
    return complaint, forms.typed(state, ids.WORDS)[:MOST_WORDS]


def outcome_message(outcome: Reported | Unseen) -> Message:
    match outcome:
        case Reported(filed, waits):
            return _sentence(_thanks(filed, waits=waits))
        case Unseen():
            return _sentence(GONE)
        case _:
            assert_never(outcome)


def _thanks(filed: Filed, *, waits: bool) -> str:
    if waits:
        return WAITS
    said = REPLACED if filed.again else THANKS
    return f"{said} {OUT}" if filed.out and not filed.again else said


def enough_words(wait: timedelta) -> str:
    """For reports and suggestions, which are counted together. It stands below a field, so that
    what was written is not lost.
    """
    said = f"That makes {MOST_A_DAY} reports and suggestions within a day. Thank you for them."
    hours = kit.count(max(1, ceil(wait / HOUR)), "hour")
    return f"{said} There is room for the next one in {hours}: copy your words until then."


VERDICTS: Final = {
    Verdict.FIXED: "The question that you reported was corrected. Thank you.",
    Verdict.KEPT: (
        "The authors have looked at the question that you reported, and keep it as it is. "
        "Thank you for looking so closely."
    ),
}


def verdict_message(case: Case, verdict: Verdict) -> Message:
    """For whoever reported it; it says nothing about what is right."""
    said = VERDICTS[verdict]
    title = heading(case.title, case.question.level)
    stem = shortened(case.question.prompt, STEM_SHOWN)
    return kit.message(f"{said} {title}: {stem}", [kit.section(said), kit.context(title, stem)])


def waiting_message(waiting: int, command: str) -> Message:
    """For those who look after questions, where no channel is chosen yet."""
    said = f"Reports and suggestions about questions wait for their authors: {waiting:,} so far."
    way = f"An admin chooses the channel for them with `{command} settings`."
    return Message(f"{said} {way}".replace("`", ""), (kit.section(f"{said}\n{way}"),))


def _sentence(words: str) -> Message:
    return kit.message(words, [kit.section(kit.escape(words))])
