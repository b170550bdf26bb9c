"""What those are told who set up the question of the day: how it goes, what comes of a step."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.blocks import forms, kit, limits, moments, schedule_ids as ids
from bot.blocks.daily_words import paused_words
from bot.blocks.kit import Block, Element, Message
from bot.blocks.schedule_form import TITLE, pack_entry
from bot.play.permissions import NotAllowed
from bot.play.posting import Asked, AskedAlready, Asking, NotAsked, TryLater
from bot.play.proposal import Proposal
from bot.play.scheduling import Overview
from bot.quiz.days_off import Country
from bot.quiz.health import Membership
from bot.quiz.occurrence import OccurrenceState
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable

NOT_ALLOWED: Final = (
    "Only admins of this workspace, and people they have put on the list, can set up the question "
    "of the day. An admin can change that with `{command} settings`."
)
ADMINS_ONLY: Final = "Only admins of this workspace can do that."
FOR_AUTHORS: Final = (
    "Reports about questions come to this channel, and they show what is right. Take another "
    "channel for the question of the day, or another one for reports in `{command} settings`."
)
UNSURE: Final = "I could not find out whether you may do that. Try again in a minute."
WRONG_PLACE: Final = "The question of the day belongs to a channel. Type `{command} daily` there."
IN_A_CHANNEL: Final = "That is about one channel. Type it there."
LATE: Final = "Slack was too slow to open the form. Type the command once more."
CHANGED: Final = "Somebody has changed it meanwhile. This is how it is now."
DELETED: Final = (
    "Deleted. The channel is not asked any more; an open question still gets its result."
)
NOT_SAVED: Final = (
    "Nothing was saved: it has changed while you looked at it. `{command} daily` shows it anew."
)
PAUSED: Final = "Paused."
RESUMED: Final = "It runs again. What it missed meanwhile is not made up for."
NO_SCHEDULE: Final = "The channel has no question of the day. `{command} daily` sets one up."
NOTHING_TO_ASK: Final = (
    "I have no question that fits. Choose other topics or levels, or none for all."
)
OPEN_FORM: Final = "The question of the day is set up in a form."
PREVIEW: Final = "Only you see this. Nobody has been asked, and the next question may be another."

ASKED_STATES: Final = {
    OccurrenceState.CLAIMED: "Today's question is just being posted.",
    OccurrenceState.SENT: "Today's question is in the channel already.",
    OccurrenceState.UNKNOWN: (
        "Slack did not say whether it took today's question. Please look in the channel: "
        "to be safe, I don't post it a second time."
    ),
    OccurrenceState.CLOSING: "Today's question has been asked; its result is on the way.",
    OccurrenceState.CLOSED: "Today's question has been asked, and its result is in the channel.",
    OccurrenceState.SKIPPED: "Today's question was skipped.",
    OccurrenceState.REFUSED: "Slack refused today's question.",
    OccurrenceState.VOIDED: "Today's question has been asked, and was withdrawn.",
}
OUTSIDE: Final = {
    Membership.OUTSIDE: "I am not in this channel yet. Invite me, or I cannot post there.",
    Membership.GONE: "I cannot see this channel. Invite me, or I cannot post there.",
    Membership.ARCHIVED: "This channel is archived. Unarchive it, or I cannot post there.",
}


def refused_words(why: NotAllowed, command: str, *, admins: bool = False) -> str:
    """Plain words; `admins` for what the list does not open."""
    if why.unsure:
        return UNSURE
    if why.for_authors:
        return plainly(FOR_AUTHORS, command)
    words = ADMINS_ONLY if admins else NOT_ALLOWED
    return words.format(command=command).replace("`", "")


def plainly(words: str, command: str) -> str:
    """A sentence of ours without its markup, for where Slack shows none."""
    return words.format(command=command).replace("`", "")


def advice(words: str, command: str) -> Message:
    """A sentence of ours with its markup."""
    return Message(plainly(words, command), (kit.section(words.format(command=command)),))


# How it goes


def overview_blocks(overview: Overview, note: str = "") -> list[Block]:
    """Above the fields of a schedule that is there; `note` says what has just been done."""
    schedule = overview.schedule
    said = [kit.section(f"*{kit.escape(note)}*")] if note else []
    if schedule is None:
        return [*said, kit.context("Nothing is posted before you have seen when, and saved.")]
    return [
        *said,
        kit.section(_state(overview, schedule)),
        kit.actions("schedule_ways", list(_ways(schedule))),
    ]


def _state(overview: Overview, schedule: Schedule) -> str:
    where = f"<#{kit.escape(schedule.channel)}>"
    if schedule.paused:
        return f"⏸ {where} is not asked now. {kit.escape(paused_words(schedule.paused))}"
    if not overview.posts:
        return f"{where} is asked no more: its days off leave no day."
    when = moments.moment_words(
        overview.posts[0].planned, schedule.timetable.zone, now=overview.now
    )
    return f"The next question for {where} comes {when} ({kit.escape(schedule.timetable.zone)})."


def _ways(schedule: Schedule) -> Iterator[Element]:
    channel = schedule.channel
    if schedule.paused:
        yield kit.button("Resume", ids.RESUME, channel, style="primary")
    else:
        yield kit.button("Pause", ids.PAUSE, channel)
    yield kit.button("Post one now", ids.POST_NOW, channel)
    yield kit.button("Preview", ids.PREVIEW, channel)
    delete = kit.button("Delete", ids.DELETE, channel, style="danger")
    yield kit.confirmed(
        delete,
        "Delete it?",
        "The channel is not asked any more. Points and streaks stay.",
        "Delete",
    )


# What it would do


def confirm_view(
    proposal: Proposal, country: Country | None, topics: Sequence[str], place: Membership
) -> Block:
    """Everything that would be saved, in words; `topics` are their titles."""
    blocks = [
        kit.section(f"*{kit.escape(rhythm_words(proposal.schedule.timetable))}*"),
        kit.section(_posts(proposal)),
        kit.context("\n".join(_details(proposal, country, topics))),
    ]
    warning = OUTSIDE.get(place)
    if warning:
        blocks.insert(0, kit.section(f"⚠️ {warning}"))
    view = forms.modal(
        TITLE, blocks, callback_id=ids.CONFIRM, metadata=pack_entry(proposal.entry), close="Back"
    )
    return forms.sends(view, "Save")


def rhythm_words(timetable: Timetable) -> str:
    """`Monday to Friday at 09:00, closes at 17:00 (Europe/Berlin)`."""
    days = moments.weekdays_words(timetable.weekdays)
    at = moments.time_words(timetable.at)
    return f"{days[0].upper()}{days[1:]} at {at}, {closing_words(timetable)} ({timetable.zone})"


def closing_words(timetable: Timetable) -> str:
    if timetable.closes is None or timetable.closes == timetable.at:
        return "open for a day"
    day = "" if timetable.closes > timetable.at else " of the next day"
    return f"closes at {moments.time_words(timetable.closes)}{day}"


def _posts(proposal: Proposal) -> str:
    timetable = proposal.schedule.timetable
    whens = moments.posts_words(proposal.posts, timetable, now=proposal.now)
    lines = ["The next questions come", *(f"•  {when}" for when in whens)]
    change = moments.change_words(proposal.posts, timetable)
    if change:
        lines.append(change)
    if proposal.schedule.paused:
        lines.append("It stays paused until somebody presses Resume.")
    return kit.escape("\n".join(lines))


def _details(proposal: Proposal, country: Country | None, topics: Sequence[str]) -> Iterator[str]:
    schedule = proposal.schedule
    about = ", ".join(kit.clip(topic, 60) for topic in topics) or "all topics"
    levels = f" · {', '.join(schedule.levels)}" if schedule.levels else ""
    yield f"{kit.count(proposal.questions, 'question')} to choose from: {about}{levels}"
    told = "at once, in private" if schedule.instant else "when it closes"
    yield f"People learn whether they are right {told}"
    if schedule.board_day is not None:
        yield f"Leaderboard of the week on {moments.DAYS[schedule.board_day]}s"
    if country:
        yield f"No question on holidays of {country.name}{_next_holiday(proposal)}"
    own = len(schedule.timetable.days_off)
    if own:
        yield f"No question on {kit.count(own, 'day')} of your own"


def _next_holiday(proposal: Proposal) -> str:
    if proposal.day_off is None:
        return ""
    day, name = proposal.day_off
    return f", such as {moments.day_words(day, near=proposal.now.date())} ({name})"


def saved_message(proposal: Proposal, command: str) -> Message:
    schedule = proposal.schedule
    where = f"<#{kit.escape(schedule.channel)}>"
    first = moments.moment_words(
        proposal.posts[0].planned, schedule.timetable.zone, now=proposal.now
    )
    if schedule.paused:
        said = f"Saved. The question of the day in {where} stays paused."
    else:
        said = f"Saved. The next question for {where} comes {first} ({schedule.timetable.zone})."
    way = f"`{command} daily` changes it, previews it or posts one now."
    return Message(f"{said} {way}".replace("`", ""), (kit.section(said), kit.hint(way)))


# What came of a step


def asking_words(outcome: Asking) -> str:
    """What `Post one now` did, in plain words."""
    match outcome:
        case Asked(_, sure):
            return "Posted." if sure else ASKED_STATES[OccurrenceState.UNKNOWN]
        case AskedAlready(state):
            return ASKED_STATES[state]
        case NotAsked(code):
            return paused_words(code)
        case TryLater():
            return "Slack needs a moment of rest. Try again in a minute."
        case _:
            assert_never(outcome)


def preview_view(message: Message) -> Block:
    """The question as a channel would see it, without the buttons that count."""
    shown = [block for block in message.blocks if block["type"] != "actions"]
    return forms.modal(
        "Preview", [kit.context(PREVIEW), *shown][: limits.VIEW_BLOCKS], close="Back"
    )


def open_message(channel: str) -> Message:
    """For those who ask in a conversation: a form needs a click."""
    opens = kit.button("Open the form", ids.OPEN, channel, style="primary")
    return kit.message(
        f"{OPEN_FORM} Open the form.",
        [kit.section(OPEN_FORM), kit.actions("schedule_open", [opens])],
    )
