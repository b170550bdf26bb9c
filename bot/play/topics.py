"""What a channel can be asked about: tracks, quizzes and levels of the bank, found by words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.bank.shelf import Library
from bot.bank.tracks import Track
from bot.quiz.question import MOST_SLUG, Quiz, Slug, short_slug

MOST_LEVELS: Final = 100


@dataclass(frozen=True, slots=True)
class Topic:
    """`slug` is that of a track or a quiz, `level` empty for a track."""

    slug: str
    title: str
    questions: int
    level: str = ""
    is_track: bool = False


@dataclass(frozen=True, slots=True)
class Topics:
    catalogue: Library

    def search(self, words: str) -> tuple[Topic, ...]:
        """Tracks, then quizzes. A quiz that is called like a track is asked with its track."""
        wanted = words.casefold().split()
        tracks = {
            track.slug: _of_track(track)
            for track in self.catalogue.tracks()
            if track.slug and _fits(track, wanted)
        }
        known = {track.slug for track in self.catalogue.tracks()}
        quizzes = [_of_quiz(quiz) for quiz in self.catalogue.search(words)]
        return (*tracks.values(), *(quiz for quiz in quizzes if quiz.slug not in known))

    def named(self, slug: str) -> Topic | None:
        """None when it has left the bank."""
        tracks = (track for track in self.catalogue.tracks() if track.slug == slug)
        if track := next(tracks, None):
            return _of_track(track)
        quiz = self.catalogue.get(slug)
        return _of_quiz(quiz) if quiz else None

    def whole(self, short: str) -> str:
        """The slug of a track or quiz that a menu could only carry in short."""
        if len(short) < MOST_SLUG:
            return short
        slugs = (slug for quiz in self.catalogue for slug in (quiz.track, quiz.slug))
        return next((slug for slug in slugs if short_slug(Slug(slug)) == short), short)

    def levels(self) -> tuple[str, ...]:
        """Every level once, whatever its case, in the order of the bank."""
        return tuple({name.casefold(): name for name in self._levels() if name}.values())[
            :MOST_LEVELS
        ]

    def _levels(self) -> Iterator[str]:
        return (question.level or quiz.level for quiz in self.catalogue for question in quiz)


def _fits(track: Track, wanted: list[str]) -> bool:
    names = f"{track.slug} {track.title}".casefold()
    return all(word in names for word in wanted)


def _of_track(track: Track) -> Topic:
    return Topic(track.slug, track.title, sum(map(len, track.quizzes)), is_track=True)


def _of_quiz(quiz: Quiz) -> Topic:
    return Topic(quiz.slug, quiz.title, len(quiz), quiz.level)
