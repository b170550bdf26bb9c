"""What people decide in Slack: about themselves and their data, and admins about the workspace."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.blocks import ids, notices, privacy, settings
from bot.blocks.kit import Element
from bot.play.permissions import NotAllowed, Permissions
from bot.play.privacy import Privacy
from bot.play.review_channel import ReviewChannel, Unfit
from bot.play.scheduling import Actor
from bot.quiz.player import Player, TeamId
from bot.quiz.zones import search_zones
from bot.slack.effect import Effect, HandOver, OpenForm, Show, Tell
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import Listening, OnWords, Taken, Wrong

PATIENCE: Final = 2.0
"""Seconds in which Slack has to say who somebody is and where we are: it waits for three."""


@dataclass(frozen=True, slots=True)
class Deciding:
    privacy: Privacy
    permissions: Permissions
    review: ReviewChannel
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {
            "privacy": self.about_me,
            "export": self.export_by_words,
            "forget": self.forget_by_words,
            "settings": self.settings_by_words,
        }

    def register(self, listening: Listening) -> None:
        listening.click(ids.PRIVACY, self.open)
        listening.click(ids.HIDE, self.hide)
        listening.click(ids.MY_ZONE, self.choose_zone)
        listening.choices(ids.MY_ZONE, self.zones)
        listening.click(ids.EXPORT, self.export)
        listening.click(ids.FORGET, self.ask_to_forget)
        listening.click(ids.FORGET_ME, self.forget, unmet=True)
        listening.click(ids.SETTINGS, self.settings)
        listening.choices(ids.ZONE, self.zones)
        listening.form(ids.SETTINGS, self.save)

    # About themselves

    async def about_me(self, words: Words) -> Effect:
        mine = await self.privacy.mine(words.player)
        return Tell(privacy.privacy_message(mine, self.command))

    async def open(self, click: Click) -> Effect:
        mine = await self.privacy.mine(click.player)
        return Tell(privacy.privacy_message(mine, self.command))

    async def hide(self, click: Click) -> Effect:
        mine = await self.privacy.hide(click.player, hidden=click.value != "show")
        return Show(privacy.privacy_message(mine, self.command))

    async def choose_zone(self, click: Click) -> Effect:
        try:
            mine = await self.privacy.choose_zone(click.player, click.value)
        except ValueError:  # known to whoever drew the choice, but not to this machine
            return Tell(notices.sentence(privacy.NO_SUCH_ZONE))
        return Show(privacy.privacy_message(mine, self.command))

    def zones(self, typed: str) -> list[Element]:
        return privacy.zone_choices(search_zones(typed, self.privacy.now()))

    async def export_by_words(self, words: Words) -> Effect:
        return await self._export(words.player)

    async def export(self, click: Click) -> Effect:
        return await self._export(click.player)

    async def _export(self, player: Player) -> Effect:
        export = await self.privacy.export(player)
        return HandOver(
            export.file_name,
            export.content,
            privacy.export_message(export),
            privacy.export_pages(export),
            done=notices.sentence(privacy.ON_ITS_WAY),
        )

    async def forget_by_words(self, _: Words) -> Effect:
        return Tell(privacy.forget_message(self.command))

    async def ask_to_forget(self, _: Click) -> Effect:
        return Tell(privacy.forget_message(self.command))

    async def forget(self, click: Click) -> Effect:
        await self.privacy.forget(click.player)
        return Show(privacy.forgotten_message(self.command))

    # About the workspace

    async def settings_by_words(self, words: Words) -> Effect:
        if not words.trigger:
            return Tell(settings.open_message())
        return await self._settings(words.player, words.team, words.trigger, words.address)

    async def settings(self, click: Click) -> Effect:
        return await self._settings(click.player, click.team, click.trigger, click.address)

    async def _settings(
        self, player: Player, team: TeamId | None, trigger: str, address: Address
    ) -> Effect:
        found = await self.permissions.settings(player, team)
        if isinstance(found, NotAllowed):
            return _refused(found)
        view = settings.settings_view(found, address.pack())
        return OpenForm(trigger, view, notices.sentence(settings.LATE))

    async def save(self, form: Click) -> Wrong | Taken:
        to = Address.unpack(form.value, form.player.user)
        try:
            wanted = settings.read_settings(form.state)
            async with asyncio.timeout(PATIENCE):
                outcome = await self.review.decide(Actor(form.player, form.team), wanted)
        except TimeoutError:
            return Wrong({ids.ZONE: settings.SLOW})
        except ValueError:
            return Wrong({ids.ZONE: privacy.NO_SUCH_ZONE})
        if isinstance(outcome, Unfit):
            return Wrong({ids.REVIEW_CHANNEL: settings.UNFIT[outcome]})
        if isinstance(outcome, NotAllowed):
            return Taken(_refused(outcome), to)
        return Taken(Tell(notices.sentence(settings.saved_words(outcome))), to)


def _refused(why: NotAllowed) -> Effect:
    return Tell(notices.sentence(settings.UNSURE if why.unsure else settings.NOT_ALLOWED))
