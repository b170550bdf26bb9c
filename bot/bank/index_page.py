"""What the index page of a folder says about its track: order, descriptions, a study guide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from bot.bank.links import Links
from bot.bank.naming import one_line, slug_of
from bot.bank.page_text import Outside, intro
from bot.bank.spans import spans_of
from bot.quiz.prose import Prose
from bot.quiz.question import Slug, StudyLink

_PAGE_ENDS: Final = frozenset({".md", ".markdown"})
_LIST_CHANGES: Final = {
    "bullet_list_open": 1,
    "ordered_list_open": 1,
    "bullet_list_close": -1,
    "ordered_list_close": -1,
}
_JOINTS: Final = " \t\n:;,.–—-"  # noqa: RUF001  authors do write an en dash


@dataclass(frozen=True, slots=True)
class Entry:
    """A link to another page of the bank. `slug` is that page's, empty for one outside the bank;
    `target` is its path as seen from the folder of the index page, with a slash at its end for a
    folder. `about` are the words behind the link in a list, perhaps none.
    """

    slug: Slug
    target: str
    about: str
    line: int


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`track` is the folder that it is the index page of, empty for the bank's own; `entries` are
    in the order of the page, those of the introduction last. `path` is that of its file.
    """

    track: str
    path: str = ""
    intro: Prose = ()
    entries: tuple[Entry, ...] = ()
    links: tuple[StudyLink, ...] = ()

    @property
    def places(self) -> Mapping[str, int]:
        """Where pages and tracks stand on it; a track stands where its first page does."""
        found: dict[str, int] = {}
        for place, entry in enumerate(self.entries):
            parts = entry.slug.split("/")
            for end in range(1, len(parts) + 1):
                found.setdefault("/".join(parts[:end]), place)
        return found

    @property
    def abouts(self) -> Mapping[str, str]:
        return {entry.slug: entry.about for entry in reversed(self.entries) if entry.about}


class _AsWritten(Links):
    """Leaves every address as it is."""

    def resolve(self, target: str) -> str:
        return target


def index_page(path: str, slug: Slug, inside: str, around: Outside, links: Links) -> IndexPage:
    """Read the page of a folder; `path`, `slug` and `inside` are as in `parse_page`."""
    folder = dirname(inside) if inside else str(slug)
    above = _until_list(around.above)
    rest = (*around.above[len(above) :], *around.between, *around.below)
    entries = (*_entries(rest, folder), *_entries(above, folder))
    return IndexPage(
        track=str(slug) if folder else "",
        path=path,
        intro=intro(Outside(above, (), ()), links, []),
        entries=entries,
        links=tuple(_study_links(rest, links)),
    )


def _until_list(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """What stands above the first subheading, or the first list with a link to a page."""
    end = len(tokens)
    begun = 0
    depth = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag != "h1":
            end = at
            break
        change = _LIST_CHANGES.get(token.type, 0)
        begun = at if change > 0 and not depth else begun
        depth += change
        if depth and token.type == "inline" and any(_pages_of(token)):
            end = begun
            break
    return tuple(tokens[:end])


def _entries(tokens: Iterable[Token], folder: str) -> Iterator[Entry]:
    depth = 0
    for token in tokens:
        depth += _LIST_CHANGES.get(token.type, 0)
        if token.type != "inline":
            continue
        line = token.map[0] + 1 if token.map else 1
        for target, about in _pages_of(token):
            yield Entry(_slug(target, folder), target, about if depth else "", line)


def _pages_of(token: Token) -> list[tuple[str, str]]:
    """The pages that a line links to, and the words behind each."""
    found: list[tuple[str, list[str]]] = []
    for link, spans in groupby(spans_of(token, _AsWritten(), []), attrgetter("link")):
        if target := page_target(link):
            found.append((target, []))
        elif found:
            found[-1][1].extend(span.text for span in spans)
    return [(target, one_line("".join(words)).lstrip(_JOINTS)) for target, words in found]


def page_target(link: str) -> str:
    """The path of the page that a relative link leads to; empty for any other link."""
    try:
        parts = urlsplit(link)
    except ValueError:  # an address such as http://[
        return ""
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or path.startswith("/"):
        return ""
    is_page = path.endswith("/") or PurePosixPath(path).suffix.lower() in _PAGE_ENDS
    return path if is_page else ""


def _slug(target: str, folder: str) -> Slug:
    path = PurePosixPath(normpath(join(folder, target)))
    if ".." in path.parts:
        return Slug("")
    return slug_of(path / "index.md" if target.endswith("/") else path)


def _study_links(tokens: Iterable[Token], links: Links) -> Iterator[StudyLink]:
    """Links to other sites, each address once."""
    seen = {""}
    for token in tokens:
        spans = spans_of(token, _AsWritten(), []) if token.type == "inline" else ()
        for link, linked in groupby(spans, attrgetter("link")):
            url = "" if page_target(link) else links.resolve(link)
            text = one_line("".join(span.text for span in linked))
            if url not in seen:
                seen.add(url)
                yield StudyLink(text or url, url)
