"""Who leads: asked for in words, turned with buttons, shared with a channel."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.messages import Message
from tests.conftest import ANA, ANAS_DIRECT, BEN, CHI, GENERAL, Hand, Stage
from tests.slack.scenes import actions, finish_shapes, public, seen


def table_of(message: Message) -> dict[str, Any]:
    """There is at most one in a message."""
    (table,) = [block for block in message.blocks or () if block["type"] == "table"]
    return table


def cells(message: Message) -> list[list[str]]:
    """The rows of the message's table, without the titles of its columns."""
    table = table_of(message)
    return [[cell["text"] for cell in row] for row in table["rows"]][1:]


async def settled(stage: Stage) -> None:
    """Names come with the first click, after the answer to it."""
    await stage.running.background.drain()


async def played(stage: Stage) -> None:
    """Ana has both questions about shapes right, Ben one."""
    await finish_shapes(stage)
    await finish_shapes(stage, "answer:1", "answer:1", user=BEN)
    await settled(stage)


async def turn(stage: Stage, value: str, words: str, action_id: str = "board_topic") -> Message:
    """Choose from a menu of the message that Ana looks at."""
    here = {"channel": GENERAL, "ts": stage.ts[ANA]}
    await stage.slack.choose(ANA, here, action_id, value)
    return await stage.see(words)


async def test_an_empty_board_says_how_to_fill_it(stage: Stage) -> None:
    board = await stage.type("/quiz leaderboard", "Nobody has played this week.")
    assert board.ephemeral
    assert "`/quiz` starts a quiz." in board.words
    await stage.press("board:day", "Nobody has played today.")


async def test_a_board_ranks_people_by_name_and_points(stage: Stage) -> None:
    await played(stage)
    board = await stage.type("/quiz leaderboard", "This week · workspace · all topics", BEN)
    assert board.ephemeral
    assert cells(board) == [
        ["1", "Ana", "200", "2/2", "🔥 1"],
        ["2", "You", "100", "1/2", "🔥 1"],
    ]
    assert "You are 100 points behind rank 1." in board.words
    assert "1. Ana: 200 points, 2 of 2 right, 1 working day in a row." in board.text
    assert "2. You: 100 points, 1 of 2 right" in board.text


async def test_numbers_stand_on_the_right(stage: Stage) -> None:
    await played(stage)
    board = await stage.type("/quiz leaderboard", "This week")
    aligned = [column["align"] for column in table_of(board)["column_settings"]]
    assert aligned == ["right", "left", "right", "right", "right"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("today", "Today · workspace · all topics", id="a window"),
        pytest.param("month people workspace", "This month · workspace", id="any order"),
        pytest.param("all time basics", "All time · workspace · Basics", id="a topic"),
        pytest.param("shapes week", "This week · workspace · Basics", id="a quiz of a topic"),
        pytest.param("HERE Basics", "This week · this channel · Basics", id="this channel"),
        pytest.param("xyzzy", "I know no topic called “xyzzy”.", id="no such topic"),
    ],
)
async def test_words_choose_the_board_in_any_order(stage: Stage, typed: str, told: str) -> None:
    await played(stage)
    board = await stage.type(f"/quiz leaderboard {typed}", told)
    assert board.ephemeral


async def test_buttons_turn_the_board_in_place(stage: Stage, hand: Hand) -> None:
    """A week later the points of this Monday are in the month and in all time only."""
    await played(stage)
    hand.wait(timedelta(days=7))
    board = await stage.type("/quiz leaderboard", "Nobody has played this week.")
    for action, told in (
        ("board:month", "This month · workspace"),
        ("board:day", "Nobody has played today."),
        ("board:all", "All time · workspace"),
        ("board:place", "Nobody has played so far in this channel."),
        ("board:place", "All time · workspace"),
    ):
        turned = await stage.press(action, told)
        assert turned.ts == board.ts
    assert (cells(seen(stage)))[0][:3] == ["1", "You", "200"]
    turned = await turn(stage, "basics", "All time · workspace · Basics")
    assert turned.ts == board.ts
    await stage.press("board:week", "This week · workspace · Basics")
    await turn(stage, "*", "This week · workspace · all topics")


async def test_a_board_is_shared_once_and_pings_nobody(stage: Stage) -> None:
    await played(stage)
    await stage.type("/quiz leaderboard", "This week", BEN)
    await stage.press("share_board", "Ben shared the leaderboard", BEN)
    await stage.slack.redeliver()
    await stage.see("This board is in the channel already.", BEN)
    (shared,) = public(stage)
    assert (cells(shared))[1][:3] == ["2", "Ben", "100"]
    whole = f"{shared.text} {json.dumps(shared.blocks, ensure_ascii=False)}"
    for secret in ("<@", "<!", "U1", "U2", "You", "behind"):
        assert secret not in whole
    stage.ts[CHI] = shared.ts
    mine = await stage.press("board", "This week · workspace", CHI)
    assert mine.only_for == CHI
    assert public(stage) == [shared]


async def test_there_is_nobody_to_share_with_in_a_direct_conversation(stage: Stage) -> None:
    await played(stage)
    board = await stage.type("leaderboard here", "This week · workspace", channel=ANAS_DIRECT)
    assert not {"share_board", "board:place"} & actions(board)


