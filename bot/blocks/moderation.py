"""What admins are asked and told who take back a question, or begin a channel's board anew."""

from typing import Final

from bot.blocks import kit, moments, schedule_ids as ids
from bot.blocks.kit import Message
from bot.blocks.question import heading
from bot.play.moderation import Voidable
from bot.quiz.player import ChannelId

STEM_SHOWN: Final = 300
NOTHING_TO_VOID: Final = (
    "There is no question here to withdraw: none was asked lately, or it is withdrawn already."
)
VOIDED: Final = (
    "Withdrawn. Its points are leaving all boards, and its message in the channel will say so."
)
RESET_DONE: Final = (
    "Done. The boards of this channel begin anew; the workspace's stay as they are."
)


def void_message(found: Voidable) -> Message:
    """Asked before a question is withdrawn."""
    occurrence = found.occurrence
    stem = kit.clip(occurrence.question.stem, STEM_SHOWN)
    day = moments.day_words(occurrence.day, near=occurrence.day)
    answered = kit.count(found.tally.answered, "answer")
    said = f"Withdraw the question of {day}?"
    what = (
        "Its points leave all boards, its day counts for no streak, and its message in the "
        "channel says that it was withdrawn. This cannot be undone."
    )
    title = heading(occurrence.title, occurrence.level)
    void = kit.button("Withdraw it", ids.VOID, occurrence.id, style="danger")
    return kit.message(
        f"{said} {title}: {stem} It has {answered}. {what}",
        [
            kit.section(f"*{said}*\n{kit.escape(what)}"),
            kit.context(f"{title} · {answered}", stem),
            kit.actions(
                "void",
                [
                    kit.confirmed(
                        void, "Withdraw it?", "Everybody loses what it earned.", "Withdraw it"
                    )
                ],
            ),
        ],
    )


def reset_message(channel: ChannelId) -> Message:
    """Asked before a channel's boards are cleared."""
    said = "Begin this channel's leaderboards anew?"
    what = (
        "All its points and places, of today, this week, this month and of all time, are deleted. "
        "Streaks and the boards of the workspace stay. This cannot be undone."
    )
    reset = kit.button("Reset the board", ids.RESET, channel, style="danger")
    return kit.message(
        f"{said} {what}",
        [
            kit.section(f"*{said}*\n{what}"),
            kit.actions(
                "reset",
                [
                    kit.confirmed(
                        reset, "Reset it?", "Everybody here begins at zero.", "Reset the board"
                    )
                ],
            ),
        ],
    )
