"""Setting up the question of the day in Slack: the command, the form, and the buttons in it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from bot.blocks import daily, notices, privacy, schedule_form, schedule_ids as ids, schedule_words
from bot.blocks.forms import message_view
from bot.blocks.kit import Block, Element
from bot.blocks.schedule_form import TITLE, Offer
from bot.errors import StaleButton
from bot.play.doctor import Surroundings
from bot.play.permissions import NotAllowed
from bot.play.proposal import Entry, Mistakes, Proposal
from bot.play.scheduling import (
    Actor,
    Changed,
    Deleted,
    NoSchedule,
    NothingToAsk,
    Overview,
    Scheduling,
)
from bot.quiz.health import Membership
from bot.quiz.player import ChannelId
from bot.quiz.schedule import ChangedMeanwhile
from bot.quiz.zones import search_zones
from bot.slack.effect import ChangeForm, Effect, Later, OpenAndFill, Tell
from bot.slack.explaining import filled
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import (
    AfterForm,
    AllTaken,
    Listening,
    NextForm,
    OnWords,
    OtherForm,
    Wrong,
)

T = TypeVar("T")

PATIENCE: Final = 2.0
"""Seconds: Slack waits three for the answer to a form."""


@dataclass(frozen=True, slots=True)
class SettingUp:
    scheduling: Scheduling
    surroundings: Surroundings
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"daily": self.daily}

    def register(self, listening: Listening) -> None:
        listening.click(ids.OPEN, self.open)
        listening.click(ids.PAUSE, self.pause)
        listening.click(ids.RESUME, self.resume)
        listening.click(ids.POST_NOW, self.post_now)
        listening.click(ids.PREVIEW, self.preview)
        listening.click(ids.DELETE, self.delete)
        listening.choices(ids.ZONE, self.zones)
        listening.choices(ids.TOPICS, self.topics)
        listening.choices(ids.COUNTRY, self.countries)
        listening.form(ids.FORM, self.propose)
        listening.form(ids.CONFIRM, self.save)

    # Opening

    async def daily(self, words: Words) -> Effect:
        channel = words.address.channel
        if words.address.is_direct:
            return Tell(schedule_words.advice(schedule_words.WRONG_PLACE, self.command))
        if not words.trigger:
            return Tell(schedule_words.open_message(channel))
        actor = Actor(words.player, words.team)
        return self._open(actor, ChannelId(channel), words.trigger)

    async def open(self, click: Click) -> Effect:
        return self._open(_actor(click), _channel(click), click.trigger)

    def _open(self, actor: Actor, channel: ChannelId, trigger: str) -> Effect:
        """The form comes at once, its fields when it is known who asks and what is there."""
        return OpenAndFill(
            trigger,
            schedule_form.loading_view(),
            partial(filled, partial(self._form, actor, channel), TITLE),
            late=notices.sentence(schedule_words.LATE),
        )

    async def _form(self, actor: Actor, channel: ChannelId, note: str = "") -> Block:
        found = await self.scheduling.open(actor, channel)
        return self._shown(found, note)

    def _shown(self, found: Overview | NotAllowed, note: str = "") -> Block:
        if isinstance(found, NotAllowed):
            return self._sentence(schedule_words.refused_words(found, self.command))
        topics = self.scheduling.proposing.topics
        named = [topics.named(topic) for topic in found.entry.topics]
        countries = tuple(self.scheduling.proposing.calendars.countries())
        offer = Offer(tuple(filter(None, named)), topics.levels(), countries)
        top = schedule_words.overview_blocks(found, note)
        return schedule_form.form_view(found.entry, top, offer, found.now)

    def _sentence(self, words: str) -> Block:
        return message_view(TITLE, notices.sentence(schedule_words.plainly(words, self.command)))

    # What can be chosen

    def zones(self, typed: str) -> list[Element]:
        found = search_zones(typed, self.scheduling.now())
        return privacy.zone_choices(found) if found else []

    def topics(self, typed: str) -> list[Element]:
        return schedule_form.topic_groups(self.scheduling.proposing.topics.search(typed))

    def countries(self, typed: str) -> list[Element]:
        known = self.scheduling.proposing.calendars.countries()
        return schedule_form.country_groups(known, typed)

    # Sending it

    async def propose(self, form: Click) -> AfterForm:
        """Nothing is kept before the next moments have been seen."""
        actor = _actor(form)
        entry = schedule_form.read_entry(form.state, form.value)
        outcome, place = await asyncio.gather(
            _in_time(self.scheduling.propose(actor, entry)), self._place(actor, entry)
        )
        match outcome:
            case Mistakes():
                return Wrong(schedule_form.complaints(outcome))
            case Proposal():
                return NextForm(self._confirm(outcome, place))
            case NotAllowed():
                refused = schedule_words.refused_words(outcome, self.command)
                return OtherForm(self._sentence(refused))
            case ChangedMeanwhile():
                return OtherForm(await self._form(actor, entry.channel, schedule_words.CHANGED))

    async def _place(self, actor: Actor, entry: Entry) -> Membership:
        """Whether the bot is in the channel, so that it can be invited in time."""
        channels = [entry.channel]
        found = await self.surroundings.memberships(actor.player.workspace, channels)
        return found[entry.channel]

    def _confirm(self, proposal: Proposal, place: Membership) -> Block:
        proposing = self.scheduling.proposing
        schedule = proposal.schedule
        topics = [proposing.topics.named(topic) for topic in schedule.topics]
        countries = proposing.calendars.countries()
        country = next((c for c in countries if c.code == schedule.country), None)
        titles = [topic.title for topic in topics if topic]
        return schedule_words.confirm_view(proposal, country, titles, place)

    async def save(self, form: Click) -> AfterForm:
        """All forms close; what came of it is told in the channel, to this person alone."""
        entry = schedule_form.unpack_entry(form.value)
        to = Address(url="", channel=entry.channel, user=form.player.user)
        return AllTaken(Later(partial(self._save, form, entry)), to)

    async def _save(self, form: Click, entry: Entry) -> Effect:
        outcome = await self.scheduling.save(_actor(form), entry, form.attempt)
        match outcome:
            case Proposal():
                return Tell(schedule_words.saved_message(outcome, self.command))
            case NotAllowed():
                refused = schedule_words.refused_words(outcome, self.command)
                return Tell(notices.sentence(refused))
            case Mistakes() | ChangedMeanwhile():
                return Tell(schedule_words.advice(schedule_words.NOT_SAVED, self.command))

    # The buttons above the fields

    async def pause(self, click: Click) -> Effect:
        return self._change(click, self._pause)

    async def resume(self, click: Click) -> Effect:
        return self._change(click, self._resume)

    async def post_now(self, click: Click) -> Effect:
        return self._change(click, self._post_now)

    async def delete(self, click: Click) -> Effect:
        return self._change(click, self._delete)

    async def preview(self, click: Click) -> Effect:
        return OpenAndFill(
            click.trigger,
            schedule_form.loading_view(),
            partial(filled, partial(self._preview, click), TITLE),
            late=notices.sentence(schedule_words.LATE),
            above=True,
        )

    def _change(self, click: Click, step: Callable[[Click], Awaitable[Block]]) -> Effect:
        async def work() -> Effect:
            return ChangeForm(click.form, await filled(partial(step, click), TITLE))

        return Later(work)

    async def _pause(self, click: Click) -> Block:
        outcome = await self.scheduling.pause(_actor(click), _channel(click), click.attempt)
        return await self._after(click, outcome, schedule_words.PAUSED)

    async def _resume(self, click: Click) -> Block:
        outcome = await self.scheduling.resume(_actor(click), _channel(click), click.attempt)
        return await self._after(click, outcome, schedule_words.RESUMED)

    async def _delete(self, click: Click) -> Block:
        outcome = await self.scheduling.delete(_actor(click), _channel(click))
        return await self._after(click, outcome, "")

    async def _after(self, click: Click, outcome: Changed, note: str) -> Block:
        match outcome:
            case Overview() | NotAllowed():
                return self._shown(outcome, note)
            case Deleted():
                return self._sentence(schedule_words.DELETED)
            case NoSchedule():
                return self._sentence(schedule_words.NO_SCHEDULE)
            case ChangedMeanwhile():
                return await self._form(_actor(click), _channel(click), schedule_words.CHANGED)

    async def _post_now(self, click: Click) -> Block:
        actor, channel = _actor(click), _channel(click)
        outcome = await self.scheduling.post_now(actor, channel)
        if isinstance(outcome, NotAllowed):
            return self._shown(outcome)
        return await self._form(actor, channel, schedule_words.asking_words(outcome))

    async def _preview(self, click: Click) -> Block:
        outcome = await self.scheduling.preview(_actor(click), _channel(click))
        match outcome:
            case NotAllowed():
                return self._shown(outcome)
            case NoSchedule():
                return self._sentence(schedule_words.NO_SCHEDULE)
            case NothingToAsk():
                return self._sentence(schedule_words.NOTHING_TO_ASK)
            case occurrence:
                return schedule_words.preview_view(daily.question_message(occurrence, 0))


def _actor(click: Click) -> Actor:
    return Actor(click.player, click.team)


def _channel(click: Click) -> ChannelId:
    if not click.value:
        raise StaleButton(click.value)
    return ChannelId(click.value)


async def _in_time(work: Awaitable[T]) -> T | NotAllowed:
    """Slack may be slow to say who somebody is, and does not wait for that itself."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except TimeoutError:
        return NotAllowed(unsure=True)
