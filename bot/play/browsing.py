"""Somebody looks through the bank: tracks, their quizzes, and what they have done of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias

from bot.bank.catalogue import Catalogue, Found
from bot.bank.shelf import Library
from bot.bank.tracks import TOP, Track, parent_of
from bot.quiz.level import level_rank
from bot.quiz.player import Player
from bot.quiz.prose import Prose, plain
from bot.quiz.question import MOST_SLUG, Question, Quiz, Slug, StudyLink, short_slug
from bot.quiz.session import Progress, QuizProgress

A_PAGE: Final = 15
"""Tracks and quizzes that are shown at once."""

QUIZZES_FOUND: Final = 5
QUESTIONS_FOUND: Final = 8
NOTHING_YET: Final = QuizProgress(0, 0)


class ProgressStore(Protocol):
    async def progress(self, player: Player) -> Progress: ...


@dataclass(frozen=True, slots=True)
class TrackEntry:
    """A track below the one that is shown, with everything below it. `levels` are in the order
    of learning; `answered` are the first answers of who looks.
    """

    slug: str
    title: str
    about: str
    quizzes: int
    questions: int
    levels: tuple[str, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """`is_next` tells of the first quiz of the track with a question not answered yet."""

    quiz: Quiz
    about: str
    answered: int
    right: int
    is_next: bool = False


Entry: TypeAlias = TrackEntry | QuizEntry


@dataclass(frozen=True, slots=True)
class TrackPage:
    """One page of a track, counted from 0. `above` are the titles of the tracks that it is in,
    and `back` is the track to go back to with the page that shows this one, None at the top.
    """

    track: Track
    above: tuple[str, ...]
    entries: tuple[Entry, ...]
    number: int
    pages: int
    quizzes: int
    questions: int
    back: tuple[str, int] | None

    @property
    def intro(self) -> Prose:
        """Said once, on the first page."""
        return () if self.number else self.track.intro

    @property
    def links(self) -> tuple[StudyLink, ...]:
        """At the end of the last page."""
        return self.track.links if self.number == self.pages - 1 else ()


@dataclass(frozen=True, slots=True)
class Results:
    """What was found for some words, the best first; `more` tells that there are other questions
    besides.
    """

    words: str
    quizzes: tuple[Quiz, ...]
    questions: tuple[tuple[Quiz, Question], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Browsing:
    store: ProgressStore
    catalogue: Library

    async def page(self, player: Player, track: str = TOP, number: int = 0) -> TrackPage:
        """A page of a track, by its slug or the short form of it that buttons carry.

        What is no longer there is the page where browsing begins; so is the top where it has
        nothing but one track. Pages behind the last one are the last.
        """
        look = _Look(self.catalogue.current, await self.store.progress(player))
        return look.page(track, number)

    def track_named(self, words: str) -> str | None:
        """The slug of the track that somebody means by its slug or title, else that of a quiz."""
        name = " ".join(words.casefold().replace("/", " ").split())
        for track in _all(self.catalogue.current, TOP):
            if name in {track.slug.casefold().replace("/", " "), track.title.casefold()}:
                return track.slug
        found = self.catalogue.find(words)
        quizzes = (found.quiz,) if isinstance(found, Found) else found.closest
        return next((quiz.track for quiz in quizzes), None)

    def search(
        self, words: str, quizzes: int = QUIZZES_FOUND, questions: int = QUESTIONS_FOUND
    ) -> Results:
        """At most so many quizzes by their names, and questions by their text. What is merely
        similar to the words is shown where nothing else is found.
        """
        catalogue = self.catalogue.current
        asked = " ".join(words.split())
        if not asked:
            return Results("", (), (), more=False)
        found = catalogue.search_questions(asked, questions + 1)
        look = catalogue.fitting if found else catalogue.search
        more = len(found) > questions
        return Results(asked, look(asked, quizzes), found[:questions], more=more)


@dataclass(frozen=True, slots=True)
class _Look:
    """One bank as one person sees it."""

    catalogue: Catalogue
    progress: Progress

    def page(self, track: str, number: int) -> TrackPage:
        first = self._first()
        here = self._track(track) or self._known(first)
        if _is_above(here.slug, first):
            here = self._known(first)
        entries = list(self._entries(here))
        pages = max(1, -(-len(entries) // A_PAGE))
        number = min(number, pages - 1)
        below = self._quizzes(here.slug)
        return TrackPage(
            track=replace(here, title=self._title(here.slug, first)),
            above=tuple(self._above(here.slug, first)),
            entries=tuple(entries[number * A_PAGE : (number + 1) * A_PAGE]),
            number=number,
            pages=pages,
            quizzes=len(below),
            questions=sum(map(len, below)),
            back=None if here.slug == first else self._back(here.slug),
        )

    def _first(self) -> str:
        """Where browsing begins: the first track, from the top, with something to choose."""
        slug = TOP
        while not self._known(slug).quizzes and len(below := self.catalogue.below(slug)) == 1:
            slug = below[0].slug
        return slug

    def _track(self, slug: str) -> Track | None:
        if len(slug) < MOST_SLUG:
            return self.catalogue.track(slug)
        tracks = _all(self.catalogue, TOP)
        return next((track for track in tracks if short_slug(Slug(track.slug)) == slug), None)

    def _known(self, slug: str) -> Track:
        return self.catalogue.track(slug) or Track(slug, self.catalogue.track_title(slug), ())

    def _quizzes(self, slug: str) -> list[Quiz]:
        """Those of a track and of all below it."""
        own = self._known(slug).quizzes
        below = (quiz for track in _all(self.catalogue, slug) for quiz in track.quizzes)
        return [*own, *below]

    def _entries(self, track: Track) -> Iterator[Entry]:
        yield from map(self._track_entry, self.catalogue.below(track.slug))
        entries = [self._quiz_entry(quiz) for quiz in track.quizzes]
        at = next((e for e in entries if e.answered < len(e.quiz)), None)
        yield from (replace(entry, is_next=entry is at) for entry in entries)

    def _track_entry(self, track: Track) -> TrackEntry:
        quizzes = self._quizzes(track.slug)
        levels = dict.fromkeys(quiz.level.lower() for quiz in quizzes if quiz.level)
        return TrackEntry(
            track.slug,
            self.catalogue.short_track_title(track.slug),
            self.catalogue.about(track.slug) or _first_paragraph(track.intro),
            len(quizzes),
            sum(map(len, quizzes)),
            tuple(sorted(levels, key=level_rank)),
            sum(self._done(quiz).answered for quiz in quizzes),
        )

    def _quiz_entry(self, quiz: Quiz) -> QuizEntry:
        about = self.catalogue.about(quiz.slug) or _first_paragraph(quiz.intro)
        done = self._done(quiz)
        return QuizEntry(quiz, about, done.answered, done.right)

    def _done(self, quiz: Quiz) -> QuizProgress:
        """Questions that have left the quiz since do not count as more than all."""
        done = self.progress.quizzes.get(quiz.slug, NOTHING_YET)
        answered = min(done.answered, len(quiz))
        return QuizProgress(answered, min(done.right, answered))

    def _above(self, slug: str, first: str) -> Iterator[str]:
        above = []
        while slug not in {first, TOP}:
            slug = parent_of(slug)
            above.append(self._title(slug, first))
        yield from reversed(above)

    def _title(self, slug: str, first: str) -> str:
        """Without the names of the tracks that it is in, where they are shown above it."""
        whole, short = self.catalogue.track_title, self.catalogue.short_track_title
        return whole(slug) if slug == first else short(slug)

    def _back(self, slug: str) -> tuple[str, int]:
        parent = parent_of(slug)
        slugs = [track.slug for track in self.catalogue.below(parent)]
        return parent, slugs.index(slug) // A_PAGE


def _all(catalogue: Catalogue, slug: str) -> Iterator[Track]:
    """The tracks below one, each before those below it."""
    for track in catalogue.below(slug):
        yield track
        yield from _all(catalogue, track.slug)


def _is_above(track: str, other: str) -> bool:
    return track != other and (track == TOP or other.startswith(f"{track}/"))


def _first_paragraph(intro: Prose) -> str:
    return " ".join(plain(intro[:1]).split())