async def test_whoever_hides_is_seen_by_nobody_else(stage: Stage) -> None:
    await played(stage)
    await stage.type("/quiz privacy", "Leaderboards show you.")
    hidden = await stage.press("hide", "You are hidden from leaderboards.")
    assert hidden.ts == stage.ts[ANA]
    for_ben = await stage.type("/quiz leaderboard", "This week", BEN)
    assert [row[1] for row in cells(for_ben)] == ["You"]
    for_ana = await stage.type("/quiz leaderboard", "This week")
    assert [row[:2] for row in cells(for_ana)] == [["1", "You (hidden)"], ["1", "Ben"]]
    assert "Only you see your line" in for_ana.words
    await stage.press("share_board", "Ana shared the leaderboard")
    assert [row[1] for row in cells(public(stage)[0])] == ["Ben"]
    await stage.type("/quiz privacy", "You are hidden")
    await stage.press("hide", "Leaderboards show you.")
    for_ben = await stage.type("/quiz leaderboard", "This week", BEN)
    assert [row[1] for row in cells(for_ben)] == ["Ana", "You"]


async def test_the_menu_leads_to_the_board_and_stays(stage: Stage) -> None:
    menu = await stage.type("/quiz", "What shall we play?")
    board = await stage.press("board", "Nobody has played this week.")
    assert board.ts != menu.ts


async def test_a_streak_of_working_days_is_in_my_progress(stage: Stage, hand: Hand) -> None:
    for day in range(3):
        await finish_shapes(stage, user=BEN)
        told = f"{day + 1} working day{'s' if day else ''} in a row"
        await stage.type("/quiz stats", told, BEN)
        hand.wait(timedelta(days=1))
    await stage.type("/quiz stats", "3 working days in a row", BEN)


# Names


async def test_names_cost_no_call_for_each_row(stage: Stage) -> None:
    await played(stage)
    listed = len(stage.slack.sent("users.list"))
    asked = len(stage.slack.sent("users.info"))
    assert (listed, asked) == (1, 2)
    for _ in range(3):
        await stage.type("/quiz leaderboard month", "This month")
        board = await stage.press("board:week", "This week")
        assert [row[1] for row in cells(board)] == ["You", "Ben"]
    await settled(stage)
    assert len(stage.slack.sent("users.list")) == listed
    assert len(stage.slack.sent("users.info")) == asked


async def test_everybody_is_listed_once_a_day(stage: Stage, hand: Hand) -> None:
    await played(stage)
    stage.slack.change_person(BEN, name="Benjamin <!here> O'Hara")
    hand.wait(timedelta(days=1))
    board = await stage.type("/quiz leaderboard", "This week")
    assert [row[1] for row in cells(board)] == ["You", "Ben"]
    await settled(stage)
    board = await stage.type("/quiz leaderboard month", "This month")
    assert [row[1] for row in cells(board)] == ["You", "Benjamin <!here> O'Hara"]
    assert "Benjamin &lt;!here&gt; O'Hara: 100 points" in board.text
    await settled(stage)
    assert len(stage.slack.sent("users.list")) == 2


async def test_a_long_list_is_read_page_by_page(stage: Stage, hand: Hand) -> None:
    for number in range(450):
        stage.slack.add_person(f"U9{number:03}", f"Person {number}", "UTC")
    await played(stage)
    stage.slack.change_person(ANA, name="Ana the Last")
    hand.wait(timedelta(days=1))
    await stage.type("/quiz leaderboard month", "This month", BEN)
    await settled(stage)
    pages = stage.slack.sent("users.list")
    assert len(pages) == 2 * 3
    assert sum("cursor" in page for page in pages) == 2 * 2
    board = await stage.type("/quiz leaderboard month", "This month", BEN)
    assert [row[1] for row in cells(board)] == ["Ana the Last", "You"]


async def test_without_the_scope_names_of_clicks_do(stage: Stage) -> None:
    stage.slack.scopes = {"commands", "chat:write"}
    await played(stage)
    board = await stage.type("/quiz leaderboard", "This week", BEN)
    assert [row[1] for row in cells(board)] == ["ana", "You"]
    assert {refusal.error for refusal in stage.slack.refusals} == {"missing_scope"}
    stage.slack.refusals.clear()


async def test_a_deactivated_person_leaves_the_board(stage: Stage, hand: Hand) -> None:
    await played(stage)
    stage.slack.change_person(BEN, deleted=True)
    hand.wait(timedelta(days=1))
    board = await stage.type("/quiz leaderboard month", "This month")
    assert [row[1] for row in cells(board)] == ["You", "Ben"]
    await settled(stage)
    board = await stage.type("/quiz leaderboard month", "This month")
    assert [row[1] for row in cells(board)] == ["You"]


async def test_weeks_begin_where_the_first_admin_lives(stage: Stage, hand: Hand) -> None:
    """Ana, the admin, is in Berlin: there the week is over an hour before it is in UTC."""
    await played(stage)
    hand.wait(timedelta(days=6, hours=13, minutes=59))
    board = await stage.type("/quiz leaderboard week", "This week")
    assert len(cells(board)) == 2
    hand.wait(timedelta(minutes=31))
    assert f"{hand.now():%a %H:%M}" == "Sun 23:30"
    await stage.type("/quiz leaderboard week", "Nobody has played this week.")
