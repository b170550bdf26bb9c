"""One message for each case, whatever happens to Slack or to us; one word to each person."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bot.play.report_ports import Standing
from bot.play.reporting import InSession, Reported, Unseen, review_job
from bot.quiz.job import JobKind
from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.question import Slug
from bot.quiz.report import (
    MOST_A_DAY,
    AlreadySettled,
    Enough,
    Filed,
    NoSuchCase,
    Settled,
    Verdict,
)
from bot.quiz.session import AttemptId, SessionId
from bot.quiz.suggestion import Answer, Draft, Suggestion, SuggestionId
from bot.storage import keys
from bot.storage.reports import Reports
from tests.play.fates import DEADLY, FULL, LOST, NOTHING, Died
from tests.play.game import ACME
from tests.play.reviewers import AUTHORS, SIDES, Authors

BEN, CHI = UserId("U2"), UserId("U3")


@pytest.fixture
def authors(redis: Redis) -> Authors:
    return Authors(redis)


async def test_a_case_is_one_message_with_a_reply_for_each_person(authors: Authors) -> None:
    await authors.choose()
    for user in (BEN, CHI):
        await authors.report(user)
        await authors.wait(seconds=2)
    assert list(authors.readers.cases) == [(AUTHORS, "1.0")]
    assert authors.case.case.people == 2
    assert authors.case.standing is Standing.SAME
    assert authors.readers.replies == [("1.0", BEN), ("1.0", CHI)]
    assert not await authors.store.in_review(ACME)


@pytest.mark.parametrize("fate", [NOTHING, FULL, "not_in_channel"])
async def test_a_report_is_posted_in_the_end(authors: Authors, fate: str) -> None:
    authors.readers.fates = {"post": [fate, fate]}
    await authors.choose()
    await authors.report(BEN)
    await authors.wait(hours=3)
    assert len(authors.readers.cases) == 1
    assert authors.readers.replies == [("1.0", BEN)]


async def test_one_that_may_be_there_is_posted_again(authors: Authors) -> None:
    """Seen twice does less harm than seen by nobody."""
    authors.readers.fates = {"post": [LOST]}
    await authors.choose()
    await authors.report(BEN)
    await authors.wait(minutes=1)
    assert len(authors.readers.cases) == 2


async def test_a_worker_that_dies_leaves_it_to_another(authors: Authors) -> None:
    authors.readers.fates = {"post": [DEADLY]}
    await authors.choose()
    await authors.report(BEN)
    with pytest.raises(Died):
        await authors.wait(seconds=5)
    await authors.wait(minutes=3)
    assert len(authors.readers.cases) == 1


async def test_a_lost_hint_is_made_anew_from_what_is_kept(authors: Authors, redis: Redis) -> None:
    await authors.choose()
    await authors.report(BEN)
    async for key in redis.scan_iter("{due:*}*:due"):
        await redis.delete(key)
    await authors.wait(seconds=5)
    assert not authors.readers.cases
    await authors.store.sweep_jobs("w1", authors.hand.now())
    await authors.wait(seconds=5)
    assert len(authors.readers.cases) == 1


async def test_nothing_is_lost_while_no_channel_is_chosen(authors: Authors) -> None:
    outcome = await authors.report(BEN)
    assert outcome == Reported(Filed(1), waits=True)
    await authors.wait(hours=1)
    assert not authors.readers.cases
    await authors.choose()
    await authors.wait(seconds=5)
    assert authors.case.case.people == 1


async def test_an_open_case_moves_to_a_new_channel(authors: Authors) -> None:
    await authors.choose()
    await authors.report(BEN)
    await authors.wait(seconds=5)
    await authors.choose(ChannelId("C8"))
    await authors.report(CHI)
    await authors.wait(seconds=5)
    assert [channel for channel, _ in authors.readers.cases] == [AUTHORS, "C8"]


async def test_a_message_that_was_deleted_comes_again(authors: Authors) -> None:
    await authors.choose()
    await authors.report(BEN)
    await authors.wait(seconds=5)
    authors.readers.cases.clear()
    await authors.report(CHI)
    await authors.wait(seconds=5)
    assert authors.case.case.people == 2


# The verdict


@pytest.mark.parametrize("fate", [LOST, NOTHING, "user_disabled"])
async def test_a_verdict_is_told_at_most_once(authors: Authors, fate: str) -> None:
    authors.readers.fates = {"verdict": [fate]}
    await authors.choose()
    for user in (BEN, CHI):
        await authors.report(user)
    await authors.wait(seconds=5)
    assert await authors.settle(Verdict.FIXED) == Settled(Verdict.FIXED, 2)
    await authors.wait(hours=2)
    assert authors.readers.calls["verdict"] == 2


async def test_when_slack_wants_a_rest_the_verdict_waits(authors: Authors) -> None:
    authors.readers.fates = {"verdict": [FULL]}
    await authors.choose()
    await authors.report(BEN)
    await authors.settle(Verdict.KEPT)
    await authors.wait(minutes=1)
    assert authors.readers.heard == [(BEN, Verdict.KEPT)]


async def test_a_case_is_settled_once(authors: Authors) -> None:
    await authors.report(BEN)
    assert await authors.settle(Verdict.KEPT, attempt="a") == Settled(Verdict.KEPT, 1)
    assert await authors.settle(Verdict.KEPT, attempt="a") == Settled(Verdict.KEPT, 1)
    assert await authors.settle(Verdict.FIXED) == AlreadySettled(Verdict.KEPT)
    assert await authors.settle(Verdict.FIXED, turn=2) == NoSuchCase()


async def test_a_case_that_is_settled_before_it_was_posted_is_told_all_the_same(
    authors: Authors,
) -> None:
    await authors.report(BEN)
    await authors.settle(Verdict.FIXED)
    await authors.choose()
    await authors.wait(seconds=5)
    assert authors.readers.heard == [(BEN, Verdict.FIXED)]
    assert not authors.readers.cases
    assert not await authors.store.in_review(ACME)


async def test_a_new_turn_is_a_new_message_and_counts_from_one(authors: Authors) -> None:
    await authors.choose()
    for user in ("U4", BEN, CHI):
        await authors.report(user)
    assert SIDES in await authors.store.withheld(ACME)
    await authors.wait(seconds=5)
    await authors.settle(Verdict.KEPT)
    await authors.wait(seconds=5)
    await authors.report(BEN)
    await authors.wait(seconds=5)
    assert len(authors.readers.cases) == 2
    assert (authors.case.case.turn, authors.case.case.people) == (2, 1)
    assert not await authors.store.withheld(ACME)


# Reports


async def test_a_press_that_comes_again_counts_once(authors: Authors) -> None:
    for _ in range(3):
        assert await authors.report(BEN, "same") == Reported(Filed(1), waits=True)
    case = await authors.store.case(ACME, authors.case_id)
    assert case
    assert case.revision == 1


async def test_the_same_person_never_counts_for_three(authors: Authors) -> None:
    for _ in range(4):
        await authors.report(BEN)
    assert not await authors.store.withheld(ACME)


async def test_what_an_admin_put_back_stays(authors: Authors) -> None:
    for user in ("U4", BEN):
        await authors.report(user)
    store: Reports = authors.store
    await store.pool_case(ACME, authors.case_id, 1, out=True)
    await store.pool_case(ACME, authors.case_id, 1, out=False)
    await authors.report(CHI)
    assert not await store.withheld(ACME)


@pytest.mark.parametrize("verdict", list(Verdict))
async def test_what_people_said_goes_half_a_year_after_the_verdict(
    authors: Authors, redis: Redis, verdict: Verdict
) -> None:
    """Also where the version stays out of the daily pool; for that the case is enough."""
    for user in ("U4", BEN, CHI):
        await authors.report(user)
    case = keys.case(ACME, authors.case_id)
    said, by = keys.reports(ACME, authors.case_id), keys.case_decider(ACME, authors.case_id)
    store: Reports = authors.store
    assert [await redis.ttl(key) for key in (case, said)] == [-1, -1]
    decider = Player(ACME, UserId("U1"))
    await store.settle_case(decider, authors.case_id, 1, verdict, AttemptId("v"))
    half_a_year = keys.KEEP_SETTLED.total_seconds()
    for key in (said, by):
        assert half_a_year - 60 < await redis.ttl(key) <= half_a_year
    assert (await redis.ttl(case) == -1) == (verdict is Verdict.FIXED)
    await store.pool_case(ACME, authors.case_id, 1, out=False)
    assert half_a_year - 60 < await redis.ttl(case) <= half_a_year
    await authors.report(BEN)
    assert [await redis.ttl(key) for key in (case, said)] == [-1, -1]


async def test_there_is_room_again_after_a_day(authors: Authors) -> None:
    for _ in range(MOST_A_DAY):
        assert isinstance(await authors.report(BEN), Reported)
        authors.hand.moment += timedelta(minutes=1)
    until = authors.hand.now() + timedelta(days=1, minutes=-MOST_A_DAY)
    assert await authors.report(BEN) == Enough(until)
    assert isinstance(await authors.report(CHI), Reported)
    authors.hand.moment = until
    assert isinstance(await authors.report(BEN), Reported)


async def test_what_nobody_has_any_more_cannot_be_reported(authors: Authors) -> None:
    gone = InSession(SessionId("gone"), 0)
    assert await authors.reporting.look(Player(ACME, BEN), gone) == Unseen()


# Suggestions


async def suggest(authors: Authors, user: UserId = BEN) -> None:
    wish = Suggestion(SuggestionId("g1"), Slug("basics/shapes"), user, Draft("<quiz>", ("Hm.",)))
    at = authors.hand.now()
    await authors.store.suggest(Player(ACME, user), wish, AttemptId("a1"), at)
    await authors.store.put_job(review_job(ACME, JobKind.SUGGESTION, "g1"), at)


@pytest.mark.parametrize("fates", [{}, {"post": [NOTHING, FULL], "change": [FULL, NOTHING]}])
async def test_a_suggestion_is_posted_and_answered_once(
    authors: Authors, fates: dict[str, list[str]]
) -> None:
    authors.readers.fates = fates
    await authors.choose()
    await suggest(authors)
    await authors.wait(minutes=1)
    ((where, view),) = authors.readers.suggestions.items()
    assert view.draft == Draft("<quiz>", ("Hm.",))
    admin = Player(ACME, UserId("U1"))
    for attempt in ("x", "y"):
        await authors.store.answer_suggestion(
            admin, SuggestionId("g1"), Answer.ACCEPTED, "", AttemptId(attempt)
        )
    await authors.choose()
    await authors.wait(minutes=1)
    assert authors.readers.suggestions[where].suggestion.answer is Answer.ACCEPTED
    assert authors.readers.answered == [BEN]
    assert not await authors.store.in_review(ACME)
