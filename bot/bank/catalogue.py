"""All quizzes of the bank: found by slug, by question, by track, or by what somebody typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Self, TypeAlias
from unicodedata import normalize

from rapidfuzz import fuzz, process

from bot.bank.naming import natural, pretty
from bot.quiz.level import level_rank
from bot.quiz.question import Question, QuestionId, Quiz, Slug

MOST_CLOSEST: Final = 5
LEAST_LIKENESS: Final = 65
LONGEST_SEARCH: Final = 200
_WORD: Final = re.compile(r"\w+")
_EMPTY_WORDS: Final = frozenset({"quiz", "quizzes"})


@dataclass(frozen=True, slots=True)
class Track:
    """The quizzes of one folder, from the first level to the last."""

    slug: str
    title: str
    quizzes: tuple[Quiz, ...]


@dataclass(frozen=True, slots=True)
class Found:
    quiz: Quiz


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several quizzes fit; `closest` has the first few of them."""

    closest: tuple[Quiz, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No quiz fits; `closest` has the few that look like it, if any."""

    closest: tuple[Quiz, ...]


Finding: TypeAlias = Found | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is compared with what somebody typed."""

    quiz: Quiz
    names: frozenset[str]
    words: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Quizzes in the order of tracks and levels, whatever order they are given in.

    `track_titles` has titles by the slug of a track; others get one made of their slug. Of two
    quizzes with one slug, or two questions with one id, the first counts.
    """

    quizzes: tuple[Quiz, ...] = ()
    track_titles: Mapping[str, str] = field(default_factory=dict)
    _by_slug: dict[Slug, Quiz] = field(init=False, repr=False, compare=False)
    _by_question: dict[QuestionId, tuple[Quiz, Question]] = field(
        init=False, repr=False, compare=False
    )
    _entries: tuple[_Entry, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__  # the index is part of a frozen value, so it is put in once
        put(self, "quizzes", tuple(sorted(self.quizzes, key=_place)))
        put(self, "_by_slug", {quiz.slug: quiz for quiz in reversed(self.quizzes)})
        questions = {q.id: (quiz, q) for quiz in reversed(self.quizzes) for q in quiz}
        put(self, "_by_question", questions)
        entries = tuple(_entry(quiz, self.track_title(quiz.track)) for quiz in self.quizzes)
        put(self, "_entries", entries)

    @property
    def current(self) -> Self:
        """The catalogue itself; that of a `Shelf` is the one which stands there now."""
        return self

    def __len__(self) -> int:
        return len(self.quizzes)

    def __iter__(self) -> Iterator[Quiz]:
        return iter(self.quizzes)

    def get(self, slug: str) -> Quiz | None:
        return self._by_slug.get(Slug(slug))

    def question(self, question_id: str) -> tuple[Quiz, Question] | None:
        return self._by_question.get(QuestionId(question_id))

    def track_title(self, track: str) -> str:
        """Name a track; the one of the pages at the top has no title."""
        return self.track_titles.get(track) or (pretty(track) if track else "")

    def tracks(self) -> tuple[Track, ...]:
        by_track: dict[str, list[Quiz]] = {}
        for quiz in self.quizzes:
            by_track.setdefault(quiz.track, []).append(quiz)
        return tuple(
            Track(slug, self.track_title(slug), tuple(quizzes))
            for slug, quizzes in by_track.items()
        )

    def search(self, words: str, limit: int = 100) -> tuple[Quiz, ...]:
        """List what fits: by exact name, whole words, beginnings, parts, else by likeness.

        Without words it is all quizzes in their order.
        """
        wanted = _wanted(words)
        if not wanted:
            return self.quizzes[:limit]
        fitting = (entry.quiz for tier in self._tiers(wanted) for entry in tier)
        first = tuple(islice(_unique(fitting), limit))
        return first or tuple(self._alike(wanted, limit))

    def names(self, words: str) -> bool:
        """Tell whether one quiz or several have all these words, each of them whole."""
        wanted = _wanted(words)
        return bool(wanted) and any(entry.words.issuperset(wanted) for entry in self._entries)

    def find(self, words: str, nearer: str = "") -> Finding:
        """Decide which quiz somebody means; two that fit equally well are ambiguous.

        Of several, those come first that fit the words of `nearer` as well.
        """
        wanted = _wanted(words)
        tiers = self._tiers(wanted) if wanted else ()
        fitting = next(filter(None, tiers), [])
        if len(fitting) == 1:
            return Found(fitting[0].quiz)
        if fitting:
            begins = [f" {word}" for word in _wanted(nearer)]
            fitting.sort(key=lambda entry: sum(word not in entry.text for word in begins))
            return Ambiguous(tuple(entry.quiz for entry in fitting[:MOST_CLOSEST]))
        return Unknown(tuple(self._alike(wanted, MOST_CLOSEST)) if wanted else ())

    def _tiers(self, wanted: tuple[str, ...]) -> Iterator[list[_Entry]]:
        """Group the quizzes by how exactly they fit; later groups repeat earlier ones."""
        name = " ".join(wanted)
        yield [entry for entry in self._entries if name in entry.names]
        yield [entry for entry in self._entries if entry.words.issuperset(wanted)]
        begins = [f" {word}" for word in wanted]
        yield [entry for entry in self._entries if all(word in entry.text for word in begins)]
        yield [entry for entry in self._entries if all(word in entry.text for word in wanted)]

    def _alike(self, wanted: tuple[str, ...], limit: int) -> list[Quiz]:
        """Look for typos, best first; of equals the first in order."""
        matches = process.extract(
            " ".join(wanted),
            [entry.text for entry in self._entries],
            scorer=fuzz.WRatio,
            limit=limit,
            score_cutoff=LEAST_LIKENESS,
        )
        return [self._entries[index].quiz for _, _, index in matches]


def _unique(quizzes: Iterable[Quiz]) -> Iterator[Quiz]:
    seen: set[Slug] = set()
    for quiz in quizzes:
        if quiz.slug not in seen:
            seen.add(quiz.slug)
            yield quiz


def _place(quiz: Quiz) -> tuple[object, ...]:
    """Sort by track, then level; pages without a track come last."""
    return (
        not quiz.track,
        natural(quiz.track),
        level_rank(quiz.level),
        natural(quiz.slug),
        quiz.slug,
    )


def _words(text: str) -> tuple[str, ...]:
    """Words without case, hyphens, slashes and underscores."""
    folded = normalize("NFKC", text).casefold().replace("_", " ")
    return tuple(_WORD.findall(folded))


def _wanted(text: str) -> tuple[str, ...]:
    """Words that narrow a search; "quiz" alone does not."""
    return tuple(word for word in _words(text[:LONGEST_SEARCH]) if word not in _EMPTY_WORDS)


def _entry(quiz: Quiz, track_title: str) -> _Entry:
    names = {" ".join(_wanted(quiz.slug)), " ".join(_wanted(quiz.title))}
    words = dict.fromkeys(_wanted(f"{quiz.slug} {quiz.title} {track_title} {quiz.level}"))
    return _Entry(quiz, frozenset(filter(None, names)), frozenset(words), f" {' '.join(words)}")
