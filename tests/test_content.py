"""The starter bank: every question is sound, fits into Slack, and is played once for real."""

from typing import Final

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank, read_bank
from bot.bank.identity import content_id_of
from bot.blocks import kit, question, result
from bot.blocks.kit import Message
from bot.play.steps import Marked
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.prose import Paragraph, Prose, plain
from bot.quiz.question import Kind, Question, Quiz
from bot.quiz.session import (
    Answer,
    Answered,
    AttemptId,
    Choice,
    Fill,
    Given,
    Session,
    SessionId,
    is_right,
)
from bot.sandbox.block_kit import check_message, check_view
from bot.settings import default_content
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, GENERAL, Hand, Stage, open_stage
from tests.strategies import asked

BANK: Final[Bank] = read_bank([default_content()])
QUESTIONS: Final = [(quiz, each) for quiz in BANK.catalogue for each in quiz]
PLAYER: Final = Player(Workspace(TeamId("T1")), UserId(ANA))

each_quiz = pytest.mark.parametrize(
    "quiz", BANK.catalogue.quizzes, ids=lambda quiz: str(quiz.slug)
)
each_question = pytest.mark.parametrize(
    ("quiz", "asks"), QUESTIONS, ids=[str(each.id) for _, each in QUESTIONS]
)


def right_answer(asks: Question) -> Given:
    if asks.kind is Kind.BLANK:
        return Fill(tuple(blank.answers[0] for blank in asks.blanks))
    return Choice(asks.key)


def answers_to(asks: Question) -> list[Given]:
    """The right one, and whatever shows every feedback there is."""
    if asks.kind is Kind.BLANK:
        return [right_answer(asks), Fill(("?" * 200,) * len(asks.blanks))]
    return [right_answer(asks), *(Choice(frozenset({i})) for i in range(len(asks.options)))]


def links(text: Prose) -> list[str]:
    return [
        s.link for block in text if isinstance(block, Paragraph) for s in block.spans if s.link
    ]


def problems(message: Message) -> list[str]:
    """Says too when something was left out so that the rest fits."""
    found = check_message({"text": message.text, "blocks": list(message.blocks)})
    return found if kit.weight(message.blocks) < kit.ROOM - 100 else [*found, "was cut"]


def test_the_bank_has_no_problems() -> None:
    assert not BANK.problems, "\n".join(map(str, BANK.problems))
    assert len(QUESTIONS) >= 60


@each_quiz
def test_a_quiz_has_a_track_a_level_and_a_study_guide(quiz: Quiz) -> None:
    assert quiz.track
    assert quiz.level
    assert plain(quiz.intro)
    assert quiz.links


@each_question
def test_a_question_can_be_edited_without_being_a_new_one(quiz: Quiz, asks: Question) -> None:
    """It has an id of its own, which does not change with its words."""
    assert asks.id != content_id_of(asks), f"{quiz.path}: give {asks.stem[:50]!r} an id"


@each_question
def test_a_question_says_why_and_where_to_read_on(quiz: Quiz, asks: Question) -> None:
    assert len(plain(asks.explanation)) > 40, quiz.path
    assert any(link.startswith("https://") for link in links(asks.explanation)), quiz.path


@each_question
def test_a_question_fits_into_slack_whole(quiz: Quiz, asks: Question) -> None:
    asking = asked(asks, title=quiz.title, total=20)
    message = question.question_message(asking)
    assert problems(message) == []
    assert message.text == kit.escape("\n".join(filter(None, question.words(asking))))
    if asks.kind is Kind.BLANK:
        assert check_view(question.blanks_view(asked(asks))) == []


@each_question
def test_every_answer_fits_into_slack(quiz: Quiz, asks: Question) -> None:
    for given in answers_to(asks):
        assert problems(result.result_message(Marked(answered(quiz, asks, given), quiz))) == []


def answered(quiz: Quiz, asks: Question, given: Given) -> Answered:
    right = is_right(asks, given)
    return Answered(
        SessionId("s1"),
        quiz.slug,
        quiz.title,
        quiz.level,
        number=0,
        question=asks,
        answer=Answer(given, right, asks.worth if right else 0, AttemptId("a1")),
        place=1,
        total=20,
        answered=1,
        right=int(right),
        points=0,
        done=False,
        practice=False,
        again=False,
    )


@each_quiz
async def test_a_quiz_can_be_played_to_its_end(
    quiz: Quiz, valkey: str, redis: Redis, hand: Hand
) -> None:
    """Slack refuses nothing on the way: `open_stage` sees to that."""
    total = len(quiz)
    async with open_stage(valkey, BANK, hand) as stage:
        await stage.type(f"/quiz start {quiz.slug} {total}", f"1 of {total}")
        session = await RedisStore(redis).load(PLAYER)
        assert session is not None
        for number in range(total):
            await give_right_answer(stage, session, number)
            on = f"{number + 2} of {total}" if number + 1 < total else f"{total} of {total} right"
            await stage.press("next", on)


async def give_right_answer(stage: Stage, session: Session, number: int) -> None:
    here = {"channel": GENERAL, "ts": stage.ts[ANA]}
    match right_answer(session.questions[number]):
        case Choice(chosen) if len(chosen) == 1:
            await stage.press(f"answer:{min(chosen)}", "✅ Right: ")
        case Choice(chosen):
            await stage.slack.choose(ANA, here, "ticks", *map(str, sorted(chosen)))
            await stage.press("submit", "✅ Right: ")
        case Fill(filled):
            await stage.slack.press(ANA, GENERAL, stage.ts[ANA], "fill_in")
            form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
            assert form is not None
            typed = {
                f"blanks:{i}": {"blanks": {"type": "plain_text_input", "value": text}}
                for i, text in enumerate(filled)
            }
            await stage.slack.submit(ANA, form.id, typed)
            await stage.see("✅ Right: ")
