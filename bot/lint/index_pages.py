"""Whether the index page of a folder and the pages of that folder know of each other."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.bank.catalogue import Catalogue
from bot.bank.index_page import Entry, IndexPage
from bot.bank.problem import Problem, problem
from bot.quiz.question import Place

_ENDS = (".md", ".markdown")


def index_problems(catalogue: Catalogue) -> Iterator[Problem]:
    yield from _not_listed(catalogue)
    yield from _leading_nowhere(catalogue.guides.values())


def _not_listed(catalogue: Catalogue) -> Iterator[Problem]:
    """Of an index page that links to no page at all nobody expects a list."""
    listed = {track: set(guide.places) for track, guide in catalogue.guides.items()}
    for quiz in catalogue:
        guide = catalogue.guides.get(quiz.track)
        if guide and guide.entries and quiz.slug not in listed[quiz.track]:
            what = f"{guide.path} does not list this quiz."
            yield problem(Place(quiz.path, 1), "not-in-index", what)


def _leading_nowhere(guides: Iterable[IndexPage]) -> Iterator[Problem]:
    for guide in guides:
        for entry in guide.entries:
            if not _is_there(guide, entry):
                what = f"There is no page {entry.target}."
                yield problem(Place(guide.path, entry.line), "dead-link", what)


def _is_there(guide: IndexPage, entry: Entry) -> bool:
    """A folder may stand for the page of that name, as on a site."""
    path = Path(guide.path).parent / entry.target
    if not entry.target.endswith("/"):
        return path.is_file()
    return path.is_dir() or any(path.with_name(f"{path.name}{end}").is_file() for end in _ENDS)
