"""Builds the use cases, and what listens to Slack with them, on what is open already."""

import asyncio
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.bank.files import page_text
from bot.bank.picture_files import content_of_image
from bot.bank.shelf import Library
from bot.bank.source import source_of
from bot.bank.suggested import drafted
from bot.calendars import WorldCalendars
from bot.manifest import SCOPES
from bot.play.bank_news import BankNews
from bot.play.boards import Boards
from bot.play.browsing import Browsing
from bot.play.daily import Daily
from bot.play.doctor import Doctor
from bot.play.groups import Groups
from bot.play.home import Home
from bot.play.live import Live
from bot.play.live_running import Running as LiveRunning
from bot.play.membership import Membership
from bot.play.moderation import Moderation
from bot.play.pausing import Pausing
from bot.play.permissions import NotAllowed, Permissions
from bot.play.pictures import Pictures
from bot.play.ports import Chance, Clock
from bot.play.posting import Posting
from bot.play.privacy import Privacy
from bot.play.proposal import Proposing
from bot.play.regrading import Regrading
from bot.play.reminders import Reminders
from bot.play.reporting import Reporting
from bot.play.review import Review
from bot.play.review_channel import ReviewChannel
from bot.play.reviewing import Reviewing
from bot.play.roster import Roster
from bot.play.scheduling import Scheduling
from bot.play.solo import Solo
from bot.play.suggesting import Suggesting
from bot.play.suggestion_review import SuggestionReview
from bot.play.teams import OwnTeams, TeamTable
from bot.play.weekly import Weekly
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.job import JobKind
from bot.quiz.player import Player, TeamId, Workspace
from bot.quiz.prose import Image
from bot.quiz.question import Question
from bot.quiz.report import QuestionSource
from bot.slack.app import Registers
from bot.slack.boards import Comparing
from bot.slack.browsing import LookingAround
from bot.slack.calls import Calls
from bot.slack.channel_chat import SlackChannels
from bot.slack.daily import AnsweringDaily
from bot.slack.deciding import Deciding
from bot.slack.directory import Directory
from bot.slack.files import Files
from bot.slack.home import HomeTab
from bot.slack.live import PlayingLive
from bot.slack.live_chat import LiveChannels
from bot.slack.moderating import Moderating
from bot.slack.pictures import PictureDesk
from bot.slack.playing import Playing
from bot.slack.reporting import TakingReports
from bot.slack.review_chat import ReviewChannels
from bot.slack.rooms import Rooms
from bot.slack.scheduling import SettingUp
from bot.slack.suggesting import TakingSuggestions
from bot.slack.surroundings import Surroundings
from bot.slack.talking import Talking
from bot.slack.teams import Teaming
from bot.slack.usergroups import UserGroups
from bot.storage.redis_store import RedisStore


@dataclass(frozen=True, slots=True)
class Ground:
    """What nearly every use case stands on; `home` is the workspace that installed us."""

    home: Workspace
    command: str
    store: RedisStore
    catalogue: Library
    calendars: WorldCalendars
    now: Clock
    chance: Chance
    edits: EditLinks = NO_LINKS


def build_parts(
    ground: Ground, client: AsyncWebClient, scheduling: Scheduling
) -> tuple[Sequence[Registers], Roster, HomeTab]:
    """What listens to Slack, each part with its use cases; the roster is told who came by, and
    the Home tab of what was pressed in it.
    """
    command, store, catalogue = ground.command, ground.store, ground.catalogue
    now, chance, calls = ground.now, ground.chance, Calls(client)
    directory = Directory(calls)
    permissions = scheduling.permissions
    roster = Roster(store, directory, now, chance)
    solo = Solo(store, catalogue, now, chance)
    reports = TakingReports(Reporting(store, catalogue, permissions, now), command)
    suggesting = Suggesting(store, catalogue, drafted, permissions, now, chance)
    suggestions = TakingSuggestions(suggesting, solo, command)
    playing = Playing(solo, command, reports.open_about, ground.edits)
    comparing = Comparing(Boards(store, catalogue, now, chance, TeamTable(store)), command)
    privacy = Privacy(store, catalogue, roster, now)
    review = ReviewChannel(store, permissions, Surroundings(client, time.time), now)
    deciding = Deciding(privacy, permissions, review, command)
    teaming = Teaming(OwnTeams(store, permissions), _groups(ground, client), command)
    setting_up, moderating = _for_channels(ground, client, scheduling)
    live = _live(ground, permissions)
    looking = LookingAround(Browsing(store, catalogue), solo, command)
    spoken = (looking, comparing, deciding, teaming, setting_up, moderating, live, suggestions)
    others = {name: obey for part in spoken for name, obey in part.words.items()}
    talking = Talking(playing, chance, others)
    membership = Membership(store, Rooms(calls))
    home = Home(store, solo, Review(store, solo), membership, ground.calendars, now)
    home_tab = HomeTab(home, privacy, playing, calls)
    daily = AnsweringDaily(Daily(store, catalogue, now), store, command, ground.edits)
    return (playing, talking, *spoken, home_tab, daily, reports), roster, home_tab


