"""People who press buttons: their sessions, the requests that Slack would send, what was kept."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time
from urllib.parse import quote_plus, urlsplit

from redis.asyncio import Redis

from bench.serving import SECRET, SLUG
from bench.stub import Stub
from bot.blocks.ids import ANSWER, AnswerButton, QuestionButton
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.question import Quiz
from bot.quiz.session import AttemptId, SessionId, begin
from bot.slack.web import EVENTS
from bot.storage import keys
from bot.storage.redis_store import RedisStore

WORKSPACE = Workspace(TeamId("TBENCH"))


@dataclass(frozen=True, slots=True)
class Press:
    """The first answer of one person to one question."""

    name: str
    player: Player
    session_id: SessionId
    number: int
    option: int

    def gave(self, kept: Mapping[str, object]) -> bool:
        """Whether an answer in Redis is the one of this press."""
        return kept["given"] == f"[{self.option}]" and str(kept["attempt"]).endswith(self.name)


@dataclass(frozen=True, slots=True)
class Kept:
    """What Redis holds of a crowd: the names of presses, and the sum that scores are made of."""

    names: frozenset[str]
    counted: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """`people` play the same quiz, each for the first time."""

    name: str
    people: int
    quiz: Quiz

    def player(self, n: int) -> Player:
        return Player(WORKSPACE, UserId(f"U{self.name}{n}"))

    def session_id(self, n: int) -> SessionId:
        return SessionId(f"{self.name}-session-{n}")

    async def begin(self, store: RedisStore) -> None:
        now = datetime.now(UTC)
        for n in range(self.people):
            session = begin(
                self.session_id(n), self.quiz.questions, slug=SLUG, title=self.quiz.title, at=now
            )
            await store.start(self.player(n), session, AttemptId(f"begin-{session.id}"))

    def presses(self) -> list[Press]:
        """Everybody's first question, then everybody's second: one in two answers is right."""
        return [
            Press(
                name=f"{self.name}.{n}.{number}",
                player=self.player(n),
                session_id=self.session_id(n),
                number=number,
                option=1 if (n + number) % 2 else n % 4,
            )
            for number in range(len(self.quiz))
            for n in range(self.people)
        ]

    async def kept(self, redis: Redis) -> Kept:
        """Counted in Redis itself, and not by what the bot says."""
        pressed = {(p.player, p.number): p for p in self.presses()}
        names: set[str] = set()
        counted = 0
        for n in range(self.people):
            player = self.player(n)
            fields = await redis.hgetall(keys.session(player))
            progress = await redis.hgetall(keys.progress(player))
            answers = {int(k[2:]): json.loads(v) for k, v in fields.items() if k[:2] == b"a:"}
            by_number = ((pressed[player, i], answer) for i, answer in answers.items())
            names.update(press.name for press, answer in by_number if press.gave(answer))
            counted += max(int(fields[b"answered"]), int(progress.get(b"answered", 0)))
        return Kept(frozenset(names), counted)


def requests(presses: Sequence[Press], url: str, stub: Stub) -> Iterator[bytes]:
    """Whole HTTP requests, signed now: a signature is good for five minutes."""
    host = urlsplit(url).netloc
    for press in presses:
        body = f"payload={quote_plus(json.dumps(_payload(press, stub)))}".encode()
        moment = str(int(time()))
        base = b"v0:%s:%s" % (moment.encode(), body)
        signature = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
        head = (
            f"POST {EVENTS} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: bench\r\nAccept: */*\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"X-Slack-Request-Timestamp: {moment}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
        )
        yield head.encode() + body


def _payload(press: Press, stub: Stub) -> dict[str, object]:
    """A click in a private message, as Slack sends it: without the message itself."""
    user = press.player.user
    moment = f"{int(time())}.{press.number:06}"
    return {
        "type": "block_actions",
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": "TBENCH"},
        "api_app_id": "ABENCH",
        "token": "verification",
        "container": {
            "type": "message",
            "message_ts": moment,
            "channel_id": "CBENCH",
            "is_ephemeral": True,
        },
        "trigger_id": press.name,
        "team": {"id": "TBENCH", "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "CBENCH", "name": "general"},
        "state": {"values": {}},
        "response_url": stub.reply_url(press.name),
        "actions": [
            {
                "type": "button",
                "action_id": f"{ANSWER}:{press.option}",
                "block_id": f"answer0:{QuestionButton(press.session_id, press.number).pack()}",
                "text": {"type": "plain_text", "text": "ABCD"[press.option], "emoji": True},
                "value": AnswerButton(press.session_id, press.number, press.option).pack(),
                "action_ts": moment,
            }
        ],
    }
