"""Questions of a bank that ask nearly the same, found without comparing each with each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, TypeAlias

from rapidfuzz import fuzz

from bot.lint.words import COMMON, stem
from bot.quiz.prose import plain
from bot.quiz.question import Kind, Question

SHARED: Final = 0.4
"""Part of all their different words that two questions must share to be compared closely."""
RIGHT_SHARED: Final = 0.7
"""The same for their right answers alone, as another answer makes another question."""
MOST_HOLDERS: Final = 100
"""Questions that are looked up by one word; a word of more of them tells little."""
MOST_COMPARED: Final = 20
_TOGETHER: Final = 3
_TOKEN: Final = re.compile(r"\w+")
_PART: Final = re.compile(r"[^\s,;:()\"'`]+")

Tokens: TypeAlias = list[int]


@dataclass(frozen=True, slots=True)
class Twins:
    """`likeness` goes from 0 to 1; `first` stands earlier in the bank."""

    first: Question
    second: Question
    likeness: float


def near_duplicates(questions: Sequence[Question], likeness: float) -> Iterator[Twins]:
    """Pair each question with the earlier one that is most like it, if one is enough so.

    What counts are the words of the stem and of all options, code included, in any order; the
    right answers must be alike by themselves too. Equal texts are not meant: the bank tells of
    them when it is read.

    Candidates share rare words: of two sets that overlap enough, the rarest words of each
    must have some in common (S. Chaudhuri, V. Ganti, R. Kaushik, "A primitive operator for
    similarity joins in data cleaning", ICDE 2006). So it takes seconds for 100,000 questions.
    """
    written = [_written(question) for question in questions]
    rights = [_right(question) for question in questions]
    candidates = _candidates([_rarest_first(each) for each in _numbered(written)])
    for at, others in enumerate(candidates):
        found = (
            (fuzz.token_sort_ratio(written[at], written[other]) / 100, -other)
            for other in others
            if written[at] != written[other] and _share(rights[at], rights[other]) >= RIGHT_SHARED
        )
        best, other = max(found, default=(0.0, 0))
        if best >= likeness:
            yield Twins(questions[-other], questions[at], best)


def _written(question: Question) -> str:
    options = sorted(plain(option.text) for option in question.options)
    return " ".join([question.stem, *options]).casefold()


def _right(question: Question) -> frozenset[str]:
    if question.kind is Kind.BLANK:
        texts = [blank.answers[0] for blank in question.blanks]
    else:
        texts = [plain(option.text) for option in question.options if option.correct]
    return frozenset(_PART.findall(" ".join(texts).casefold().rstrip(".")))


def _numbered(texts: Iterable[str]) -> list[frozenset[int]]:
    """Words as numbers, the rarest with the highest."""
    sets = [frozenset(stem(word) for word in _TOKEN.findall(text)) - COMMON for text in texts]
    held = Counter(word for each in sets for word in each)
    ranks = {word: rank for rank, (word, _) in enumerate(held.most_common())}
    return [frozenset(ranks[word] for word in each) for each in sets]


def _rarest_first(words: Iterable[int]) -> Tokens:
    return sorted(words, reverse=True)


def _candidates(sets: Sequence[Tokens]) -> Iterator[list[int]]:
    """For each set the earlier ones that may share enough with it, the likeliest first."""
    holders: dict[int, list[int]] = {}
    whole = [frozenset(each) for each in sets]
    for at, each in enumerate(sets):
        beginning = each[: len(each) - ceil(SHARED * len(each)) + _TOGETHER]
        met: Counter[int] = Counter()
        for word in beginning:
            met.update(holders.get(word, ()))
        near = [(other, n) for other, n in met.most_common(MOST_COMPARED) if _enough(n, each)]
        yield [other for other, _ in near if _share(whole[at], whole[other]) >= SHARED]
        for word in beginning:
            places = holders.setdefault(word, [])
            if len(places) < MOST_HOLDERS:
                places.append(at)


def _enough(common: int, each: Tokens) -> bool:
    return common >= min(_TOGETHER, ceil(SHARED * len(each)))


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    """How much of all that either has both have (Jaccard); 1 for two empty sets."""
    together = len(one | other)
    return len(one & other) / together if together else 1.0
