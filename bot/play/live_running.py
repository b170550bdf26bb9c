"""Runs live rounds: posts, counts down, closes, shows, goes on.

`Running.run` is what the scheduler calls for every due job of a round. It looks at the round, does
what `next_step` names, and looks again, until there is something to wait for.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, assert_never

from bot.bank.shelf import Library
from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.play.counting import APART
from bot.play.live_ports import LiveChat, LiveStore, LiveView
from bot.play.ports import Chance, Clock
from bot.play.voiding import MOST_EDITS, SOON
from bot.quiz.job import Again, Done, Job, Next, Parked
from bot.quiz.live import LOBBY, Fate, Notice, Round, RoundId, asked, told
from bot.quiz.live_moves import rest
from bot.quiz.live_result import scores
from bot.quiz.live_steps import (
    Become,
    Draw,
    GiveUp,
    Rest,
    Send,
    ShowResult,
    Step,
    Wait,
    next_step,
    picture,
)
from bot.quiz.occurrence import Attempt, Settlement
from bot.quiz.player import UserId, Workspace

CLAIM: Final = timedelta(seconds=30)
"""After so long whoever was posting counts as gone: longer than a call may take."""

MOST_COUNTDOWNS: Final = 30
"""So many of a workspace's edits in a minute may be countdowns: no result waits for those."""

MARGIN: Final = timedelta(seconds=3)
"""So long before the close no countdown is sent any more: it might overtake the result."""

MOST_STEPS: Final = 20
"""In one go; then others have their turn."""


