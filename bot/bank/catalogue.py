"""All quizzes of the bank: found by slug, by question, by track, or by what somebody typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Self, TypeAlias

from rapidfuzz import fuzz, process

from bot.bank.index_page import IndexPage
from bot.bank.naming import pretty
from bot.bank.search import LONGEST_SEARCH, BankSearch
from bot.bank.tracks import Track, Tracks, place_in, tracks_of
from bot.bank.words import folded, words_in
from bot.quiz.question import Question, QuestionId, Quiz, Slug

MOST_CLOSEST: Final = 5
LEAST_LIKENESS: Final = 65
_EMPTY_WORDS: Final = frozenset({"quiz", "quizzes"})


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
    """Quizzes in the order of tracks, index pages and levels, whatever order they are given in.

    `track_titles` has titles by the slug of a track; others get one made of their slug. `guides`
    are the index pages by their track. Of two quizzes with one slug, or two questions with one
    id, the first counts.
    """

    quizzes: tuple[Quiz, ...] = ()
    track_titles: Mapping[str, str] = field(default_factory=dict)
    guides: Mapping[str, IndexPage] = field(default_factory=dict)
    _by_slug: dict[Slug, Quiz] = field(init=False, repr=False, compare=False)
    _by_question: dict[QuestionId, tuple[Quiz, Question]] = field(
        init=False, repr=False, compare=False
    )
    _entries: tuple[_Entry, ...] = field(init=False, repr=False, compare=False)
    _tracks: Tracks = field(init=False, repr=False, compare=False)
    _search: BankSearch = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__  # the index is part of a frozen value, so it is put in once
        put(self, "quizzes", tuple(sorted(self.quizzes, key=place_in(self.guides))))
        put(self, "_by_slug", {quiz.slug: quiz for quiz in reversed(self.quizzes)})
        questions = {q.id: (quiz, q) for quiz in reversed(self.quizzes) for q in quiz}
        put(self, "_by_question", questions)
        entries = tuple(_entry(quiz, self.track_title(quiz.track)) for quiz in self.quizzes)
        put(self, "_entries", entries)
        put(self, "_tracks", tracks_of(self.quizzes, self.track_title, self.guides))
        pages = ((entry.text, [q.stem for q in entry.quiz]) for entry in entries)
        put(self, "_search", BankSearch(pages))

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

    def short_track_title(self, track: str) -> str:
        """As `track_title`, for where the tracks above it are named already."""
        return self.track_titles.get(track) or self.track_title(track.rpartition("/")[2])

    def tracks(self) -> tuple[Track, ...]:
        """Those with quizzes of their own, in the order of the quizzes."""
        return tuple(self._tracks.by_slug[slug] for slug in {q.track: None for q in self.quizzes})

    def track(self, slug: str) -> Track | None:
        """A track, be it one that only has others below it; the top always is there."""
        return self._tracks.by_slug.get(slug)

    def below(self, track: str) -> tuple[Track, ...]:
        """The tracks right below one; those below `TOP` are the outermost."""
        return tuple(self._tracks.by_slug[slug] for slug in self._tracks.below.get(track, ()))

    def about(self, slug: str) -> str:
        """What an index page says about a quiz or a track; often nothing."""
        return self._tracks.abouts.get(slug, "")

    def search(self, words: str, limit: int = 100) -> tuple[Quiz, ...]:
        """List what fits: by exact name, whole words, beginnings, parts, else by likeness.

        Without words it is all quizzes in their order; signs alone fit none.
        """
        wanted = _wanted(words)
        if not wanted:
            only_signs = words.strip() and not _words(words[:LONGEST_SEARCH])
            return () if only_signs else self.quizzes[:limit]
        return self.fitting(words, limit) or tuple(self._alike(wanted, limit))

    def fitting(self, words: str, limit: int = 100) -> tuple[Quiz, ...]:
        """As `search`, of likeness only slips in a word: nothing that is merely similar."""
        wanted = _wanted(words)
        fitting = (entry.quiz for tier in self._tiers(wanted) for entry in tier)
        first = tuple(islice(_unique(fitting), limit)) if wanted else ()
        return first or tuple(self._slipped(wanted, limit))

    def search_questions(self, words: str, limit: int = 100) -> tuple[tuple[Quiz, Question], ...]:
        """List the questions whose text fits, each with its quiz, best first; see `BankSearch`."""
        wanted = _wanted(words)
        is_plain = len(wanted) == len(_words(words[:LONGEST_SEARCH]))
        found = self._search.find(words if is_plain else " ".join(wanted), limit)
        places = ((self.quizzes[page], number) for page, number in map(self._search.place, found))
        return tuple((quiz, quiz.questions[number]) for quiz, number in places)

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
        if not wanted:
            return Unknown(())
        closest = self._slipped(wanted, MOST_CLOSEST) or self._alike(wanted, MOST_CLOSEST)
        return Unknown(tuple(closest))

    def _tiers(self, wanted: tuple[str, ...]) -> Iterator[list[_Entry]]:
        """Group the quizzes by how exactly they fit; later groups repeat earlier ones."""
        name = " ".join(wanted)
        yield [entry for entry in self._entries if name in entry.names]
        yield [entry for entry in self._entries if entry.words.issuperset(wanted)]
        yield self._with_all(f" {word}" for word in wanted)
        yield self._with_all(wanted)

    def _with_all(self, parts: Iterable[str]) -> list[_Entry]:
        found = list(self._entries)
        for part in parts:
            found = [entry for entry in found if part in entry.text]
        return found

    def _slipped(self, wanted: tuple[str, ...], limit: int) -> list[Quiz]:
        """Those that have all the words but for slips, in their order."""
        return [self.quizzes[page] for page in self._search.find_pages(" ".join(wanted), limit)]

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


def _words(text: str) -> tuple[str, ...]:
    """Words without case, accents, hyphens, slashes and underscores."""
    return words_in(folded(text))


def _wanted(text: str) -> tuple[str, ...]:
    """Words that narrow a search; "quiz" alone does not."""
    return tuple(word for word in _words(text[:LONGEST_SEARCH]) if word not in _EMPTY_WORDS)


def _entry(quiz: Quiz, track_title: str) -> _Entry:
    names = {" ".join(_wanted(quiz.slug)), " ".join(_wanted(quiz.title))}
    words = dict.fromkeys(_wanted(f"{quiz.slug} {quiz.title} {track_title} {quiz.level}"))
    return _Entry(quiz, frozenset(filter(None, names)), frozenset(words), f" {' '.join(words)}")
