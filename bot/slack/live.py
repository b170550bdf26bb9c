"""Live rounds in Slack: the command that opens one, and the buttons of its messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.blocks import ids, live, live_ids, live_words, notices
from bot.blocks.kit import Message
from bot.play import live as play
from bot.play.live import Live, Move, Place, Steered
from bot.play.ports import Store
from bot.quiz.live import Phase, Round
from bot.quiz.player import ChannelId
from bot.quiz.session import Choice, Given, SessionId
from bot.slack.effect import Effect, OpenForm, Silence, Tell
from bot.slack.gaps import read_gaps
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import Listening, OnWords, Taken, Wrong
from bot.slack.live_command import parse_live

MOVES: Final[Mapping[str, Move]] = {
    live_ids.PAUSE: play.pausing,
    live_ids.GO_ON: play.resuming,
    live_ids.STOP: play.stopping,
}


@dataclass(frozen=True, slots=True)
class PlayingLive:
    """`store` keeps, for the time a form is open, where its answer is told."""

    live: Live
    store: Store
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"live": self.open}

    def register(self, listening: Listening) -> None:
        listening.click(re.compile(rf"^{live_ids.ANSWER}:\d+$"), self.answer)
        listening.click(live_ids.SUBMIT, self.submit)
        listening.click(live_ids.FILL_IN, self.fill_in)
        listening.form(live_ids.BLANKS, self.fill)
        listening.click(live_ids.JOIN, self.join)
        listening.click(live_ids.START, self.start)
        listening.click(live_ids.RESUME, self.resume)
        listening.click(live_ids.MORE, self.more)
        listening.click(live_ids.AGAIN, self.again)

    async def open(self, words: Words) -> Effect:
        if not words.text.strip():
            return Tell(live_words.usage(self.command))
        wanted = parse_live(words.text)
        place = Place(ChannelId(words.address.channel), words.team)
        outcome = await self.live.open(words.player, place, wanted, words.attempt)
        return _told(live_words.opening_message(outcome, wanted.words, self.command))

    async def again(self, click: Click) -> Effect:
        pressed = live_ids.RoundButton.unpack(click.value)
        place = Place(ChannelId(click.address.channel), click.team)
        outcome = await self.live.again(click.player, place, pressed.round_id, click.attempt)
        return _told(live_words.opening_message(outcome, "", self.command))

    async def join(self, click: Click) -> Effect:
        pressed = live_ids.RoundButton.unpack(click.value)
        outcome = await self.live.join(click.player, pressed.round_id)
        return Tell(live_words.join_message(outcome, self.command))

    # Answers

    async def answer(self, click: Click) -> Effect:
        pressed = live_ids.LiveAnswerButton.unpack(click.value)
        question = live_ids.LiveQuestionButton(pressed.round_id, pressed.number)
        return await self._answer(click, question, Choice(frozenset({pressed.option})))

    async def submit(self, click: Click) -> Effect:
        pressed = live_ids.LiveQuestionButton.unpack(click.value)
        ticks = click.state.get(f"ticks:{pressed.pack()}", {}).get(ids.TICKS, {})
        chosen = [int(option["value"]) for option in ticks.get("selected_options") or []]
        if not chosen:
            return Tell(notices.sentence(notices.PICK_SOMETHING))
        return await self._answer(click, pressed, Choice(frozenset(chosen)))

    async def fill_in(self, click: Click) -> Effect:
        pressed = live_ids.LiveQuestionButton.unpack(click.value)
        found = await self.live.look(click.player, pressed.round_id, pressed.number)
        if not isinstance(found, Round):
            return Tell(live_words.answer_message(found, self.command))
        held = SessionId(pressed.round_id)
        await self.store.hold_reply(click.player, held, pressed.number, click.address.pack())
        late = notices.sentence(notices.MODAL_LATE)
        return OpenForm(click.trigger, live.live_blanks_view(found), late)

    async def fill(self, form: Click) -> Wrong | Taken:
        pressed = live_ids.LiveQuestionButton.unpack(form.value)
        filled = read_gaps(form)
        if isinstance(filled, Wrong):
            return filled
        held = SessionId(pressed.round_id)
        reply = await self.store.held_reply(form.player, held, pressed.number)
        effect = await self._answer(form, pressed, filled)
        return Taken(effect, Address.unpack(reply, form.player.user))

    async def _answer(
        self, click: Click, pressed: live_ids.LiveQuestionButton, given: Given
    ) -> Effect:
        outcome = await self.live.answer(
            click.player, pressed.round_id, pressed.number, given, click.attempt, click.message
        )
        return Tell(live_words.answer_message(outcome, self.command))

    # Steering

    async def start(self, click: Click) -> Effect:
        return await self._steer(click, live_ids.RoundButton.unpack(click.value), play.starting)

    async def resume(self, click: Click) -> Effect:
        return await self._steer(click, live_ids.RoundButton.unpack(click.value), play.resuming)

    async def more(self, click: Click) -> Effect:
        chosen = live_ids.MoveOption.unpack(click.value)
        move = MOVES.get(chosen.action) or play.skipping(chosen.number, chosen.phase)
        return await self._steer(click, live_ids.RoundButton(chosen.round_id), move)

    async def _steer(self, click: Click, pressed: live_ids.RoundButton, move: Move) -> Effect:
        outcome = await self.live.steer(click.player, click.team, pressed.round_id, move)
        if not isinstance(outcome, Steered):
            return Tell(live_words.steering_message(outcome, self.command))
        if outcome.round.paused and outcome.round.phase is not Phase.RESTING:
            return Tell(notices.sentence(live_words.HOLDING))
        return Silence()


def _told(message: Message | None) -> Effect:
    return Tell(message) if message else Silence()
