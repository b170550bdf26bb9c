"""What admins do in Slack: withdraw a question, begin a board anew, ask how the bot is."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.blocks import doctor, moderation, notices, schedule_ids as ids, schedule_words
from bot.errors import StaleButton
from bot.play.doctor import Doctor
from bot.play.moderation import Moderation, Voidable
from bot.play.permissions import NotAllowed
from bot.play.scheduling import Actor
from bot.play.voiding import NothingToVoid, Voided
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.player import ChannelId
from bot.slack.effect import Effect, Later, Show, Tell
from bot.slack.incoming import Click, Words
from bot.slack.listening import Listening, OnWords


@dataclass(frozen=True, slots=True)
class Moderating:
    """Slack is asked who somebody is, so everything is found out after the acknowledgement."""

    moderation: Moderation
    doctor: Doctor
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {
            "void": partial(self._later, self._ask_to_void),
            "reset": partial(self._later, self._ask_to_reset),
            "doctor": partial(self._later, self._examine),
        }

    def register(self, listening: Listening) -> None:
        listening.click(ids.VOID, self.void)
        listening.click(ids.RESET, self.reset)

    async def _later(self, work: Callable[[Words], Awaitable[Effect]], words: Words) -> Effect:
        return Later(partial(work, words))

    async def void(self, click: Click) -> Effect:
        return Later(partial(self._void, click))

    async def reset(self, click: Click) -> Effect:
        return Later(partial(self._reset, click))

    async def _ask_to_void(self, words: Words) -> Effect:
        if words.address.is_direct:
            return self._wrong_place()
        channel = ChannelId(words.address.channel)
        found = await self.moderation.newest(Actor(words.player, words.team), channel)
        match found:
            case Voidable():
                return Tell(moderation.void_message(found))
            case NothingToVoid():
                return Tell(notices.sentence(moderation.NOTHING_TO_VOID))
            case NotAllowed():
                return self._refused(found)

    async def _void(self, click: Click) -> Effect:
        if not click.value:
            raise StaleButton(click.value)
        actor = Actor(click.player, click.team)
        outcome = await self.moderation.void(actor, OccurrenceId(click.value))
        match outcome:
            case Voided():
                return Show(notices.sentence(moderation.VOIDED))
            case NothingToVoid():
                return Show(notices.sentence(moderation.NOTHING_TO_VOID))
            case NotAllowed():
                return self._refused(outcome)

    async def _ask_to_reset(self, words: Words) -> Effect:
        if words.address.is_direct:
            return self._wrong_place()
        found = await self.moderation.may_reset(Actor(words.player, words.team))
        if isinstance(found, NotAllowed):
            return self._refused(found)
        return Tell(moderation.reset_message(ChannelId(words.address.channel)))

    async def _reset(self, click: Click) -> Effect:
        if not click.value:
            raise StaleButton(click.value)
        actor = Actor(click.player, click.team)
        outcome = await self.moderation.reset(actor, ChannelId(click.value))
        if isinstance(outcome, NotAllowed):
            return self._refused(outcome)
        return Show(notices.sentence(moderation.RESET_DONE))

    async def _examine(self, words: Words) -> Effect:
        checkup = await self.doctor.examine(Actor(words.player, words.team))
        if isinstance(checkup, NotAllowed):
            return self._refused(checkup)
        return Tell(doctor.doctor_message(checkup, self.command))

    def _wrong_place(self) -> Effect:
        return Tell(schedule_words.advice(schedule_words.IN_A_CHANNEL, self.command))

    def _refused(self, why: NotAllowed) -> Effect:
        words = schedule_words.refused_words(why, self.command, admins=True)
        return Tell(notices.sentence(words))
