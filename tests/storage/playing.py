"""What people do with a store, in few words."""

from typing import Final

import pytest

from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.question import Question
from bot.quiz.session import (
    Answered,
    AttemptId,
    Choice,
    Given,
    Progress,
    Session,
    SessionId,
    Started,
)
from bot.storage.redis_store import RedisStore
from tests.quiz.samples import NINE, right_answer, session_of, wrong_answer

ACME: Final = Workspace(TeamId("T1"))
OTHER: Final = Workspace(TeamId("T2"))
ANA: Final = Player(ACME, UserId("U1"))
BEN: Final = Player(ACME, UserId("U2"))
ANA_ELSEWHERE: Final = Player(OTHER, UserId("U1"))
NOTHING: Final = Progress(answered=0, right=0, points=0, runs=0, quizzes={})
EVERYWHERE: Final = pytest.mark.parametrize("address", ["valkey", "cluster"], indirect=True)
"""For promises that must hold on one server and on a cluster."""


def choice(*chosen: int) -> Choice:
    return Choice(frozenset(chosen))


async def begin(store: RedisStore, *questions: Question, name: str, player: Player = ANA) -> None:
    session = session_of(*questions, name=name)
    started = await store.start(player, session, AttemptId(f"start-{name}"))
    assert started == Started(session.id)


async def give(
    store: RedisStore,
    name: str,
    number: int,
    given_answer: Given,
    attempt: AttemptId,
    player: Player = ANA,
) -> Answered:
    outcome = await store.answer(player, SessionId(name), number, given_answer, attempt, NINE)
    assert isinstance(outcome, Answered)
    return outcome


async def finish(store: RedisStore, *questions: Question, name: str, player: Player = ANA) -> None:
    """Play a session to its end, everything right but the last question."""
    await begin(store, *questions, name=name, player=player)
    for number, question in enumerate(questions):
        is_last = number == len(questions) - 1
        answer = wrong_answer(question) if is_last else right_answer(question)
        await give(store, name, number, answer, AttemptId(f"{name}-{number}"), player)


async def kept(store: RedisStore, player: Player = ANA) -> Session:
    session = await store.load(player)
    assert session is not None
    return session
