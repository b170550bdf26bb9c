"""Tells those who look after the questions that a page is broken, and that all is well again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.play.channel_ports import Delivery, RateLimited, Schedules
from bot.play.ports import Chance, Clock, SettingsStore
from bot.quiz.player import ChannelId, UserId, Workspace
from bot.quiz.trouble import BankTrouble, News

Recipient: TypeAlias = ChannelId | UserId


class NewsStore(Schedules, SettingsStore, Protocol):
    async def claim_bank_news(
        self,
        workspace: Workspace,
        to: Recipient,
        name: str,
        token: str,
        now: datetime,
        lag: timedelta,
    ) -> News:
        """Once for each trouble, whoever notices it and how often."""

    async def release_bank_news(
        self, workspace: Workspace, to: Recipient, name: str, token: str
    ) -> None:
        """They were certainly not told."""


class NewsChat(Protocol):
    async def tell_bank(
        self, workspace: Workspace, to: Recipient, trouble: BankTrouble
    ) -> Delivery:
        """At most once."""


@dataclass(frozen=True, slots=True)
class BankNews:
    """`lag` is by how much one worker may notice a change later than another one."""

    store: NewsStore
    chat: NewsChat
    now: Clock
    chance: Chance
    home: Workspace
    lag: timedelta

    async def tell(self, trouble: BankTrouble) -> bool:
        """False when it should be tried again later. May be called at any time, by any worker.
        Raises `MemoryAway`.
        """
        told = [await self._tell(to, trouble) for to in await self._recipients()]
        return all(told)

    async def _recipients(self) -> tuple[Recipient, ...]:
        """The channel for reports; else those who may set up questions, and who did."""
        settings = await self.store.workspace_settings(self.home)
        if settings.review:
            return (settings.review,)
        owners = (each.owner for each in await self.store.schedules(self.home) if each.owner)
        return tuple(dict.fromkeys((*sorted(settings.allowed), *owners)))

    async def _tell(self, to: Recipient, trouble: BankTrouble) -> bool:
        token = self.chance.token()
        news = await self.store.claim_bank_news(
            self.home, to, trouble.name, token, self.now(), self.lag
        )
        if news is not News.NEW:
            return news is News.KNOWN
        delivery = await self.chat.tell_bank(self.home, to, trouble)
        if isinstance(delivery, RateLimited):
            await self.store.release_bank_news(self.home, to, trouble.name, token)
            return False
        return True
