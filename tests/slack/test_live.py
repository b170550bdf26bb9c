"""A live round in a channel, from the command to the podium, with the whole bot."""

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.bank.files import Bank
from bot.blocks.live_ids import MoveOption
from bot.quiz.live import Phase, RoundId
from bot.quiz.player import ChannelId
from bot.sandbox.messages import Message
from bot.slack.web import EVENTS
from bot.wiring import Running
from tests.conftest import (
    ANA,
    ANAS_DIRECT,
    BEN,
    BENS_DIRECT,
    CHI,
    GENERAL,
    Hand,
    Stage,
    open_stage,
    open_worker,
)
from tests.slack.scenes import ACME, actions, finish, public


@dataclass
class Room:
    """Where three people play; whoever plays looks at the newest message. `others` are workers
    besides that of the stage: what becomes due may be done by any of them.
    """

    stage: Stage
    hand: Hand
    others: tuple[Running, ...] = ()

    async def go_on(self, seconds: float = 0) -> None:
        """Stop wherever something is due; by then everybody's name is known."""
        await self.stage.running.background.drain()
        end = self.hand.now() + timedelta(seconds=seconds)
        while True:
            await finish(self.stage.running.scheduler, *(other.scheduler for other in self.others))
            left = end - self.hand.now()
            if not left:
                return
            due = await self.stage.running.store.next_moment() or end
            self.hand.wait(min(left, max(due - self.hand.now(), timedelta(seconds=1))))

    @property
    def posts(self) -> list[Message]:
        return public(self.stage)

    @property
    def post(self) -> Message:
        return self.posts[-1]

    async def open(self, text: str, user: str = BEN) -> Message:
        await self.stage.slack.say(user, GENERAL, f"/quiz live {text}")
        await self.go_on()
        return self.post

    async def press(self, user: str, action: str, words: str) -> Message:
        """Press a button of the newest message; the private answer."""
        self.stage.ts[user] = self.post.ts
        told = await self.stage.press(action, words, user)
        assert told.only_for == user
        await self.go_on()
        return told

    async def push(self, user: str, action: str, words: str) -> Message:
        """Press a button whose effect everybody sees: these words in the newest message."""
        await self.stage.slack.press(user, GENERAL, self.post.ts, action)
        return await self.see(words)

    async def move(self, user: str, action: str, phase: Phase, number: int = 0) -> None:
        """Choose from the ⋯ menu of the newest message."""
        option = MoveOption(await self.round_id(), action, number, phase)
        here = {"channel": GENERAL, "ts": self.post.ts}
        await self.stage.slack.choose(user, here, "live_more", option.pack())
        await self.go_on()

    async def see(self, words: str) -> Message:
        await self.go_on()
        await self.stage.slack.wait_until(lambda: words in self.post.words)
        return self.post

    async def round_id(self) -> RoundId:
        found = await self.stage.running.store.live_in(ACME, ChannelId(GENERAL))
        assert found is not None
        return found


@pytest.fixture
def room(stage: Stage, hand: Hand) -> Room:
    return Room(stage, hand)


async def test_a_lobby_fills_and_becomes_the_first_question(room: Room) -> None:
    lobby = await room.open("shapes 2")
    assert "Live round · Shapes" in lobby.words
    assert "2 questions, 20 seconds each" in lobby.words
    assert "Nobody has joined yet" in lobby.words
    await room.press(ANA, "live_join", "You are in, the first one.")
    await room.press(CHI, "live_join", "You are in, with 1 other.")
    await room.go_on(5)
    assert "👥 2 joined" in room.post.words
    question = await room.push(BEN, "live_start", "How many sides has a triangle?")
    assert "1 of 2" in question.words
    assert "⏳ 20 s left · no answers yet" in question.words
    lobby = room.posts[-2]
    assert "The round has started. 2 joined." in lobby.words
    assert not actions(lobby)


