"""What live rounds need from the outside, in their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.play.channel_ports import Delivery
from bot.quiz.job import Job
from bot.quiz.live import Fate, Notice, Opened, Round, RoundId, UnderWay
from bot.quiz.live_moves import HeldAnswer, Keeping, LiveAnswer
from bot.quiz.live_result import Scores
from bot.quiz.occurrence import Attempt
from bot.quiz.player import ChannelId, Player, TeamId, UserId, Workspace
from bot.quiz.question import Quiz
from bot.quiz.session import AttemptId


class LiveStore(Protocol):
    """Keeps rounds. Every method raises `MemoryAway` when it cannot in time."""

    async def open_live(
        self, workspace: Workspace, round_: Round, attempt: AttemptId
    ) -> Opened | UnderWay: ...

    async def live(self, workspace: Workspace, round_id: RoundId) -> Round | None: ...

    async def live_in(self, workspace: Workspace, channel: ChannelId) -> RoundId | None: ...

    async def change_live(self, workspace: Workspace, before: Round, after: Round) -> bool: ...

    async def join_live(self, player: Player, round_id: RoundId) -> int | None: ...

    async def claim_notice(
        self, workspace: Workspace, round_: Round, notice: Notice, attempt: Attempt
    ) -> bool: ...

    async def settle_notice(
        self, workspace: Workspace, round_: Round, notice: Notice, attempt: str, fate: Fate
    ) -> None: ...

    async def note_drawn(
        self, workspace: Workspace, round_: Round, notice: Notice, picture: str
    ) -> None: ...

    async def wait_to_draw(
        self, workspace: Workspace, round_: Round, attempt: Attempt, apart: timedelta, most: int
    ) -> timedelta: ...

    async def answer_live(
        self,
        player: Player,
        round_: Round,
        number: int,
        answer: LiveAnswer,
        at: datetime,
        posted: str = "",
    ) -> Keeping: ...

    async def live_answers(
        self, workspace: Workspace, round_: Round, number: int
    ) -> tuple[HeldAnswer, ...]: ...

    async def award_live(
        self, workspace: Workspace, round_: Round, number: int, held: Sequence[HeldAnswer]
    ) -> None: ...

    async def shown_names(
        self, workspace: Workspace, users: Sequence[UserId]
    ) -> Mapping[UserId, str]: ...

    async def put_job(self, job: Job, at: datetime) -> None: ...

    async def know_workspace(self, workspace: Workspace) -> None: ...


class IsAdmin(Protocol):
    async def __call__(self, player: Player, actor_team: TeamId | None) -> bool:
        """Whether somebody is an admin of the workspace; False too where it is not known."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """A round as everybody may see it at a moment. `host` is a plain name, empty for somebody who
    does not want to be named; `quiz` is None when its page is gone.
    """

    round: Round
    scores: Scores
    host: str
    quiz: Quiz | None
    now: datetime


class LiveChat(Protocol):
    """Speaks to the channel of a round. No call is repeated behind our back."""

    async def post(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        """A new message. Slack cannot tell a second one, so this is done at most once."""

    async def draw(self, workspace: Workspace, notice: Notice, view: LiveView) -> Delivery:
        """Make a message show what it has to by now. May be repeated."""

    async def tell_host(self, workspace: Workspace, view: LiveView, code: str) -> Delivery:
        """Tell in private whoever opened the round why Slack ended it."""
