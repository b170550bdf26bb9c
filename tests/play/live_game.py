"""A channel that plays live rounds: a clock in the test's hand, and one worker."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.play.live import (
    Begun,
    Live,
    Move,
    NoRound,
    NotYours,
    Opening,
    Place,
    Recorded,
    Steered,
    Wanted,
)
from bot.play.live_running import Running
from bot.quiz.job import Job, Next
from bot.quiz.live import USUAL_LIMIT, Round, RoundId
from bot.quiz.player import ChannelId, Player, TeamId, UserId
from bot.quiz.session import AttemptId
from tests.conftest import COLOURS, bank_of
from tests.play.game import ACME, Waiting
from tests.play.live_rooms import Rooms
from tests.quiz.samples import right_answer, wrong_answer

NUMBERS: Final = "# Numbers\n" + "".join(
    f"""
<quiz id="number-{n}">
What is {n} + {n}?
- [ ] {n}
- [x] {2 * n}
</quiz>
"""
    for n in range(1, 7)
)
CATALOGUE: Final = bank_of(basics__colours=COLOURS, numbers=NUMBERS).catalogue
ROOM: Final = ChannelId("C1")
HOST, ANA, BEN, CHI, ADMIN = map(UserId, ("U9", "U1", "U2", "U3", "U8"))
SECOND: Final = timedelta(seconds=1)


async def is_admin(player: Player, actor_team: TeamId | None) -> bool:
    return player.user == ADMIN and actor_team == player.workspace.team


def wanted(words: str = "colours", **changes: Any) -> Wanted:
    return Wanted(**{"words": words, "whole": words, "count": 3, "limit": USUAL_LIMIT, **changes})


@dataclass
class LiveGame(Waiting):
    def __post_init__(self) -> None:
        super().__post_init__()
        self.rooms = Rooms(self.hand.now)
        self.live = Live(self.store, CATALOGUE, self.hand.now, self.hand, is_admin)
        self.running = Running(self.store, self.rooms, CATALOGUE, self.hand.now, self.hand)

    async def name(self, *users: UserId) -> None:
        for user in users:
            await self.store.note_name(Player(ACME, user), f"Name {user}")

    async def try_to_open(
        self, user: UserId = HOST, channel: ChannelId = ROOM, attempt: str = "", **how: Any
    ) -> Opening:
        place = Place(channel, ACME.team)
        press = AttemptId(attempt or self.hand.token())
        return await self.live.open(Player(ACME, user), place, wanted(**how), press)

    async def open(self, **how: Any) -> Round:
        outcome = await self.try_to_open(**how)
        assert isinstance(outcome, Begun)
        await self.settle()
        return outcome.round

    async def kept(self, round_id: RoundId) -> Round:
        round_ = await self.store.live(ACME, round_id)
        assert round_ is not None
        return round_

    async def join(self, round_: Round, *users: UserId) -> None:
        for user in users:
            await self.live.join(Player(ACME, user), round_.id)
        await self.settle()

    async def steer(
        self, round_: Round, move: Move, user: UserId = HOST
    ) -> Steered | NotYours | NoRound:
        outcome = await self.live.steer(Player(ACME, user), ACME.team, round_.id, move)
        await self.settle()
        return outcome

    async def give(
        self,
        round_: Round,
        user: UserId,
        *,
        right: bool = True,
        number: int | None = None,
        attempt: str = "",
        posted: str = "",
    ) -> object:
        if number is None:
            number = (await self.kept(round_.id)).number
        question = round_.questions[number]
        given = right_answer(question) if right else wrong_answer(question)
        press = AttemptId(attempt or self.hand.token())
        return await self.live.answer(Player(ACME, user), round_.id, number, given, press, posted)

    async def answer(self, round_: Round, *users: UserId, right: bool = True) -> None:
        for user in users:
            assert isinstance(await self.give(round_, user, right=right), Recorded)
        await self.settle()

    async def settle(self) -> None:
        """Do all that is due now."""
        await self.until(self.hand.moment)

    async def wait(self, seconds: float) -> None:
        await self.until(self.hand.moment + seconds * SECOND)

    async def run(self, job: Job) -> Next:
        return await self.running.run(job)