@dataclass(frozen=True, slots=True)
class Running:
    store: LiveStore
    chat: LiveChat
    catalogue: Library
    now: Clock
    chance: Chance

    async def run(self, job: Job) -> Next:
        """Do what is due and say when to come again. It may be called at any time, any number of
        times, on any number of workers at once.
        """
        for _ in range(MOST_STEPS):
            round_ = await self.store.live(job.workspace, RoundId(job.subject))
            if round_ is None:
                return Done()
            step = next_step(round_, self.now())
            when = await self._take(job.workspace, round_, step)
            if when is not None:
                return when
        return Again(self.now())

    async def view(self, workspace: Workspace, round_: Round) -> LiveView:
        users = list(dict.fromkeys([round_.host, *round_.seats]))
        names = await self.store.shown_names(workspace, users)
        return LiveView(
            round=round_,
            scores=scores(round_, names),
            host=names.get(UserId(round_.host), ""),
            quiz=self.catalogue.get(round_.slug),
            now=self.now(),
        )

    async def _take(self, workspace: Workspace, round_: Round, step: Step) -> Next | None:
        """None to look again at once."""
        match step:
            case Send(notice):
                return await self._send(workspace, round_, notice)
            case GiveUp(notice):
                fate = Fate(Settlement.UNKNOWN, self.now())
                await self.store.settle_notice(workspace, round_, notice, "", fate)
                return None
            case Draw(notice, as_):
                return await self._redraw(workspace, round_, notice, as_)
            case ShowResult():
                return await self._show(workspace, round_)
            case Become(after):
                await self.store.change_live(workspace, round_, after)
                return None
            case Wait() | Rest():
                return await self._wait(workspace, round_, step)
            case _:
                assert_never(step)

    # New messages

    async def _send(self, workspace: Workspace, round_: Round, notice: Notice) -> Next | None:
        now = self.now()
        attempt = Attempt(self.chance.token(), now, now + CLAIM)
        if not await self.store.claim_notice(workspace, round_, notice, attempt):
            return None
        view = await self.view(workspace, round_)
        delivery = await self.chat.post(workspace, notice, view)
        fate = self._fate(delivery)
        await self.store.settle_notice(workspace, round_, notice, attempt.name, fate)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        if isinstance(delivery, Posted) and notice == told(round_.number):
            await self.store.note_drawn(workspace, round_, notice, picture(round_, notice))
        if isinstance(delivery, Refused) and notice in {LOBBY, asked(round_.number)}:
            await self.chat.tell_host(workspace, view, delivery.code)
        return None

    def _fate(self, delivery: Delivery) -> Fate:
        match delivery:
            case Posted(ts):
                return Fate(Settlement.SENT, self.now(), ts)
            case Unknown():
                return Fate(Settlement.UNKNOWN, self.now())
            case Refused():
                return Fate(Settlement.REFUSED, self.now())
            case RateLimited():
                return Fate(Settlement.RELEASED, self.now())
            case _:
                assert_never(delivery)

    # Results

    async def _show(self, workspace: Workspace, round_: Round) -> Next | None:
        """No answer can come any more. What was earned is given before it is shown."""
        await self._pay(workspace, round_)
        if round_.face != asked(round_.number):
            return await self._send(workspace, round_, told(round_.number))
        wait = await self._edit_wait(workspace, round_, timedelta(), MOST_EDITS)
        if wait:
            return Again(self.now() + wait)
        delivery = await self._draw(workspace, round_, round_.face)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        now = self.now()
        if isinstance(delivery, Unknown) and round_.until and now < round_.until:
            return Again(now + SOON)
        shows = picture(round_, round_.face)
        await self.store.note_drawn(workspace, round_, round_.face, shows)
        await self.store.change_live(workspace, round_, rest(round_, now))
        return None

    async def _pay(self, workspace: Workspace, round_: Round) -> None:
        held = await self.store.live_answers(workspace, round_, round_.number)
        owed = [each for each in held if not each.earned]
        await self.store.award_live(workspace, round_, round_.number, owed)

    # Other edits

    async def _draw(self, workspace: Workspace, round_: Round, notice: Notice) -> Delivery:
        return await self.chat.draw(workspace, notice, await self.view(workspace, round_))

    async def _redraw(
        self, workspace: Workspace, round_: Round, notice: Notice, as_: str
    ) -> Next | None:
        """A lost answer counts as done here: nobody waits for it."""
        wait = await self._edit_wait(workspace, round_, timedelta(), MOST_EDITS)
        if wait:
            return Again(self.now() + wait)
        delivery = await self._draw(workspace, round_, notice)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        await self.store.note_drawn(workspace, round_, notice, as_)
        return None

    async def _wait(self, workspace: Workspace, round_: Round, step: Wait | Rest) -> Next | None:
        if isinstance(step, Rest):
            return Done()
        sent = round_.sent.get(step.fresh) if step.fresh else None
        if not step.fresh or not sent or not sent.ts or step.until - self.now() < MARGIN:
            return Again(step.until)
        joined = str(len(round_.seats))
        if step.fresh == LOBBY and joined == (sent.drawn or "0"):
            return Again(step.until)
        wait = await self._edit_wait(workspace, round_, APART, MOST_COUNTDOWNS)
        if wait:
            return Again(min(step.until, self.now() + wait))
        delivery = await self._draw(workspace, round_, step.fresh)
        if isinstance(delivery, RateLimited):
            return Parked(delivery.span)
        if step.fresh == LOBBY:
            await self.store.note_drawn(workspace, round_, LOBBY, joined)
        await self._repair(workspace, round_, step.fresh)
        return Again(min(step.until, self.now() + APART))

    async def _repair(self, workspace: Workspace, before: Round, notice: Notice) -> None:
        """While a message was being kept fresh, another worker may have gone on and shown more in
        it: then that is shown once more.
        """
        after = await self.store.live(workspace, before.id)
        if after and (after.phase, after.number) != (before.phase, before.number):
            await self._draw(workspace, after, notice)

    async def _edit_wait(
        self, workspace: Workspace, round_: Round, apart: timedelta, most: int
    ) -> timedelta:
        now = self.now()
        attempt = Attempt(self.chance.token(), now, now)
        return await self.store.wait_to_draw(workspace, round_, attempt, apart, most)
