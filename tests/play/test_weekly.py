"""The board of the week comes on its day, once: who led, who climbed, and what was hard."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.pausing import Pausing
from bot.play.teams import TeamTable
from bot.play.weekly import Weekly
from bot.quiz.job import Again, Done, Job, JobKind, Next, Parked
from bot.quiz.local_time import DAY
from bot.quiz.player import Player, UserId, Workspace
from bot.quiz.schedule import BY_HAND
from bot.quiz.weekly import WeeklyBoard
from tests.play.fates import Died
from tests.play.game import ACME, MONDAY, PLATFORM, Game, schedule_of

FRIDAY: Final = MONDAY + 4 * DAY
BOARD: Final = Job(JobKind.BOARD, ACME, PLATFORM)
NEXT_WEEK: Final = timedelta(days=7)


@dataclass
class Wall:
    """Where boards are hung up. Each fate is what the next call comes to; None is the worker's
    end before it.
    """

    fates: list[Delivery | None] = field(default_factory=list)
    hung: list[WeeklyBoard] = field(default_factory=list)

    async def post_board(self, workspace: Workspace, board: WeeklyBoard) -> Delivery:
        assert workspace == ACME
        await asyncio.sleep(0)
        fate = self.fates.pop(0) if self.fates else Posted("1.0")
        if fate is None:
            raise Died
        if isinstance(fate, Posted | Unknown):
            self.hung.append(board)
        return fate


@dataclass
class Week:
    game: Game
    wall: Wall = field(default_factory=Wall)

    @property
    def weekly(self) -> Weekly:
        game = self.game
        pausing = Pausing(game.store, game.channels, game.hand.now, game.hand)
        teams = TeamTable(game.store)
        return Weekly(game.store, self.wall, pausing, game.hand.now, game.hand, teams)

    async def run(self) -> Next:
        return await self.weekly.run(BOARD)

    async def play(
        self, day: int, right: str = "", wrong: str = "", *, closed: bool = True
    ) -> None:
        """The question of a day of the first week or of a later one, and who answers it how."""
        date = MONDAY + day * DAY
        await self.game.at("09:00", date)
        for user in right.split():
            await self.game.recorded(user, day=date)
        for user in wrong.split():
            await self.game.recorded(user, right=False, day=date)
        if closed:
            await self.game.at("17:00", date)


@pytest.fixture
async def week(game: Game) -> Week:
    await game.save(schedule_of(board_day=4))
    for user in ("ana", "ben", "chi", "dan"):
        await game.store.note_name(Player(ACME, UserId(user)), user.title())
    return Week(game)


async def test_it_comes_on_its_day_at_the_time_of_the_question(week: Week) -> None:
    await week.play(0, right="ana ben", wrong="chi")
    await week.game.at("08:59", FRIDAY)
    assert await week.run() == Again(week.game.hand.now() + timedelta(minutes=1))
    assert week.wall.hung == []
    await week.game.at("09:00", FRIDAY)
    assert await week.run() == Again(week.game.hand.now() + NEXT_WEEK)
    (board,) = week.wall.hung
    assert [(r.placed.rank, r.placed.row.name, r.placed.row.points) for r in board.board.rows] == [
        (1, "Ana", 100),
        (1, "Ben", 100),
        (3, "Chi", 0),
    ]
    assert (board.first, board.last) == (MONDAY, MONDAY + 6 * DAY)
    assert board.movers == ()
    assert board.newcomers == ()


async def test_it_tells_who_climbed_who_is_new_and_which_question_was_hardest(week: Week) -> None:
    await week.play(0, right="ana", wrong="ben chi")
    await week.play(7, right="ben dan", wrong="ana")
    await week.game.at("09:00", FRIDAY + 7 * DAY)
    await week.run()
    (board,) = week.wall.hung
    assert [(m.placed.row.name, m.places) for m in board.movers] == [("Ben", 1)]
    assert [placed.row.name for placed in board.newcomers] == ["Dan"]
    assert board.hardest is not None
    assert (board.hardest.tally.right, board.hardest.tally.answered) == (2, 3)


async def test_a_question_that_is_open_is_not_given_away(week: Week) -> None:
    await week.play(0, right="ana ben chi")
    await week.play(4, wrong="ana ben chi", closed=False)
    await week.run()
    (board,) = week.wall.hung
    assert board.hardest is not None
    assert board.hardest.occurrence.day == MONDAY


async def test_who_is_hidden_is_not_on_it(week: Week) -> None:
    await week.play(0, right="ana ben")
    ben = Player(ACME, UserId("ben"))
    await week.game.store.hide(ben, week.game.hand.now(), hidden=True)
    await week.game.at("09:00", FRIDAY)
    await week.run()
    (board,) = week.wall.hung
    assert [row.placed.row.name for row in board.board.rows] == ["Ana"]


async def test_several_workers_post_one(week: Week) -> None:
    await week.play(0, right="ana")
    await week.game.at("09:00", FRIDAY)
    await asyncio.gather(*(week.run() for _ in range(4)))
    await week.run()
    assert len(week.wall.hung) == 1


async def test_a_lost_answer_is_not_followed_by_a_second_board(week: Week) -> None:
    await week.play(0, right="ana")
    await week.game.at("09:00", FRIDAY)
    week.wall.fates = [Unknown()]
    await week.run()
    await week.run()
    assert len(week.wall.hung) == 1


async def test_a_worker_that_dies_before_it_posts_is_not_replaced(week: Week) -> None:
    """Nobody can tell whether it had posted: no board is better than two."""
    await week.play(0, right="ana")
    await week.game.at("09:00", FRIDAY)
    week.wall.fates = [None]
    with pytest.raises(Died):
        await week.run()
    busy = await week.run()
    assert busy == Again(week.game.hand.now() + timedelta(minutes=1))
    await week.game.at("09:02", FRIDAY)
    await week.run()
    assert week.wall.hung == []


async def test_slack_that_wants_a_rest_gets_it_and_then_the_board(week: Week) -> None:
    await week.play(0, right="ana")
    await week.game.at("09:00", FRIDAY)
    week.wall.fates = [RateLimited(timedelta(seconds=7))]
    assert await week.run() == Parked(timedelta(seconds=7))
    await week.run()
    assert len(week.wall.hung) == 1


async def test_a_refusal_pauses_the_schedule_and_tells_its_owner(week: Week) -> None:
    await week.play(0, right="ana")
    await week.game.at("09:00", FRIDAY)
    week.wall.fates = [Refused("is_archived")]
    await week.run()
    (told,) = week.game.channels.told
    assert told.paused == "is_archived"
    assert await week.run() == Done()


async def test_a_week_without_players_has_no_board(week: Week) -> None:
    await week.game.at("09:00", FRIDAY)
    assert await week.run() == Again(week.game.hand.now() + NEXT_WEEK)
    assert week.wall.hung == []


async def test_a_board_that_is_too_late_is_left_out(week: Week) -> None:
    await week.play(0, right="ana")
    await week.game.at("13:01", FRIDAY)
    await week.run()
    assert week.wall.hung == []


@pytest.mark.parametrize("changes", [{"board_day": None}, {"paused": BY_HAND}])
async def test_no_board_is_wanted(game: Game, changes: dict[str, Any]) -> None:
    await game.save(schedule_of(**{"board_day": 4, **changes}))
    assert await Week(game).run() == Done()


async def test_a_channel_without_a_schedule_has_no_board(game: Game) -> None:
    assert await Week(game).run() == Done()
