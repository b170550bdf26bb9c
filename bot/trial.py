"""The bot beside a Slack of its own, with a clock that people move: what `quizbot try` starts."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot.bank.files import Bank
from bot.errors import ConfigError
from bot.manifest import SCOPES
from bot.play.proposal import Entry, Proposal
from bot.play.scheduling import Actor
from bot.quiz.job import JobKind
from bot.quiz.player import ChannelId, Player, UserId
from bot.quiz.session import AttemptId
from bot.reloading import Supply
from bot.sandbox.clock import DomainClock
from bot.sandbox.people import PEOPLE
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from bot.slack.web import EVENTS
from bot.wiring import Running, open_bot

SHOWN: Final = (JobKind.POST, JobKind.CLOSE, JobKind.BOARD)
"""What the page's clock goes to: all that a channel sees happen by itself."""

FRIDAY: Final = 4
PLANS: Final = (
    Entry(ChannelId("C1"), at="09:00", closes="17:00", board_day=FRIDAY),
    Entry(ChannelId("C2"), at="11:00", closes="16:00", instant=True),
)
"""What the channels get at first: one learns the answer at the close, the other at once."""

AUTHORS: Final = ChannelId("C3")


@dataclass(frozen=True, slots=True)
class Trial:
    """`page` is where a person plays."""

    page: str
    running: Running
    slack: LocalSlack
    clock: DomainClock

    async def next_moment(self) -> datetime | None:
        """When a channel sees something next; what is due by now is done first."""
        scheduler = self.running.scheduler
        while await scheduler.tick():
            await scheduler.drain()
        await scheduler.drain()
        return await self.running.store.next_moment(*SHOWN)

    async def plan(self) -> tuple[Proposal, ...]:
        """Set up questions of the day, and where reports about them go, as the first admin would;
        nothing where there are some.
        """
        scheduling, home = self.running.scheduling, self.running.home
        if await self.running.store.schedules(home):
            return ()
        admin = next(person for person in PEOPLE if person.is_admin)
        actor = Actor(Player(home, UserId(admin.id)), home.team)
        saved = []
        for plan in PLANS:
            entry = replace(plan, zone=admin.tz)
            attempt = AttemptId(f"first-{plan.channel}")
            outcome = await scheduling.save(actor, entry, attempt)
            if isinstance(outcome, Proposal):
                saved.append(outcome)
        await self._choose_authors()
        return tuple(saved)

    async def _choose_authors(self) -> None:
        """Reports and suggestions have a place from the beginning."""
        store, home = self.running.store, self.running.home
        settings = await store.workspace_settings(home)
        await store.decide(home, replace(settings, review=AUTHORS))


def trial_data(settings: Settings) -> Path:
    """Where a trial keeps its data, apart from those of a real Slack."""
    return settings.quiz_data / "try"


@asynccontextmanager
async def open_trial(
    settings: Settings, bank: Bank | Supply, clock: DomainClock | None = None
) -> AsyncIterator[Trial]:
    """Bot and local Slack in one process. They speak over HTTP on this machine, exactly as the
    bot and Slack do; nothing of the operator's own Slack settings is used.
    """
    clock = clock or DomainClock()
    slack = LocalSlack(
        signing_secret=secrets.token_hex(16),
        bot_token=f"xoxb-{secrets.token_hex(8)}",
        app_token=f"xapp-{secrets.token_hex(8)}",
        command=settings.quiz_command,
        clock=clock,
    )
    slack.scopes = set(SCOPES)
    async with AsyncExitStack() as stack:
        try:
            await slack.start("127.0.0.1", settings.port)
        except OSError as error:
            raise ConfigError(
                f"Port {settings.port} cannot be used ({error.strerror}). "
                f"Choose another one: make try PORT={settings.port + 1}"
            ) from error
        stack.push_async_callback(slack.close)
        bot = open_bot(_at_home(settings, slack), bank, now=clock.now, sleep=clock.sleep)
        running = await stack.enter_async_context(bot)
        slack.bot_url = running.url + EVENTS
        trial = Trial(slack.url, running, slack, clock)
        clock.next_moment = trial.next_moment
        yield trial


def _at_home(settings: Settings, slack: LocalSlack) -> Settings:
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_signing_secret": SecretStr(slack.signing_secret),
            "slack_app_token": SecretStr(""),
            "slack_api_url": slack.api_url,
            "redis_url": SecretStr(""),
            "quiz_data": trial_data(settings),
            "host": "127.0.0.1",
            "port": 0,
        }
    )
