"""The board of the week, as a channel sees it: who leads, who climbed, what was hardest."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.blocks import board, ids, kit, moments, richtext, tables, teams
from bot.blocks.kit import Block, Element, Message
from bot.blocks.progress import percent
from bot.blocks.question import asking_bold
from bot.blocks.result import because, key_words, listed
from bot.quiz.board import BoardQuery, BoardRow
from bot.quiz.prose import plain
from bot.quiz.question import Kind, Question
from bot.quiz.standings import Mover
from bot.quiz.teams import TeamScore
from bot.quiz.weekly import Asked, WeeklyBoard
from bot.quiz.windows import Kind as Window

NAME: Final = "Leaderboard of the week"
NEWCOMERS: Final = 3
TEAMS: Final = 10


def weekly_message(shown: WeeklyBoard) -> Message:
    """One message; nobody in it is pinged, for all names are plain."""
    title = f"🏆 {NAME} · {_span(shown.first, shown.last)}"
    top = [kit.context(title), tables.table(board.PEOPLE, board.people_cells(shown.board))]
    scores = [team for team in shown.teams if team.rank][:TEAMS]
    if scores:
        top.append(tables.drawn(teams.COLUMNS, teams.cells(scores, None)))
    news = "\n".join(_news(shown))
    if news:
        top.append(kit.section(kit.escape(news)))
    bottom = [_way(shown), kit.context(*board.corrections(shown.corrected), board.SCORING)]
    parts = _hardest(shown.hardest) if shown.hardest else []
    body = richtext.blocks(parts, [*top, *bottom])
    return Message(kit.spoken([f"{title}.", *_words(shown, scores)]), (*top, *body, *bottom))


def _span(first: date, last: date) -> str:
    """`2 to 8 March`, `30 March to 5 April`."""
    end = f"{last.day} {moments.MONTHS[last.month - 1]}"
    if first.month == last.month:
        return f"{first.day} to {end}"
    return f"{first.day} {moments.MONTHS[first.month - 1]} to {end}"


def _news(shown: WeeklyBoard) -> Iterator[str]:
    if shown.movers:
        yield f"📈 {listed([_climb(mover) for mover in shown.movers])}"
    if shown.newcomers:
        names = listed([placed.row.name for placed in shown.newcomers[:NEWCOMERS]])
        yield f"👋 Best newcomer: {names}, on rank {shown.newcomers[0].rank}"


def _climb(mover: Mover) -> str:
    return f"{mover.placed.row.name} up {mover.places}"


def _hardest(asked: Asked) -> list[list[Element]]:
    question = asked.occurrence.question
    right = percent(asked.tally.right, asked.tally.answered)
    head = richtext.text(f"💡 The hardest question: {right} % were right", bold=True)
    return [
        [richtext.section([head])],
        richtext.elements(asking_bold(question.prompt)),
        *_key(question),
        because(question),
    ]


def _key(question: Question) -> list[list[Element]]:
    """The options themselves: their letters say nothing where the others are not to be seen."""
    if question.kind is Kind.BLANK:
        answer = richtext.text(f"Right: {key_words(question)}", bold=True)
        return [[richtext.section([answer])]]
    label = [richtext.text("Right:  ", bold=True)]
    return [richtext.labelled(label, option.text) for option in question.options if option.correct]


def _key_words(question: Question) -> str:
    if question.kind is Kind.BLANK:
        return key_words(question)
    return listed([plain(option.text) for option in question.options if option.correct])


def _way(shown: WeeklyBoard) -> Block:
    here = ids.BoardButton(BoardQuery(Window.WEEK, place=shown.channel)).pack()
    return kit.actions(
        "weekly",
        [kit.button("My place", ids.BOARD, here, spoken="Show the leaderboard with my place")],
    )


def _words(shown: WeeklyBoard, scores: list[TeamScore]) -> Iterator[str]:
    for row in shown.board.rows:
        yield _row_words(row)
    yield from teams.spoken(scores, None)
    yield from _news(shown)
    yield from board.corrections(shown.corrected)
    if shown.hardest:
        question = shown.hardest.occurrence.question
        right = percent(shown.hardest.tally.right, shown.hardest.tally.answered)
        yield f"The hardest question, {right} % were right: {question.stem}"
        yield f"Right: {_key_words(question)}. {plain(question.explanation)}"


def _row_words(row: BoardRow) -> str:
    person = row.placed.row
    points = kit.count(person.points, "point")
    return (
        f"{row.placed.rank}. {person.name}: {points}, {person.right} of {person.answered} right."
    )
