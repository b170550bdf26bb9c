"""What people are told in private about the question of a channel: those who answer, and the one
who set it up.
"""

from typing import Final, assert_never

from bot.blocks import ids, kit, richtext
from bot.blocks.answering import HINTED, hint
from bot.blocks.authors import report_button
from bot.blocks.daily import closing_token
from bot.blocks.kit import Block, Element, Message
from bot.blocks.notices import with_menu
from bot.blocks.question import fill_view
from bot.blocks.result import (
    RIGHT,
    WRONG,
    because,
    given_words,
    key_words,
    points_words,
    study_guide,
)
from bot.play.daily import (
    DailyOutcome,
    DailyRun,
    Hinted,
    NoSuchQuestion,
    Practice,
    Recorded,
    Withdrawn,
)
from bot.play.pausing import PAUSING
from bot.play.reporting import InChannel
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.occurrence import Occurrence
from bot.quiz.prose import plain
from bot.quiz.question import Question
from bot.quiz.schedule import BY_HAND, NO_QUESTION, Schedule
from bot.quiz.session import Choice, Fill, Given

GIVEN_SHOWN: Final = 300
PRACTICE: Final = "The question was closed before, so this was practice and earns no points."
WITHDRAWN: Final = "This question was withdrawn, so answers to it do not count."
OWN_QUIZ: Final = "a quiz of your own"
FREE: Final = "It costs nothing here any more."


def reply(outcome: DailyOutcome | Hinted, command: str, edits: EditLinks = NO_LINKS) -> Message:
    """What whoever answered, or took the hint, is told."""
    match outcome:
        case Hinted(occurrence, is_free):
            return _hint(occurrence.question, FREE if is_free else HINTED)
        case Recorded(tells=True):
            return _feedback(outcome, edits)
        case Recorded():
            return _receipt(outcome)
        case Practice(occurrence, given, right, quiz):
            verdict = _verdict(occurrence.question, given, right=right)
            guide = study_guide(quiz, edits.of(occurrence.question.place))
            return _explained(verdict, PRACTICE, occurrence, given, guide)
        case Withdrawn():
            return with_menu(WITHDRAWN, command, OWN_QUIZ)
        case NoSuchQuestion():
            return with_menu("I no longer have this question.", command, OWN_QUIZ)
        case _:
            assert_never(outcome)


def _hint(question: Question, price: str) -> Message:
    bottom = [kit.context(price)]
    shown = richtext.blocks([hint(question)], bottom)
    return Message(kit.spoken([f"Hint: {plain(question.hint)}", price]), (*shown, *bottom))


def _feedback(outcome: Recorded, edits: EditLinks) -> Message:
    question, answer = outcome.occurrence.question, outcome.answer
    verdict = _verdict(question, answer.given, right=answer.right)
    points = ""
    if answer.right:
        known = "No points: you have answered this one before."
        points = f"{points_words(answer)}." if answer.points else known
    week = f"{outcome.week_points:,} points this week." if outcome.week_points else ""
    stands = "Your first answer stands." if outcome.again else ""
    line = " ".join(filter(None, (stands, _run(outcome.run), points, week)))
    guide = study_guide(outcome.quiz, edits.of(question.place))
    return _explained(verdict, line, outcome.occurrence, answer.given, guide)


def _receipt(outcome: Recorded) -> Message:
    """Before the close, and nothing in it depends on whether the answer is right."""
    given = kit.clip(given_words(outcome.answer.given), GIVEN_SHOWN)
    said = f"Your first answer stands: {given}." if outcome.again else f"Recorded: {given}."
    when = f"The answer comes {closing_token(outcome.occurrence.closes)}."
    line = " ".join(filter(None, (_run(outcome.run), HINTED if outcome.answer.hinted else "")))
    words = f"{kit.escape(said)} {when}"
    blocks = [
        kit.section(words),
        *([kit.context(line)] if line else []),
        _to_authors(outcome.occurrence),
    ]
    return Message(f"{words} {line}".rstrip(), tuple(blocks))


