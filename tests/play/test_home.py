"""What a Home tab gathers, and what Slack is asked for it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import pytest

from bot.bank.catalogue import Catalogue
from bot.errors import SlackRefused
from bot.play.home import Asked, Home, HomePage, NextAt
from bot.play.membership import Membership
from bot.play.review import REVIEW, Review
from bot.play.solo import Solo
from bot.play.steps import Asking, NothingMissed
from bot.quiz.badges import Badge
from bot.quiz.days_off import Country
from bot.quiz.local_time import DAY
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.session import AttemptId, Choice
from bot.storage import keys
from tests.conftest import bank_of
from tests.play.game import ACME, CATALOGUE, MONDAY, PLATFORM, Game, schedule_of

ANA: Final = Player(ACME, UserId("U1"))
MANY: Final = "# Numbers\n" + "".join(
    f'\n<quiz id="n{n}">\nIs {n} a number?\n- [x] Yes, {n}\n- [ ] No\n</quiz>\n' for n in range(12)
)
CHOICES: Final = Catalogue(
    tuple(replace(q, questions=tuple(filter(lambda each: each.options, q))) for q in CATALOGUE)
)
"""What can be answered with a click."""


@dataclass
class Rooms:
    """Slack, as far as it tells about channels: who is in which, and what it was asked."""

    inside: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def members(
        self, workspace: Workspace, channel: ChannelId
    ) -> AsyncIterator[Sequence[UserId]]:
        del workspace
        self.asked.append(channel)
        if channel not in self.inside:
            raise SlackRefused("conversations.members", "channel_not_found")
        for user in self.inside[channel]:
            yield [UserId(user)]

    async def link(self, workspace: Workspace, channel: ChannelId, ts: str) -> str:
        del workspace
        self.asked.append(f"{channel}/{ts}")
        return f"https://acme.slack.example/{channel}/{ts}"


class NoHolidays:
    def holiday(self, country: str, day: date) -> None:
        del country, day

    def countries(self) -> Sequence[Country]:
        return ()


@dataclass
class Household:
    game: Game
    rooms: Rooms
    catalogue: Catalogue = CHOICES

    def __post_init__(self) -> None:
        store, hand = self.game.store, self.game.hand
        self.solo = Solo(store, self.catalogue, hand.now, hand)
        self.review = Review(store, self.solo)
        membership = Membership(store, self.rooms)
        self.home = Home(store, self.solo, self.review, membership, NoHolidays(), hand.now)

    async def page(self) -> HomePage:
        return await self.home.page(ANA)

    async def play(self, slug: str, *, right: bool) -> None:
        """One question of a quiz."""
        quiz = self.catalogue.get(slug)
        assert quiz is not None
        asking = await self.solo.start(ANA, quiz, 1, AttemptId(f"start-{slug}"))
        assert isinstance(asking, Asking)
        key = asking.question.key
        chosen = next(i for i in range(9) if (i in key) is right)
        given, attempt = Choice(frozenset({chosen})), AttemptId(f"answer-{slug}")
        await self.solo.answer(ANA, asking.session.id, asking.number, given, attempt)

    async def miss(self, *questions: str) -> None:
        """Older ones first."""
        misses = {name: n for n, name in enumerate(questions)}
        await self.game.redis.zadd(keys.review(ANA), misses)


@pytest.fixture
def household(game: Game) -> Household:
    return Household(game, Rooms({PLATFORM: [ANA.user]}))


# Channels


async def test_a_channel_is_shown_from_its_next_question_to_the_end_of_the_day(
    household: Household,
) -> None:
    game = household.game
    await game.save(schedule_of())
    [upcoming] = (await household.page()).channels
    assert isinstance(upcoming, NextAt)
    await game.at("09:00")
    assert upcoming.at == game.hand.now()
    [asked] = (await household.page()).channels
    assert isinstance(asked, Asked)
    assert (asked.is_open, asked.is_answered, asked.right) == (True, False, None)
    assert asked.link.startswith("https://acme.slack.example/C1/")
    await game.recorded("U1", right=True)
    [asked] = (await household.page()).channels
    assert isinstance(asked, Asked)
    assert (asked.is_answered, asked.right) == (True, None)
    await game.at("17:00")
    [asked] = (await household.page()).channels
    assert isinstance(asked, Asked)
    assert (asked.is_open, asked.right) == (False, True)
    await game.at("01:00", MONDAY + DAY)
    [upcoming] = (await household.page()).channels
    assert isinstance(upcoming, NextAt)


async def test_open_questions_come_first_and_the_rest_is_counted(household: Household) -> None:
    game, channels = household.game, [ChannelId(f"C{n}") for n in range(1, 15)]
    household.rooms.inside = {channel: [ANA.user] for channel in channels}
    for channel in channels[:-1]:
        await game.save(schedule_of(channel, paused="" if channel == PLATFORM else "by hand"))
    await game.save(schedule_of(channels[-1]))
    await game.at("09:00")
    await game.recorded("U1", right=True)
    page = await household.page()
    shown = [each.occurrence.channel for each in page.channels if isinstance(each, Asked)]
    assert shown == [channels[-1], PLATFORM]
    assert page.more == 0


async def test_no_more_than_ten_channels_are_shown(household: Household) -> None:
    channels = [ChannelId(f"C{n}") for n in range(1, 15)]
    household.rooms.inside = {channel: [ANA.user] for channel in channels}
    for channel in channels:
        await household.game.save(schedule_of(channel))
    page = await household.page()
    assert (len(page.channels), page.more) == (10, 4)


async def test_slack_is_asked_once_for_members_and_for_a_link(household: Household) -> None:
    await household.game.save(schedule_of())
    await household.game.at("09:00")
    for _ in range(3):
        await household.page()
    assert sorted(household.rooms.asked) == [PLATFORM, household.rooms.asked[-1]]
    assert len(household.rooms.asked) == 2


async def test_a_channel_that_slack_does_not_tell_about_is_nobodys(household: Household) -> None:
    household.rooms.inside = {}
    await household.game.save(schedule_of())
    assert (await household.page()).channels == ()
    assert (await household.page()).channels == ()
    assert household.rooms.asked == [PLATFORM]


async def test_a_withdrawn_question_is_not_shown(household: Household) -> None:
    game = household.game
    await game.save(schedule_of())
    await game.at("09:00")
    occurrence, _ = await game.kept()
    await game.store.void_post(ACME, occurrence, game.hand.now())
    assert not [c for c in (await household.page()).channels if isinstance(c, Asked)]


# What was done


async def test_numbers_are_those_of_the_week_and_of_the_tracks(household: Household) -> None:
    await household.play("basics/shapes", right=True)
    await household.play("basics/colours", right=False)
    page = await household.page()
    assert page.own is not None
    assert (page.own.placed.row.points, page.own.placed.rank, page.people) == (100, 1, 1)
    [track] = page.tracks
    assert (track.title, track.answered, track.right) == ("Basics", 2, 1)
    assert page.personal.streak.length == 1
    assert {m.badge for m in page.merits if m.is_earned} == {Badge.FIRST_QUIZ}
    assert page.to_review == 1


# Reviewing


async def test_a_review_asks_at_most_ten_the_longest_waiting_first(household: Household) -> None:
    household = replace(household, catalogue=bank_of(numbers=MANY).catalogue)
    known = [question.id for quiz in household.catalogue for question in quiz]
    await household.miss("gone from the bank", *reversed(known))
    assert (await household.page()).to_review == len(known) == 12
    asking = await household.review.start(ANA, AttemptId("review"))
    assert isinstance(asking, Asking)
    asked = [question.id for question in asking.session.questions]
    assert asked == list(reversed(known))[:10]
    assert (asking.session.slug, asking.session.practice) == (REVIEW, True)


@pytest.mark.parametrize("missed", [(), ("gone from the bank",)], ids=["nothing", "all gone"])
async def test_there_may_be_nothing_to_review(
    household: Household, missed: tuple[str, ...]
) -> None:
    if missed:
        await household.miss(*missed)
    assert isinstance(await household.review.start(ANA, AttemptId("review")), NothingMissed)


async def test_a_reviewed_question_comes_with_the_page_it_is_from(household: Household) -> None:
    quiz = household.catalogue.get("basics/shapes")
    assert quiz is not None
    await household.miss(quiz.questions[0].id)
    asking = await household.review.start(ANA, AttemptId("review"))
    assert isinstance(asking, Asking)
    given = Choice(asking.question.key)
    marked = await household.solo.answer(ANA, asking.session.id, 0, given, AttemptId("a"))
    assert getattr(marked, "quiz", None) == quiz
