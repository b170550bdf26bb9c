"""How long it takes to find a quiz among ten thousand, by how well people type."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

from rich.table import Table

from bench.figures import milliseconds
from bot.bank.catalogue import Catalogue
from bot.quiz.question import Quiz, Slug

FIRST = ("amber", "brisk", "coral", "dusty", "early", "faint", "green", "hasty", "inner", "jolly")
SECOND = ("anchor", "basket", "candle", "drawer", "engine", "fender", "garden", "hammer", "island")
THIRD = ("basics", "patterns", "routing", "storage", "testing", "tracing", "tuning", "updates")

TYPED: dict[str, Callable[[str, int], str]] = {
    "the whole name": lambda name, _: name,
    "one word": lambda name, _: name.split()[1],
    "how it begins": lambda name, n: f"{name.split()[0][:4]} {n}",
    "a typing error": lambda name, _: name.replace("e", "w"),
    "something else": lambda _, n: f"zzyzx {n} qwrt",
}
"""What somebody types who looks for a quiz: by its name and its number."""


def _name(n: int) -> str:
    return f"{FIRST[n % 10]} {SECOND[n % 9]} {THIRD[n % 8]} {n}"


def catalogue_of(quizzes: int) -> Catalogue:
    """Quizzes without questions, in a hundred tracks."""
    return Catalogue(
        tuple(
            Quiz(Slug(f"track-{n % 100}/{_name(n).replace(' ', '-')}"), _name(n).title(), ())
            for n in range(quizzes)
        )
    )


def _timed(search: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    took = []
    for text in texts:
        began = perf_counter()
        search(text)
        took.append(perf_counter() - began)
    return took


def finding_table(quizzes: int, searches: int) -> Table:
    """Beside a plain look through all names, which knows no words, order or typing errors."""
    catalogue = catalogue_of(quizzes)
    names = [quiz.title.lower() for quiz in catalogue]

    def scan(text: str) -> list[str]:
        return [name for name in names if text in name]

    table = Table(title=f"Finding one of {quizzes:,} quizzes, in ms", title_justify="left")
    table.add_column("typed")
    for column in ("find to scan", "find p50", "p99", "search p50", "p99"):
        table.add_column(column, justify="right")
    for kind, typed in TYPED.items():
        step = max(1, quizzes // searches)
        texts = [typed(_name(n), n) for n in range(0, quizzes, step)]
        plain, find, search = (
            _timed(look, texts) for look in (scan, catalogue.find, catalogue.search)
        )
        table.add_row(
            kind,
            f"{median(find) / median(plain):.1f}x",
            *(milliseconds(took, which) for took in (find, search) for which in (50, 99)),
        )
    return table
