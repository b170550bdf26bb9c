"""The end of a live round: the podium, everybody's place, and the hardest question."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import ids, kit, limits, live_ids, richtext, tables
from bot.blocks.kit import Block, Element, Message
from bot.blocks.question import heading
from bot.blocks.result import because, key_words, listed, study_guide
from bot.blocks.tables import Column
from bot.play.live_ports import LiveView
from bot.quiz.board import BoardQuery
from bot.quiz.live import Ending, Round
from bot.quiz.live_result import Scores, hardest
from bot.quiz.prose import plain
from bot.quiz.standings import Placed

MEDALS: Final = ("🥇", "🥈", "🥉")
NAMED: Final = 4
"""People on one step who are named; the table has them all."""

COLUMNS: Final = (
    Column("#", is_number=True),
    Column("Name"),
    Column("Points", is_number=True),
    Column("Right", is_number=True),
)
WHY: Final = {
    Ending.STOPPED: "The round was stopped early.",
    Ending.QUIET: "It went quiet here, so the round ends early.",
    Ending.FORGOTTEN: "The round was paused for an hour, so it ends here.",
}
SMALL_PRINT: Final = "On the leaderboards a question counts once for each person, without speed."


def end_message(view: LiveView) -> Message:
    round_, scores = view.round, view.scores
    title = heading(round_.title, round_.level)
    why = WHY.get(round_.ending, "") if round_.ending else ""
    head = f"🏆 {title}" if scores.podium else f"🏁 {title}"
    top = [kit.context(head), *([kit.context(why)] if why else [])]
    table = [*_everybody(scores)]
    bottom = [kit.actions(f"end:{round_.id}", _buttons(round_)), kit.context(SMALL_PRINT)]
    parts = [_podium(scores), _hardest(round_), study_guide(view.quiz)]
    podium, *body = richtext.blocks(parts, [*top, *table, *bottom])
    words = [f"The live round {title} is over.", why, *_words(round_, scores)]
    return Message(kit.spoken(words), (*top, podium, *table, *body, *bottom))


def _podium(scores: Scores) -> list[Element]:
    steps = [_step(step) for step in scores.podium]
    if not steps:
        return [richtext.section([richtext.text(_nobody(scores))])]
    lines = "\n".join(steps)
    return [richtext.section([richtext.text(lines, bold=True)])]


def _nobody(scores: Scores) -> str:
    if scores.placed or scores.unseen:
        return "Nobody got a point this time. Another round, another chance."
    return "Nobody answered this time, so there is no podium. Play again whenever you like."


def _step(step: Sequence[Placed]) -> str:
    return f"{MEDALS[step[0].rank - 1]} {_names(step)}, {_points(step)}{_cheer(step)}"


def _names(step: Sequence[Placed]) -> str:
    names = [place.row.name for place in step]
    left = len(names) - NAMED
    return listed(names if left < 1 else [*names[:NAMED], f"{left} more"])


def _points(step: Sequence[Placed]) -> str:
    points = kit.count(step[0].row.points, "point")
    return f"{points} each" if len(step) > 1 else points


def _cheer(step: Sequence[Placed]) -> str:
    return "!" if step[0].rank == 1 else ""


def _everybody(scores: Scores) -> Iterator[Block]:
    """A message takes one table of a hundred rows; whoever has more players says so."""
    if scores.placed:
        yield tables.table(COLUMNS, [_cells(place) for place in scores.placed])
    left = max(0, len(scores.placed) - limits.TABLE_ROWS + 1)
    more = [f"{left:,} more further down"] if left else []
    if scores.unseen:
        more.append(f"{scores.unseen:,} who stay unnamed")
    if more:
        yield kit.context(f"And {listed(more)}.")


def _cells(place: Placed) -> list[str]:
    row = place.row
    return [str(place.rank), row.name, f"{row.points:,}", f"{row.right}/{row.answered}"]


def _hardest(round_: Round) -> list[Element]:
    number = hardest(round_)
    if number is None:
        return []
    question = round_.questions[number]
    stem = kit.clip(" ".join(question.stem.split()), 200)
    lines = [
        richtext.text("💡 Hardest: ", bold=True),
        richtext.text(f"{stem}\n{_figures(round_, number)}"),
    ]
    return [richtext.section(lines), *because(question)]


def _figures(round_: Round, number: int) -> str:
    tally = round_.tallies[number]
    key = key_words(round_.questions[number])
    return f"{tally.right:,} of {tally.answered:,} right. Right: {key}"


def _buttons(round_: Round) -> list[Element]:
    value = live_ids.RoundButton(round_.id).pack()
    board = ids.BoardButton(BoardQuery(place=round_.channel)).pack()
    return [
        kit.button("Play again", live_ids.AGAIN, value, style="primary"),
        kit.button("Leaderboard", ids.BOARD, board),
    ]


def _words(round_: Round, scores: Scores) -> Iterator[str]:
    if not scores.podium:
        yield _nobody(scores)
    for place in scores.placed:
        row = place.row
        points = kit.count(row.points, "point")
        yield f"{place.rank}. {row.name}: {points}, {row.right} of {row.answered} right."
    if scores.unseen:
        yield f"{scores.unseen} more stay unnamed."
    number = hardest(round_)
    if number is not None:
        question = round_.questions[number]
        yield f"Hardest: {question.stem} {_figures(round_, number)}."
        if question.explanation:
            yield f"Why: {plain(question.explanation)}"
