"""Looking for a quiz in Slack: pages of tracks, search by words, and the menu's type-ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.blocks import browse, browse_ids, ids, menu
from bot.blocks.browse_ids import BrowseButton
from bot.blocks.kit import Element
from bot.play.browsing import Browsing
from bot.play.solo import Solo
from bot.slack.effect import Effect, Show, Tell
from bot.slack.incoming import Click, Words
from bot.slack.listening import Listening, OnWords

MOST_OFFERED: Final = 20
"""Quizzes, and questions, in a list below a field: nobody reads more of them."""


@dataclass(frozen=True, slots=True)
class LookingAround:
    """`solo` knows what to offer before anything is typed."""

    browsing: Browsing
    solo: Solo
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"browse": self.browse_by_words, "search": self.search}

    def register(self, listening: Listening) -> None:
        listening.click(browse_ids.BROWSES, self.browse)
        listening.choices(ids.PICK_QUIZ, self.suggest)

    async def browse(self, click: Click) -> Effect:
        pressed = BrowseButton.unpack(click.value)
        page = await self.browsing.page(click.player, pressed.track, pressed.number)
        return Show(browse.track_message(page))

    async def browse_by_words(self, words: Words) -> Effect:
        """Of a name that no track has, what a search finds."""
        track = self.browsing.track_named(words.text) if words.text else ""
        if track is None:
            return await self.search(words)
        return Tell(browse.track_message(await self.browsing.page(words.player, track)))

    async def search(self, words: Words) -> Effect:
        results = self.browsing.search(words.text)
        return Tell(browse.results_message(results, self.command))

    def suggest(self, typed: str) -> list[Element]:
        """Everything by its track, or what fits the words that are typed so far."""
        if not typed.strip():
            return menu.quiz_groups(self.solo.suggestions(typed))
        found = self.browsing.search(typed, quizzes=MOST_OFFERED, questions=MOST_OFFERED)
        return menu.found_groups(found.quizzes, found.questions)
