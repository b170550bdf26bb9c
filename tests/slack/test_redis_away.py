"""The bot's memory is away: everybody gets a word, nothing is half written, and it comes back."""

import asyncio
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, BEN, CHI, GENERAL, Hand, Stage, kept
from tests.fault_proxy import Fate, passing
from tests.slack.forgetful import open_forgetful

AWAY = "I can't reach my memory right now."
WORKSPACE = Workspace(TeamId("T1"))
PLAYERS = [Player(WORKSPACE, UserId(user)) for user in (ANA, BEN, CHI)]


async def health(stage: Stage, page: str) -> int:
    async with ClientSession() as http, http.get(f"{stage.running.url}/{page}") as response:
        return response.status


@dataclass(frozen=True, slots=True)
class Everybody:
    """Ana has a form open, Ben looks at the menu, Chi at a question."""

    stage: Stage
    form: str
    menu: str
    question: str

    @classmethod
    async def ready(cls, stage: Stage) -> "Everybody":
        await stage.type("/quiz start colours", "What colour")
        await stage.press("skip", "Choose all that apply")
        await stage.press("skip", "Fresh snow looks")
        await stage.slack.press(ANA, GENERAL, stage.ts[ANA], "fill_in")
        form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
        assert form is not None
        menu = await stage.type("/quiz", "What shall we play?", BEN)
        question = await stage.type("/quiz start shapes", "How many sides", CHI)
        return cls(stage, form.id, menu.ts, question.ts)

    async def send_form(self) -> None:
        typed = {"type": "plain_text_input", "value": "  White"}
        await self.stage.slack.submit(ANA, self.form, {"blanks:0": {"blanks": typed}})

    async def search(self) -> list[str]:
        """What the type-ahead of the menu finds."""
        source = {"channel": GENERAL, "ts": self.menu}
        found = await self.stage.slack.suggest(BEN, source, "pick", "pick_quiz", "shapes")
        return [o["value"] for group in found["option_groups"] for o in group["options"]]

    async def act(self) -> list[str]:
        """All do something at once."""
        slack = self.stage.slack
        found, *_ = await asyncio.gather(
            self.search(),
            self.send_form(),
            slack.say(BEN, GENERAL, "/quiz start shapes"),
            slack.press(CHI, GENERAL, self.question, "answer:1"),
        )
        return found

    async def are_told(self) -> None:
        """In private; the form stays open, with what Ana typed."""
        for user in (BEN, CHI):
            told = await self.stage.see(AWAY, user)
            assert told.ephemeral
            assert "Your answers so far are safe." in told.words
            assert self.stage.slack.notice(user) == ""
        form = self.stage.slack.view(ANA)
        assert form is not None
        assert AWAY in form.errors["blanks:0"]
        assert form.state["blanks:0"]["blanks"]["value"] == "  White"

    async def go_on(self) -> None:
        """The same once more; what was written without an answer stands."""
        slack = self.stage.slack
        await self.send_form()
        assert slack.view(ANA) is None
        await self.stage.see("Right: white")
        self.stage.ts[CHI] = self.question
        await self.stage.press("answer:1", "Right: B", CHI)
        await slack.say(BEN, GENERAL, "/quiz start shapes")
        await slack.say(BEN, GENERAL, "/quiz resume")
        await self.stage.see("How many sides has a triangle?", BEN)


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
@pytest.mark.parametrize("fault", ["refusing", "black hole"])
async def test_everybody_gets_a_word_and_goes_on_later(
    valkey: str, store: RedisStore, colours: Bank, hand: Hand, fault: str, *, sockets: bool
) -> None:
    async with open_forgetful(valkey, colours, hand, sockets=sockets) as (stage, proxy):
        everybody = await Everybody.ready(stage)
        if fault == "refusing":
            proxy.refuse()
        else:
            proxy.always(Fate.DROP)
        assert "basics/shapes" in await everybody.act()
        await everybody.are_told()
        assert [await health(stage, page) for page in ("readyz", "healthz")] == [503, 200]
        if fault == "refusing":
            assert [(await store.progress(p)).answered for p in PLAYERS] == [0, 0, 0]
            assert await store.load(PLAYERS[1]) is None
        proxy.fate = passing
        proxy.accept()
        assert await health(stage, "readyz") == 200
        await everybody.go_on()
        assert [(await store.progress(p)).answered for p in PLAYERS] == [1, 0, 1]


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_direct_message_is_answered_there(
    valkey: str,
    redis: Redis,
    colours: Bank,
    hand: Hand,
    *,
    sockets: bool,
) -> None:
    async with open_forgetful(valkey, colours, hand, sockets=sockets) as (stage, proxy):
        proxy.refuse()
        await stage.type("hello", AWAY, channel=ANAS_DIRECT)
        assert not await kept(redis)
        proxy.accept()
        await stage.type("hello", "What shall we play?", channel=ANAS_DIRECT)


async def test_a_lost_reply_to_a_share_posts_nothing_twice(
    valkey: str, redis: Redis, colours: Bank, hand: Hand
) -> None:
    """The claim was taken, and nobody heard of it: the bot asks again and gets it."""
    async with open_forgetful(valkey, colours, hand, sockets=False) as (stage, proxy):
        await stage.type("/quiz start shapes 1", "1 of 1")
        await stage.press("answer:1", "Right: B")
        await stage.press("next", "1 of 1 right")
        claimed = asyncio.Event()

        def lose_once(reply: bytes) -> Fate:
            """The reply to HSETNX and its companions begins a transaction's list of three."""
            if b"*3\r\n" in reply and not claimed.is_set():
                claimed.set()
                return Fate.CUT
            return Fate.PASS

        proxy.fate = lose_once
        await stage.press("share", "ana played Shapes")
        assert claimed.is_set()
        await stage.running.background.drain()
        cards = [m for m in stage.slack.messages(BEN, GENERAL) if "played Shapes" in m.words]
        assert len(cards) == 1
        assert await redis.dbsize() > 0
