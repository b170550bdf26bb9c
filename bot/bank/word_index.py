"""Which texts have a word, a beginning or something like it: an inverted index in few bytes."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.bank.words import is_unspaced, words_in

_END: Final = "\U0010ffff"
"""Sorts behind every letter."""

_LEAST_SPELT: Final = 4
"""Letters of the shortest word that may have a slip: in shorter ones it is another word."""

_LONG: Final = 8
"""Letters from which on a word may have two slips."""

_MOST_ALIKE: Final = 50


class WordIndex:
    """Texts by their number, from 0. They are given as folded lines.

    The numbers of all texts with a word lie side by side in one array, word after word in the
    order of letters; so do those of all words with one beginning.
    """

    __slots__ = ("_by_length", "_ends", "_numbers", "_spelt", "_words", "size")

    def __init__(self, lines: Iterable[str]) -> None:
        found: dict[str, array[int]] = {}
        self.size = 0
        for number, line in enumerate(lines):
            self.size = number + 1
            for word in set(words_in(line)):
                try:
                    found[word].append(number)
                except KeyError:
                    found[word] = array("I", (number,))
        self._words = sorted(found)
        self._ends = array("I", accumulate(len(found[word]) for word in self._words))
        self._numbers = array("I")
        for word in self._words:
            self._numbers.extend(found[word])
        self._spelt = [word for word in self._words if _can_slip(word)]
        self._by_length: dict[int, list[str]] = {}
        for word in self._spelt:
            self._by_length.setdefault(len(word), []).append(word)

    def whole(self, word: str) -> Sequence[int]:
        """The texts with this word."""
        at = bisect_left(self._words, word)
        is_known = at < len(self._words) and self._words[at] == word
        return self._between(at, at + 1) if is_known else ()

    def beginning(self, start: str) -> Sequence[int]:
        """The texts with words that begin so, once for each such word."""
        at = bisect_left(self._words, start)
        return self._between(at, bisect_left(self._words, start + _END, at))

    def alike(self, word: str, *, begun: bool = False) -> set[int]:
        """The texts with other words that are this one but for a slip; a long one may have two.

        A slip is a letter too many, too few or another one, or two neighbours that changed
        places: optimal string alignment. A number has none. With `begun` the word may go on;
        its first letter is then right.
        """
        if not _can_slip(word):
            return set()
        slips = 2 if len(word) >= _LONG else 1
        near = self._near(word, slips)
        if begun:
            near |= self._begun(word)
        return {number for each in near for number in self.whole(each)}

    def _near(self, word: str, slips: int) -> set[str]:
        sizes = range(len(word) - slips, len(word) + slips + 1)
        near = (each for size in sizes for each in self._by_length.get(size, ()))
        choices = [each for each in near if each != word]
        return set(_closest(word, choices, choices, slips))

    def _begun(self, word: str) -> set[str]:
        first = bisect_left(self._spelt, word[0])
        last = bisect_left(self._spelt, word[0] + _END, first)
        longer = [each for each in self._spelt[first:last] if len(each) > len(word)]
        return set(_closest(word, [each[: len(word)] for each in longer], longer, 1))

    def _between(self, first: int, last: int) -> Sequence[int]:
        begin = self._ends[first - 1] if first else 0
        return self._numbers[begin : self._ends[last - 1]] if last > first else ()


def _can_slip(word: str) -> bool:
    """Port 8080 is not port 8081, and a sign of Chinese is a word."""
    return len(word) >= _LEAST_SPELT and word.isalpha() and not is_unspaced(word)


def _closest(word: str, choices: Sequence[str], names: Sequence[str], slips: int) -> Iterable[str]:
    """Those with the fewest slips, of which a word has rarely more than one."""
    found = process.extract(
        word, choices, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_ALIKE
    )
    fewest = found[0][1] if found else 0
    return (names[at] for _, slipped, at in found if slipped == fewest)
