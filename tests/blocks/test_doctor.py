"""What the doctor tells: every finding has a way out, and every line is one that Slack takes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, get_args

import pytest

from bot.blocks.doctor import doctor_message
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
from bot.quiz.health import Membership, MemoryState, SlackState
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import DailyCounts, OccurrenceState, PostNote
from bot.quiz.player import ChannelId
from bot.quiz.timetable import Post, Reason
from bot.sandbox.block_kit import check_message
from tests.blocks.samples import read
from tests.play.game import MONDAY, PLATFORM, schedule_of
from tests.strategies import NINE

MOMENT: Final = timedelta(milliseconds=1)
NONE: Final = timedelta()
REPORT: Final = ChannelReport(
    schedule_of(), Post(MONDAY, NINE), None, (), 0, Membership.MEMBER, NONE
)
WELL: Final = Checkup(
    now=NINE,
    channels=(REPORT,),
    more=0,
    counts=DailyCounts(
        posted=1_200, unknown=1, refused=2, skipped=3, voided=4, suppressed=5,
        last_late=NONE, most_late=timedelta(minutes=3),
    ),
    slack=SlackState(frozenset(), timedelta(seconds=1), MOMENT),
    memory=MemoryState("Valkey 9.1", keeps=True, used=3 << 20, limit=10 << 20, took=MOMENT),
    findings=(),
)  # fmt: skip

FINDINGS: Final[list[tuple[Finding, str]]] = [
    (MissingScopes(("users:read",)), "install me again"),
    (SlackSilent(), "Look at status.slack.com"),
    (ClockOff(timedelta(seconds=90)), "My clock is 1 minute ahead of Slack's."),
    (ClockOff(timedelta(seconds=-90)), "My clock is 1 minute behind Slack's."),
    (MemoryTrouble("Raise maxmemory."), "Raise maxmemory."),
    (MemorySlow(timedelta(milliseconds=250)), "Redis takes 250.0 ms"),
    (Outside(PLATFORM, Membership.OUTSIDE), "Invite me there"),
    (Outside(PLATFORM, Membership.ARCHIVED), "Unarchive it"),
    (Outside(PLATFORM, Membership.GONE), "I cannot see"),
    (Paused(PLATFORM, "is_archived"), "then resume it"),
    (Overdue(PLATFORM, timedelta(minutes=5)), "should have been asked 5 minutes ago"),
    (NoDayLeft(PLATFORM), "`/ask daily` there changes its days off"),
    (TopicsGone(PLATFORM, ("a&b",), is_empty=False), "`a&amp;b` left the bank, so the rest goes"),
    (
        TopicsGone(PLATFORM, ("aws", "git"), is_empty=True),
        "`aws`, `git` left the bank, so nothing",
    ),
    (TopicsGone(PLATFORM, (), is_empty=True), "Its topics have no question left, so nothing is"),
    (NoReview(3), "3 so far. Choose a channel for them with `/ask settings`."),
    (ReviewOutside(PLATFORM), "Invite me there"),
]


def told(**changes: Any) -> str:
    message = doctor_message(replace(WELL, **changes), "/ask")
    assert check_message({"text": message.text, "blocks": list(message.blocks)}) == []
    return read(message)


@pytest.mark.parametrize(("finding", "words"), FINDINGS, ids=lambda each: type(each).__name__)
def test_a_finding_has_a_way_out(finding: Finding, words: str) -> None:
    seen = told(findings=(finding,))
    assert words in seen
    assert "1 thing to look at" in seen


def test_every_kind_of_finding_is_told() -> None:
    assert {type(finding) for finding, _ in FINDINGS} == set(get_args(Finding))


def test_all_is_well() -> None:
    seen = told()
    assert "All is well." in seen
    assert "Next: Mon 2 March at 09:00 (UTC)" in seen
    assert "Last: none lately" in seen
    assert "1,200 posted, 3 skipped, 2 refused, 1 of unknown fate, 4 withdrawn" in seen
    assert "Lateness: 0 seconds the last time, 3 minutes at most" in seen
    assert "3.0 MB used of 10 MB" in seen


def test_of_a_channel_the_last_post_and_what_was_not_asked_are_told() -> None:
    late = PostNote(MONDAY, OccurrenceState.CLOSED, "", timedelta(minutes=70), 2)
    skipped = PostNote(MONDAY - DAY, OccurrenceState.SKIPPED, Reason.DAY_OVER, NONE, 0)
    report = replace(REPORT, last=late, skipped=(skipped,), suppressed=2)
    seen = told(channels=(report,))
    assert "Last: Mon 2 March, posted, closed, 1 hour late" in seen
    assert "No question: Sun 1 March, skipped (its day was over)" in seen
    assert "Duplicates prevented: 2" in seen


def test_what_is_not_known_is_not_made_up() -> None:
    seen = told(slack=None, channels=(), memory=MemoryState("", None, 0, 0, MOMENT))
    assert "No channel has a question of the day yet." in seen
    assert "No answer" in seen
    assert "MB used" not in seen


def test_much_of_everything_fits_into_a_message() -> None:
    note = PostNote(MONDAY, OccurrenceState.REFUSED, "a_very_long_reason_of_slack" * 3, NONE, 9)
    channels = tuple(
        replace(REPORT, schedule=schedule_of(ChannelId(f"C{n:010}")), skipped=(note,) * 7)
        for n in range(8)
    )
    findings = tuple(finding for finding, _ in FINDINGS) * 4
    seen = told(channels=channels, more=4, findings=findings)
    assert f"and {len(findings) - 12} more" in seen
    assert "4 more channels with a question of the day." in seen
