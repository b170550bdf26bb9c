"""People play a round together in a channel: somebody opens it, others join and answer.

What happens by itself is in `play/live_running.py`; whatever is done here reminds of that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.bank.catalogue import Ambiguous, Found, Unknown
from bot.bank.shelf import Library
from bot.errors import MemoryAway
from bot.play.live_ports import IsAdmin, LiveStore
from bot.play.ports import Chance, Clock
from bot.quiz import live_moves as moves
from bot.quiz.job import Job, JobKind
from bot.quiz.live import USUAL_QUESTIONS, Phase, Round, RoundId, UnderWay
from bot.quiz.live_moves import LiveAnswer, TooLate
from bot.quiz.order import shuffled
from bot.quiz.picking import pick
from bot.quiz.player import ChannelId, Player, TeamId, Workspace
from bot.quiz.question import Question, QuestionId, Quiz
from bot.quiz.session import AttemptId, Given, is_possible

TRIES: Final = 5
"""For a change that another one comes before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` name a quiz; `whole` too, where they may end in a number ("Python 3")."""

    words: str
    whole: str
    count: int
    limit: timedelta
    fast: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a round is to be played, and of which workspace the person is, None if not known."""

    channel: ChannelId
    actor_team: TeamId | None


@dataclass(frozen=True, slots=True)
class Begun:
    """It is on its way into the channel."""

    round: Round


@dataclass(frozen=True, slots=True)
class AlreadyPlaying:
    """The channel plays another round; None when it has just come to its end."""

    round: Round | None


@dataclass(frozen=True, slots=True)
class NotHere:
    """A round needs a channel."""


@dataclass(frozen=True, slots=True)
class NotYou:
    """Somebody of another company, or of one that is not known, opens no round."""


@dataclass(frozen=True, slots=True)
class NoRound:
    """The round is over, or forgotten."""


@dataclass(frozen=True, slots=True)
class Seated:
    """`count` have joined, this person among them."""

    count: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer stands; how good it is comes with the result. `again`: it stood before."""

    round: Round
    answer: LiveAnswer
    again: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The answer came too late, or to a question that is not asked now."""

    round: Round


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only the host and admins may do that, for now."""


@dataclass(frozen=True, slots=True)
class Steered:
    """It is done, or was so already."""

    round: Round


Opening: TypeAlias = Begun | AlreadyPlaying | NotHere | NotYou | Ambiguous | Unknown
Move: TypeAlias = Callable[[Round, datetime], Round]


def starting(round_: Round, _: datetime) -> Round:
    return moves.start(round_)


def stopping(round_: Round, _: datetime) -> Round:
    return moves.stop(round_)


def skipping(number: int, phase: Phase) -> Move:
    """End the phase of the question that was looked at; a later one stays as it is."""
    return lambda round_, now: moves.skip(round_, number, phase, now)


pausing: Final[Move] = moves.pause
resuming: Final[Move] = moves.resume


@dataclass(frozen=True, slots=True)
class Live:
    """`home` is the workspace that installed us; in a shared channel somebody of another one may
    click too, and Slack then names theirs. None trusts whatever workspace is named.
    """

    store: LiveStore
    catalogue: Library
    now: Clock
    chance: Chance
    is_admin: IsAdmin
    home: Workspace | None = None

    async def open(
        self, player: Player, place: Place, wanted: Wanted, attempt: AttemptId
    ) -> Opening:
        if refused := self._refused(player, place):
            return refused
        found = self.catalogue.find(wanted.words)
        if wanted.whole != wanted.words:
            whole = self.catalogue.find(wanted.whole)
            if isinstance(whole, Found):  # a quiz may be called "Python 3"
                found, wanted = whole, replace(wanted, count=USUAL_QUESTIONS)
        if not isinstance(found, Found):
            return found
        return await self._open(player, place, found.quiz, wanted, attempt)

    async def again(
        self, player: Player, place: Place, round_id: RoundId, attempt: AttemptId
    ) -> Opening | NoRound:
        """The same once more, with whoever asks for it as host, and other questions first."""
        if refused := self._refused(player, place):
            return refused
        last = await self.store.live(player.workspace, round_id)
        quiz = self.catalogue.get(last.slug) if last else None
        if last is None or quiz is None:
            return NoRound()
        wanted = Wanted(quiz.title, quiz.title, len(last.questions), last.limit, last.fast)
        played = [question.id for question in last.questions]
        return await self._open(player, place, quiz, wanted, attempt, played)

    async def join(self, player: Player, round_id: RoundId) -> Seated | NoRound:
        count = await self.store.join_live(player, round_id)
        if count is None:
            return NoRound()
        round_ = await self.store.live(player.workspace, round_id)
        if round_ is not None and round_.phase is Phase.LOBBY:
            await self._remind(player.workspace, round_)  # it shows how many have joined
        return Seated(count)

    async def look(
        self, player: Player, round_id: RoundId, number: int
    ) -> Round | NoRound | Closed:
        """The round of a question that is open, for the form that takes what was typed."""
        round_ = await self.store.live(player.workspace, round_id)
        if round_ is None:
            return NoRound()
        return round_ if round_.is_open(number, self.now()) else Closed(round_)

    async def answer(
        self,
        player: Player,
        round_id: RoundId,
        number: int,
        given: Given,
        attempt: AttemptId,
        posted: str = "",
    ) -> Recorded | Closed | NoRound:
        """`posted` is the timestamp of the message that was clicked, if it was one."""
        now = self.now()
        round_ = await self.store.live(player.workspace, round_id)
        if round_ is None or number >= len(round_.questions):
            return NoRound()
        if not is_possible(round_.questions[number], given):
            return Closed(round_)
        marked = moves.mark(round_, number, given, attempt, now)
        kept = await self.store.answer_live(player, round_, number, marked, now, posted)
        if kept.proved or not isinstance(kept, TooLate):
            await self._remind(player.workspace, round_)  # all may have answered
        if isinstance(kept, TooLate):
            return Closed(round_)
        return Recorded(round_, kept.answer, kept.again)

    async def steer(
        self, player: Player, actor_team: TeamId | None, round_id: RoundId, move: Move
    ) -> Steered | NotYours | NoRound:
        """Start, pause, resume, skip or stop. A press that comes again changes nothing."""
        workspace, now = player.workspace, self.now()
        before = await self.store.live(workspace, round_id)
        if before and not before.may_steer(player.user, now):
            if not await self.is_admin(player, actor_team):
                return NotYours()
            before = await self.store.live(workspace, round_id)  # that may have taken a while
        for _ in range(TRIES):
            if before is None or before.phase is Phase.OVER:
                return NoRound()
            after = move(before, now)
            if after == before or await self.store.change_live(workspace, before, after):
                await self._remind(workspace, after)
                return Steered(after)
            before = await self.store.live(workspace, round_id)
        raise MemoryAway

    async def _open(
        self,
        player: Player,
        place: Place,
        quiz: Quiz,
        wanted: Wanted,
        attempt: AttemptId,
        played: Sequence[QuestionId] = (),
    ) -> Begun | AlreadyPlaying:
        questions = pick(quiz.questions, wanted.count, played, self.chance.shuffle)
        workspace = player.workspace
        drawn = Round(
            id=RoundId(self.chance.token()),
            channel=place.channel,
            host=player.user,
            slug=quiz.slug,
            title=quiz.title,
            questions=tuple(self._as_shown(quiz.levelled(each)) for each in questions),
            limit=wanted.limit,
            began=self.now(),
            fast=wanted.fast,
            level=quiz.level,
            track=quiz.track,
        )
        await self.store.know_workspace(workspace)
        round_ = moves.open_round(drawn, at_once=wanted.at_once)
        opened = await self.store.open_live(workspace, round_, attempt)
        kept = await self.store.live(workspace, opened.id)
        if isinstance(opened, UnderWay) or kept is None:
            return AlreadyPlaying(kept)
        await self._remind(workspace, kept)
        return Begun(kept)

    def _as_shown(self, question: Question) -> Question:
        order = shuffled(question.options, self.chance.shuffle)
        return replace(question, options=tuple(question.options[i] for i in order))

    def _refused(self, player: Player, place: Place) -> NotHere | NotYou | None:
        is_ours = self.home is None or player.workspace == self.home
        if not is_ours or place.actor_team != player.workspace.team:
            return NotYou()
        is_channel = place.channel and not place.channel.startswith("D")
        return None if is_channel else NotHere()

    async def _remind(self, workspace: Workspace, round_: Round) -> None:
        await self.store.put_job(job_of(workspace, round_), self.now())


def job_of(workspace: Workspace, round_: Round) -> Job:
    return Job(JobKind.LIVE, workspace, round_.channel, round_.id)
