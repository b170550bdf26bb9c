"""Which board somebody means."""

from datetime import datetime
from typing import Final

import pytest

from bot.play.boards import Boards, NoSuchTopic
from bot.quiz.board import WORKSPACE, BoardQuery, View
from bot.quiz.windows import Kind
from bot.storage.redis_store import RedisStore
from tests.conftest import Hand, bank_of

HERE: Final = "C1"


def page(name: str) -> str:
    """Questions that no other page has."""
    return f"# {name}\n" + QUESTION.format(name=name)


QUESTION: Final = """
<quiz id="{name}">
What is {name}?
- [x] This
- [ ] That
</quiz>
"""
BANK: Final = bank_of(
    aws__developer__basics=page("developer"),
    aws__ml_engineer__intermediate=page("engineer"),
    docker__images=page("image"),
    top=page("top"),
)


@pytest.fixture
def boards(store: RedisStore, hand: Hand) -> Boards:
    return Boards(store, BANK.catalogue, hand.now, hand)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        pytest.param("", BoardQuery(), id="this week, everybody, everywhere"),
        pytest.param("today", BoardQuery(Kind.DAY), id="today"),
        pytest.param("  ALL  Time ", BoardQuery(Kind.ALL), id="capitals and spaces"),
        pytest.param("teams month", BoardQuery(Kind.MONTH, view=View.TEAMS), id="any order"),
        pytest.param("month teams", BoardQuery(Kind.MONTH, view=View.TEAMS), id="any other order"),
        pytest.param("here", BoardQuery(place=HERE), id="here"),
        pytest.param("this channel", BoardQuery(place=HERE), id="this channel"),
        pytest.param("here workspace", BoardQuery(place=WORKSPACE), id="the last word counts"),
        pytest.param("docker", BoardQuery(topic="docker"), id="a topic"),
        pytest.param("aws/developer", BoardQuery(topic="aws/developer"), id="a slug"),
        pytest.param(
            "here developer today", BoardQuery(Kind.DAY, "aws/developer", HERE), id="all"
        ),
        pytest.param("ml engineer", BoardQuery(topic="aws/ml_engineer"), id="words of a topic"),
        pytest.param("aws ml_engineer", BoardQuery(topic="aws/ml_engineer"), id="whatever signs"),
        pytest.param("images", BoardQuery(topic="docker"), id="a quiz of a topic"),
    ],
)
def test_words_choose_a_board(boards: Boards, words: str, query: BoardQuery) -> None:
    assert boards.read(words, HERE) == query


def test_here_is_everywhere_in_a_direct_conversation(boards: Boards) -> None:
    assert boards.read("here", "") == BoardQuery()


@pytest.mark.parametrize("words", ["xyzzy", "xyzzy today", "<!channel>"])
def test_words_that_name_nothing_are_told(boards: Boards, words: str) -> None:
    found = boards.read(words, HERE)
    assert isinstance(found, NoSuchTopic)
    assert found.words == words.split(maxsplit=1)[0]
    assert [topic.slug for topic in found.topics] == ["aws/developer", "aws/ml_engineer", "docker"]


def test_the_moment_decides_which_board_it_is() -> None:
    sunday = datetime.fromisoformat("2026-03-01T23:30:00+00:00")
    week = BoardQuery(Kind.WEEK, "docker", HERE)
    assert week.name(sunday, "UTC") == "2026-W09:C1:docker"
    assert week.name(sunday, "Europe/Berlin") == "2026-W10:C1:docker"
    assert BoardQuery(Kind.ALL).name(sunday, "UTC") == f"all:{WORKSPACE}:"
