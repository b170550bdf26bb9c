"""First answers make the figures of a question, wherever they are given."""

from dataclasses import replace

from bot.quiz.item import ItemFigures
from bot.quiz.question import Question
from bot.quiz.session import AttemptId, Choice, Given, SessionId
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, NINE, SKY, SNOW, right_answer
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, begin

pytestmark = EVERYWHERE


async def give(store: RedisStore, question: Question, given: Given, name: str = "a") -> None:
    for player in (ANA, BEN):
        await begin(store, question, name=f"{name}-{player.user}", player=player)
        session = SessionId(f"{name}-{player.user}")
        await store.answer(player, session, 0, given, AttemptId(f"{name}{player.user}"), NINE)
        await store.answer(player, session, 0, given, AttemptId(f"{name}{player.user}"), NINE)


async def test_picks_are_counted_by_the_words_of_an_option(store: RedisStore) -> None:
    wrong = next(i for i, option in enumerate(SKY.options) if not option.correct)
    await give(store, SKY, Choice(frozenset({wrong})))
    picks = tuple(2 if i == wrong else 0 for i in range(len(SKY.options)))
    assert await store.item(ACME, SKY) == ItemFigures(2, 0, picks)
    turned = replace(SKY, options=SKY.options[::-1])
    assert (await store.item(ACME, turned)).picks == picks[::-1]


async def test_only_the_first_answer_counts(store: RedisStore) -> None:
    await give(store, SKY, right_answer(SKY))
    await give(store, SKY, right_answer(SKY), "b")
    found = await store.item(ACME, SKY)
    assert (found.answered, found.right) == (2, 2)


async def test_each_of_several_options_is_a_pick(store: RedisStore) -> None:
    await give(store, FLAG, right_answer(FLAG))
    found = await store.item(ACME, FLAG)
    assert sum(found.picks) == 2 * len(FLAG.key)


async def test_a_blank_has_no_picks(store: RedisStore) -> None:
    await give(store, SNOW, right_answer(SNOW))
    assert await store.item(ACME, SNOW) == ItemFigures(2, 2, ())


async def test_another_version_begins_anew(store: RedisStore) -> None:
    await give(store, SKY, right_answer(SKY))
    corrected = replace(SKY, options=tuple(replace(o, correct=not o.correct) for o in SKY.options))
    assert (await store.item(ACME, corrected)).answered == 0
