"""Finds questions by what somebody remembers of them, misspelt or not typed to the end."""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import accumulate, chain
from math import log
from typing import Final, TypeAlias

from bot.bank.word_index import WordIndex
from bot.bank.words import folded, is_unspaced, terms_in, words_in

LONGEST_SEARCH: Final = 200
MOST_TERMS: Final = 12
FEW: Final = 3
"""Questions found as typed, below which slips of the typist are looked for."""

LEAST_COVERED: Final = 1 / 3
"""Of a question that lacks some of the words: the share that it must have, rare ones counting
more, as in inverse document frequency (K. Spärck Jones, 1972).
"""

_BY_HAND: Final = 200
"""Of a list so many times longer than what is left, each that is left is looked at by itself."""

Numbers: TypeAlias = frozenset[int]
_NONE: Final[Numbers] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A word that is looked for, and the questions that have it: as it is, some perhaps twice,
    misspelt, or by the name of their page. `pages` are such pages, `may_go_on` tells of words
    that only begin so.
    """

    word: str
    texts: Sequence[int]
    pages: Numbers = _NONE
    misspelt: Numbers = _NONE
    on_pages: Numbers = _NONE
    may_go_on: bool = False

    def __len__(self) -> int:
        return len(self.texts) + len(self.misspelt) + len(self.on_pages)

    @property
    def own(self) -> Iterable[int]:
        """Those that have it themselves."""
        return chain(self.texts, self.misspelt)

    @property
    def all(self) -> Numbers:
        return self.on_pages.union(self.texts, self.misspelt)

    def among(self, found: Numbers, lines: Sequence[str]) -> Numbers:
        if len(found) * _BY_HAND > len(self.texts):
            return found.intersection(chain(self.own, self.on_pages))
        others = self.misspelt, self.on_pages
        return frozenset(n for n in found if any(n in o for o in others) or self._is_in(lines[n]))

    def _is_in(self, line: str) -> bool:
        if self.may_go_on:
            return any(word.startswith(self.word) for word in words_in(line))
        return self.word in words_in(line)


class BankSearch:
    """Questions by their number: those of the first page, then those of the second.

    `pages` are the words that name a page, and the stems of its questions. Options, answers and
    explanations are not searched, for what is found would tell them.
    """

    __slots__ = ("_ends", "_lines", "_pages", "_stems")

    def __init__(self, pages: Iterable[tuple[str, Sequence[str]]]) -> None:
        names: list[str] = []
        sizes: list[int] = []
        self._lines: list[str] = []
        for name, stems in pages:
            names.append(folded(name))
            sizes.append(len(stems))
            self._lines += map(folded, stems)
        self._ends = array("I", accumulate(sizes))
        self._stems = WordIndex(self._lines)
        self._pages = WordIndex(names)

    def __len__(self) -> int:
        return len(self._lines)

    def place(self, number: int) -> tuple[int, int]:
        """The number of a question's page, and its own on that page."""
        page = bisect_right(self._ends, number)
        return page, number - (self._ends[page - 1] if page else 0)

    def find(self, words: str, limit: int) -> list[int]:
        """Number the questions that have all the words, best first.

        Whole words come before beginnings, and those before words that only the page's name has.
        Slips are forgiven where hardly anything fits, missing words where nothing does. Of equals
        one with the words as they were typed comes first, then a short one.
        """
        line = folded(words[:LONGEST_SEARCH])
        found: dict[int, None] = {}
        for tier in self._tiers(line, found):
            best = self._best(tier.difference(found), line, limit - len(found))
            found.update(dict.fromkeys(best))
            if len(found) >= limit:
                break
        return list(found)

    def find_pages(self, words: str, limit: int) -> list[int]:
        """Number the pages whose names have all the words but for slips, in their order."""
        terms = [self._slipped(self._begun(word), begun=False) for word in _terms(folded(words))]
        return (
            sorted(frozenset.intersection(*(term.pages for term in terms)))[:limit]
            if terms
            else []
        )

    def _best(self, numbers: Numbers, line: str, most: int) -> list[int]:
        lines = self._lines

        def place(number: int) -> tuple[bool, int, int]:
            text = lines[number]
            return line not in text, len(text), number

        return nsmallest(most, numbers, key=place)

    def _tiers(self, line: str, found: Collection[int]) -> Iterator[Numbers]:
        """From the closest to the farthest; later tiers repeat earlier ones."""
        words = _terms(line)
        if not words:
            yield self._with_signs(line)
            return
        yield self._having([_Term(word, self._stems.whole(word)) for word in words])
        terms = [self._begun(word) for word in words]
        yield self._having(terms)
        terms = self._helped(terms)
        yield self._having(terms)
        if len(found) < FEW:
            terms = self._helped(self._misspelt(terms))
            yield self._having(terms)
        if not found:
            yield from self._covering(terms)

    def _with_signs(self, line: str) -> Numbers:
        """For who looks for `&&`: there is no word in it."""
        if not line:
            return _NONE
        return frozenset(number for number, text in enumerate(self._lines) if line in text)

    def _begun(self, word: str) -> _Term:
        """One letter alone says too little to be a beginning, but for one of Chinese."""
        if len(word) == 1 and not is_unspaced(word):
            return _Term(word, self._stems.whole(word), frozenset(self._pages.whole(word)))
        pages = frozenset(self._pages.beginning(word))
        return _Term(word, self._stems.beginning(word), pages, may_go_on=True)

    def _helped(self, terms: list[_Term]) -> list[_Term]:
        """With the questions of pages that are named by a word, if that is not the only one."""
        if len(terms) == 1:
            return terms
        return [replace(term, on_pages=self._on(term.pages)) for term in terms]

    def _on(self, pages: Numbers) -> Numbers:
        ends = self._ends
        ranges = (range(ends[page - 1] if page else 0, ends[page]) for page in pages)
        return frozenset(chain.from_iterable(ranges))

    def _misspelt(self, terms: list[_Term]) -> list[_Term]:
        """With slips in the words that are nowhere as they were typed; where each is somewhere,
        any of them may be meant otherwise.
        """
        unknown = [term for term in terms if not (term.texts or term.pages)]
        return [
            self._slipped(term, begun=term is terms[-1]) if term in (unknown or terms) else term
            for term in terms
        ]

    def _slipped(self, term: _Term, *, begun: bool) -> _Term:
        return replace(
            term,
            misspelt=frozenset(self._stems.alike(term.word, begun=begun)),
            pages=term.pages | self._pages.alike(term.word, begun=begun),
        )

    def _having(self, terms: Sequence[_Term]) -> Numbers:
        """The questions with all the words, of which they have one themselves."""
        first, *others = sorted(terms, key=len)
        found = first.all
        for term in others:
            found = term.among(found, self._lines)
        named = self._on(frozenset.intersection(*(term.pages for term in terms)))
        if found.isdisjoint(named):
            return found
        own = (found & named).intersection(chain.from_iterable(term.own for term in terms))
        return found.difference(named).union(own)

    def _covering(self, terms: Sequence[_Term]) -> Iterator[Numbers]:
        """Questions that have the most of the words, in groups that have equally much."""
        rarity = {term: log(1 + len(self) / (1 + len(term))) for term in terms}
        by_rarity = sorted(rarity, key=rarity.__getitem__, reverse=True)
        least = LEAST_COVERED * sum(rarity.values())
        left = sum(rarity.values())
        covered: dict[int, float] = {}
        for term in by_rarity:  # what has none of the rare words cannot come to the least
            is_enough = left >= least
            fresh = term.all if is_enough else term.among(frozenset(covered), self._lines)
            for number in fresh:
                covered[number] = covered.get(number, 0) + rarity[term]
            left -= rarity[term]
        enough = frozenset(number for number, share in covered.items() if share >= least)
        groups: dict[float, set[int]] = {}
        for number in enough.intersection(chain.from_iterable(term.own for term in terms)):
            groups.setdefault(round(covered[number], 6), set()).add(number)
        for share in sorted(groups, reverse=True):
            yield frozenset(groups[share])


def _terms(line: str) -> tuple[str, ...]:
    return terms_in(line)[:MOST_TERMS]
