"""When and about what a channel is asked every day: what the people who set it up decided."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question, Quiz
from bot.quiz.timetable import Timetable

BY_HAND: Final = "by hand"
"""What `paused` says when a person paused the schedule."""

NO_QUESTION: Final = "no question"
"""What `paused` says when nothing is left in the bank that it could ask."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One channel has one schedule at most.

    `topics` are slugs of tracks or of quizzes, `levels` their levels; empty means all. `instant`
    tells people at once whether they are right, in private. `board_day` is the weekday of the
    weekly board (Monday is 0). `country` names a calendar of holidays, empty for none. `paused`
    is empty while it runs, else `BY_HAND`, `NO_QUESTION` or Slack's own name for why it refused
    a post; `blocks/daily.py` has the words. `since` is the first local date that may be asked.
    `version` is new with every change; storage gives it.
    """

    channel: ChannelId
    owner: UserId  # who set it up and is told of trouble; empty once they are forgotten
    timetable: Timetable
    since: date
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    instant: bool = False
    board_day: int | None = None
    country: str = ""
    paused: str = ""
    version: str = ""

    def wants(self, quiz: Quiz, question: Question) -> bool:
        """Whether a question is about one of the topics and on one of the levels."""
        return self._is_about(quiz) and self._is_on_level(question.level or quiz.level)

    def _is_about(self, quiz: Quiz) -> bool:
        return not self.topics or any(is_about(topic, quiz) for topic in self.topics)

    def _is_on_level(self, level: str) -> bool:
        wanted = {name.casefold() for name in self.levels}
        return not wanted or level.casefold() in wanted


def is_about(topic: str, quiz: Quiz) -> bool:
    """Whether a quiz is the topic, or belongs to its track or one below."""
    return topic in {quiz.slug, quiz.track} or quiz.track.startswith(f"{topic}/")


@dataclass(frozen=True, slots=True)
class Saved:
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Somebody else was quicker: `schedule` is what they left, None if they deleted it."""

    schedule: Schedule | None


Saving: TypeAlias = Saved | ChangedMeanwhile
