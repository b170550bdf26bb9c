"""All that a person's Home tab shows, gathered from the other use cases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from bot.play.home_ports import HomeStore
from bot.play.membership import Membership
from bot.play.ports import Clock
from bot.play.review import Review
from bot.play.solo import Solo
from bot.play.steps import Menu, MyProgress
from bot.quiz.badges import Counters, Merit, merits
from bot.quiz.board import BoardQuery, BoardRow
from bot.quiz.days_off import Calendars, workdays
from bot.quiz.local_time import zone_named
from bot.quiz.occurrence import OPEN, OVER, Occurrence
from bot.quiz.people import Personal
from bot.quiz.player import ChannelId, Player
from bot.quiz.schedule import Schedule
from bot.quiz.session import Answer

MOST_CHANNELS: Final = 10
"""Shown; the open ones come first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of today in a channel. `right` is only known here when it may be told: after the
    close. `link` is empty where the message is not known.
    """

    occurrence: Occurrence
    is_open: bool
    is_answered: bool
    right: bool | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class NextAt:
    """A channel that has not been asked today, and when it will be."""

    channel: ChannelId
    at: datetime


OfChannel: TypeAlias = Asked | NextAt


@dataclass(frozen=True, slots=True)
class TrackScore:
    title: str
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`channels` are the first few of mine, and `more` says how many others there are. `own` is my
    line on this week's board, None before the first answer of the week.
    """

    menu: Menu
    channels: tuple[OfChannel, ...]
    more: int
    personal: Personal
    own: BoardRow | None
    people: int
    mine: MyProgress
    tracks: tuple[TrackScore, ...]
    merits: tuple[Merit, ...]
    to_review: int
    reminds: bool


@dataclass(frozen=True, slots=True)
class Home:
    store: HomeStore
    solo: Solo
    review: Review
    membership: Membership
    calendars: Calendars
    now: Clock

    async def page(self, player: Player) -> HomePage:
        """As things stand now, by one bank from top to bottom; it changes nothing."""
        solo = replace(self.solo, catalogue=self.solo.catalogue.current)
        home = replace(self, solo=solo, review=replace(self.review, solo=solo))
        return await Home._page(home, player)

    async def _page(self, player: Player) -> HomePage:
        at = self.now()
        personal = await self.store.personal(player, at)
        board = await self.store.board(player, BoardQuery(), at, most=0)
        mine = await self.solo.my_progress(player)
        tracks = tuple(self._tracks(mine))
        channels, more = await self._channels(player, at)
        return HomePage(
            menu=await self.solo.menu(player),
            channels=tuple(channels),
            more=more,
            personal=personal,
            own=board.own,
            people=board.people,
            mine=mine,
            tracks=tracks,
            merits=merits(self._counters(mine, personal, len(tracks))),
            to_review=len(await self.review.waiting(player)),
            reminds=await self.store.wants_reminders(player),
        )

    def _counters(self, mine: MyProgress, personal: Personal, tried: int) -> Counters:
        return Counters(
            runs=mine.progress.runs,
            perfect=mine.progress.perfect,
            right=mine.progress.right,
            best_streak=personal.streak.best,
            tracks_tried=tried,
            tracks=len(self.solo.catalogue.tracks()),
        )

    def _tracks(self, mine: MyProgress) -> Iterator[TrackScore]:
        """Those with an answer, in the order of the catalogue."""
        played = {quiz.slug: (answered, right) for quiz, answered, right in mine.quizzes}
        for track in self.solo.catalogue.tracks():
            counts = [played[quiz.slug] for quiz in track.quizzes if quiz.slug in played]
            if counts:
                answered, right = (sum(column) for column in zip(*counts, strict=True))
                yield TrackScore(track.title, answered, right)

    async def _channels(self, player: Player, at: datetime) -> tuple[list[OfChannel], int]:
        """What waits first: open questions by their closing time, the answered ones behind, then
        those to come; and how many are left out.
        """
        schedules = {s.channel: s for s in await self.store.schedules(player.workspace)}
        mine = await self.membership.channels_of(player, list(schedules))
        newest = await self.store.newest(player, mine)
        asked = [
            _asked(occurrence, answer, at)
            for occurrence, answer in newest
            if _is_of_today(occurrence, schedules[occurrence.channel], at)
        ]
        asked.sort(key=lambda each: (each.is_answered, not each.is_open, each.occurrence.closes))
        done = {each.occurrence.channel for each in asked}
        upcoming = self._upcoming([schedules[c] for c in mine if c not in done], at)
        shown = [await self._linked(player, each) for each in asked[:MOST_CHANNELS]]
        rest = upcoming[: MOST_CHANNELS - len(shown)]
        return [*shown, *rest], len(asked) + len(upcoming) - len(shown) - len(rest)

    def _upcoming(self, schedules: Sequence[Schedule], at: datetime) -> list[NextAt]:
        found = [
            NextAt(schedule.channel, post.planned)
            for schedule in schedules
            if not schedule.paused
            for post in schedule.timetable.next_posts(at, workdays(schedule, self.calendars), 1)
            if post.day >= schedule.since
        ]
        return sorted(found, key=lambda each: (each.at, each.channel))

    async def _linked(self, player: Player, asked: Asked) -> Asked:
        link = await self.membership.link(player.workspace, asked.occurrence)
        return replace(asked, link=link)


def _asked(occurrence: Occurrence, answer: Answer | None, at: datetime) -> Asked:
    is_open = occurrence.is_open(at)
    return Asked(
        occurrence,
        is_open=is_open,
        is_answered=answer is not None,
        right=None if is_open or answer is None else answer.right,
    )


def _is_of_today(occurrence: Occurrence, schedule: Schedule, at: datetime) -> bool:
    """It is open, or was, and is of the channel's current date."""
    if occurrence.is_open(at):
        return True
    today = at.astimezone(zone_named(schedule.timetable.zone)).date()
    return occurrence.day == today and occurrence.state in OPEN | OVER