async def test_a_question_becomes_its_result_when_all_have_answered(room: Room) -> None:
    await room.open("shapes 2")
    await room.press(ANA, "live_join", "You are in, the first one.")
    await room.press(CHI, "live_join", "You are in, with 1 other.")
    question = await room.push(BEN, "live_start", "How many sides has a triangle?")
    await room.press(ANA, "live:1", "Recorded: B.")
    await room.go_on(6)
    assert "⏳ 15 s left · 1 answered" in room.post.words
    await room.press(CHI, "live:0", "Recorded: A.")
    result = room.post
    assert result.ts == question.ts
    assert not result.edited
    for words in ("1 of 2 right", "✅ B  Three", "1. Ana · 100 points", "2. Chi · 0 points"):
        assert words in result.words
    await room.go_on(8)
    assert "How many corners has a square?" in room.post.words


async def test_the_podium_has_everybody_and_the_hardest_question(room: Room) -> None:
    await room.open("shapes 2 now")
    await room.press(ANA, "live:1", "Recorded: B.")
    await room.press(CHI, "live:0", "Recorded: A.")
    await room.go_on(28)
    await room.press(CHI, "live:0", "Recorded: A.")
    await room.press(ANA, "live:0", "Recorded: A.")
    assert "The podium follows." in room.post.words
    await room.go_on(8)
    podium = room.post
    for words in ("🏆 Shapes", "🥇 Ana, 200 points!", "🥈 Chi, 100 points", "Hardest: How many"):
        assert words in podium.words
    (table,) = [block for block in podium.blocks or [] if block["type"] == "table"]
    cells = [[cell["text"] for cell in row] for row in table["rows"]]
    assert cells[1:] == [["1", "Ana", "200", "2/2"], ["2", "Chi", "100", "1/2"]]
    assert [column["align"] for column in table["column_settings"]][2:] == ["right", "right"]
    assert "1. Ana: 200 points, 2 of 2 right." in podium.text


async def test_equal_points_share_a_step_of_the_podium(room: Room) -> None:
    await room.open("shapes 1 now")
    for user in (ANA, BEN, CHI):
        await room.press(user, "live:1", "Recorded")
    await room.go_on(30)
    assert "🥇 Ana, Ben and Chi, 100 points each!" in room.post.words
    assert "🥈" not in room.post.words


async def test_nothing_tells_the_answer_before_the_close(room: Room) -> None:
    question = await room.open("shapes 1 now")
    before = json.dumps([question.text, question.blocks])
    for secret in ("correct", "Right", "Why", "feedback"):
        assert secret not in before
    right = await room.press(ANA, "live:1", "Recorded: B.")
    wrong = await room.press(BEN, "live:0", "Recorded: A.")
    letters = str.maketrans("AB", "XX")
    assert right.words.translate(letters) == wrong.words.translate(letters)
    await room.stage.type("/quiz leaderboard", "Nobody has played this week", user=ANA)
    await room.go_on(21)
    await room.stage.type("/quiz leaderboard", "100", user=ANA)


async def test_the_first_answer_stands_and_a_late_one_does_not_count(room: Room) -> None:
    await room.open("shapes 1 now")
    await room.press(ANA, "live:0", "Recorded: A.")
    await room.press(ANA, "live:1", "Your first answer stands: A.")
    question = room.post
    await room.stage.slack.say(CHI, GENERAL, "hello")
    room.hand.wait(timedelta(seconds=20))  # no worker has looked at the clock yet
    room.stage.ts[BEN] = question.ts
    await room.stage.press("live:1", "That question is closed.", BEN)
    await room.go_on()
    assert "0 of 1 right" in next(m.words for m in room.posts if m.ts == question.ts)


