"""Answers are marked again by a corrected key: nothing is doubled or lost, whoever does it."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, product
from typing import Final, TypeAlias

from redis.asyncio import Redis

from bot.quiz.board import BoardQuery
from bot.quiz.occurrence import Claimed, Occurrence, Settlement, daily_id
from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.prose import prose
from bot.quiz.question import Option, Question
from bot.quiz.regrading import Corrected, Correction, key_of, to_mark
from bot.quiz.schedule import Saved
from bot.quiz.session import (
    Answer,
    AttemptId,
    Fill,
    Given,
    QuizProgress,
    SessionId,
    is_right,
)
from bot.quiz.windows import Kind
from bot.storage import keys
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE, choosing, filling, session_of
from tests.storage.playing import ACME, ANA, BEN, EVERYWHERE, OTHER, choice
from tests.storage.posting import PLATFORM, attempt_of, occurrence_of, schedule_of

DAY: Final = timedelta(days=1)
NUMBERS: Final = count()
ALL: Final = BoardQuery(Kind.ALL)
NOBODY: Final = Player(ACME, UserId(""))

SKY: Final = choosing("sky", {1}, 3)
SKY_CORRECTED: Final = choosing("sky", {2}, 3)
SNOW: Final = filling("snow", ("white",), points=3)
SNOW_CORRECTED: Final = filling("snow", ("pale", "blue"), points=3)

VERSIONS: Final = (
    (SKY, SKY_CORRECTED, choosing("sky", {1, 2}, 3), choosing("sky", {0, 1, 2}, 3)),
    (SNOW, SNOW_CORRECTED, filling("snow", ("white", "blue"), points=3)),
)
"""Of two questions: every answer to one version can be judged by the others."""


async def ask(
    store: RedisStore,
    player: Player,
    question: Question,
    given_answer: Given,
    at: datetime = NINE,
    hinted: str = "",
) -> None:
    """In a session of its own."""
    name = f"one-{next(NUMBERS)}"
    session = session_of(question, name=name, track="nature")
    open_one = await store.load(player)
    replaced = open_one.id if open_one else None
    await store.start(player, session, AttemptId(f"start-{name}"), replaces=replaced)
    if hinted:
        await store.take_hint(player, SessionId(name), 0)
    await store.answer(player, SessionId(name), 0, given_answer, AttemptId(name), at)


async def ask_in_channel(
    store: RedisStore,
    player: Player,
    question: Question,
    given_answer: Given,
    at: datetime = NINE,
    channel: str = PLATFORM,
) -> Occurrence:
    """As the question of a day, which tells at once."""
    place, day = ChannelId(channel), at.date()
    asked = occurrence_of(question, day, instant=True, planned=at, closes=at + DAY / 3)
    occurrence = replace(asked, id=daily_id(place, day), channel=place)
    saved = await store.save_schedule(ACME, schedule_of(place), f"v-{channel}", at)
    assert isinstance(saved, Saved)
    attempt = attempt_of("a1", at)
    claim = await store.claim_post(ACME, occurrence, saved.schedule, attempt)
    assert claim == Claimed()
    await store.settle_post(ACME, occurrence, attempt, Settlement.SENT, at, "1.1")
    answer = Answer(given_answer, is_right(question, given_answer), 0, AttemptId(f"{player.user}"))
    await store.keep_answer(player, occurrence, answer, at, "")
    return occurrence


async def correct(store: RedisStore, question: Question) -> None:
    """Let answers count by the key of this question from here on."""
    key = key_of(question)
    known = (await store.key_versions(ACME, [question.id])).get(question.id)
    if known is None:
        await store.know_keys(ACME, {question.id: key.version})
    elif known != key.version:
        correction = Correction(question.id, question.stem, key)
        assert await store.correct_key(ACME, correction, known)


async def mark(store: RedisStore, most: int = 10**9, at: datetime = NINE) -> None:
    """Mark all that is to be marked; with `most`, be gone after so many answers."""
    for question, number in (await store.regrades(ACME)).items():
        correction = await store.correction(ACME, question)
        if correction is not None:
            async for answers in store.first_answers(ACME, question):
                wrong = to_mark(correction.key, answers)
                await store.mark_again(ACME, correction, wrong[:most], at)
                most -= len(wrong)
                if most < 0:
                    return
        await store.end_regrade(ACME, question, number)


Line: TypeAlias = tuple[int, int, int]
"""Points, right and answered."""


async def board(
    store: RedisStore, query: BoardQuery = ALL, at: datetime = NINE
) -> dict[str, Line]:
    """Of everybody who is seen."""
    rows = [row.placed.row for row in (await store.board(NOBODY, query, at, 100)).rows]
    return {row.user: (row.points, row.right, row.answered) for row in rows}


async def counts(store: RedisStore, player: Player = ANA) -> Line:
    progress = await store.progress(player)
    return progress.points, progress.right, progress.answered


# One correction


@EVERYWHERE
async def test_an_answer_that_is_right_after_all_earns_its_points_everywhere(
    store: RedisStore,
) -> None:
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(2))
    assert await counts(store) == (0, 0, 1)
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await counts(store) == (100, 1, 1)
    assert (await store.progress(ANA)).quizzes == {"colours": QuizProgress(1, 1)}
    for kind, topic in product(Kind, ("", "nature")):
        shown = await board(store, BoardQuery(kind, topic))
        assert shown == {ANA.user: (100, 1, 1)}, (kind, topic)
    assert await store.to_review(ANA) == ()
    assert await store.regrades(ACME) == {}


async def test_points_that_were_given_wrongly_go_and_the_question_is_asked_again(
    store: RedisStore,
) -> None:
    await correct(store, SNOW)
    await ask(store, ANA, SNOW, Fill((" White",)))
    await correct(store, SNOW_CORRECTED)
    await mark(store)
    assert await counts(store) == (0, 0, 1)
    assert await board(store) == {ANA.user: (0, 0, 1)}
    assert await store.to_review(ANA) == (SNOW.id,)


async def test_a_hint_halves_what_an_answer_earns_by_the_corrected_key(store: RedisStore) -> None:
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(2), hinted="yes")
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await counts(store) == (50, 1, 1)


async def test_the_answer_to_a_channel_counts_on_its_board_too(store: RedisStore) -> None:
    await correct(store, SKY)
    await ask_in_channel(store, ANA, SKY, choice(2))
    await ask_in_channel(store, BEN, SKY, choice(1), channel="C2")
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await board(store) == {ANA.user: (100, 1, 1), BEN.user: (0, 0, 1)}
    assert await board(store, BoardQuery(Kind.WEEK, place=PLATFORM)) == {ANA.user: (100, 1, 1)}
    assert await board(store, BoardQuery(Kind.WEEK, place="C2")) == {BEN.user: (0, 0, 1)}


async def test_an_answer_to_an_option_that_is_worded_otherwise_by_now_stays_as_it_is(
    store: RedisStore,
) -> None:
    options = (*SKY.options[:1], Option(prose("Deep blue"), correct=True), *SKY.options[2:])
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(1))
    await ask(store, BEN, SKY, choice(2))
    await correct(store, replace(SKY, options=options))
    await mark(store)
    assert await board(store) == {ANA.user: (100, 1, 1), BEN.user: (0, 0, 1)}
    assert await store.news_of_keys(ACME, PLATFORM, NINE) == ()


async def test_boards_that_began_anew_or_are_over_stay_as_they_are(
    store: RedisStore, redis: Redis
) -> None:
    await correct(store, SKY)
    await ask_in_channel(store, ANA, SKY, choice(1))
    await store.clear_boards(ACME, PLATFORM)
    await ask_in_channel(store, ANA, SNOW, Fill(("white",)), NINE + DAY)
    today = BoardQuery(Kind.DAY)
    await redis.delete(*(key(ACME, today.name(NINE, "UTC")) for key in (keys.board, keys.tally)))
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await board(store) == {ANA.user: (300, 1, 2)}
    assert await board(store, BoardQuery(Kind.ALL, place=PLATFORM)) == {ANA.user: (300, 1, 1)}
    assert await board(store, today) == {}


async def test_a_board_that_began_anew_before_the_answer_moves_with_it(store: RedisStore) -> None:
    await store.clear_boards(ACME, PLATFORM)
    await correct(store, SKY)
    await ask_in_channel(store, ANA, SKY, choice(2))
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await board(store, BoardQuery(Kind.ALL, place=PLATFORM)) == {ANA.user: (100, 1, 1)}


async def test_who_is_hidden_is_marked_again_unseen(store: RedisStore) -> None:
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(2))
    await store.hide(ANA, NINE, hidden=True)
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await board(store) == {}
    await store.hide(ANA, NINE, hidden=False)
    assert await board(store) == {ANA.user: (100, 1, 1)}


async def test_a_question_that_was_withdrawn_earns_nothing_by_any_key(store: RedisStore) -> None:
    await correct(store, SKY)
    occurrence = await ask_in_channel(store, ANA, SKY, choice(2))
    await store.void_post(ACME, occurrence, NINE)
    (answer,) = await store.answers(ACME, occurrence)
    await store.revoke(ANA, occurrence, answer)
    await correct(store, SKY_CORRECTED)
    await mark(store)
    assert await counts(store) == (0, 0, 0)
    assert await board(store) == {}
    (pages,) = [page async for page in store.first_answers(ACME, SKY.id)]
    assert to_mark(key_of(SKY_CORRECTED), pages) == []


async def test_a_question_can_be_withdrawn_after_it_was_marked_again(store: RedisStore) -> None:
    await correct(store, SKY)
    occurrence = await ask_in_channel(store, ANA, SKY, choice(2))
    await correct(store, SKY_CORRECTED)
    await mark(store)
    await store.void_post(ACME, occurrence, NINE)
    (answer,) = await store.answers(ACME, occurrence)
    assert await store.revoke(ANA, occurrence, answer) == 100
    assert await board(store) == {}


async def test_an_answer_by_the_old_key_that_comes_late_is_to_be_marked(store: RedisStore) -> None:
    await correct(store, SKY)
    await correct(store, SKY_CORRECTED)
    await mark(store)
    await ask(store, BEN, SKY_CORRECTED, choice(2))
    assert await store.regrades(ACME) == {}
    await ask(store, ANA, SKY, choice(1))
    assert await counts(store) == (100, 1, 1)
    assert set(await store.regrades(ACME)) == {SKY.id}
    await mark(store)
    assert await counts(store) == (0, 0, 1)


async def test_an_answer_that_comes_while_others_are_marked_is_not_forgotten(
    store: RedisStore,
) -> None:
    await correct(store, SKY)
    await correct(store, SKY_CORRECTED)
    (number,) = (await store.regrades(ACME)).values()
    await ask(store, ANA, SKY, choice(1))
    await store.end_regrade(ACME, SKY.id, number)
    await mark(store)
    assert await counts(store) == (0, 0, 1)


async def test_of_many_workers_that_notice_a_change_one_writes_it_down(
    stores: list[RedisStore],
) -> None:
    await correct(stores[0], SKY)
    before = key_of(SKY).version
    change = Correction(SKY.id, SKY.stem, key_of(SKY_CORRECTED))
    noted = await asyncio.gather(*(s.correct_key(ACME, change, before) for s in stores * 5))
    assert noted.count(True) == 1
    assert list((await stores[0].regrades(ACME)).values()) == [1]


async def test_whoever_marks_by_a_key_that_was_replaced_stops(store: RedisStore) -> None:
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(2))
    await correct(store, SKY_CORRECTED)
    old = await store.correction(ACME, SKY.id)
    (answers,) = [page async for page in store.first_answers(ACME, SKY.id)]
    await correct(store, SKY)
    assert old
    assert not await store.mark_again(ACME, old, to_mark(old.key, answers), NINE)
    await mark(store)
    assert await counts(store) == (0, 0, 1)


async def test_workspaces_have_keys_of_their_own(store: RedisStore) -> None:
    await correct(store, SKY)
    await correct(store, SKY_CORRECTED)
    assert await store.key_versions(OTHER, [SKY.id]) == {}
    assert await store.regrades(OTHER) == {}


# What is told, and what is not kept


async def test_a_board_tells_of_a_correction_once(store: RedisStore) -> None:
    await correct(store, SKY)
    await correct(store, SNOW)
    for player in (ANA, BEN):
        await ask(store, player, SKY, choice(2))
    await ask(store, ANA, SNOW, Fill(("grey",)))
    await correct(store, SKY_CORRECTED)
    await correct(store, SNOW_CORRECTED)
    await mark(store)
    told = (Corrected(SKY.id, "sky?", 2),)
    assert await store.news_of_keys(ACME, PLATFORM, NINE) == told
    await store.news_of_keys_told(ACME, PLATFORM, NINE)
    assert await store.news_of_keys(ACME, PLATFORM, NINE + DAY) == ()
    assert await store.news_of_keys(ACME, ChannelId("C2"), NINE + DAY) == told
    assert await store.news_of_keys(ACME, ChannelId("C2"), NINE + 8 * DAY) == ()


async def test_a_correction_that_is_corrected_is_told_by_what_came_of_it_in_the_end(
    store: RedisStore,
) -> None:
    await correct(store, SKY)
    for player in (ANA, BEN):
        await ask(store, player, SKY, choice(2))
    await correct(store, SKY_CORRECTED)
    await mark(store)
    await ask(store, Player(ACME, UserId("U3")), SKY_CORRECTED, choice(2))
    await correct(store, SKY)
    await mark(store, at=NINE + DAY)
    (told,) = await store.news_of_keys(ACME, PLATFORM, NINE + DAY)
    assert told.answers == 3


async def test_nothing_moves_for_whoever_was_forgotten_meanwhile(
    store: RedisStore, redis: Redis
) -> None:
    await correct(store, SKY)
    await ask(store, ANA, SKY, choice(2))
    await ask(store, BEN, SKY, choice(2))
    await correct(store, SKY_CORRECTED)
    correction = await store.correction(ACME, SKY.id)
    assert correction
    (answers,) = [page async for page in store.first_answers(ACME, SKY.id)]
    await store.forget(ANA)
    await store.mark_again(ACME, correction, to_mark(correction.key, answers), NINE)
    assert await board(store) == {BEN.user: (100, 1, 1)}
    left = [key async for key in redis.scan_iter() if ANA.user.encode() in key]
    assert left == []


async def test_an_export_has_the_answer_and_what_it_counts_now(store: RedisStore) -> None:
    await correct(store, SNOW)
    await ask(store, ANA, SNOW, Fill(("PALE",)))
    await correct(store, SNOW_CORRECTED)
    await mark(store)
    kept = await store.traces(ANA)
    assert kept[f"firsts:{ANA.user}"] == {"snow": f"1:300:{int(NINE.timestamp() * 1000)}"}
    answer = json.loads(kept["to:snow"])
    assert (answer["f"], answer["r"]) == (["pale"], True)
