"""Leaderboards: which one somebody means, and what it shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.bank.catalogue import Found
from bot.bank.shelf import Library
from bot.bank.tracks import Track
from bot.play.ports import BoardStore, Chance, Clock, TeamScores
from bot.quiz.board import WORKSPACE, Board, BoardQuery, View
from bot.quiz.player import Player, UserId
from bot.quiz.question import MOST_SLUG, Slug, short_slug
from bot.quiz.regrading import Corrected
from bot.quiz.session import AttemptId
from bot.quiz.teams import TeamScore
from bot.quiz.windows import Kind

WINDOWS: Final = {
    "today": Kind.DAY,
    "day": Kind.DAY,
    "week": Kind.WEEK,
    "month": Kind.MONTH,
    "all": Kind.ALL,
}
VIEWS: Final = {"people": View.PEOPLE, "teams": View.TEAMS}
HERE: Final = frozenset({"here", "channel"})
EVERYWHERE: Final = frozenset({"workspace", "everywhere"})
FILLERS: Final = frozenset({"this", "time", "of", "the", "topics", "topic"})


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A board with what one may turn to from it. `title` is the topic's, empty for all.

    `teams` is None where people are shown; `has_teams` tells whether teams could be. `viewer` is
    whose own teams are marked; None on a board for everybody. `corrected` are questions whose
    answers were marked again in the last days.
    """

    query: BoardQuery
    board: Board
    title: str
    topics: Sequence[Track]
    teams: tuple[TeamScore, ...] | None = None
    has_teams: bool = False
    viewer: UserId | None = None
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSuchTopic:
    """Nothing in the bank is called that; `topics` are what there is."""

    words: str
    topics: Sequence[Track]


@dataclass(frozen=True, slots=True)
class NoTeamsYet:
    """Teams were asked for, and the workspace has none; `query` shows people instead."""

    query: BoardQuery


@dataclass(frozen=True, slots=True)
class SharedBefore:
    """The same press has been delivered already."""


@dataclass(frozen=True, slots=True)
class Boards:
    store: BoardStore
    catalogue: Library
    now: Clock
    chance: Chance
    teams: TeamScores | None = None

    async def show_by_words(
        self, player: Player, words: str, channel: str
    ) -> Leaderboard | NoSuchTopic | NoTeamsYet:
        """`channel` is where it was typed, empty in a direct conversation."""
        query = self.read(words, channel)
        return query if isinstance(query, NoSuchTopic) else await self.show(player, query)

    async def show(self, player: Player, query: BoardQuery) -> Leaderboard | NoTeamsYet:
        if query.view is View.PEOPLE:
            return await self.show_people(player, query)
        if self.teams is None:
            return NoTeamsYet(replace(query, view=View.PEOPLE))
        shown = await self.show_people(player, query)
        teams = await self.teams.teams(player, shown.query, self.now())
        return replace(shown, teams=teams, viewer=player.user)

    async def show_people(self, player: Player, query: BoardQuery) -> Leaderboard:
        at = self.now()
        query = replace(query, topic=self._whole(query.topic))
        return Leaderboard(
            query=query,
            board=await self.store.board(player, query, at),
            title=self.catalogue.track_title(query.topic),
            topics=self.topics(),
            has_teams=self.teams is not None,
            corrected=await self.store.news_of_keys(player.workspace, None, at),
        )

    async def share(
        self, player: Player, query: BoardQuery, attempt: AttemptId
    ) -> Leaderboard | NoTeamsYet | SharedBefore:
        """A board for everybody's eyes, once for each press, however often it is delivered."""
        shown = await self.show(player, query)
        if isinstance(shown, NoTeamsYet):
            return shown
        if not await self.store.claim_event(player.workspace, attempt, self.chance.token()):
            return SharedBefore()
        return replace(shown, board=shown.board.public(), viewer=None)

    async def name_of(self, player: Player) -> str:
        """What the player is called on boards."""
        names = await self.store.names_of(player.workspace, [player.user])
        return names[player.user]

    def _whole(self, topic: str) -> str:
        """The slug that the short form of a button stands for."""
        if len(topic) < MOST_SLUG:
            return topic
        slugs = (track.slug for track in self.topics())
        return next((slug for slug in slugs if short_slug(Slug(slug)) == topic), topic)

    def topics(self) -> tuple[Track, ...]:
        return tuple(track for track in self.catalogue.tracks() if track.slug)

    def read(self, words: str, channel: str) -> BoardQuery | NoSuchTopic:
        """Window, view and place in any order; all other words together are a topic."""
        query = BoardQuery()
        topic: list[str] = []
        for word in words.split():
            name = word.casefold()
            if name in WINDOWS:
                query = replace(query, kind=WINDOWS[name])
            elif name in VIEWS:
                query = replace(query, view=VIEWS[name])
            elif name in HERE | EVERYWHERE:
                query = replace(query, place=(name in HERE and channel) or WORKSPACE)
            elif name not in FILLERS:
                topic.append(word)
        if not topic:
            return query
        track = self._track(" ".join(topic))
        if track is None:
            return NoSuchTopic(" ".join(topic), self.topics())
        return replace(query, topic=track)

    def _track(self, words: str) -> str | None:
        """The track of that name, else the one with a quiz of that name."""
        wanted = _plain(words)
        topics = self.topics()
        for named in (
            [t for t in topics if wanted in {_plain(t.slug), _plain(t.title)}],
            [
                t
                for t in topics
                if set(wanted.split()) <= set(_plain(f"{t.slug} {t.title}").split())
            ],
        ):
            if named:
                return named[0].slug
        found = self.catalogue.find(words)
        closest = [found.quiz] if isinstance(found, Found) else found.closest
        tracks = {quiz.track for quiz in closest if quiz.track}
        return tracks.pop() if len(tracks) == 1 else None


def _plain(name: str) -> str:
    """Words without case and signs: `aws/ml-engineer` is `aws ml engineer`."""
    return " ".join("".join(c if c.isalnum() else " " for c in name).casefold().split())
