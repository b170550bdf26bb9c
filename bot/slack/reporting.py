"""Something wrong? in Slack: the form that everybody can send, and what admins decide about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.blocks import notices, report, report_ids as ids, report_review
from bot.blocks.report_ids import CaseButton, ReportButton
from bot.play.permissions import NotAllowed
from bot.play.reporting import Reporting, Unseen
from bot.play.scheduling import Actor
from bot.quiz.report import Complaint, Enough, Pooled, Settling, Verdict
from bot.slack.effect import Effect, Later, OpenForm, Tell
from bot.slack.incoming import Address, Click
from bot.slack.listening import Listening, Taken, Wrong

BETWEEN: Final = "\n"
"""Between the two parts of what the form remembers; neither has one."""

Decision = Settling | Pooled | NotAllowed


@dataclass(frozen=True, slots=True)
class TakingReports:
    reporting: Reporting
    command: str

    def register(self, listening: Listening) -> None:
        listening.click(ids.REPORT, self.open)
        listening.form(ids.REPORT_FORM, self.take)
        listening.click(ids.FIXED, partial(self.settle, Verdict.FIXED))
        listening.click(ids.KEPT, partial(self.settle, Verdict.KEPT))
        listening.click(ids.TAKE_OUT, partial(self.pool, out=True))
        listening.click(ids.PUT_BACK, partial(self.pool, out=False))

    async def open(self, click: Click) -> Effect:
        return await self.open_about(click, click.value)

    async def open_about(self, click: Click, value: str) -> Effect:
        """`value` is that of a `ReportButton`, wherever it was packed."""
        seen = ReportButton.unpack(value).seen
        case = await self.reporting.look(click.player, seen)
        if isinstance(case, Unseen):
            return Tell(report.outcome_message(case))
        view = report.report_view(case, f"{value}{BETWEEN}{click.address.pack()}")
        return OpenForm(click.trigger, view, notices.sentence(report.LATE))

    async def take(self, form: Click) -> Wrong | Taken:
        value, _, opened = form.value.partition(BETWEEN)
        complaint, words = report.read_report(form.state)
        if complaint is None:
            return Wrong({ids.COMPLAINT: report.CHOOSE})
        if complaint is Complaint.OTHER and not words.strip():
            return Wrong({ids.WORDS: report.SAY_WHAT})
        seen = ReportButton.unpack(value).seen
        outcome = await self.reporting.report(form.player, seen, complaint, words, form.attempt)
        if isinstance(outcome, Enough):
            wait = outcome.until - self.reporting.now()
            return Wrong({ids.WORDS: report.enough_words(wait)})
        to = Address.unpack(opened, form.player.user)
        return Taken(Tell(report.outcome_message(outcome)), to)

    # What admins decide. Slack is asked who somebody is, so it is done after the acknowledgement.

    async def settle(self, verdict: Verdict, click: Click) -> Effect:
        pressed = CaseButton.unpack(click.value)
        actor = Actor(click.player, click.team)
        return self._later(
            partial(
                self.reporting.settle,
                actor,
                pressed.case_id,
                pressed.turn,
                verdict,
                click.attempt,
            )
        )

    async def pool(self, click: Click, *, out: bool) -> Effect:
        pressed = CaseButton.unpack(click.value)
        actor = Actor(click.player, click.team)
        return self._later(
            partial(self.reporting.pool, actor, pressed.case_id, pressed.turn, out=out)
        )

    def _later(self, decide: Callable[[], Awaitable[Decision]]) -> Effect:
        async def decided() -> Effect:
            outcome = await decide()
            if isinstance(outcome, NotAllowed):
                words = report_review.refused_words(outcome, self.command)
            else:
                words = report_review.settling_words(outcome)
            return Tell(notices.sentence(words))

        return Later(decided)
