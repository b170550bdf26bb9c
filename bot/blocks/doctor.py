"""What `/quiz doctor` tells an admin: what is wrong and the way out, then how everything is."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.blocks import kit, moments
from bot.blocks.daily_words import paused_words
from bot.blocks.kit import Block, Message
from bot.play.checkup import (
    ChannelReport,
    Checkup,
    ClockOff,
    Finding,
    MemorySlow,
    MemoryTrouble,
    MissingScopes,
    NoDayLeft,
    NoReview,
    Outside,
    Overdue,
    Paused,
    ReviewOutside,
    SlackSilent,
    TopicsGone,
)
from bot.quiz.health import Membership, MemoryState
from bot.quiz.occurrence import OccurrenceState, PostNote
from bot.quiz.timetable import Reason

FINDINGS_SHOWN: Final = 12
MEBI: Final = 1 << 20
MINUTE: Final = timedelta(minutes=1)

NOT_THERE: Final = {
    Membership.OUTSIDE: "I am not in {channel}. Invite me there, or I cannot ask.",
    Membership.GONE: "I cannot see {channel}. Invite me there, or I cannot ask.",
    Membership.ARCHIVED: "{channel} is archived. Unarchive it, or delete its schedule.",
}
STATES: Final = {
    OccurrenceState.CLAIMED: "just being posted",
    OccurrenceState.SENT: "posted",
    OccurrenceState.UNKNOWN: "perhaps posted, Slack did not say",
    OccurrenceState.CLOSING: "posted, closing",
    OccurrenceState.CLOSED: "posted, closed",
    OccurrenceState.SKIPPED: "skipped",
    OccurrenceState.REFUSED: "refused",
    OccurrenceState.VOIDED: "withdrawn",
}
REASONS: Final[Mapping[str, str]] = {
    Reason.LATE: "more than 4 hours late",
    Reason.CLOSED: "its closing time had passed",
    Reason.DAY_OVER: "its day was over",
}


def doctor_message(checkup: Checkup, command: str) -> Message:
    lines = list(_report(checkup))
    wrong = [_finding(finding, command) for finding in checkup.findings]
    shown = wrong[:FINDINGS_SHOWN]
    more = [f"and {len(wrong) - len(shown)} more"] if len(wrong) > len(shown) else []
    said = kit.count(len(wrong), "thing") + " to look at" if wrong else "All is well."
    blocks: list[Block] = [
        kit.context(f"Doctor · {said}"),
        *(kit.section(f"⚠️ {words}") for words in (*shown, *more)),
        *(kit.section(markup) for markup in lines),
        kit.context("Only you can see this."),
    ]
    words = "\n".join([f"Doctor: {said}", *wrong, *lines]).replace("*", "").replace("`", "")
    return Message(kit.clip_bytes(words, 4_000), tuple(blocks))


# What is wrong, in mrkdwn


def _finding(finding: Finding, command: str) -> str:
    match finding:
        case Outside() | Paused() | Overdue() | NoDayLeft() | TopicsGone():
            return _of_channel(finding, command)
        case MissingScopes(scopes):
            lacking = ", ".join(f"`{kit.escape(scope)}`" for scope in scopes)
            return (
                f"I lack permissions: {lacking}. Add them under OAuth &amp; Permissions and "
                "install me again."
            )
        case SlackSilent():
            return "Slack does not answer me. Look at status.slack.com and at my network."
        case ClockOff(ahead):
            way = "ahead of" if ahead > timedelta() else "behind"
            span = moments.span_words(abs(ahead))
            return f"My clock is {span} {way} Slack's. Switch on time synchronisation (NTP)."
        case MemoryTrouble() | MemorySlow():
            return _of_memory(finding)
        case NoReview() | ReviewOutside():
            return _of_review(finding, command)
        case _:
            assert_never(finding)


def _of_memory(finding: MemoryTrouble | MemorySlow) -> str:
    if isinstance(finding, MemoryTrouble):
        return kit.escape(finding.advice)
    slow = f"Redis takes {_milliseconds(finding.took)} to answer."
    return f"{slow} Bring it nearer to me, or look at its load."


def _of_review(finding: NoReview | ReviewOutside, command: str) -> str:
    if isinstance(finding, NoReview):
        number = f"Reports and suggestions about questions wait: {finding.waiting:,} so far."
        return f"{number} Choose a channel for them with `{command} settings`."
    where = f"<#{kit.escape(finding.channel)}>"
    return f"Reports about questions cannot go to {where}. Invite me there."


def _of_channel(finding: Outside | Paused | Overdue | NoDayLeft | TopicsGone, command: str) -> str:
    where = f"<#{kit.escape(finding.channel)}>"
    match finding:
        case Outside(membership=membership):
            return NOT_THERE[membership].format(channel=where)
        case Paused(reason=reason):
            return f"{where} is paused. {kit.escape(paused_words(reason))}"
        case Overdue(span=span):
            return (
                f"{where} should have been asked {moments.span_words(span)} ago. If it is not "
                "within a minute, look at my log and start me again."
            )
        case NoDayLeft():
            return (
                f"{where} has no day left to be asked on. `{command} daily` there changes its "
                "days off."
            )
        case TopicsGone(topics=topics, is_empty=is_empty):
            listed = ", ".join(f"`{kit.escape(topic)}`" for topic in topics)
            what = f"{listed} left the bank" if topics else "Its topics have no question left"
            then = "nothing is left to ask there" if is_empty else "the rest goes on"
            return f"{where}: {what}, so {then}. `{command} daily` there changes the topics."
        case _:
            assert_never(finding)


# How everything is, in mrkdwn


def _report(checkup: Checkup) -> Iterator[str]:
    for channel in checkup.channels:
        yield "\n".join(_channel(channel, checkup.now))
    if checkup.more:
        yield f"{kit.count(checkup.more, 'more channel')} with a question of the day."
    if not checkup.channels:
        yield "No channel has a question of the day yet."
    yield "\n".join(["*Posts*", *_counts(checkup)])
    yield "\n".join(["*Slack*", *_slack(checkup)])
    yield "\n".join(["*Redis*", *_memory(checkup.memory)])


def _channel(report: ChannelReport, now: datetime) -> Iterator[str]:
    zone = report.schedule.timetable.zone
    yield f"*<#{kit.escape(report.schedule.channel)}>*"
    if report.next:
        when = moments.moment_words(report.next.planned, zone, now=now)
        yield f"Next: {when} ({kit.escape(zone)})"
    yield f"Last: {_note(report.last, now) if report.last else 'none lately'}"
    for note in report.skipped:
        yield f"No question: {_note(note, now)}"
    if report.suppressed:
        yield f"Duplicates prevented: {report.suppressed:,}"


def _note(note: PostNote, now: datetime) -> str:
    day = moments.day_words(note.day, near=now.date())
    reason = REASONS.get(note.reason, note.reason)
    why = f" ({kit.escape(reason)})" if reason else ""
    late = f", {moments.span_words(note.late)} late" if note.late >= MINUTE else ""
    return f"{day}, {STATES[note.state]}{why}{late}"


def _counts(checkup: Checkup) -> Iterator[str]:
    counts = checkup.counts
    yield (
        f"{counts.posted:,} posted, {counts.skipped:,} skipped, {counts.refused:,} refused, "
        f"{counts.unknown:,} of unknown fate, {counts.voided:,} withdrawn"
    )
    yield f"Duplicates prevented: {counts.suppressed:,}"
    last, most = moments.span_words(counts.last_late), moments.span_words(counts.most_late)
    yield f"Lateness: {last} the last time, {most} at most"


def _slack(checkup: Checkup) -> Iterator[str]:
    if checkup.slack is None:
        yield "No answer"
        return
    yield f"Answers in {_milliseconds(checkup.slack.took)}"
    if checkup.slack.ahead is not None:
        yield f"Clocks differ by {moments.span_words(abs(checkup.slack.ahead))}"


def _memory(memory: MemoryState) -> Iterator[str]:
    yield f"{kit.escape(memory.server) or 'A server'}, answers in {_milliseconds(memory.took)}"
    if memory.keeps is not None:
        yield "Keeps every answer on disk" if memory.keeps else "Keeps answers in memory only"
    if memory.used:
        limit = f" of {memory.limit / MEBI:,.0f} MB" if memory.limit else ", no limit set"
        yield f"{memory.used / MEBI:,.1f} MB used{limit}"


def _milliseconds(took: timedelta) -> str:
    return f"{took / timedelta(milliseconds=1):,.1f} ms"
