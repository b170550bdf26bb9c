"""The Home tab in Slack: drawn when it is opened and after every press in it, never on the way of
a press.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from bot.blocks import home as looks, home_ids, notices, reminder
from bot.blocks.kit import Block, Element
from bot.blocks.privacy import zone_choices
from bot.errors import MemoryAway, SlackAway, SlackRefused, StaleButton
from bot.play.home import Home
from bot.play.privacy import Privacy
from bot.play.steps import NothingMissed
from bot.quiz.player import Player
from bot.quiz.session import SessionId
from bot.quiz.zones import described, search_zones
from bot.slack.calls import Calls
from bot.slack.effect import Announce, Effect, HandOver, Later, Redraw, Show, Silence, Tell
from bot.slack.incoming import Body, Click, Words
from bot.slack.listening import Listening
from bot.slack.playing import Playing

log = structlog.get_logger(__name__)

WRITES: Final = (Announce, HandOver, Later, Show, Tell)
"""Effects that a person in the Home tab has to look for elsewhere."""


def _is_home_tab(event: Body) -> bool:
    return event.get("tab") == "home"


def _is_on(value: str) -> bool:
    if value not in {home_ids.ON, home_ids.OFF}:
        raise StaleButton(value)
    return value == home_ids.ON


@dataclass(frozen=True, slots=True)
class HomeTab:
    home: Home
    privacy: Privacy
    playing: Playing
    calls: Calls

    def register(self, listening: Listening) -> None:
        listening.event("app_home_opened", self.open, only=_is_home_tab)
        listening.click(home_ids.HOME_HIDE, self.hide)
        listening.click(home_ids.HOME_ZONE, self.choose_zone)
        listening.choices(home_ids.HOME_ZONE, self.zones)
        listening.click(home_ids.HOME_REMIND, self.choose_reminders)
        listening.click(home_ids.STOP_REMINDERS, self.stop_reminders)
        listening.click(home_ids.REVIEW, self.review)
        listening.quietly((home_ids.OPEN_LINK,))

    async def open(self, words: Words) -> Effect:
        return self._drawing(words.player, words.home or "")

    def after(self, click: Click, effect: Effect) -> Effect:
        """A press in the Home tab has been decided: the tab shows what came of it."""
        note = effect.note if isinstance(effect, Redraw) else ""
        if isinstance(effect, WRITES):
            note = looks.WROTE
        return self._drawing(click.player, click.home or "", note)

    # What is pressed

    async def hide(self, click: Click) -> Effect:
        await self.privacy.hide(click.player, hidden=_is_on(click.value))
        return Redraw()

    async def choose_zone(self, click: Click) -> Effect:
        try:
            await self.privacy.choose_zone(click.player, click.value)
        except ValueError:  # known to whoever drew the choice, but not to this machine
            return Redraw(looks.NO_SUCH_ZONE)
        return Redraw()

    def zones(self, typed: str) -> list[Element]:
        return zone_choices(search_zones(typed, self.home.now()))

    async def choose_reminders(self, click: Click) -> Effect:
        await self.home.store.choose_reminders(click.player, wanted=_is_on(click.value))
        return Redraw()

    async def stop_reminders(self, click: Click) -> Effect:
        """In the reminder itself, which then says so."""
        await self.home.store.choose_reminders(click.player, wanted=False)
        return Show(notices.sentence(reminder.STOPPED))

    async def review(self, click: Click) -> Effect:
        """Its value names the session that is given up for it, if any."""
        replaces = SessionId(click.value) if click.value else None
        outcome = await self.home.review.start(click.player, click.attempt, replaces)
        if not isinstance(outcome, NothingMissed):
            return self.playing.shown(outcome, click.address)
        if click.home is None:
            return Tell(notices.sentence(looks.NOTHING_MISSED))
        return Redraw(looks.NOTHING_MISSED)

    # What is drawn

    def _drawing(self, player: Player, seen: str, note: str = "") -> Effect:
        return Later(partial(self._draw, player, seen, note))

    async def _draw(self, player: Player, seen: str, note: str) -> Effect:
        """Whoever waits in vain still sees the old page, and opening it again draws it."""
        try:
            await self._publish_or_say_why(player, seen, note)
        except SlackRefused as error:
            log.warning("home tab was refused", code=error.code)
        except SlackAway as error:
            log.warning("slack did not answer", call=str(error))
        return Silence()

    async def _publish_or_say_why(self, player: Player, seen: str, note: str) -> None:
        try:
            await self._publish(player, seen, note)
        except MemoryAway:
            log.warning("home tab was not drawn: no memory")
            if not seen:
                await self._send(player, looks.away_view())

    async def _publish(self, player: Player, seen: str, note: str) -> None:
        """`seen` is the page that this one follows. If another one was quicker, it may know less
        than we: then the page is drawn from what is true by now.
        """
        try:
            await self._send(player, await self._view(player, note), seen)
        except SlackRefused as error:
            if error.code != "hash_conflict":
                raise
            await self._send(player, await self._view(player, note))

    async def _view(self, player: Player, note: str) -> Block:
        page = await self.home.page(player)
        zone = described(page.personal.zone, self.home.now())
        return looks.home_view(page, zone, self.playing.command, note)

    async def _send(self, player: Player, view: Block, seen: str = "") -> None:
        only = {"hash": seen} if seen else {}
        await self.calls.write("views.publish", user_id=player.user, view=view, **only)
