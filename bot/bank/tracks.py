"""The folders of a bank as tracks: what is in each, what is below it, and in which order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.bank.index_page import IndexPage
from bot.bank.naming import natural
from bot.quiz.level import level_rank
from bot.quiz.prose import Prose
from bot.quiz.question import Quiz, StudyLink

TOP: Final = ""
"""The track of the pages at the top, which is above all others."""

_UNLISTED: Final = 1_000_000_000
Guides: TypeAlias = Mapping[str, IndexPage]


@dataclass(frozen=True, slots=True)
class Track:
    """The quizzes of one folder, without those of folders below it.

    They are in the order of its index page; those that it does not list come behind, from the
    first level to the last. `intro` and `links` are that page's.
    """

    slug: str
    title: str
    quizzes: tuple[Quiz, ...]
    intro: Prose = ()
    links: tuple[StudyLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracks:
    """Every track by its slug, those that only have others below them too. `abouts` have a line
    about a quiz or a track by its slug, from the index page that is nearest to it.
    """

    by_slug: Mapping[str, Track]
    below: Mapping[str, tuple[str, ...]]
    abouts: Mapping[str, str]


def tracks_of(quizzes: Iterable[Quiz], title: Callable[[str], str], guides: Guides) -> Tracks:
    """Sort quizzes into tracks; they are given in the order of `place_in`."""
    found: dict[str, list[Quiz]] = {TOP: []}
    below: dict[str, list[str]] = {TOP: []}
    for quiz in quizzes:
        for parent, slug in _steps(quiz.track):
            if slug not in found:
                found[slug], below[slug] = [], []
                below[parent].append(slug)
        found[quiz.track].append(quiz)
    return Tracks(
        {slug: _track(slug, title(slug), each, guides) for slug, each in found.items()},
        {slug: tuple(each) for slug, each in below.items()},
        _abouts(guides),
    )


def place_in(guides: Guides) -> Callable[[Quiz], tuple[object, ...]]:
    """Sort by track, then by index page, then by level; pages without a track come last."""
    places = {track: guide.places for track, guide in guides.items()}

    def place(quiz: Quiz) -> tuple[object, ...]:
        return (
            not quiz.track,
            tuple(_step(parent, slug) for parent, slug in _steps(quiz.track)),
            places.get(quiz.track, {}).get(quiz.slug, _UNLISTED),
            level_rank(quiz.level),
            natural(quiz.slug),
            quiz.slug,
        )

    def _step(parent: str, slug: str) -> tuple[object, ...]:
        return (places.get(parent, {}).get(slug, _UNLISTED), natural(slug), slug)

    return place


def parent_of(track: str) -> str:
    return track.rpartition("/")[0]


def _steps(track: str) -> Iterator[tuple[str, str]]:
    """The way from the top to a track: each step with the one before."""
    parent = TOP
    for part in filter(None, track.split("/")):
        slug = f"{parent}/{part}" if parent else part
        yield parent, slug
        parent = slug


def _track(slug: str, title: str, quizzes: Iterable[Quiz], guides: Guides) -> Track:
    guide = guides.get(slug)
    if guide is None:
        return Track(slug, title, tuple(quizzes))
    return Track(slug, title, tuple(quizzes), guide.intro, guide.links)


def _abouts(guides: Guides) -> dict[str, str]:
    found: dict[str, str] = {}
    for track in sorted(guides, key=lambda track: (track.count("/"), track != TOP)):
        found |= guides[track].abouts
    return found
