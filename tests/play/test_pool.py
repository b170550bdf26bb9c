"""What a schedule can ask is worked out once for each choice of topics and levels."""

from bot.play.pool import MOST, Pools
from tests.play.game import SHAPES_ONLY, schedule_of


def test_the_pool_holds_what_the_schedule_wants_with_a_level_each() -> None:
    pools = Pools(SHAPES_ONLY)
    levels = {q.id: q.level or quiz.level for quiz in SHAPES_ONLY for q in quiz}
    assert {name: q.level for name, (_, q) in pools.pool(schedule_of()).items()} == levels
    assert not pools.pool(schedule_of(topics=("nothing-like-it",)))


def test_channels_with_the_same_choice_share_a_pool() -> None:
    pools = Pools(SHAPES_ONLY)
    assert pools.pool(schedule_of()) is pools.pool(schedule_of(instant=True))


def test_a_choice_that_was_crowded_out_gets_the_same_pool_again() -> None:
    pools = Pools(SHAPES_ONLY)
    before = pools.pool(schedule_of())
    for number in range(MOST):
        pools.pool(schedule_of(topics=(f"topic-{number}",)))
    assert pools.pool(schedule_of()) == before
