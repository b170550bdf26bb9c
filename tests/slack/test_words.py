"""What the bot says to what people type: commands, messages, mentions, first visits."""

import pytest
from redis.asyncio import Redis

from tests.conftest import (
    ANA,
    ANAS_DIRECT,
    BEN,
    BENS_DIRECT,
    GENERAL,
    Hand,
    Stage,
    bank_of,
    open_stage,
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("/quiz help", "go on where you were", id="help"),
        pytest.param("/quiz dance", "I don't know “dance” yet.", id="something else"),
        pytest.param("/quiz resume", "No quiz is open.", id="nothing to resume"),
        pytest.param("/quiz stop", "No quiz is open.", id="nothing to stop"),
        pytest.param("/quiz stats", "Nothing answered yet.", id="no progress yet"),
        pytest.param("/quiz start", "What shall we play?", id="start without words"),
        pytest.param("/quiz start shaeps", "Which quiz do you mean by “shaeps”?", id="a typo"),
        pytest.param("/quiz start basics", "Which quiz do you mean", id="several quizzes"),
        pytest.param("/quiz start xyzzy", "I know no quiz called “xyzzy”.", id="nothing like it"),
        pytest.param("/quiz shapes", "Start Shapes?", id="a name without start"),
        pytest.param("/quiz basics", "Which quiz do you mean by “basics”?", id="several names"),
        pytest.param("/quiz START  Shapes", "How many sides", id="capitals and spaces"),
        pytest.param("/quiz <!channel> & *x*", "“<!channel> & *x*”", id="no mention gets in"),
    ],
)
async def test_a_command_is_answered_in_private(stage: Stage, typed: str, told: str) -> None:
    message = await stage.type(
        typed, told.replace("<", "&lt;").replace(">", "&gt;").replace("& ", "&amp; ")
    )
    assert message.ephemeral
    assert stage.slack.message(BEN, GENERAL, "") is None


async def test_the_closest_quizzes_start_with_a_click(stage: Stage) -> None:
    await stage.type("/quiz start basics 1", "Which quiz do you mean")
    message = await stage.press("start", "1 of 1")
    assert "What colour is a clear sky at noon?" in message.words


async def test_a_number_behind_the_words_is_the_number_of_questions(stage: Stage) -> None:
    await stage.type("/quiz start colours 2", "1 of 2")


async def test_a_number_beyond_all_reason_is_as_many_as_there_are(stage: Stage) -> None:
    await stage.type("/quiz start colours 1000", "1 of 3")


async def test_who_forgot_to_write_start_is_asked_and_starts_with_a_click(stage: Stage) -> None:
    message = await stage.type("/quiz colours 2", "Start Colours?")
    assert "go on where you were" in message.words
    await stage.press("start", "1 of 2")


async def test_the_quiz_that_is_open_can_be_started_over(stage: Stage) -> None:
    await stage.type("/quiz start colours 2", "1 of 2")
    await stage.type("/quiz start colours 3", "You are already in Colours, 1 of 2.")
    await stage.press("start", "1 of 3")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("topic 7", "Topic 7: seven\n1 of 10", id="the number is of the name"),
        pytest.param("topic 7 2", "Topic 7: seven\n1 of 2", id="and there is another one"),
        pytest.param("topic 8", "Topic 80", id="those that begin with it come first"),
        pytest.param("seven 5", "Topic 7: seven\n1 of 5", id="no quiz has it"),
    ],
)
async def test_a_number_may_be_a_part_of_the_name(
    valkey: str, redis: Redis, hand: Hand, typed: str, told: str
) -> None:
    await redis.flushall()
    names = ["Topic 7: seven", *(f"Topic {i}" for i in (1, 2, 3, 4, 5, 6, 70, 80))]
    bank = bank_of(
        **{f"t__{i}": page_of(name) for i, name in zip("abcdefghi", names, strict=True)}
    )
    async with open_stage(valkey, bank, hand) as stage:
        await stage.type(f"/quiz start {typed}", told)


def page_of(name: str) -> str:
    """A page of twelve questions."""
    asked = (f"<quiz>\n{name} {i}?\n- [x] Yes\n- [ ] No\n</quiz>" for i in range(12))
    return "\n".join([f"# {name}", *asked])


async def test_a_direct_message_gets_the_menu(stage: Stage) -> None:
    message = await stage.type("good morning", "What shall we play?", channel=ANAS_DIRECT)
    assert not message.ephemeral
    await stage.type("help", "go on where you were", channel=ANAS_DIRECT)


async def test_a_whole_quiz_can_be_played_in_a_direct_message(stage: Stage) -> None:
    question = await stage.type("start shapes 1", "1 of 1", channel=ANAS_DIRECT)
    result = await stage.press("answer:1", "Right: B", channel=ANAS_DIRECT)
    assert result.ts == question.ts
    summary = await stage.press("next", "1 of 1 right", channel=ANAS_DIRECT)
    assert "Share in channel" not in summary.words


async def test_a_mention_gets_the_menu_in_private(stage: Stage) -> None:
    message = await stage.type("<@UBOT> hello", "What shall we play?")
    assert message.ephemeral


async def test_a_message_delivered_twice_is_answered_once(stage: Stage) -> None:
    await stage.type("hello", "What shall we play?", channel=ANAS_DIRECT)
    posted = len(stage.slack.sent("chat.postMessage"))
    await stage.slack.redeliver()
    await stage.type("help", "go on where you were", channel=ANAS_DIRECT)
    assert len(stage.slack.sent("chat.postMessage")) == posted + 1


async def test_a_new_person_is_welcomed_once(stage: Stage) -> None:
    await stage.slack.open_messages(ANA)
    await stage.see("Hello, I am the quiz bot.", channel=ANAS_DIRECT)
    await stage.slack.open_messages(ANA)
    await stage.slack.open_messages(BEN)
    await stage.see("Hello, I am the quiz bot.", user=BEN, channel=BENS_DIRECT)
    assert len(stage.slack.sent("chat.postMessage")) == 2


async def test_progress_counts_first_answers_only(stage: Stage) -> None:
    for _ in range(2):
        await stage.type("/quiz start shapes 2", "1 of 2")
        await stage.press("answer:1", "Right: B")
        await stage.press("next", "How many corners has a square?")
        await stage.press("answer:1", "right is A")
        await stage.press("next", "1 of 2 right")
    message = await stage.type("/quiz stats", "My progress")
    assert "1 right of 2 questions (50 %), 100 points, 2 quiz runs" in message.words
