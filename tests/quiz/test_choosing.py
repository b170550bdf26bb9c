import random
from collections.abc import Mapping, Sequence
from typing import Final

import pytest
from hypothesis import given, strategies as st

from bot.quiz.choosing import choose
from bot.quiz.prose import prose
from bot.quiz.question import Question, QuestionId

EASY, HARD = "easy", "hard"
Facility = Mapping[QuestionId, tuple[int, int]]


def question(name: str, level: str = "") -> Question:
    return Question(QuestionId(name), prose(name), level=level)


def ids(names: str) -> list[QuestionId]:
    return [QuestionId(name) for name in names.split()]


def known(**tallies: tuple[int, int]) -> Facility:
    return {QuestionId(name): tally for name, tally in tallies.items()}


def keep(_: list[int]) -> None:
    """Chance that leaves everything as it was."""


def turn_round(places: list[int]) -> None:
    places.reverse()


ABC: Final = tuple(map(question, "abc"))
MIXED: Final = (
    question("e1", EASY),
    question("e2", EASY),
    question("e3", EASY),
    question("h1", HARD),
)


def name_of(chosen: Question | None) -> str:
    return chosen.id if chosen else "-"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("", "a", id="all are new"),
        pytest.param("a", "b", id="the next new one"),
        pytest.param("b a", "c", id="only one is new"),
        pytest.param("b a c", "b", id="the pool is used up"),
        pytest.param("b a c b", "a", id="and again"),
        pytest.param("a b c a b", "c", id="the last time counts"),
        pytest.param("x a y", "b", id="others were asked too"),
    ],
)
def test_nothing_repeats_until_the_pool_is_used_up(asked: str, expected: str) -> None:
    assert name_of(choose(ABC, ids(asked), (), {}, keep)) == expected


@pytest.mark.parametrize(
    ("pool", "excluded", "expected"),
    [
        pytest.param(ABC, "a", "b", id="one is out"),
        pytest.param(ABC, "a b c", "-", id="all are out"),
        pytest.param((), "", "-", id="an empty pool"),
    ],
)
def test_an_excluded_question_is_never_chosen(
    pool: Sequence[Question], excluded: str, expected: str
) -> None:
    assert name_of(choose(pool, (), (), {}, keep, excluded=ids(excluded))) == expected


def test_an_excluded_question_does_not_keep_the_pool_from_being_used_up() -> None:
    assert name_of(choose(ABC, ids("b a"), (), {}, keep, excluded=ids("c"))) == "b"


@pytest.mark.parametrize(
    ("asked", "levels", "expected"),
    [
        pytest.param("", (), "e1", id="no history"),
        pytest.param("e1", (EASY,), "e2", id="twice is fine"),
        pytest.param("e1 e2", (EASY, EASY), "h1", id="not three times"),
        pytest.param("e1 h1 e2", (EASY, HARD, EASY), "e3", id="interrupted"),
        pytest.param("e1 e2 h1", (EASY, EASY, HARD), "e3", id="the last two count"),
        pytest.param("h1 e1 e2", (HARD, EASY, EASY), "e3", id="nothing else is new"),
        pytest.param("e1 h1 e2 e3", (EASY, HARD, EASY, EASY), "h1", id="repeats mix levels too"),
        pytest.param("h1 e1 e2 e3", (HARD, HARD), "e1", id="repeats avoid the level"),
    ],
)
def test_levels_are_mixed(asked: str, levels: Sequence[str], expected: str) -> None:
    assert name_of(choose(MIXED, ids(asked), levels, {}, keep)) == expected


@pytest.mark.parametrize(
    ("facility", "expected"),
    [
        pytest.param({}, "a", id="nothing is known: chance"),
        pytest.param(known(a=(9, 10), b=(2, 10), c=(9, 10)), "b", id="what is known least"),
        pytest.param(known(a=(90, 100), b=(1, 10)), "b", id="the weak one before the unknown"),
        pytest.param(known(a=(90, 100), b=(90, 100)), "a", id="the unknown one is average"),
        pytest.param(known(a=(51, 100), b=(50, 100), c=(55, 100)), "a", id="the same tenth"),
        pytest.param(known(z=(0, 50)), "a", id="of a question that is elsewhere"),
        pytest.param(known(a=(0, 0)), "a", id="asked, never answered"),
    ],
)
def test_what_people_are_weak_on_comes_first(facility: Facility, expected: str) -> None:
    assert name_of(choose(ABC, (), (), facility, keep)) == expected


def test_one_unlucky_answer_counts_less_than_eighty() -> None:
    """Without the average answers, b with 0 of 1 would be the weakest."""
    facility = known(a=(50, 80), b=(0, 1), c=(20, 80))
    assert name_of(choose(ABC, (), (), facility, keep)) == "c"


def test_weakness_does_not_bring_a_question_back_early() -> None:
    assert name_of(choose(ABC, ids("c"), (), known(c=(0, 50)), keep)) == "a"


def test_chance_decides_between_equals() -> None:
    assert name_of(choose(ABC, (), (), {}, turn_round)) == "c"
    assert name_of(choose(ABC, (), (), known(a=(9, 10), b=(2, 10)), turn_round)) == "b"
    drawn = {name_of(choose(ABC, (), (), {}, random.Random(i).shuffle)) for i in range(50)}  # noqa: S311 - a test of chance needs a seed, not secrecy
    assert drawn == {"a", "b", "c"}


POOLS: Final = st.lists(st.sampled_from([EASY, "medium", HARD, ""]), min_size=1, max_size=9).map(
    lambda levels: [question(f"q{i}", level) for i, level in enumerate(levels)]
)


@given(POOLS, st.integers(0, 2**16), st.data())
def test_a_channel_sees_the_whole_pool_before_any_question_again(
    pool: list[Question], seed: int, data: st.DataObject
) -> None:
    tallies = st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    facility = data.draw(st.dictionaries(st.sampled_from([q.id for q in pool]), tallies))
    chance = random.Random(seed)  # noqa: S311 - a test of chance needs a seed, not secrecy
    asked: list[QuestionId] = []
    levels: list[str] = []
    for turn in range(3 * len(pool)):
        chosen = choose(pool, asked, levels, facility, chance.shuffle)
        assert chosen
        if turn < len(pool):
            new = [q for q in pool if q.id not in asked]
            assert chosen in new
            if levels[-2:] == [chosen.level] * 2:
                assert {q.level for q in new} == {chosen.level}
        asked.append(chosen.id)
        levels.append(chosen.level)
    assert set(asked[: len(pool)]) == {q.id for q in pool}


@given(st.sets(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef"), max_size=12))
def test_only_allowed_questions_of_the_pool_are_chosen(out: set[str], asked: list[str]) -> None:
    pool = tuple(map(question, "abcd"))
    chosen = choose(
        pool, [QuestionId(a) for a in asked], (), {}, keep, excluded=ids(" ".join(out))
    )
    allowed = set("abcd") - out
    assert name_of(chosen) in (allowed or {"-"})
