"""How long it takes to find questions by their words, as people type them key by key."""

import gc
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from statistics import median
from time import perf_counter

from rich.table import Table

from bench.figures import milliseconds
from bot.bank.catalogue import Catalogue
from bot.quiz.prose import prose
from bot.quiz.question import Question, QuestionId, Quiz, Slug

WORDS = 20_000
A_STEM = 18
A_PAGE = 20
SHOWN = 20
SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gru",
    "ha",
    "ki",
    "lo",
    "mer",
    "nu",
    "pa",
    "que",
    "ro",
    "sti",
)


def words_of(count: int, dice: Random) -> list[str]:
    """Made-up words of two to four syllables, the common ones first, as in any language."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(SYLLABLES, k=dice.choice((2, 3, 3, 4, 4, 4))))] = None
    return sorted(found, key=len)


def bank_of(questions: int) -> Catalogue:
    """Pages of questions whose words are as common as Zipf says: the n-th by one in n."""
    dice = Random(7)
    words = words_of(WORDS, dice)
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
    quizzes = []
    for page in range(questions // A_PAGE):
        stems = (dice.choices(words, cum_weights=weights, k=A_STEM) for _ in range(A_PAGE))
        asked = tuple(
            Question(QuestionId(f"p{page}-{n}"), prose(f"{' '.join(stem)}?"))
            for n, stem in enumerate(stems)
        )
        title = " ".join(dice.choices(words, k=3))
        track = f"track-{page // 20}"
        quizzes.append(Quiz(Slug(f"{track}/page-{page}"), title, asked, track=track))
    return Catalogue(tuple(quizzes))


def slipped(word: str, dice: Random) -> str:
    """Two letters in the middle change places."""
    at = dice.randrange(1, max(2, len(word) - 2))
    return f"{word[:at]}{word[at + 1 : at + 2]}{word[at]}{word[at + 2 :]}"


def _rare(stem: Sequence[str]) -> list[str]:
    """The words that somebody remembers of it are seldom the common ones."""
    return sorted(stem, key=len, reverse=True)[:4]


TYPED: dict[str, Callable[[Sequence[str], Random], str]] = {
    "two words": lambda stem, dice: " ".join(dice.sample(_rare(stem), 2)),
    "a common word": lambda stem, _: min(stem, key=len),
    "one letter": lambda stem, dice: dice.choice(stem)[:1],
    "three letters": lambda stem, dice: dice.choice(stem)[:3],
    "a word and how the next begins": lambda stem, dice: (
        f"{dice.choice(_rare(stem))} {dice.choice(stem)[:2]}"
    ),
    "two words with slips": lambda stem, dice: " ".join(
        slipped(word, dice) for word in dice.sample(_rare(stem), 2)
    ),
    "nine words": lambda stem, dice: " ".join(dice.sample(list(stem), 9)),
    "nine words, three wrong": lambda stem, dice: " ".join(
        (*dice.sample(list(stem), 6), "zzyzx", "qwrtp", "vvxzy")
    ),
    "nothing that is there": lambda _, dice: f"zzyzx{dice.randrange(99)} qwrtp",
}
"""What somebody types who looks for a question with this stem."""


def searching_table(questions: int, searches: int) -> Table:
    """Beside a plain look through all stems for the whole text, which finds hardly anything."""
    began = perf_counter()
    catalogue = bank_of(questions)
    built = perf_counter() - began
    gc.freeze()
    stems = [question.stem for quiz in catalogue for question in quiz]
    dice = Random(11)
    title = f"Finding one of {questions:,} questions, in ms (made and indexed in {built:.1f} s)"
    table = Table(title=title, title_justify="left")
    table.add_column("typed")
    for column in ("to scan", "p50", "p99", "most"):
        table.add_column(column, justify="right")
    for kind, typed in TYPED.items():
        texts = [typed(dice.choice(stems).rstrip("?").split(), dice) for _ in range(searches)]
        scan = _timed(lambda text: [stem for stem in stems if text in stem], texts)
        took = _timed(lambda text: catalogue.search_questions(text, SHOWN), texts)
        table.add_row(
            kind,
            f"{median(took) / median(scan):.1f}x",
            milliseconds(took, 50),
            milliseconds(took, 99),
            f"{max(took) * 1000:.2f}",
        )
    return table


def _timed(search: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    took = []
    for text in texts:
        began = perf_counter()
        search(text)
        took.append(perf_counter() - began)
    return took
