"""What a channel can be asked: the same for all that chose the same topics and levels, so it is
worked out once and not for every post.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from bot.bank.shelf import Library
from bot.quiz.question import Question, QuestionId, Quiz
from bot.quiz.schedule import Schedule

Pool: TypeAlias = Mapping[QuestionId, tuple[Quiz, Question]]

MOST: Final = 32
"""Choices of topics and levels to remember; further ones take the place of the oldest."""


class Pools:
    """Questions carry the level of their quiz where they have none of their own."""

    def __init__(self, catalogue: Library) -> None:
        self._catalogue = catalogue
        self._bank = catalogue.current
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], Pool] = {}

    def pool(self, schedule: Schedule) -> Pool:
        bank = self._catalogue.current
        if bank is not self._bank:
            self._bank, self._known = bank, {}
        choice = schedule.topics, schedule.levels
        if (known := self._known.get(choice)) is not None:
            return known
        if len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known[choice] = found = {
            question.id: (quiz, quiz.levelled(question))
            for quiz in bank
            for question in quiz
            if schedule.wants(quiz, question)
        }
        return found
