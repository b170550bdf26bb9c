"""Leaderboards in Slack: asked for in words, turned with buttons, shared with a channel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.blocks import board, ids, notices
from bot.blocks.kit import Message
from bot.play.boards import Boards, Leaderboard, NoSuchTopic, NoTeamsYet, SharedBefore
from bot.quiz.board import BoardQuery
from bot.quiz.player import Player
from bot.slack.effect import Announce, Effect, Show, Tell
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import Listening, OnWords


@dataclass(frozen=True, slots=True)
class Comparing:
    boards: Boards
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"leaderboard": self.leaderboard}

    def register(self, listening: Listening) -> None:
        listening.click(ids.BOARD, self.open)
        listening.click(re.compile(rf"^{ids.BOARD}:\w+$"), self.turn)
        listening.click(ids.BOARD_TOPIC, self.turn_to_topic)
        listening.click(ids.SHARE_BOARD, self.share)

    async def leaderboard(self, words: Words) -> Effect:
        channel = _channel(words.address)
        shown = await self.boards.show_by_words(words.player, words.text, channel)
        if isinstance(shown, NoSuchTopic):
            return Tell(board.no_such_topic_message(shown))
        return Tell(await self._message(words.player, shown, words.address))

    async def open(self, click: Click) -> Effect:
        """A new message: the menu stays, and so does the board in a channel."""
        query = ids.BoardButton.unpack(click.value).query if click.value else BoardQuery()
        return Tell(await self._show(click, query))

    async def turn(self, click: Click) -> Effect:
        return Show(await self._show(click, ids.BoardButton.unpack(click.value).query))

    async def turn_to_topic(self, click: Click) -> Effect:
        """The rest of what is shown stands in the name of the block."""
        packed = click.block.removeprefix(f"{ids.BOARD}:")
        topic = "" if click.value == board.ALL_TOPICS else click.value
        query = replace(ids.BoardButton.unpack(packed).query, topic=topic)
        return Show(await self._show(click, query))

    async def share(self, click: Click) -> Effect:
        query = ids.BoardButton.unpack(click.value).query
        shown = await self.boards.share(click.player, query, click.attempt)
        if isinstance(shown, SharedBefore):
            return Tell(notices.sentence(board.SHARED_BEFORE))
        if isinstance(shown, NoTeamsYet):
            return Tell(await self._message(click.player, shown, click.address))
        name = await self.boards.name_of(click.player)
        return Announce(
            board.shared_message(shown, name, self.command),
            then=None,
            refused=notices.sentence(board.NOT_SHARED),
            unsure=notices.sentence(board.MAYBE_SHARED),
            release=_nothing,  # another press is another attempt
        )

    async def _show(self, click: Click, query: BoardQuery) -> Message:
        shown = await self.boards.show(click.player, query)
        return await self._message(click.player, shown, click.address)

    async def _message(
        self, player: Player, shown: Leaderboard | NoTeamsYet, to: Address
    ) -> Message:
        note = ""
        if isinstance(shown, NoTeamsYet):
            note, shown = board.NO_TEAMS, await self.boards.show_people(player, shown.query)
        return board.board_message(shown, self.command, _channel(to), note)


def _channel(address: Address) -> str:
    """Empty in a direct conversation."""
    return "" if address.is_direct else address.channel


async def _nothing() -> None:
    pass
