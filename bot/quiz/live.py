"""A round that a channel plays together: what it is at a moment, and who may do what with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NewType

from bot.quiz.occurrence import Settlement, Tally
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question, Slug

RoundId = NewType("RoundId", str)
Notice = NewType("Notice", str)
"""Names a message of a round: `lobby`, `q0`, `q1`, …, `r0` (a result on its own), `end`."""

HOST_ALONE: Final = timedelta(minutes=2)
"""So long only the host and admins may start or resume; then everybody who joined may."""
MOST_MISSED: Final = 2
"""Questions in a row that somebody may miss; then nobody waits for them any more."""

USUAL_LIMIT: Final = timedelta(seconds=20)
SHORTEST_LIMIT: Final = timedelta(seconds=10)
LONGEST_LIMIT: Final = timedelta(minutes=5)
USUAL_QUESTIONS: Final = 5
MOST_QUESTIONS: Final = 30

LOBBY: Final = Notice("lobby")
END: Final = Notice("end")


def asked(number: int) -> Notice:
    """The message that asks a question, and later shows its result."""
    return Notice(f"q{number}")


def told(number: int) -> Notice:
    """The result as a message of its own, where nobody knows what became of the question's."""
    return Notice(f"r{number}")


class Phase(StrEnum):
    """`POSTING` until it is known what Slack made of the question, `CLOSING` until its result is
    shown, `RESTING` until the next one, `ENDING` until the podium is posted.
    """

    LOBBY = "lobby"
    POSTING = "posting"
    ASKING = "asking"
    CLOSING = "closing"
    RESTING = "resting"
    ENDING = "ending"
    OVER = "over"


class Ending(StrEnum):
    """Why a round ends before its last question. The first three never get to a question."""

    EMPTY = "empty"
    NOT_STARTED = "not started"
    CALLED_OFF = "called off"
    STOPPED = "stopped"
    QUIET = "quiet"
    FORGOTTEN = "forgotten"
    REFUSED = "refused"


class Sending(StrEnum):
    """What became of a message: `UNKNOWN` where Slack's answer was lost."""

    CLAIMED = "claimed"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sent:
    """`at` is when that was known; whoever claimed it counts as gone after `until`. `ts` is the
    timestamp of the message, empty while it is not known; `drawn` names what it shows.
    """

    sending: Sending
    at: datetime
    until: datetime
    ts: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What Slack made of a message, as of `at`; `ts` for one that was sent."""

    settlement: Settlement
    at: datetime
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who plays. `since` is the first question that waits for them, `last` the latest
    that they answered, -1 for none; `swift` sums up the time left of right answers.
    """

    since: int
    last: int = -1
    points: int = 0
    right: int = 0
    answered: int = 0
    swift: int = 0

    def is_awaited(self, number: int) -> bool:
        seen = max(self.last, self.since - 1)
        return self.since <= number and number - seen <= MOST_MISSED


@dataclass(frozen=True, slots=True)
class Round:
    """One channel plays one round at a time. `questions` are as they are shown.

    `number` is the question that the phase is about, `opened` the moment of its post, `until`
    when the phase ends by itself. `quiet` counts questions in a row that nobody answered. `turn`
    is new with every change but answers, joins and what becomes of messages.
    """

    id: RoundId
    channel: ChannelId
    host: UserId
    slug: Slug
    title: str
    questions: tuple[Question, ...]
    limit: timedelta
    began: datetime
    fast: bool = False
    level: str = ""
    track: str = ""
    phase: Phase = Phase.LOBBY
    number: int = 0
    opened: datetime | None = None
    until: datetime | None = None
    paused: datetime | None = None
    ending: Ending | None = None
    quiet: int = 0
    turn: int = 0
    seats: Mapping[UserId, Seat] = field(default_factory=lambda: MappingProxyType({}))
    tallies: tuple[Tally, ...] = ()
    sent: Mapping[Notice, Sent] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def question(self) -> Question:
        return self.questions[self.number]

    @property
    def tally(self) -> Tally:
        return self.tallies[self.number]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.questions) - 1

    @property
    def was_played(self) -> bool:
        return any(tally.answered for tally in self.tallies)

    @property
    def face(self) -> Notice:
        """The message that shows the result of the current question."""
        own = self.sent.get(asked(self.number))
        return asked(self.number) if own and own.ts else told(self.number)

    def is_open(self, number: int, at: datetime) -> bool:
        """Whether an answer to this question counts.

        It may come while the post is under way: who sees it may be quicker than the news of it.
        """
        return (
            number == self.number
            and self.phase in {Phase.POSTING, Phase.ASKING}
            and (self.until is None or at < self.until)
        )

    def is_waiting(self, now: datetime) -> bool:
        """Whether the host has left people waiting for so long that others may go on."""
        since = self.began if self.phase is Phase.LOBBY else self.paused
        return since is not None and now - since >= HOST_ALONE

    def may_steer(self, user: UserId, now: datetime, *, is_admin: bool = False) -> bool:
        """Start, pause, resume, skip and stop are for the host and admins; see `HOST_ALONE`."""
        return user == self.host or is_admin or (user in self.seats and self.is_waiting(now))

    @property
    def has_all_answers(self) -> bool:
        """Whether everybody who joined before the question has answered it.

        Where nobody had joined yet, it stays open for all of its time.
        """
        joined = [seat for seat in self.seats.values() if seat.since <= self.number]
        missing = [s for s in joined if s.last < self.number and s.is_awaited(self.number)]
        return not missing and any(seat.last == self.number for seat in joined)


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that the press opened, now or when it was delivered before."""

    id: RoundId


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Nothing was opened: the channel plays this round."""

    id: RoundId
