"""What people are told in private about a live round."""

from typing import Final, assert_never

from bot.bank.catalogue import Ambiguous, Unknown
from bot.blocks import kit, notices
from bot.blocks.kit import Message
from bot.blocks.question import heading
from bot.blocks.result import given_words
from bot.play.live import (
    AlreadyPlaying,
    Begun,
    Closed,
    NoRound,
    NotHere,
    NotYou,
    NotYours,
    Opening,
    Recorded,
    Seated,
)
from bot.quiz.live import Phase, Round
from bot.quiz.player import ChannelId

OVER: Final = "That round is over."
LATE: Final = "That question is closed."
NOT_YOURS: Final = "Only who opened the round and admins can do that just now."
HOLDING: Final = "I hold after this question. Resume goes on."
"""Pausing shows in the channel only when the question is closed."""

INVITE: Final = "I am not in that channel. Invite me, then open the round again."
ALLOW: Final = "I may not post there. Ask an admin of the channel to allow it."
REFUSED: Final = {
    "channel_not_found": INVITE,
    "not_in_channel": INVITE,
    "is_archived": "The channel is archived. Choose another one.",
    "no_permission": ALLOW,
    "restricted_action": ALLOW,
    "restricted_action_non_threadable_channel": ALLOW,
    "restricted_action_read_only_channel": ALLOW,
    "restricted_action_thread_only_channel": ALLOW,
}


def usage(command: str) -> Message:
    example = f"{command} live docker basics 5 30s"
    said = "Which quiz shall it be?"
    more = "A number is how many questions, 30s the time for each, fast rewards speed, now skips"
    return kit.message(
        f"{said} For example: {example}. {more} the lobby.",
        [kit.section(f"{said} For example: `{example}`"), kit.context(f"{more} the lobby.")],
    )


def opening_message(outcome: Opening | NoRound, asked: str, command: str) -> Message | None:
    """What whoever opens a round is told; None where the channel sees it."""
    match outcome:
        case Begun():
            return None
        case AlreadyPlaying(round_):
            return notices.sentence(_under_way(round_))
        case NotHere():
            return notices.sentence("A live round needs a channel. Type the same in one.")
        case NotYou():
            return notices.sentence("Only people of this workspace can open a round.")
        case NoRound():
            return _with_way("I no longer have that round.", command)
        case Ambiguous() | Unknown():
            return _closest(outcome, asked, command)
        case _:
            assert_never(outcome)


def _under_way(round_: Round | None) -> str:
    if round_ is None or round_.phase is Phase.OVER:
        return "A round has just ended here. Try again in a moment."
    title = heading(round_.title, round_.level)
    way = "press Join" if round_.phase is Phase.LOBBY else "answer its question"
    return f"A round of {title} is under way here. To play along, {way}."


def _closest(found: Ambiguous | Unknown, asked: str, command: str) -> Message:
    said = kit.clip(" ".join(asked.split()), 60)
    if not found.closest:
        return _with_way(f"I know no quiz called “{said}”.", command)
    names = [heading(quiz.title, quiz.level) for quiz in found.closest]
    head = f"Which quiz do you mean by “{said}”?"
    lines = [f"`{command} live {kit.escape(_unmarked(quiz.slug))}`" for quiz in found.closest]
    told = [f"{name}: {line}" for name, line in zip(map(kit.escape, names), lines, strict=True)]
    words = f"{head} {', '.join(names)}."
    return kit.message(words, [kit.section("\n".join([kit.escape(head), *told]))])


def _unmarked(slug: str) -> str:
    return slug.replace("/", " ").replace("`", "")


def _with_way(said: str, command: str) -> Message:
    way = "and the name of a quiz opens a round."
    return kit.message(
        f"{said} {command} live {way}",
        [kit.section(f"{kit.escape(said)} `{command} live` {way}")],
    )


def answer_message(outcome: Recorded | Closed | NoRound, command: str) -> Message:
    """Before the close, nothing in it depends on whether the answer is right."""
    match outcome:
        case Recorded(_, answer, again):
            given = given_words(answer.given)
            said = f"Your first answer stands: {given}." if again else f"Recorded: {given}."
            return notices.sentence(f"{said} The right one comes when the question closes.")
        case Closed(round_):
            if round_.phase in {Phase.ENDING, Phase.OVER}:
                return _with_way(OVER, command)
            return notices.sentence(f"{LATE} The next one comes in a moment.")
        case NoRound():
            return _with_way(OVER, command)
        case _:
            assert_never(outcome)


def join_message(outcome: Seated | NoRound, command: str) -> Message:
    if isinstance(outcome, NoRound):
        return _with_way(OVER, command)
    others = outcome.count - 1
    company = f"with {kit.count(others, 'other')}" if others else "the first one"
    return notices.sentence(f"You are in, {company}. The questions come in the channel.")


def steering_message(outcome: NotYours | NoRound, command: str) -> Message:
    if isinstance(outcome, NoRound):
        return _with_way(OVER, command)
    return notices.sentence(NOT_YOURS)


def host_message(channel: ChannelId, code: str) -> Message:
    """Slack ended the round: why, and what to do."""
    where = f"<#{kit.escape(channel)}>"
    why = REFUSED.get(code) or f"Slack refused my message ({kit.escape(code)})."
    return notices.advice(f"The live round in {where} could not go on. {why}")
