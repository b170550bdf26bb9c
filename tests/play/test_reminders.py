"""Reminders: wanted, in time, and never two on one date, whatever Slack does."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import pytest

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.home_ports import Reminder
from bot.play.membership import Membership
from bot.play.reminders import AT_ONCE, PAUSE, Reminders, reminder_job
from bot.quiz.job import Again, Done, Next
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import Occurrence, daily_id
from bot.quiz.player import ChannelId, Player, UserId
from bot.storage import keys
from tests.play.fates import LOST
from tests.play.game import ACME, MONDAY, PLATFORM, Game, schedule_of
from tests.play.test_home import Rooms

PEOPLE: Final = [f"U{n}" for n in range(1, 4)]
OTHER: Final = ChannelId("C2")


@dataclass
class Post:
    """A `ReminderChat`: who got a reminder that reached them. `fates` are of the next ones."""

    fates: list[Delivery] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)

    async def remind(self, player: Player, reminder: Reminder) -> Delivery:
        await asyncio.sleep(0)  # others may come in between
        delivery = self.fates.pop(0) if self.fates else Posted("1.1")
        if isinstance(delivery, Posted | Unknown):
            self.reached[player.user] += 1
            self.links.add(reminder.link)
        return delivery


@dataclass
class Desk:
    game: Game
    post: Post
    rooms: Rooms

    @property
    def reminders(self) -> Reminders:
        store = self.game.store
        return Reminders(store, Membership(store, self.rooms), self.post, self.game.hand.now)

    async def want(self, *users: str) -> None:
        for user in users:
            await self.reminders.choose(Player(ACME, UserId(user)), wanted=True)

    async def ask(self, channel: ChannelId = PLATFORM) -> Occurrence:
        await self.game.save(schedule_of(channel))
        await self.game.at("09:00")
        return await self.kept(channel)

    async def kept(self, channel: ChannelId = PLATFORM) -> Occurrence:
        found = await self.game.store.occurrence(ACME, daily_id(channel, MONDAY))
        assert found is not None
        return found[0]

    async def run(self, occurrence: Occurrence) -> Next:
        return await self.reminders.run(reminder_job(ACME, occurrence)[0])


@pytest.fixture
def desk(game: Game) -> Desk:
    return Desk(game, Post(), Rooms({PLATFORM: PEOPLE, OTHER: PEOPLE}))


async def test_an_hour_before_the_close_who_wants_it_is_reminded(desk: Desk) -> None:
    await desk.want("U1", "U2", "U9")
    occurrence = await desk.ask()
    due = occurrence.closes - timedelta(hours=1)
    assert reminder_job(ACME, occurrence)[1] == due
    assert await desk.run(occurrence) == Again(due)
    await desk.game.at("16:00")
    assert await desk.run(occurrence) == Done()
    assert desk.post.reached == {"U1": 1, "U2": 1}
    assert desk.post.links == {f"https://acme.slack.example/C1/{occurrence.posted}"}


async def test_who_has_answered_is_let_alone(desk: Desk) -> None:
    await desk.want(*PEOPLE)
    occurrence = await desk.ask()
    await desk.game.recorded("U1", right=False)
    await desk.game.at("16:00")
    await desk.run(occurrence)
    assert desk.post.reached == {"U2": 1, "U3": 1}


async def test_who_has_left_the_workspace_is_let_alone(desk: Desk) -> None:
    await desk.want("U1", "U2")
    occurrence = await desk.ask()
    await desk.game.redis.hset(keys.person(Player(ACME, UserId("U2"))), "gone", "1")
    await desk.game.at("16:00")
    await desk.run(occurrence)
    assert desk.post.reached == {"U1": 1}


async def test_one_reminder_a_date_is_enough_for_all_channels(desk: Desk) -> None:
    await desk.want("U1")
    first, second = await desk.ask(), await desk.ask(OTHER)
    await desk.game.at("16:00")
    for occurrence in (first, second, first):
        assert await desk.run(occurrence) == Done()
    assert desk.post.reached == {"U1": 1}
    await desk.game.at("16:00", MONDAY + DAY)
    tomorrow, _ = await desk.game.kept(MONDAY + DAY)
    await desk.run(tomorrow)
    assert desk.post.reached == {"U1": 2}


async def test_several_workers_at_once_remind_once(desk: Desk) -> None:
    await desk.want(*PEOPLE)
    occurrence = await desk.ask()
    await desk.game.at("16:00")
    await asyncio.gather(*(desk.run(occurrence) for _ in range(8)))
    assert desk.post.reached == dict.fromkeys(PEOPLE, 1)
    assert desk.rooms.asked.count(PLATFORM) == 1


async def test_a_closed_or_withdrawn_question_reminds_nobody(desk: Desk) -> None:
    await desk.want("U1")
    occurrence, other = await desk.ask(), await desk.ask(OTHER)
    await desk.game.at("16:30")
    await desk.game.store.void_post(ACME, occurrence, desk.game.hand.now())
    assert await desk.run(occurrence) == Done()
    desk.game.hand.moment = other.closes
    assert await desk.run(other) == Done()
    assert desk.post.reached == {}


async def test_a_question_that_may_not_be_there_waits_for_a_proof(desk: Desk) -> None:
    await desk.want("U1")
    desk.game.channels.fates["ask"] = [LOST]
    occurrence = await desk.ask()
    await desk.game.at("16:00")
    waits = await desk.run(occurrence)
    assert isinstance(waits, Again)
    assert desk.game.hand.now() < waits.at < occurrence.closes
    assert desk.post.reached == {}


@pytest.mark.parametrize("fate", [Refused("user_disabled"), Unknown()], ids=str)
async def test_what_slack_refused_or_lost_is_not_tried_again(desk: Desk, fate: Delivery) -> None:
    await desk.want("U1")
    desk.post.fates = [fate]
    occurrence = await desk.ask()
    await desk.game.at("16:00")
    for _ in range(3):
        assert await desk.run(occurrence) == Done()
    assert desk.post.reached["U1"] == isinstance(fate, Unknown)


async def test_a_full_slack_is_given_its_rest(desk: Desk) -> None:
    await desk.want("U1", "U2")
    desk.post.fates = [Posted("1.1"), RateLimited(timedelta(seconds=9))]
    occurrence = await desk.ask()
    await desk.game.at("16:00")
    assert await desk.run(occurrence) == Again(desk.game.hand.now() + timedelta(seconds=9))
    assert await desk.run(occurrence) == Done()
    assert desk.post.reached == {"U1": 1, "U2": 1}


async def test_many_are_reminded_a_few_at_a_time(desk: Desk) -> None:
    everybody = [f"U{n}" for n in range(2 * AT_ONCE + 1)]
    desk.rooms.inside[PLATFORM] = everybody
    await desk.want(*everybody)
    occurrence = await desk.ask()
    await desk.game.at("16:00")
    for _ in range(2):
        assert await desk.run(occurrence) == Again(desk.game.hand.now() + PAUSE)
    assert await desk.run(occurrence) == Done()
    assert desk.post.reached == dict.fromkeys(everybody, 1)


async def test_a_late_reminder_still_comes_before_the_close(desk: Desk) -> None:
    await desk.want("U1")
    occurrence = await desk.ask()
    await desk.game.at("16:59")
    assert await desk.run(occurrence) == Done()
    assert desk.post.reached == {"U1": 1}