def _live(ground: Ground, permissions: Permissions) -> PlayingLive:
    async def is_admin(player: Player, actor_team: TeamId | None) -> bool:
        return not isinstance(await permissions.settings(player, actor_team), NotAllowed)

    store = ground.store
    live = Live(store, ground.catalogue, ground.now, ground.chance, is_admin, ground.home)
    return PlayingLive(live, store, ground.command)


def _groups(ground: Ground, client: AsyncWebClient) -> Groups:
    calls, store = Calls(client), ground.store
    permissions = Permissions(store, Directory(calls), ground.home)
    return Groups(store, UserGroups(calls), permissions, ground.now)


def _for_channels(
    ground: Ground, client: AsyncWebClient, scheduling: Scheduling
) -> tuple[SettingUp, Moderating]:
    """What those use who look after the questions of a channel."""
    store, now = ground.store, ground.now
    surroundings = Surroundings(client, time.time)
    voiding = scheduling.posting.closing.voiding
    moderation = Moderation(store, scheduling.permissions, voiding)
    doctor = Doctor(store, surroundings, moderation, scheduling.proposing, frozenset(SCOPES), now)
    return (
        SettingUp(scheduling, surroundings, ground.command),
        Moderating(moderation, doctor, ground.command),
    )


def _reviewing(ground: Ground, client: AsyncWebClient) -> Reviewing:
    """`client` repeats nothing, as in `build_posting`."""

    async def source(question: Question) -> QuestionSource:
        return await asyncio.to_thread(source_of, question, page_text, ground.edits)

    return Reviewing(
        ground.store,
        ReviewChannels(client, ground.command),
        source,
        ground.catalogue,
        ground.now,
        ground.chance,
    )


def build_scheduling(ground: Ground, client: AsyncWebClient, posting: Posting) -> Scheduling:
    permissions = Permissions(ground.store, Directory(Calls(client)), ground.home)
    proposing = Proposing(ground.catalogue, ground.calendars)
    return Scheduling(ground.store, permissions, proposing, posting, ground.now)


def build_desk(
    ground: Ground, client: AsyncWebClient, http: ClientSession, roots: Sequence[Path]
) -> PictureDesk:
    """What brings the images of the bank to Slack; `roots` are where the bank was read."""

    async def read(image: Image) -> bytes | None:
        return await asyncio.to_thread(content_of_image, image, roots)

    files = Files(Calls(client), http)
    pictures = Pictures(
        ground.store, ground.catalogue, files.upload, read, ground.now, ground.chance, ground.home
    )
    return PictureDesk(pictures)


def build_news(ground: Ground, client: AsyncWebClient, lag: timedelta) -> BankNews:
    """`client` repeats nothing, as in `build_posting`."""
    channels = SlackChannels(client, ground.command)
    return BankNews(ground.store, channels, ground.now, ground.chance, ground.home, lag)


def build_regrading(ground: Ground) -> Regrading:
    return Regrading(ground.store, ground.catalogue, ground.now, ground.home)


def build_posting(ground: Ground, client: AsyncWebClient) -> Posting:
    """What does the jobs of the scheduler. Its `client` repeats nothing, not even when Slack asks
    it to wait: the job does, and meanwhile others have their turn.
    """
    store, now, chance = ground.store, ground.now, ground.chance
    channels = SlackChannels(client, ground.command, ground.edits)
    pausing = Pausing(store, channels, now, chance)
    weekly = Weekly(store, channels, pausing, now, chance, TeamTable(store))
    membership = Membership(store, Rooms(Calls(client)))
    reminders = Reminders(store, membership, channels, now)
    reviewing = _reviewing(ground, client)
    return Posting(
        store,
        channels,
        ground.catalogue,
        now,
        chance,
        ground.calendars,
        worker=secrets.token_hex(4),
        others={
            JobKind.BOARD: weekly.run,
            JobKind.GROUPS: _groups(ground, client).run,
            JobKind.REMIND: reminders.run,
            JobKind.LIVE: LiveRunning(
                store,
                LiveChannels(client, ground.command, ground.edits),
                ground.catalogue,
                now,
                chance,
            ).run,
            JobKind.REPORT: reviewing.run,
            JobKind.SUGGESTION: SuggestionReview(reviewing, ground.edits).run,
            JobKind.REGRADE: build_regrading(ground).run,
        },
    )