async def test_several_answers_are_ticked_and_a_gap_is_filled(room: Room) -> None:
    await room.open("colours 3 now")
    slack = room.stage.slack
    await room.move(BEN, "skip", Phase.ASKING)
    await room.go_on(8)
    assert "Choose all that apply." in room.post.words
    await room.press(ANA, "live_submit", "Please tick at least one answer")
    here = {"channel": GENERAL, "ts": room.post.ts}
    await slack.choose(ANA, here, "ticks", "0", "1", "2")
    await room.go_on(6)  # a countdown in between takes no ticks away
    await room.press(ANA, "live_submit", "Recorded: A, B and C.")
    await room.move(BEN, "skip", Phase.ASKING, 1)
    assert "1 of 1 right" in room.post.words
    await room.go_on(8)
    assert "Fresh snow looks" in room.post.words
    await slack.press(ANA, GENERAL, room.post.ts, "live_fill_in")
    form = await slack.wait_until(lambda: slack.view(ANA))
    assert form is not None
    await slack.fill(ANA, form, {"blanks": " White "})
    told = await room.stage.see("Recorded: “White”.")
    assert told.only_for == ANA
    await room.go_on()
    assert "Right: white · 1 of 1 right" in room.post.words


async def test_a_form_sent_after_the_close_is_told_so(room: Room) -> None:
    await room.open("colours 3 now")
    for number in range(2):
        await room.move(BEN, "skip", Phase.ASKING, number)
        await room.go_on(8)
    slack = room.stage.slack
    question = room.post
    await slack.press(ANA, GENERAL, question.ts, "live_fill_in")
    form = await slack.wait_until(lambda: slack.view(ANA))
    assert form is not None
    await room.go_on(21)
    await slack.fill(ANA, form, {"blanks": "white"})
    await room.stage.see("That question is closed.")
    room.stage.ts[ANA] = question.ts
    assert "nobody answered" in question.words or "nobody answered" in room.posts[-1].words


async def test_only_host_and_admins_steer(room: Room) -> None:
    await room.open("shapes 2 now", user=BEN)
    option = MoveOption(await room.round_id(), "stop", 0, Phase.ASKING)
    here = {"channel": GENERAL, "ts": room.post.ts}
    await room.stage.slack.choose(CHI, here, "live_more", option.pack())
    told = await room.stage.see("Only who opened the round and admins", user=CHI)
    assert told.only_for == CHI
    await room.move(ANA, "stop", Phase.ASKING)  # Ana is an admin
    assert "The round was stopped early." in room.post.words


async def test_pause_and_resume(room: Room) -> None:
    await room.open("shapes 2 now")
    option = MoveOption(await room.round_id(), "pause", 0, Phase.ASKING)
    here = {"channel": GENERAL, "ts": room.post.ts}
    await room.stage.slack.choose(BEN, here, "live_more", option.pack())
    await room.stage.see("I hold after this question.", user=BEN)
    await room.go_on(60)
    assert "Paused." in room.post.words
    await room.push(BEN, "live_resume", "How many corners has a square?")


async def test_stop_shows_the_podium_and_play_again_opens_a_lobby(room: Room) -> None:
    await room.open("shapes 1 15s fast now")
    for user, action in ((ANA, "live:1"), (CHI, "live:0")):
        await room.press(user, action, "Recorded")
    await room.move(BEN, "stop", Phase.ASKING)
    assert "🥇 Ana, 150 points!" in room.post.words
    assert "On the leaderboards a question counts once" in room.post.words
    await room.stage.slack.press(CHI, GENERAL, room.post.ts, "live_again")
    lobby = await room.see("opens a round")
    assert "Chi opens a round: 1 question, 15 seconds each" in lobby.words
    assert "up to 50 points more for speed" in lobby.words


async def test_a_channel_plays_one_round(room: Room) -> None:
    await room.open("shapes")
    told = await room.stage.type("/quiz live colours", "is under way here", user=ANA)
    assert "A round of Shapes" in told.words
    assert "press Join" in told.words


