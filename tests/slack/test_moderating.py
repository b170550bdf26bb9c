"""What admins take back, and what the doctor tells them."""

from datetime import timedelta

import pytest

from bot.manifest import SCOPES
from bot.quiz.board import BoardQuery
from bot.quiz.player import Player, UserId
from bot.quiz.windows import Kind
from tests.conftest import ANA, ANAS_DIRECT, BEN, GENERAL, Hand, Stage
from tests.slack.scenes import ACME, finish
from tests.slack.schedule_form import Form


async def ask(stage: Stage, hand: Hand) -> str:
    """A question in the channel, at nine on Tuesday in Berlin; the timestamp of its message.
    Points are given with the answer.
    """
    form = Form(stage)
    await form.open()
    await form.send(topics=["shapes"], feedback="at_once")
    await form.send()
    await stage.see("Saved.")
    hand.wait(timedelta(hours=23))
    await finish(stage.running.scheduler)
    return (await stage.see("Question of the day")).ts


async def answer(stage: Stage, user: str, ts: str) -> None:
    """As it should be answered."""
    question = next(m for m in stage.slack.messages(user, GENERAL) if m.ts == ts)
    stage.ts[user] = ts
    await stage.press(f"daily:{int('triangle' in question.words)}", "Right: ", user)


async def points(stage: Stage, hand: Hand, place: str) -> dict[str, int]:
    player = Player(ACME, UserId(ANA))
    shown = await stage.running.store.board(player, BoardQuery(Kind.ALL, place=place), hand.now())
    return {row.placed.row.user: row.placed.row.points for row in shown.rows}


async def test_a_withdrawn_question_takes_its_points_along(stage: Stage, hand: Hand) -> None:
    ts = await ask(stage, hand)
    await answer(stage, ANA, ts)
    await answer(stage, BEN, ts)
    assert await points(stage, hand, GENERAL) == {ANA: 100, BEN: 100}
    asked = await stage.type("/quiz void", "Withdraw the question of Tue 3 March?")
    assert "2 answers" in asked.words
    assert asked.only_for == ANA
    await stage.press("void", "Withdrawn.")
    await finish(stage.running.scheduler)
    post = next(m for m in stage.slack.messages(BEN, GENERAL) if m.ts == ts)
    assert "Its points do not count." in post.words
    for place in (GENERAL, "ws"):
        assert await points(stage, hand, place) == {}
    await stage.type("/quiz void", "no question here to withdraw")


async def test_a_reset_clears_the_board_of_the_channel_alone(stage: Stage, hand: Hand) -> None:
    ts = await ask(stage, hand)
    await answer(stage, BEN, ts)
    asked = await stage.type("/quiz reset", "Begin this channel's leaderboards anew?")
    assert asked.only_for == ANA
    assert await points(stage, hand, GENERAL) == {BEN: 100}
    await stage.press("reset", "begin anew")
    assert await points(stage, hand, GENERAL) == {}
    assert await points(stage, hand, "ws") == {BEN: 100}


@pytest.mark.parametrize("command", ["void", "reset", "doctor"])
async def test_only_admins_may(stage: Stage, command: str) -> None:
    await stage.type(f"/quiz {command}", "Only admins of this workspace can do that.", user=BEN)


@pytest.mark.parametrize("button", ["void", "reset"])
async def test_whoever_is_no_admin_any_more_changes_nothing(
    stage: Stage, hand: Hand, button: str
) -> None:
    ts = await ask(stage, hand)
    await answer(stage, BEN, ts)
    await stage.type(f"/quiz {button}", "This cannot be undone.")
    stage.slack.change_person(ANA, is_admin=False)
    await stage.press(button, "Only admins")
    assert await points(stage, hand, GENERAL) == {BEN: 100}


@pytest.mark.parametrize("command", ["void", "reset"])
async def test_a_direct_message_is_the_wrong_place(stage: Stage, command: str) -> None:
    await stage.type(f"/quiz {command}", "Type it there.", channel=ANAS_DIRECT)


async def test_there_is_nothing_to_withdraw_before_a_question(stage: Stage) -> None:
    await stage.type("/quiz void", "no question here to withdraw")


# The doctor


async def test_the_doctor_tells_how_it_goes(stage: Stage, hand: Hand) -> None:
    stage.slack.scopes = set(SCOPES)
    await ask(stage, hand)
    told = await stage.type("/quiz doctor", "Doctor")
    assert told.only_for == ANA
    for words in (
        "Next: Wed 4 March at 09:00 (Europe/Berlin)",
        "Last: Tue 3 March, posted",
        "1 posted, 0 skipped, 0 refused",
        "Duplicates prevented: 0",
        "Valkey",
        "Clocks differ by 0 seconds",
    ):
        assert words in told.words


async def test_the_doctor_names_what_is_missing(stage: Stage, hand: Hand) -> None:
    await ask(stage, hand)
    stage.slack.workspace.leave("UBOT", GENERAL)
    stage.slack.scopes = set(SCOPES) - {"app_mentions:read"}
    told = await stage.type("/quiz doctor", "to look at")
    assert "I lack permissions: `app_mentions:read`." in told.words
    assert "Invite me there" in told.words


async def test_the_doctor_tells_what_was_not_asked_and_why(stage: Stage, hand: Hand) -> None:
    await ask(stage, hand)
    hand.wait(timedelta(hours=30))
    await finish(stage.running.scheduler)
    stage.slack.archive(GENERAL)
    hand.wait(timedelta(hours=18))
    await finish(stage.running.scheduler)
    stage.slack.archive(GENERAL, archived=False)
    told = await stage.type("/quiz doctor", "Doctor")
    assert "No question: Wed 4 March, skipped (more than 4 hours late)" in told.words
    assert "is paused. The channel is archived. Unarchive it, then resume it." in told.words
    stage.slack.refusals.clear()
