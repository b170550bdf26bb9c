"""The board of the week as a channel sees it."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.blocks import ids
from bot.blocks.weekly import weekly_message
from bot.quiz.board import Board, BoardRow
from bot.quiz.occurrence import Occurrence, Tally, daily_id
from bot.quiz.player import ChannelId, UserId
from bot.quiz.prose import plain
from bot.quiz.question import Question, Slug
from bot.quiz.regrading import Corrected
from bot.quiz.standings import Mover, Placed, Row
from bot.quiz.teams import GroupId, Team, TeamScore
from bot.quiz.weekly import Asked, WeeklyBoard
from bot.sandbox.block_kit import check_message
from tests.blocks.samples import SKY, SNOW, action_ids, read
from tests.strategies import NINE

HERE: Final = ChannelId("C1")
MONDAY: Final = date(2026, 3, 30)


def placed(rank: int, name: str, points: int) -> Placed:
    return Placed(rank, Row(UserId(name.upper()), name, points, right=2, answered=3))


def asked(question: Question) -> Asked:
    occurrence = Occurrence(
        daily_id(HERE, MONDAY), HERE, MONDAY, question, Slug("sky"), "Sky", NINE, NINE
    )
    return Asked(occurrence, Tally(4, 1, (0,) * len(question.options)))


ANA: Final = placed(1, "Ana <!here>", 1_200)
BEN: Final = placed(2, "Ben", 300)
PLAIN: Final = WeeklyBoard(
    HERE, MONDAY, date(2026, 4, 5), Board((BoardRow(ANA, streak=9), BoardRow(BEN)), 2)
)
TEAM: Final = TeamScore(
    Team(GroupId("S1"), "Backend", frozenset({UserId("U1")})), 1, 250.0, points=300, active=1
)
FULL: Final = replace(
    PLAIN,
    movers=(Mover(BEN, 3),),
    newcomers=(ANA,),
    teams=(TEAM,),
    hardest=asked(SKY),
)


def test_it_tells_who_leads_and_for_which_week() -> None:
    seen = read(weekly_message(PLAIN))
    assert "Leaderboard of the week · 30 March to 5 April" in seen
    assert "1,200" in seen
    assert "🔥 9" in seen
    assert "newcomer" not in seen
    assert "hardest" not in seen


def test_it_tells_who_climbed_who_is_new_and_how_teams_do() -> None:
    seen = read(weekly_message(FULL))
    assert "📈 Ben up 3" in seen
    assert "Best newcomer: Ana &lt;!here&gt;, on rank 1" in seen
    assert "Backend" in seen


def test_the_hardest_question_comes_with_its_answer_and_reason() -> None:
    message = weekly_message(FULL)
    seen = read(message)
    (key,) = (plain(option.text) for option in SKY.options if option.correct)
    for words in (
        "25 % were right",
        "What colour is a clear sky?",
        f"Right:  {key}",
        "Air scatters",
    ):
        assert words in seen
    assert "The hardest question, 25 % were right: What colour is a clear sky?" in message.text
    assert f"Right: {key}." in message.text


def test_a_corrected_key_is_told_in_one_quiet_line() -> None:
    sky = Corrected(SKY.id, "What colour is\na <!here> sky? " + "x" * 90, 1)
    one = weekly_message(replace(PLAIN, corrected=(sky,)))
    line = "The key of “What colour is a &lt;!here&gt; sky? xxx"
    assert line in one.text
    assert "…” was corrected: 1 answer was marked again." in one.text
    several = weekly_message(replace(PLAIN, corrected=(sky, replace(sky, answers=1_200))))
    said = "The keys of 2 questions were corrected: 1,201 answers were marked again."
    assert said in several.text
    assert said in str(several.blocks[-1])
    assert "marked again" not in str(weekly_message(PLAIN))


def test_a_blank_can_be_the_hardest() -> None:
    seen = read(weekly_message(replace(FULL, hardest=asked(SNOW))))
    assert "Right: white and cold" in seen


def test_slack_takes_it_and_nobody_is_pinged() -> None:
    many = tuple(BoardRow(placed(n, f"Person {n} " + "x" * 80, 10**6)) for n in range(1, 11))
    long = replace(FULL, board=Board(many, 10), teams=(TEAM,) * 10)
    corrected = (Corrected(SKY.id, "<!here> " + "x" * 9_000, 10**6),)
    for shown in (PLAIN, FULL, long, replace(long, corrected=corrected)):
        message = weekly_message(shown)
        assert check_message({"text": message.text, "blocks": list(message.blocks)}) == []
        assert "<!" not in message.text
        assert action_ids(message) == [ids.BOARD]