async def test_a_lobby_without_people_closes_with_a_kind_word(room: Room) -> None:
    await room.open("shapes")
    room.hand.wait(timedelta(minutes=10))
    await room.go_on()
    assert "Nobody joined this time, so the lobby is closed." in room.post.words
    await room.push(ANA, "live_again", "opens a round")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/quiz live", "Which quiz shall it be?"),
        ("/quiz live zebras", "I know no quiz called “zebras”."),
        ("/quiz live basics", "Which quiz do you mean by “basics”?"),
    ],
)
async def test_what_is_not_understood_is_asked_kindly(room: Room, text: str, words: str) -> None:
    told = await room.stage.type(text, words)
    assert told.only_for == ANA
    assert not room.posts


async def test_a_direct_message_is_no_place_for_a_round(stage: Stage) -> None:
    await stage.type("/quiz live shapes", "A live round needs a channel.", channel=ANAS_DIRECT)


# Bad days


async def test_a_lost_answer_to_a_post_asks_nothing_twice(room: Room) -> None:
    room.stage.slack.lose_next("chat.postMessage")
    question = await room.open("shapes 1 now")
    await room.press(ANA, "live:1", "Recorded: B.")
    await room.go_on(21)
    assert len(room.posts) == 1
    assert room.post.ts == question.ts
    assert "1 of 1 right" in room.post.words


async def test_a_question_that_nobody_clicked_gets_its_result_as_a_new_message(
    room: Room,
) -> None:
    room.stage.slack.lose_next("chat.postMessage")
    await room.open("shapes 1 now")
    await room.go_on(21)
    question, result = room.posts
    assert "How many sides" in question.words
    assert "nobody answered" in result.words


async def test_a_channel_archived_in_the_middle_ends_it_and_tells_the_host(room: Room) -> None:
    await room.open("shapes 2 now", user=BEN)
    slack = room.stage.slack
    slack.archive(GENERAL)
    await room.go_on(40)
    (told,) = slack.messages(BEN, BENS_DIRECT)
    assert "could not go on. The channel is archived." in told.words
    assert {refusal.error for refusal in slack.refusals} == {"is_archived"}
    slack.refusals.clear()
    slack.archive(GENERAL, archived=False)
    assert "Live round · Shapes" in (await room.open("shapes")).words


async def test_a_bot_outside_of_the_channel_tells_the_host(room: Room) -> None:
    slack = room.stage.slack
    slack.workspace.leave("UBOT", GENERAL)
    await slack.say(BEN, GENERAL, "/quiz live shapes")
    await room.go_on()
    (told,) = slack.messages(BEN, BENS_DIRECT)
    assert "I am not in that channel. Invite me" in told.words
    slack.refusals.clear()


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_restart_in_the_middle_loses_nothing(
    valkey: str, redis: object, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    async with open_stage(valkey, colours, hand, sockets=sockets) as stage:
        room = Room(stage, hand)
        await room.open("shapes 2 now")
        await room.press(ANA, "live:1", "Recorded: B.")
        async with open_worker(stage.slack, valkey, colours, hand, sockets=sockets) as fresh:
            stage.slack.bot_url = fresh.url + EVENTS
            room.stage, room.others = Stage(stage.slack, fresh, stage.ts), (stage.running,)
            await room.press(BEN, "live:0", "Recorded: A.")
            await room.go_on(20)
            assert "1 of 2 right" in room.post.words
            await room.go_on(8)
            assert "How many corners has a square?" in room.post.words
    assert redis


async def test_two_workers_show_everything_once(
    valkey: str, redis: object, colours: Bank, hand: Hand
) -> None:
    async with (
        open_stage(valkey, colours, hand) as stage,
        open_worker(stage.slack, valkey, colours, hand) as other,
    ):
        room = Room(stage, hand, (other,))
        await room.open("shapes 2 now")
        await room.go_on(70)
        assert [m.words.count("Shapes") for m in room.posts] == [1, 1, 1]
        assert len(stage.slack.sent("chat.postMessage")) == 3
    assert redis
