import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st

from bot.bank.tracks import Track
from bot.blocks import board, ids, tables
from bot.blocks.kit import Message
from bot.blocks.tables import Column
from bot.errors import StaleButton
from bot.play.boards import Leaderboard, NoSuchTopic
from bot.quiz.board import WORKSPACE, Board, BoardQuery, BoardRow, View
from bot.quiz.player import UserId
from bot.quiz.question import QuestionId
from bot.quiz.regrading import Corrected
from bot.quiz.standings import Distance, Gap, Placed, Row
from bot.quiz.windows import Kind
from bot.sandbox.block_kit import check_message
from tests.blocks.samples import action_ids, button, labels, read

ANA: Final = BoardRow(Placed(1, Row(UserId("U1"), "Ana", 1_400, 14, 15)), streak=9)
BEN: Final = BoardRow(Placed(17, Row(UserId("U2"), "Ben", 400, 4, 6)), is_own=True)
TOPICS: Final = tuple(Track(f"topic-{n}", f"Topic {n}", ()) for n in range(120))
WHOLE: Final = Board((ANA, Gap(15), BEN), 17, Distance(100, 16))
SHOWN: Final = Leaderboard(BoardQuery(), WHOLE, "", TOPICS[:3])


def wire(message: Message) -> Mapping[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def rows(message: Message) -> list[list[str]]:
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_ones_own_line_is_there_with_the_way_to_the_next_rank() -> None:
    message = board.board_message(SHOWN, "/quiz", "C1")
    assert rows(message) == [
        ["#", "Name", "Points", "Right", "Streak"],
        ["1", "Ana", "1,400", "14/15", "🔥 9"],
        ["…", "15 more", "·", "·", "·"],
        ["17", "You", "400", "4/6", "·"],
    ]
    assert "You are 100 points behind rank 16." in read(message)
    assert message.text.split("\n") == [
        "Leaderboard, This week · workspace · all topics.",
        "1. Ana: 1,400 points, 14 of 15 right, 9 working days in a row.",
        "15 more places.",
        "17. You: 400 points, 4 of 6 right.",
        f"You are 100 points behind rank 16. {board.SCORING}",
    ]


def test_points_that_moved_without_an_answer_are_explained() -> None:
    moved = replace(SHOWN, corrected=(Corrected(QuestionId("sky"), "What is blue?", 12),))
    message = board.board_message(moved, "/quiz", "C1")
    said = "The key of “What is blue?” was corrected: 12 answers were marked again."
    assert said in message.text
    assert said in str(message.blocks[-1])
    assert "marked again" not in board.board_message(SHOWN, "/quiz", "C1").text


def test_every_way_to_turn_is_a_button_and_the_shown_window_is_marked() -> None:
    message = board.board_message(SHOWN, "/quiz", "C1")
    assert labels(message) == [
        *("Today", "Week", "Month", "All time"),
        *("This channel", "Share in channel"),
    ]
    assert ids.BOARD_TOPIC in action_ids(message)
    shown = button(message, "board:week")
    assert (shown["style"], shown["accessibility_label"]) == ("primary", "Week, shown now")
    turned = ids.BoardButton.unpack(button(message, "board:place")["value"]).query
    assert turned == BoardQuery(place="C1")


def test_a_channels_board_leads_back_to_the_workspace() -> None:
    here = replace(SHOWN, query=BoardQuery(Kind.DAY, "topic-1", "C1"), title="Topic 1")
    message = board.board_message(here, "/quiz", "C1")
    assert "🏆 Today · this channel · Topic 1" in read(message)
    back = ids.BoardButton.unpack(button(message, "board:place")["value"]).query
    assert back == BoardQuery(Kind.DAY, "topic-1", WORKSPACE)
    select = button(message, ids.BOARD_TOPIC)
    assert select["initial_option"]["value"] == "topic-1"


def test_the_shown_topic_can_be_chosen_even_where_there_are_too_many_or_it_is_gone() -> None:
    for topic in ("topic-119", "no-longer-there"):
        shown = replace(SHOWN, query=BoardQuery(topic=topic), topics=TOPICS)
        message = board.board_message(shown, "/quiz", "C1")
        options = button(message, ids.BOARD_TOPIC)["options"]
        assert len(options) == 100
        assert [option["value"] for option in options][:2] == [board.ALL_TOPICS, topic]
        assert not check_message(wire(message))


def test_a_hidden_person_is_told_why_they_are_there() -> None:
    hidden = replace(BEN, is_hidden=True)
    message = board.board_message(replace(SHOWN, board=Board((ANA, hidden), 1)), "/quiz", "")
    assert rows(message)[2][1] == "You (hidden)"
    assert "Only you see your line" in read(message)
    public = replace(SHOWN, board=Board((ANA, hidden), 1).public())
    assert "You" not in read(board.shared_message(public, "Ben", "/quiz"))


def test_a_shared_board_has_names_and_no_mention() -> None:
    sly = replace(ANA.placed.row, name="<!channel> & <@U1>")
    shown = replace(SHOWN, board=Board((BoardRow(Placed(1, sly)),), 1))
    message = board.shared_message(shown, "<!here>", "/quiz")
    assert "<" not in message.text
    assert action_ids(message) == [ids.BOARD]
    for block in message.blocks:
        assert block["type"] == "table" or "<" not in json.dumps(block.get("text", ""))
    assert not check_message(wire(message))


def test_an_empty_board_says_how_to_fill_it() -> None:
    for query, said in (
        (BoardQuery(Kind.MONTH), "Nobody has played this month. `/ask` starts a quiz."),
        (BoardQuery(place="C1"), "Nobody has played this week in this channel."),
    ):
        message = board.board_message(Leaderboard(query, Board(), "", ()), "/ask", "")
        assert said in read(message)
        assert "Nobody has played" in message.text


def test_an_unknown_topic_leads_to_all_topics() -> None:
    message = board.no_such_topic_message(NoSuchTopic("x" * 500, TOPICS))
    assert "Topic 0, Topic 1" in message.text
    assert action_ids(message) == [ids.BOARD]
    assert not check_message(wire(message))
    assert "no topics yet" in board.no_such_topic_message(NoSuchTopic("x", ())).text


names = st.text(max_size=80).filter(str.strip)


@given(
    name=names,
    points=st.integers(0, 10**9),
    title=st.text(max_size=200),
    channel=st.sampled_from(["", "C1"]),
)
def test_slack_takes_every_board(name: str, points: int, title: str, channel: str) -> None:
    row = BoardRow(Placed(1, Row(UserId("U1"), name, points, 10**6, 10**6)), 999)
    shown = replace(SHOWN, board=Board((row,) * 14, 10**6, Distance(points, 1)), title=title)
    for message in (
        board.board_message(shown, "/quiz", channel, note="Note."),
        board.shared_message(shown, name, "/quiz"),
    ):
        assert not check_message(wire(message))
        assert len(message.text.encode()) <= 4_000


# The value of a button


@given(
    kind=st.sampled_from(Kind),
    view=st.sampled_from(View),
    place=st.sampled_from([WORKSPACE, "C0123456789"]),
    topic=st.text(max_size=74),
)
def test_a_button_comes_back_as_it_went_out(
    kind: Kind, view: View, place: str, topic: str
) -> None:
    pressed = ids.BoardButton(BoardQuery(kind, topic, place, view))
    assert ids.BoardButton.unpack(pressed.pack()) == pressed


@pytest.mark.parametrize(
    "value", ["", "week", "year:people:ws:", "week:cats:ws:", "week:people::"]
)
def test_a_value_that_does_not_fit_is_of_an_older_version(value: str) -> None:
    with pytest.raises(StaleButton):
        ids.BoardButton.unpack(value)


# Tables

COLUMNS: Final = (Column("Name"), Column("Points", is_number=True))


def test_numbers_stand_on_the_right_also_in_a_drawn_table() -> None:
    block = tables.drawn(COLUMNS, [["Ana", "1,400"], ["Ben", ""], ["日本", "5"]])
    (part,) = block["elements"]
    assert part["elements"][0]["text"].split("\n") == [
        "Name  Points",
        "Ana    1,400",
        "Ben        ·",
        "日本       5",
    ]


def test_a_table_has_no_empty_cell_and_not_too_many_rows() -> None:
    block = tables.table(COLUMNS, [["", "1"]] * 200)
    assert len(block["rows"]) == 100
    assert block["rows"][1][0]["text"] == tables.NOTHING
    assert not check_message({"text": "Table", "blocks": [block]})
