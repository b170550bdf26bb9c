"""Who may post, close and withdraw the question of a date: what each script promises by itself."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.quiz.local_time import DAY
from bot.quiz.occurrence import (
    Busy,
    Claimed,
    Gone,
    Kept,
    Occurrence,
    OccurrenceState,
    Outdated,
    Settlement,
    Stands,
    TooLate,
)
from bot.quiz.schedule import Saved, Schedule
from bot.quiz.session import Answer, AttemptId
from bot.quiz.streaks import Streak
from bot.quiz.timetable import Missed, Reason
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, SEA, SKY, right_answer
from tests.storage.playing import ACME, ANA, EVERYWHERE, choice
from tests.storage.posting import (
    MONDAY,
    NINE,
    PLATFORM,
    attempt_of,
    occurrence_of,
    schedule_of,
)

pytestmark = EVERYWHERE
LATER = NINE + timedelta(minutes=2)
SENT, UNKNOWN, CLOSED = OccurrenceState.SENT, OccurrenceState.UNKNOWN, OccurrenceState.CLOSED


@pytest.fixture
async def schedule(store: RedisStore) -> Schedule:
    saved = await store.save_schedule(ACME, schedule_of(), "v1", NINE)
    assert isinstance(saved, Saved)
    return saved.schedule


async def state_of(store: RedisStore, occurrence: Occurrence) -> OccurrenceState:
    found = await store.occurrence(ACME, occurrence.id)
    assert found
    return found[0].state


async def posted(store: RedisStore, schedule: Schedule, occurrence: Occurrence) -> None:
    attempt = attempt_of("a1")
    assert await store.claim_post(ACME, occurrence, schedule, attempt) == Claimed()
    await store.settle_post(ACME, occurrence, attempt, Settlement.SENT, NINE, "1.1")


@pytest.mark.parametrize("question", [SKY, FLAG, SEA], ids=lambda question: question.id)
async def test_an_occurrence_comes_back_as_it_was_claimed(
    store: RedisStore, schedule: Schedule, question: object
) -> None:
    occurrence = occurrence_of(question, instant=True, counts=False)  # type: ignore[arg-type]
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    found = await store.occurrence(ACME, occurrence.id)
    assert found
    assert found[0] == occurrence


async def test_of_many_workers_one_gets_the_claim(
    stores: list[RedisStore], schedule: Schedule
) -> None:
    claims = await asyncio.gather(
        *(
            stores[n % len(stores)].claim_post(
                ACME, occurrence_of(), schedule, attempt_of(f"a{n}")
            )
            for n in range(20)
        )
    )
    assert claims.count(Claimed()) == 1
    assert sum(isinstance(claim, Busy) for claim in claims) == 19


async def test_the_attempt_that_has_the_claim_keeps_it_when_it_asks_again(
    store: RedisStore, schedule: Schedule
) -> None:
    for _ in range(2):
        claim = await store.claim_post(ACME, occurrence_of(), schedule, attempt_of("a1"))
        assert claim == Claimed()


async def test_a_claim_whose_worker_is_gone_is_given_to_nobody(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    late = await store.claim_post(ACME, occurrence, schedule, attempt_of("a2", LATER))
    assert late == Stands(UNKNOWN)
    assert await store.last_day(ACME, PLATFORM) == MONDAY
    counts = await store.daily_counts(ACME)
    assert (counts.unknown, counts.suppressed) == (1, 1)


async def test_news_that_come_after_the_claim_was_given_up_still_count(
    store: RedisStore, schedule: Schedule
) -> None:
    """As when a worker slept through its own deadline between the call and its answer."""
    occurrence = occurrence_of()
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a2", LATER))
    for _ in range(2):
        await store.settle_post(ACME, occurrence, attempt_of("a1"), Settlement.SENT, LATER, "1.1")
    found = await store.occurrence(ACME, occurrence.id)
    assert found
    assert (found[0].state, found[0].posted) == (SENT, "1.1")
    counts = await store.daily_counts(ACME)
    assert (counts.unknown, counts.posted) == (0, 1)
    assert counts.last_late == timedelta(minutes=2)


async def test_somebody_elses_news_change_nothing(store: RedisStore, schedule: Schedule) -> None:
    occurrence = occurrence_of()
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    for settlement in Settlement:
        await store.settle_post(ACME, occurrence, attempt_of("a2"), settlement, NINE, "1.2")
        assert await state_of(store, occurrence) is OccurrenceState.CLAIMED


async def test_a_claim_that_was_given_back_is_free_and_leaves_nothing(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    await store.settle_post(ACME, occurrence, attempt_of("a1"), Settlement.RELEASED, NINE)
    assert await store.occurrence(ACME, occurrence.id) is None
    assert await store.last_day(ACME, PLATFORM) is None
    assert await store.asked_before(ACME, PLATFORM) == ([], {})
    assert await store.claim_post(ACME, occurrence, schedule, attempt_of("a2")) == Claimed()


async def test_a_schedule_that_was_changed_meanwhile_posts_nothing(
    store: RedisStore, schedule: Schedule
) -> None:
    await store.save_schedule(ACME, schedule, "v2", NINE)
    claim = await store.claim_post(ACME, occurrence_of(), schedule, attempt_of("a1"))
    assert claim == Outdated()
    missed = Missed(MONDAY, Reason.LATE)
    assert await store.skip_post(ACME, schedule, missed, NINE) == Outdated()


async def test_a_date_is_skipped_once_and_only_if_nothing_was_begun(
    store: RedisStore, schedule: Schedule
) -> None:
    tuesday = MONDAY + DAY
    for _ in range(2):
        missed = Missed(MONDAY, Reason.LATE)
        skipped = await store.skip_post(ACME, schedule, missed, NINE)
        assert skipped == Stands(OccurrenceState.SKIPPED)
    assert (await store.daily_counts(ACME)).skipped == 1
    occurrence = occurrence_of(day=tuesday)
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    missed = Missed(tuesday, Reason.LATE)
    assert isinstance(await store.skip_post(ACME, schedule, missed, NINE), Busy)
    assert await store.skip_post(ACME, schedule, missed, LATER) == Stands(UNKNOWN)


async def test_a_skipped_date_can_be_asked_by_hand_and_a_sent_one_cannot(
    store: RedisStore, schedule: Schedule
) -> None:
    await store.skip_post(ACME, schedule, Missed(MONDAY, Reason.LATE), NINE)
    occurrence = occurrence_of()
    usual = await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    assert usual == Stands(OccurrenceState.SKIPPED)
    by_hand = await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"), anew=True)
    assert by_hand == Claimed()
    await store.settle_post(ACME, occurrence, attempt_of("a1"), Settlement.SENT, NINE, "1.1")
    again = await store.claim_post(ACME, occurrence, schedule, attempt_of("a2"), anew=True)
    assert again == Stands(SENT)


async def test_one_worker_closes_it_and_a_dead_one_is_replaced(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await posted(store, schedule, occurrence)
    first, second = attempt_of("c1"), attempt_of("c2")
    assert await store.begin_closing(ACME, occurrence, first) == Claimed()
    assert await store.begin_closing(ACME, occurrence, first) == Claimed()
    assert await store.begin_closing(ACME, occurrence, second) == Busy(first.until)
    third = attempt_of("c3", LATER)
    assert await store.begin_closing(ACME, occurrence, third) == Claimed()
    assert await store.end_closing(ACME, occurrence, first, done=True) is OccurrenceState.CLOSING
    assert await store.end_closing(ACME, occurrence, third, done=True) is CLOSED
    assert await store.begin_closing(ACME, occurrence, second) == Stands(CLOSED)


async def test_a_result_of_its_own_is_announced_by_one_attempt(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await posted(store, schedule, occurrence)
    first, second = attempt_of("c1"), attempt_of("c2")
    for _ in range(2):
        assert await store.claim_announcement(ACME, occurrence, first)
        assert not await store.claim_announcement(ACME, occurrence, second)
    await store.end_closing(ACME, occurrence, second, done=False)
    assert not await store.claim_announcement(ACME, occurrence, second)
    await store.end_closing(ACME, occurrence, first, done=False)
    assert await store.claim_announcement(ACME, occurrence, second)


async def test_no_answer_counts_while_or_after_it_is_closed(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await posted(store, schedule, occurrence)
    answer = Answer(right_answer(SKY), right=True, points=0, attempt=AttemptId("p1"))
    await store.begin_closing(ACME, occurrence, attempt_of("c1"))
    assert await store.keep_answer(ANA, occurrence, answer, NINE, "1.1") == TooLate(proved=False)
    assert await store.answers(ACME, occurrence) == ()


async def test_an_answer_to_another_question_of_that_name_is_for_nobody(
    store: RedisStore, schedule: Schedule
) -> None:
    await posted(store, schedule, occurrence_of())
    answer = Answer(choice(0), right=True, points=0, attempt=AttemptId("p1"))
    other = occurrence_of(FLAG)
    assert await store.keep_answer(ANA, other, answer, NINE, "1.1") == Gone()


async def test_an_answer_proves_the_post_whose_message_it_comes_from(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrence = occurrence_of()
    await store.claim_post(ACME, occurrence, schedule, attempt_of("a1"))
    answer = Answer(choice(1), right=True, points=0, attempt=AttemptId("p1"))
    for _ in range(2):
        kept = await store.keep_answer(ANA, occurrence, answer, NINE, "1.1")
        assert isinstance(kept, Kept)
    assert await state_of(store, occurrence) is SENT
    assert await store.due_days(ACME, PLATFORM, None) == {MONDAY}
    assert (await store.daily_counts(ACME)).posted == 1


async def test_edits_are_spaced_within_a_message_and_bounded_within_a_workspace(
    store: RedisStore, schedule: Schedule
) -> None:
    occurrences = [occurrence_of(day=MONDAY + n * DAY) for n in range(8)]
    for occurrence in occurrences:
        await posted(store, schedule, occurrence)
    moments: dict[str, list[int]] = {occurrence.id: [] for occurrence in occurrences}
    for second in range(180):
        for occurrence in occurrences:
            attempt = attempt_of(f"{occurrence.id}{second}", NINE + timedelta(seconds=second))
            wait = await store.wait_to_edit(
                ACME, occurrence, attempt, timedelta(seconds=5), most=40
            )
            if not wait:
                moments[occurrence.id].append(second)
    assert all(b - a >= 5 for each in moments.values() for a, b in pairwise(each))
    every = sorted(at for each in moments.values() for at in each)
    assert max(sum(a <= b < a + 60 for b in every) for a in every) == 40
    assert all(moments.values())


async def test_a_streak_is_kept_if_it_still_is_what_it_was(store: RedisStore) -> None:
    one, two = Streak(1, 1, MONDAY), Streak(2, 2, MONDAY + DAY, MONDAY)
    assert await store.keep_channel_streak(ANA, PLATFORM, None, one)
    assert await store.keep_channel_streak(ANA, PLATFORM, None, one)
    assert not await store.keep_channel_streak(ANA, PLATFORM, None, two)
    assert await store.keep_channel_streak(ANA, PLATFORM, one, two)
    assert await store.channel_streaks(ACME, PLATFORM) == {ANA.user: two}
