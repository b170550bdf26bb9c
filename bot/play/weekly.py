"""Posts a channel's board of the week: once, or not at all and never twice.

`Weekly.run` is what `Posting` calls for jobs of the kind BOARD. The claim is like that of a
question: what may be in the channel is not posted again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol, assert_never

from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.pausing import Pausing
from bot.play.ports import Chance, Clock, TeamScores
from bot.quiz.board import TOP, Board, BoardQuery
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import (
    Attempt,
    Busy,
    Claim,
    Claimed,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    Outdated,
    Settlement,
    Stands,
    Tally,
    daily_id,
)
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import Question, QuestionId
from bot.quiz.regrading import Corrected, key_of
from bot.quiz.schedule import Schedule
from bot.quiz.standings import best_newcomers, movers
from bot.quiz.weekly import WEEK, Asked, BoardPost, WeeklyBoard, board_post, hardest
from bot.quiz.windows import Kind, dates

LEASE: Final = timedelta(minutes=1)
COMPARED: Final = 100
"""So many places of both weeks are looked at for climbers and newcomers."""

MOVERS: Final = 3


class WeeklyStore(Protocol):
    async def schedule(self, workspace: Workspace, channel: ChannelId) -> Schedule | None: ...

    async def board(
        self, player: Player, query: BoardQuery, at: datetime, most: int = TOP
    ) -> Board: ...

    async def occurrence(
        self, workspace: Workspace, occurrence_id: OccurrenceId
    ) -> tuple[Occurrence, Tally] | None: ...

    async def claim_board(
        self, workspace: Workspace, channel: ChannelId, week: str, attempt: Attempt
    ) -> Claim:
        """Whether this attempt, and no other, may post the board of a week."""

    async def settle_board(
        self,
        workspace: Workspace,
        channel: ChannelId,
        week: str,
        attempt: Attempt,
        settlement: Settlement,
    ) -> None: ...

    async def key_versions(
        self, workspace: Workspace, questions: Sequence[QuestionId]
    ) -> Mapping[QuestionId, str]: ...

    async def news_of_keys(
        self, workspace: Workspace, channel: ChannelId, now: datetime
    ) -> tuple[Corrected, ...]:
        """Corrected keys of which a channel has not been told."""

    async def news_of_keys_told(
        self, workspace: Workspace, channel: ChannelId, at: datetime
    ) -> None: ...


class BoardChat(Protocol):
    async def post_board(self, workspace: Workspace, board: WeeklyBoard) -> Delivery:
        """Post it. Slack cannot tell a second one, so this is done at most once."""


@dataclass(frozen=True, slots=True)
class Weekly:
    store: WeeklyStore
    chat: BoardChat
    pausing: Pausing
    now: Clock
    chance: Chance
    teams: TeamScores | None = None

    async def run(self, job: Job) -> Next:
        """Post the board if it is due, and say when to come again."""
        schedule = await self.store.schedule(job.workspace, job.channel)
        post = board_post(schedule, self.now()) if schedule and not schedule.paused else None
        if schedule is None or post is None:
            return Done()
        if post.planned > self.now():
            return Again(post.planned)
        now = self.now()
        attempt = Attempt(self.chance.token(), now, now + LEASE)
        board = await self._board(job.workspace, schedule, post, now)
        if not board.board.rows:  # nobody has played: that is no news
            return self._next(schedule)
        claim = await self.store.claim_board(job.workspace, job.channel, post.week, attempt)
        match claim:
            case Claimed():
                return await self._send(job.workspace, schedule, board, post, attempt)
            case Busy(until):
                return Again(until)
            case Stands() | Outdated():
                return self._next(schedule)
            case _:
                assert_never(claim)

    async def _send(
        self,
        workspace: Workspace,
        schedule: Schedule,
        board: WeeklyBoard,
        post: BoardPost,
        attempt: Attempt,
    ) -> Next:
        delivery = await self.chat.post_board(workspace, board)
        settlement = _settlement(delivery)
        settle = self.store.settle_board
        await settle(workspace, schedule.channel, post.week, attempt, settlement)
        if board.corrected and settlement in {Settlement.SENT, Settlement.UNKNOWN}:
            await self.store.news_of_keys_told(workspace, schedule.channel, attempt.at)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        if isinstance(delivery, Refused):
            await self.pausing.refused(workspace, schedule, delivery.code)
        return self._next(schedule)

    def _next(self, schedule: Schedule) -> Next:
        upcoming = board_post(schedule, self.now(), is_done=True)
        return Again(upcoming.planned) if upcoming else Done()

    # What stands in it

    async def _board(
        self, workspace: Workspace, schedule: Schedule, post: BoardPost, at: datetime
    ) -> WeeklyBoard:
        nobody = Player(workspace, UserId(""))
        query = BoardQuery(kind=Kind.WEEK, place=schedule.channel)
        now = await self.store.board(nobody, query, post.inside, COMPARED)
        before = await self.store.board(nobody, query, post.inside - WEEK, COMPARED)
        places = [row.placed for row in now.rows]
        earlier = [row.placed for row in before.rows]
        first, last = dates(post.week) or (post.planned.date(), post.planned.date())
        return WeeklyBoard(
            channel=schedule.channel,
            first=first,
            last=last,
            board=now.public(),
            movers=movers(earlier, places)[:MOVERS],
            newcomers=best_newcomers(earlier, places),
            teams=await self.teams.teams(nobody, query, post.inside) if self.teams else (),
            hardest=await self._hardest(workspace, schedule.channel, first, last),
            corrected=await self.store.news_of_keys(workspace, schedule.channel, at),
        )

    async def _hardest(
        self, workspace: Workspace, channel: ChannelId, first: date, last: date
    ) -> Asked | None:
        """Of those that are closed: an open one must not be given away. Nor is one named whose key
        was corrected, for it was not hard but wrong.
        """
        days = [first + DAY * i for i in range((last - first).days + 1)]
        found = [await self.store.occurrence(workspace, daily_id(channel, day)) for day in days]
        closed = [
            Asked(occurrence, tally)
            for occurrence, tally in filter(None, found)
            if occurrence.state is OccurrenceState.CLOSED
        ]
        questions = [asked.occurrence.question for asked in closed]
        versions = await self.store.key_versions(workspace, [q.id for q in questions])
        return hardest([a for a in closed if _stands(a.occurrence.question, versions)])


def _stands(question: Question, versions: Mapping[QuestionId, str]) -> bool:
    """Whether it was asked with the key by which its answers count."""
    return versions.get(question.id) in {None, key_of(question).version}


def _settlement(delivery: Delivery) -> Settlement:
    match delivery:
        case Posted():
            return Settlement.SENT
        case Unknown():
            return Settlement.UNKNOWN
        case RateLimited():
            return Settlement.RELEASED
        case Refused():
            return Settlement.REFUSED
        case _:
            assert_never(delivery)
