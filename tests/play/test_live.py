"""A round is played from its lobby to its podium, whoever leaves and whatever Slack does."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

import pytest
from redis.asyncio import Redis

from bot.bank.catalogue import Catalogue, Unknown
from bot.play.live import (
    AlreadyPlaying,
    Begun,
    Closed,
    NoRound,
    NotHere,
    NotYou,
    NotYours,
    Place,
    Recorded,
    Steered,
    pausing,
    resuming,
    skipping,
    starting,
    stopping,
)
from bot.quiz.board import BoardQuery
from bot.quiz.live import Ending, Phase, RoundId
from bot.quiz.player import ChannelId, Player, TeamId
from bot.quiz.session import AttemptId
from tests.play.fates import FULL, LOST, NOTHING
from tests.play.game import ACME
from tests.play.live_game import ADMIN, ANA, BEN, CHI, HOST, ROOM, LiveGame, wanted

WHOLE: Final = [("q0", "result"), ("q1", "result"), ("q2", "result"), ("end", "end")]


@pytest.fixture
async def game(redis: Redis) -> LiveGame:
    game = LiveGame(redis)
    await game.name(HOST, ANA, BEN, CHI)
    return game


# From the lobby to the podium


async def test_a_round_goes_from_its_lobby_to_its_podium(game: LiveGame) -> None:
    round_ = await game.open()
    assert game.rooms.shown == [("lobby", "open")]
    await game.join(round_, ANA, BEN)
    await game.steer(round_, starting)
    assert game.rooms.shown == [("lobby", "started"), ("q0", "question")]
    for number in range(3):
        await game.answer(round_, ANA)
        assert game.rooms.named(f"q{number}").shows == "question"
        await game.answer(round_, BEN, right=False)
        assert game.rooms.named(f"q{number}").shows == "result"
        await game.wait(8)
    assert game.rooms.shown == [("lobby", "started"), *WHOLE]
    scores = game.rooms.named("end").view.scores
    assert [(p.rank, p.row.name, p.row.points) for p in scores.placed] == [
        (1, "Name U1", 300),
        (2, "Name U2", 0),
    ]
    assert (await game.kept(round_.id)).phase is Phase.OVER


async def test_a_question_closes_when_its_time_is_over(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    assert game.rooms.shown == [("q0", "question")]
    await game.wait(19)
    assert game.rooms.shown == [("q0", "question")]
    await game.wait(1)
    assert game.rooms.shown == [("q0", "result")]
    assert isinstance(await game.give(round_, ANA, number=0), Closed)
    await game.wait(7)
    assert game.rooms.shown == [("q0", "result")]
    await game.wait(1)
    assert game.rooms.shown == [("q0", "result"), ("q1", "question")]


async def test_without_a_lobby_the_first_question_waits_for_everybody(game: LiveGame) -> None:
    """Nobody could join before it: the first to answer must not close it for all others."""
    round_ = await game.open(at_once=True)
    await game.answer(round_, ANA)
    assert game.rooms.named("q0").shows == "question"
    await game.wait(28)
    await game.answer(round_, ANA)
    assert game.rooms.named("q1").shows == "result"


async def test_nobody_waits_for_who_missed_two_in_a_row(game: LiveGame) -> None:
    round_ = await game.open()
    await game.join(round_, ANA, BEN)
    await game.steer(round_, starting)
    for _ in range(2):
        await game.answer(round_, ANA)
        await game.wait(28)
    await game.answer(round_, ANA)
    assert game.rooms.named("q2").shows == "result"


async def test_the_first_answer_stands_and_a_repeated_press_is_no_second_one(
    game: LiveGame,
) -> None:
    round_ = await game.open(at_once=True)
    first = await game.give(round_, ANA, right=False, attempt="a")
    again = await game.give(round_, ANA, right=False, attempt="a")
    other = await game.give(round_, ANA, attempt="b")
    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert isinstance(other, Recorded)
    assert [r.again for r in (first, again, other)] == [False, False, True]
    assert first.answer == again.answer == other.answer
    tally = (await game.kept(round_.id)).tally
    assert (tally.answered, tally.right) == (1, 0)


async def test_speed_orders_people_within_a_rank_and_earns_nothing(game: LiveGame) -> None:
    round_ = await game.open(at_once=True, count=1)
    await game.wait(2)
    await game.answer(round_, BEN)
    await game.wait(9)
    await game.answer(round_, ANA)
    await game.wait(30)
    placed = game.rooms.named("end").view.scores.placed
    assert [(p.rank, p.row.user, p.row.points) for p in placed] == [(1, BEN, 100), (1, ANA, 100)]


async def test_a_fast_round_adds_up_to_fifty_from_the_post_on(game: LiveGame) -> None:
    round_ = await game.open(at_once=True, count=1, fast=True)
    await game.answer(round_, ANA)
    await game.wait(10)
    await game.answer(round_, BEN)
    await game.answer(round_, CHI, right=False)
    await game.wait(30)
    placed = game.rooms.named("end").view.scores.placed
    assert [(p.row.user, p.row.points) for p in placed] == [(ANA, 150), (BEN, 125), (CHI, 0)]


async def test_a_page_of_a_high_level_counts_more(game: LiveGame) -> None:
    hard = tuple(replace(quiz, level="hard") for quiz in game.live.catalogue.quizzes)
    game.live = replace(game.live, catalogue=Catalogue(hard))
    round_ = await game.open(at_once=True, count=1)
    await game.answer(round_, ANA)
    await game.wait(30)
    assert game.rooms.named("end").view.scores.placed[0].row.points == 200
    assert (await game.store.progress(Player(ACME, ANA))).points == 200


async def test_boards_get_their_points_at_the_close_without_speed_and_once_only(
    game: LiveGame,
) -> None:
    round_ = await game.open(at_once=True, count=1, fast=True)
    await game.answer(round_, ANA)

    async def earned(place: str) -> list[int]:
        board = await game.store.board(Player(ACME, ANA), BoardQuery(place=place), game.hand.now())
        return [row.placed.row.points for row in board.rows]

    assert await earned("ws") == []  # else the board would tell that it was right
    await game.wait(30)
    assert (await earned("ws"), await earned(ROOM)) == ([100], [100])
    again = await game.open(at_once=True, count=1)
    await game.answer(again, ANA)
    await game.wait(30)
    assert await earned("ws") == [100]
    assert game.rooms.messages[-1].view.scores.placed[0].row.points == 100


async def test_who_hides_plays_along_unnamed(game: LiveGame) -> None:
    await game.store.hide(Player(ACME, BEN), game.hand.now(), hidden=True)
    round_ = await game.open(at_once=True, count=1)
    await game.answer(round_, ANA, BEN)
    await game.wait(30)
    scores = game.rooms.named("end").view.scores
    assert ([p.row.user for p in scores.placed], scores.unseen) == ([ANA], 1)


# Opening


async def test_a_channel_plays_one_round_at_a_time(game: LiveGame) -> None:
    round_ = await game.open()
    other = await game.try_to_open(user=ANA)
    assert isinstance(other, AlreadyPlaying)
    assert other.round is not None
    assert other.round.id == round_.id
    elsewhere = await game.try_to_open(user=ANA, channel=ChannelId("C2"))
    assert isinstance(elsewhere, Begun)
    await game.steer(round_, stopping)
    assert isinstance(await game.try_to_open(user=ANA), Begun)


async def test_a_repeated_command_opens_one_round(game: LiveGame) -> None:
    first = await game.try_to_open(attempt="typed")
    again = await game.try_to_open(attempt="typed")
    assert isinstance(first, Begun)
    assert isinstance(again, Begun)
    assert first.round.id == again.round.id
    await game.settle()
    assert game.rooms.calls["post lobby"] == 1


async def test_a_direct_message_is_no_place_for_a_round(game: LiveGame) -> None:
    assert isinstance(await game.try_to_open(channel=ChannelId("D1")), NotHere)


@pytest.mark.parametrize("team", [None, TeamId("T2")])
async def test_strangers_open_no_round(game: LiveGame, team: TeamId | None) -> None:
    opening = await game.live.open(Player(ACME, HOST), Place(ROOM, team), wanted(), AttemptId("a"))
    assert isinstance(opening, NotYou)


async def test_an_unknown_quiz_opens_nothing(game: LiveGame) -> None:
    assert isinstance(await game.try_to_open(words="zebras"), Unknown)
    assert game.rooms.messages == []


async def test_play_again_asks_other_questions_first(game: LiveGame) -> None:
    first = await game.open(at_once=True, count=1)
    await game.wait(30)
    again = await game.live.again(
        Player(ACME, BEN), Place(ROOM, ACME.team), first.id, AttemptId("again")
    )
    assert isinstance(again, Begun)
    assert (again.round.host, len(again.round.questions)) == (BEN, 1)
    assert again.round.questions[0].id != first.questions[0].id
    gone = await game.live.again(
        Player(ACME, BEN), Place(ROOM, ACME.team), RoundId("gone"), AttemptId("b")
    )
    assert isinstance(gone, NoRound)


# The host


async def test_a_lobby_that_nobody_joins_closes_after_ten_minutes(game: LiveGame) -> None:
    round_ = await game.open()
    await game.wait(599)
    assert game.rooms.shown == [("lobby", "open")]
    await game.wait(1)
    assert game.rooms.shown == [("lobby", "off")]
    assert (await game.kept(round_.id)).ending is Ending.EMPTY
    assert isinstance(await game.live.join(Player(ACME, ANA), round_.id), NoRound)


async def test_a_lobby_that_nobody_starts_closes_too(game: LiveGame) -> None:
    round_ = await game.open()
    await game.join(round_, ANA)
    await game.wait(600)
    assert (await game.kept(round_.id)).ending is Ending.NOT_STARTED


async def test_when_the_host_has_left_who_joined_may_start_after_two_minutes(
    game: LiveGame,
) -> None:
    round_ = await game.open()
    await game.join(round_, ANA)
    await game.wait(119)
    assert isinstance(await game.steer(round_, starting, ANA), NotYours)
    await game.wait(1)
    assert isinstance(await game.steer(round_, starting, BEN), NotYours)
    assert isinstance(await game.steer(round_, starting, ANA), Steered)
    assert game.rooms.named("q0").shows == "question"


@pytest.mark.parametrize("move", [starting, pausing, stopping, skipping(0, Phase.ASKING)])
async def test_only_the_host_and_admins_steer(game: LiveGame, move: object) -> None:
    assert callable(move)
    round_ = await game.open()
    await game.join(round_, ANA)
    if move is not starting:
        await game.steer(round_, starting)
    assert isinstance(await game.steer(round_, move, ANA), NotYours)
    assert isinstance(await game.steer(round_, move, ADMIN), Steered)


async def test_a_pause_holds_before_the_next_question_and_resume_goes_on(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    await game.steer(round_, pausing)
    assert isinstance(await game.give(round_, ANA), Recorded)  # an open question stays open
    await game.wait(300)
    assert game.rooms.shown == [("q0", "result")]
    assert game.rooms.named("q0").view.round.paused is not None
    await game.steer(round_, resuming)
    assert game.rooms.shown == [("q0", "result"), ("q1", "question")]


async def test_a_pause_between_two_questions_shows_at_once(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    await game.wait(21)
    await game.steer(round_, pausing)
    assert game.rooms.named("q0").view.round.paused is not None
    await game.wait(60)
    await game.steer(round_, resuming)
    assert game.rooms.named("q1").shows == "question"


async def test_a_pause_of_an_hour_ends_the_round(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    await game.answer(round_, ANA)
    await game.wait(21)
    await game.steer(round_, pausing)
    await game.wait(3601)
    assert game.rooms.shown == [("q0", "result"), ("end", "end")]
    assert (await game.kept(round_.id)).ending is Ending.FORGOTTEN


async def test_skip_closes_the_open_question_and_keeps_its_answers(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    await game.answer(round_, ANA)
    await game.steer(round_, skipping(0, Phase.ASKING))
    assert game.rooms.named("q0").shows == "result"
    assert (await game.kept(round_.id)).seats[ANA].points == 100
    await game.steer(round_, skipping(0, Phase.ASKING))  # delivered again: the rest goes on
    assert game.rooms.shown == [("q0", "result")]
    await game.steer(round_, skipping(0, Phase.RESTING))
    assert game.rooms.named("q1").shows == "question"


async def test_stop_ends_with_the_podium_of_what_was_played(game: LiveGame) -> None:
    round_ = await game.open(at_once=True)
    await game.answer(round_, ANA)
    await game.steer(round_, stopping)
    assert game.rooms.shown == [("q0", "result"), ("end", "end")]
    assert isinstance(await game.steer(round_, stopping), NoRound)


async def test_a_lobby_that_is_called_off_has_no_podium(game: LiveGame) -> None:
    round_ = await game.open()
    await game.steer(round_, stopping)
    assert game.rooms.shown == [("lobby", "off")]


async def test_when_everybody_is_gone_the_round_ends_after_three_questions(
    game: LiveGame,
) -> None:
    round_ = await game.open(at_once=True, words="numbers", count=5)
    await game.wait(200)
    assert [notice for notice, _ in game.rooms.shown] == ["q0", "q1", "q2", "end"]
    assert (await game.kept(round_.id)).ending is Ending.QUIET


# Edits


async def test_the_lobby_counts_who_joined_within_five_seconds(game: LiveGame) -> None:
    round_ = await game.open()
    await game.join(round_, ANA)
    assert len(game.rooms.named("lobby").view.round.seats) == 1
    await game.join(round_, BEN)
    assert len(game.rooms.named("lobby").view.round.seats) == 1
    await game.wait(5)
    assert len(game.rooms.named("lobby").view.round.seats) == 2
    edits = len(game.rooms.edits)
    await game.wait(60)
    assert len(game.rooms.edits) == edits


async def test_a_countdown_is_drawn_every_five_seconds_at_most(game: LiveGame) -> None:
    await game.open(at_once=True)
    await game.wait(20)
    moments = [at for at, _ in game.rooms.countdowns]
    assert len(moments) >= 3
    apart = [after - before for before, after in pairwise(moments)]
    assert min(apart) >= timedelta(seconds=5)


async def test_a_workspace_full_of_rounds_keeps_within_forty_edits_a_minute(
    game: LiveGame,
) -> None:
    for number in range(20):
        await game.try_to_open(channel=ChannelId(f"C{number}"), at_once=True, count=2)
    await game.wait(240)
    edits = sorted(game.rooms.edits)
    for first, last in zip(edits, edits[40:], strict=False):
        assert last - first >= timedelta(minutes=1)
    assert sum(look == "result" for _, look in game.rooms.shown) == 40


# Bad days


@pytest.mark.parametrize("fate", [LOST, NOTHING])
async def test_a_question_whose_answer_is_lost_is_not_asked_twice(
    game: LiveGame, fate: str
) -> None:
    game.rooms.fates["post q0"] = [fate]
    await game.open(at_once=True, count=1)
    await game.wait(60)
    assert game.rooms.calls["post q0"] == 1
    shown = [("q0", "question")] if fate == LOST else []
    assert game.rooms.shown == [*shown, ("r0", "result"), ("end", "end")]


async def test_a_click_proves_the_question_and_the_result_comes_into_its_message(
    game: LiveGame,
) -> None:
    game.rooms.fates["post q0"] = [LOST]
    round_ = await game.open(at_once=True, count=1)
    message = game.rooms.named("q0")
    assert isinstance(await game.give(round_, ANA, posted=message.ts), Recorded)
    await game.wait(60)
    assert game.rooms.shown == [("q0", "result"), ("end", "end")]


async def test_a_late_click_still_brings_the_result_into_the_message(game: LiveGame) -> None:
    game.rooms.fates["post q0"] = [LOST]
    round_ = await game.open(at_once=True)
    await game.wait(21)
    message = game.rooms.named("q0")
    assert isinstance(await game.give(round_, ANA, number=0, posted=message.ts), Closed)
    await game.settle()
    assert game.rooms.named("q0").shows == "result"


async def test_too_many_calls_only_delay_a_question(game: LiveGame) -> None:
    game.rooms.fates["post q0"] = [FULL, FULL]
    await game.open(at_once=True, count=1)
    assert game.rooms.shown == []
    await game.wait(6)
    assert game.rooms.shown == [("q0", "question")]
    await game.wait(19)
    assert game.rooms.shown == [("q0", "question")]  # its clock began with the post


async def test_a_lost_result_is_drawn_once_more(game: LiveGame) -> None:
    game.rooms.fates["draw result"] = [NOTHING, FULL]
    await game.open(at_once=True, count=1)
    await game.wait(60)
    assert game.rooms.shown == [("q0", "result"), ("end", "end")]


async def test_a_result_that_never_arrives_does_not_hold_the_round(game: LiveGame) -> None:
    game.rooms.fates["draw result"] = [NOTHING] * 100
    round_ = await game.open(at_once=True, count=1)
    await game.wait(120)
    assert ("end", "end") in game.rooms.shown
    assert (await game.kept(round_.id)).phase is Phase.OVER


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
@pytest.mark.parametrize("at_once", [False, True])
async def test_a_refusal_ends_the_round_and_tells_its_host_once(
    game: LiveGame, code: str, *, at_once: bool
) -> None:
    game.rooms.fates["post q0" if at_once else "post lobby"] = [code]
    round_ = await game.open(at_once=at_once)
    await game.wait(100)
    assert game.rooms.told == [code]
    assert game.rooms.shown == []
    assert (await game.kept(round_.id)).ending is Ending.REFUSED
    assert isinstance(await game.try_to_open(), Begun)


async def test_a_channel_archived_in_the_middle_ends_the_round(game: LiveGame) -> None:
    game.rooms.fates.update({"draw result": ["is_archived"], "post q1": ["is_archived"]})
    round_ = await game.open(at_once=True)
    await game.wait(60)
    assert game.rooms.told == ["is_archived"]
    assert (await game.kept(round_.id)).phase is Phase.OVER


async def test_a_round_that_is_forgotten_is_no_job(game: LiveGame, redis: Redis) -> None:
    round_ = await game.open()
    await redis.delete(*await redis.keys(f"*:live:{round_.id}*"))
    await game.wait(700)
    assert isinstance(await game.give(round_, ANA, number=0), NoRound)
    assert isinstance(await game.try_to_open(), Begun)
