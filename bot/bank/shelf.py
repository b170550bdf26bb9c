"""Where the newest bank stands: use cases outlive the bank that they began with."""

from collections.abc import Iterator
from typing import TypeAlias

from bot.bank.catalogue import Catalogue, Finding
from bot.bank.tracks import Track
from bot.quiz.question import Question, Quiz


class Shelf:
    """Reads like the `Catalogue` that stands on it; one assignment to `current` swaps it.

    What asks more than once, and waits for somebody in between, takes `current` first: then it
    sees one bank from beginning to end.
    """

    __slots__ = ("current",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.current = catalogue

    @property
    def quizzes(self) -> tuple[Quiz, ...]:
        return self.current.quizzes

    def __len__(self) -> int:
        return len(self.current)

    def __iter__(self) -> Iterator[Quiz]:
        return iter(self.current)

    def get(self, slug: str) -> Quiz | None:
        return self.current.get(slug)

    def question(self, question_id: str) -> tuple[Quiz, Question] | None:
        return self.current.question(question_id)

    def track_title(self, track: str) -> str:
        return self.current.track_title(track)

    def tracks(self) -> tuple[Track, ...]:
        return self.current.tracks()

    def track(self, slug: str) -> Track | None:
        return self.current.track(slug)

    def below(self, track: str) -> tuple[Track, ...]:
        return self.current.below(track)

    def about(self, slug: str) -> str:
        return self.current.about(slug)

    def search(self, words: str, limit: int = 100) -> tuple[Quiz, ...]:
        return self.current.search(words, limit)

    def fitting(self, words: str, limit: int = 100) -> tuple[Quiz, ...]:
        return self.current.fitting(words, limit)

    def search_questions(self, words: str, limit: int = 100) -> tuple[tuple[Quiz, Question], ...]:
        return self.current.search_questions(words, limit)

    def names(self, words: str) -> bool:
        return self.current.names(words)

    def find(self, words: str, nearer: str = "") -> Finding:
        return self.current.find(words, nearer)


Library: TypeAlias = Catalogue | Shelf
"""A bank that stays as it is, or the newest one."""
