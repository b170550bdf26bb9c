"""Every call of the store, for tests that let each of them meet the same trouble."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.quiz.session import Answered, AttemptId, SessionId, Started
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import FLAG, MOON, NINE, SKY, press, right_answer, session_of
from tests.storage.playing import ACME, ANA, kept

S1: Final = SessionId("s1")
DONE: Final = SessionId("done")
PATIENT: Final = 30.0

Call: TypeAlias = Callable[[RedisStore], Awaitable[object]]

CHANGES: Final[dict[str, tuple[Call, object]]] = {
    "start": (
        lambda store: store.start(ANA, session_of(MOON, name="s2"), press(1), replaces=S1),
        Started(SessionId("s2")),
    ),
    "skip": (lambda store: store.skip(ANA, S1, 0), True),
    "stop": (lambda store: store.stop(ANA, press(1)), True),
    "share": (lambda store: store.claim_share(ACME, DONE, press(1)), True),
    "event": (lambda store: store.claim_event(ACME, press(1), "token"), True),
    "hold": (lambda store: store.hold_reply(ANA, S1, 2, "https://hooks.slack.com/x"), None),
}
"""What changes something besides an answer, and what it says."""

LOOKS: Final[dict[str, Call]] = {
    "load": lambda store: store.load(ANA),
    "progress": lambda store: store.progress(ANA),
    "result": lambda store: store.result(ACME, DONE),
    "answered before": lambda store: store.answered_before(ANA, [SKY.id]),
    "held reply": lambda store: store.held_reply(ANA, S1, 2),
}

EVERY_CALL: Final[dict[str, Call]] = {
    **{name: call for name, (call, _) in CHANGES.items()},
    **LOOKS,
    "answer": lambda store: answer_well(store, press(1)),
    "welcome": lambda store: store.claim_welcome(ANA),
    "release": lambda store: store.release_share(ACME, DONE),
    "there": lambda store: store.is_there(),
}


async def answer_well(store: RedisStore, attempt: AttemptId) -> Answered:
    outcome = await store.answer(ANA, S1, 1, right_answer(FLAG), attempt, NINE)
    assert isinstance(outcome, Answered)
    return outcome


async def counted_once(store: RedisStore) -> None:
    progress = await store.progress(ANA)
    assert (progress.answered, progress.right, progress.points) == (1, 1, FLAG.worth)
    session = await kept(store)
    assert (len(session.answers), session.points) == (1, FLAG.worth)
