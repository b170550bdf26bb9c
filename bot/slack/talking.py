"""What people type: the slash command, a message to the bot, a mention of it, a first visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.bank.catalogue import Ambiguous, Found, Unknown
from bot.blocks import menu, notices, progress
from bot.play.ports import Chance
from bot.play.solo import USUAL_COUNT, Solo
from bot.slack import command as commands
from bot.slack.effect import Effect, Show, Silence, Tell
from bot.slack.incoming import Body, Words
from bot.slack.listening import Listening, OnWords
from bot.slack.playing import Playing


def _is_from_a_person_in_private(event: Body) -> bool:
    return (
        event.get("channel_type") == "im"
        and not event.get("subtype")
        and not event.get("bot_id")
        and bool(event.get("user"))
    )


def _is_messages_tab(event: Body) -> bool:
    return event.get("tab") == "messages"


@dataclass(frozen=True, slots=True)
class Talking:
    """`others` are what other parts do, by the names in `command.OTHERS`."""

    playing: Playing
    chance: Chance
    others: Mapping[str, OnWords] = field(default_factory=dict)

    @property
    def solo(self) -> Solo:
        return self.playing.solo

    def register(self, listening: Listening) -> None:
        listening.command(self.playing.command, self.obey)
        listening.event("message", self.hear, only=_is_from_a_person_in_private)
        listening.event("app_mention", self.hear)
        listening.event("app_home_opened", self.welcome, only=_is_messages_tab)

    async def obey(self, words: Words) -> Effect:
        """Do what was typed after the command."""
        wanted = commands.parse(words.text)
        if isinstance(wanted, commands.Other):
            return await self.others[wanted.name](replace(words, text=wanted.rest))
        return await self._obey(words, wanted)

    async def _obey(self, words: Words, wanted: commands.Own) -> Effect:  # noqa: PLR0911  one for each command
        name = self.playing.command
        match wanted:
            case commands.ShowMenu():
                return Show(menu.menu_message(await self.solo.menu(words.player), name))
            case commands.Start():
                return await self._start(words, wanted)
            case commands.Resume():
                outcome = await self.solo.resume(words.player)
                return self.playing.shown(outcome, words.address)
            case commands.Stop():
                stopped = await self.solo.stop(words.player, words.attempt)
                return self.playing.shown(stopped, words.address)
            case commands.ShowStats():
                mine = await self.solo.my_progress(words.player)
                return Tell(progress.progress_message(mine, name))
            case commands.ShowHelp():
                return Tell(notices.help_message(name))
            case commands.NotUnderstood():
                return self._perhaps_start(wanted)
            case _:
                assert_never(wanted)

    async def _start(self, words: Words, wanted: commands.Start) -> Effect:
        named, count = self._meant(wanted)
        outcome = await self.solo.start_by_words(
            words.player, named, count, words.attempt, nearer=wanted.whole
        )
        return self.playing.shown(outcome, words.address, asked=named, count=count)

    def _perhaps_start(self, wanted: commands.NotUnderstood) -> Effect:
        """Whoever names a quiz, or several, has forgotten nothing but to write start."""
        named, count = self._meant(wanted.meant)
        found = self.solo.catalogue.find(named, nearer=wanted.meant.whole)
        name = self.playing.command
        match found:
            case Found(quiz):
                return Tell(notices.start_it(quiz, count, name))
            case Ambiguous(closest):
                return Tell(menu.closest_message(named, closest, count, name))
            case Unknown():
                return Tell(notices.not_understood(wanted.text, name))
            case _:
                assert_never(found)

    def _meant(self, wanted: commands.Start) -> tuple[str, int]:
        """Name and number of questions; the number may be of the name, as in "Python 3"."""
        if self.solo.catalogue.names(wanted.whole):
            return wanted.whole, USUAL_COUNT
        return wanted.words, wanted.count

    async def hear(self, words: Words) -> Effect:
        """A message or a mention is a command without the slash; Slack may deliver it twice."""
        workspace = words.player.workspace
        if not await self.solo.store.claim_event(workspace, words.attempt, self.chance.token()):
            return Silence()
        first, _, rest = words.text.partition(" ")
        is_named = first.casefold() in {self.playing.command, self.playing.command[1:]}
        text = rest if is_named else words.text
        if isinstance(commands.parse(text), commands.NotUnderstood):
            text = ""  # whoever says hello gets the menu
        return await self.obey(replace(words, text=text))

    async def welcome(self, words: Words) -> Effect:
        """Said once to each person, however often they open the tab."""
        if not await self.solo.store.claim_welcome(words.player):
            return Silence()
        return Tell(notices.welcome(self.playing.command))
