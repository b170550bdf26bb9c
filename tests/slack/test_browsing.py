"""Looking for a quiz: tracks, search and the menu's type-ahead, in both modes."""

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from tests.conftest import (
    ANA,
    COLOURS,
    GENERAL,
    SHAPES,
    Hand,
    Stage,
    bank_of,
    open_stage,
)
from tests.slack.scenes import RIGHT_SIDES, press_here, seen


@pytest.fixture
def colours() -> Bank:
    return bank_of(basics__colours=COLOURS, basics__shapes=SHAPES, art__light=LIGHT, loose=LOOSE)


LIGHT = """
# Light

What painters know about light.

<quiz id="dusk">
Which light is warm?
- [x] That of dusk
- [ ] That of noon
</quiz>
"""
LOOSE = (
    LIGHT.replace("dusk", "night").replace("# Light", "# Loose ends").replace("painters", "cats")
)


async def test_from_the_menu_through_the_tracks_to_a_question(stage: Stage) -> None:
    menu = await stage.type("/quiz", "What shall we play?")
    tracks = await stage.press("browse", "All tracks")
    assert tracks.ts == menu.ts
    assert "Basics" in tracks.words
    assert "2 quizzes · 5 questions" in tracks.words
    track = await press_here(stage, "browse", "What painters know about light.")
    assert track.ts == menu.ts
    await press_here(stage, "browse:back", "*All tracks*")
    await press_here(stage, "browse", "What painters know about light.")
    question = await press_here(stage, "start", "Which light is warm?")
    assert question.ts == menu.ts


async def test_the_menu_is_a_press_away(stage: Stage) -> None:
    await stage.type("/quiz browse", "All tracks")
    await press_here(stage, "menu", "What shall we play?")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("/quiz browse basics", "All tracks\n2 quizzes", id="a track"),
        pytest.param("/quiz tracks Art", "What painters know about light.", id="another word"),
        pytest.param("/quiz browse shaeps", "*Basics*", id="a slip leads to the quiz's track"),
        pytest.param("/quiz browse zzyzx", "I found nothing for “zzyzx”.", id="nothing"),
        pytest.param("/quiz browse gable triangle", "How many sides", id="words of a question"),
        pytest.param("/quiz search triangel", "How many sides has a triangle?", id="a slip"),
        pytest.param("/quiz find colours flag", "Which colours has the flag", id="two words"),
        pytest.param("/quiz search", "What are you looking for?", id="no words"),
        pytest.param("/quiz search <!channel>", "I found nothing for", id="no mention gets in"),
    ],
)
async def test_a_command_is_answered_in_private(stage: Stage, typed: str, told: str) -> None:
    message = await stage.type(typed, told)
    assert message.ephemeral


async def test_a_question_that_was_found_is_asked_and_ends(stage: Stage) -> None:
    await stage.type("/quiz search triangle", "How many sides has a triangle?")
    question = await press_here(stage, "ask_one", "1 of 1")
    assert "How many sides has a triangle?" in question.words
    result = await press_here(stage, RIGHT_SIDES, "Right: ")
    assert "100 points" in result.words


async def test_a_question_that_was_found_does_not_end_an_open_quiz(stage: Stage) -> None:
    await stage.type("/quiz start colours 2", "1 of 2")
    await stage.type("/quiz search triangle", "How many sides has a triangle?")
    await press_here(stage, "ask_one", "You are still in Colours, 1 of 2.")
    await press_here(stage, "ask_one", "How many sides has a triangle?")
    assert "1 of 1" in seen(stage).words


async def test_the_type_ahead_of_the_menu_finds_questions_too(stage: Stage) -> None:
    menu = await stage.type("/quiz", "What shall we play?")
    here = {"channel": GENERAL, "ts": menu.ts}
    found = await stage.slack.suggest(ANA, here, "pick", "pick_quiz", "shaeps triangel")
    (group,) = found["option_groups"]
    assert group["label"]["text"] == "Questions"
    (entry,) = group["options"]
    assert entry["text"]["text"] == "How many sides has a triangle?"
    await stage.slack.choose(ANA, here, "pick_quiz", entry["value"])
    question = await press_here(stage, "start_picked", "1 of 1")
    assert "How many sides has a triangle?" in question.words


async def test_the_type_ahead_offers_all_quizzes_before_anything_is_typed(stage: Stage) -> None:
    menu = await stage.type("/quiz", "What shall we play?")
    here = {"channel": GENERAL, "ts": menu.ts}
    found = await stage.slack.suggest(ANA, here, "pick", "pick_quiz", "")
    labels = [group["label"]["text"] for group in found["option_groups"]]
    assert labels == ["Art", "Basics", "Quizzes"]


async def test_a_question_that_has_left_the_bank_is_told(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    hand: Hand,
) -> None:
    async with open_stage(valkey, bank_of(basics__shapes=SHAPES), hand) as stage:
        await stage.type("/quiz search triangle", "How many sides")
        stage.running.catalogue.current = bank_of(basics__colours=COLOURS).catalogue
        await stage.press("ask_one", "I no longer have this question.")