def _to_authors(occurrence: Occurrence) -> Block:
    """Alike for a right and a wrong answer."""
    return kit.actions(f"told:{occurrence.id}", [report_button(InChannel(occurrence.id))])


def _verdict(question: Question, given: Given, *, right: bool) -> str:
    if right:
        return f"{RIGHT} Right: {key_words(question)}"
    did = "wrote" if isinstance(given, Fill) else "chose"
    verb = "are" if len(question.key or question.blanks) > 1 else "is"
    return f"{WRONG} Not quite: you {did} {given_words(given)}, right {verb} {key_words(question)}"


def _run(run: DailyRun) -> str:
    if run.milestone:
        return f"🔥 {run.days} working days in a row: you have reached {run.milestone}."
    return f"🔥 {kit.count(run.days, 'working day')} in a row." if run.days > 1 else ""


def _explained(
    verdict: str, line: str, occurrence: Occurrence, given: Given, guide: list[Element]
) -> Message:
    question, bottom = occurrence.question, [_to_authors(occurrence)]
    head = richtext.section([richtext.text(verdict, bold=True)])
    earned: list[Block] = [kit.context(line)] if line else []
    parts = [[head], _feedbacks(question, given), because(question), guide]
    first, *rest = richtext.blocks(parts, [*earned, *bottom])
    reasons = plain(question.explanation)
    words = [f"{verdict}.", line, f"Why: {reasons}" if reasons else ""]
    return Message(kit.spoken(words), (first, *earned, *rest, *bottom))


def _feedbacks(question: Question, given: Given) -> list[Element]:
    """What its author says about each option that was chosen."""
    chosen = sorted(given.chosen) if isinstance(given, Choice) else ()
    return [part for i in chosen for part in richtext.quoted(question.options[i].feedback)]


def daily_blanks_view(occurrence: Occurrence) -> Block:
    """The modal that takes what belongs into the gaps."""
    value = ids.DailyButton(occurrence.id).pack()
    return fill_view(ids.DAILY_BLANKS, value, occurrence.question)


# For whoever set it up

INVITE: Final = "I am not in the channel. Invite me, then resume it."
ALLOW: Final = "I may not post there. Ask an admin of the channel to allow it, then resume it."
REINSTALL: Final = "Slack no longer accepts my key. Install me again, then resume it."
PAUSED: Final = {
    BY_HAND: "Somebody paused it.",
    NO_QUESTION: "I have no question that fits. Choose other topics or levels, then resume it.",
    "is_archived": "The channel is archived. Unarchive it, then resume it.",
    "not_in_channel": INVITE,
    "channel_not_found": "I no longer see the channel. Invite me, then resume it.",
    "no_permission": ALLOW,
    "restricted_action": ALLOW,
    "restricted_action_non_threadable_channel": ALLOW,
    "restricted_action_read_only_channel": ALLOW,
    "restricted_action_thread_only_channel": ALLOW,
    "missing_scope": "I lack a permission to post. Install me again, then resume it.",
    "account_inactive": REINSTALL,
    "invalid_auth": REINSTALL,
    "not_authed": REINSTALL,
    "token_expired": REINSTALL,
    "token_revoked": REINSTALL,
}


def paused_words(code: str) -> str:
    """Why a schedule is paused, and what to do, as plain words."""
    return PAUSED.get(code) or f"Slack refuses my posts ({code}). Look into that, then resume it."


def owner_message(schedule: Schedule, command: str) -> Message:
    """Told once, in private. A code that does not pause cost the channel one question."""
    where = f"<#{kit.escape(schedule.channel)}>"
    code = schedule.paused
    if code in PAUSING or code == NO_QUESTION:
        said = f"The question of the day in {where} is paused. {kit.escape(paused_words(code))}"
        way = f"`{command} daily` in the channel brings the settings."
    else:
        said = f"Slack did not take today's question for {where} ({kit.escape(code)})."
        way = "The next one comes as planned."
    return Message(f"{said} {way}".replace("`", ""), (kit.section(f"{said}\n{way}"),))
