"""The leaderboard: for one person with their own place in it, and for a channel."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.blocks import ids, kit, limits, tables, teams
from bot.blocks.kit import Block, Element, Message
from bot.blocks.tables import Column, Rows
from bot.play.boards import Leaderboard, NoSuchTopic
from bot.quiz.board import WORKSPACE, Board, BoardLine, BoardQuery, BoardRow, View
from bot.quiz.level import POINTS
from bot.quiz.question import Slug, short_slug
from bot.quiz.regrading import Corrected
from bot.quiz.standings import Gap
from bot.quiz.windows import Kind

WINDOWS: Final = {
    Kind.DAY: "Today",
    Kind.WEEK: "Week",
    Kind.MONTH: "Month",
    Kind.ALL: "All time",
}
WHEN: Final = {
    Kind.DAY: "today",
    Kind.WEEK: "this week",
    Kind.MONTH: "this month",
    Kind.ALL: "so far",
}
HEADLINES: Final = {**WINDOWS, Kind.WEEK: "This week", Kind.MONTH: "This month"}
PEOPLE: Final = (
    Column("#", is_number=True),
    Column("Name"),
    Column("Points", is_number=True),
    Column("Right", is_number=True),
    Column("Streak", is_number=True),
)
SCORING: Final = (
    f"A right first answer earns {POINTS[0]} points (medium {POINTS[1]}, hard {POINTS[2]}) "
    "times the question's weight, half with the hint."
)
STEM: Final = 80
ALL_TOPICS: Final = "*"
NO_TEAMS: Final = "There are no teams in this workspace yet, so here is everybody."
SHARED_BEFORE: Final = "This board is in the channel already."
NOT_SHARED: Final = "Slack did not take the message, so nothing was shared. Try once more."
MAYBE_SHARED: Final = (
    "Slack did not say whether it took the board. Please look in the channel: "
    "to be safe, I don't post it a second time."
)


def headline(shown: Leaderboard) -> str:
    query = shown.query
    place = "workspace" if query.place == WORKSPACE else "this channel"
    topic = shown.title or query.topic or "all topics"
    return f"{HEADLINES[query.kind]} · {place} · {kit.clip(topic, 60)}"


def board_message(shown: Leaderboard, command: str, channel: str, note: str = "") -> Message:
    """`channel` is where the person is, empty in a direct conversation: there is nobody to share
    with.
    """
    blocks = [
        *([kit.context(note)] if note else []),
        kit.context(f"🏆 {headline(shown)}"),
        *_body(shown, command),
        *_ways(shown, channel),
        kit.context(*corrections(shown.corrected), _small_print(shown)),
    ]
    said = f"Leaderboard, {headline(shown)}."
    words = [note, said, *_spoken(shown, command), *corrections(shown.corrected)]
    return Message(kit.spoken(words), tuple(blocks))


def shared_message(shown: Leaderboard, name: str, command: str) -> Message:
    """What a channel sees. `name` is plain, like all names in it: nobody is pinged."""
    value = ids.BoardButton(shown.query).pack()
    mine = kit.button("My place", ids.BOARD, value, spoken="Show the leaderboard with my place")
    said = f"{name} shared the leaderboard"
    blocks = [
        kit.context(f"🏆 {headline(shown)}"),
        *_body(shown, command),
        kit.actions("shared_board", [mine]),
        kit.context(f"{said}. {SCORING if shown.teams is None else teams.HOW}"),
    ]
    words = [f"{said}: {headline(shown)}.", *_spoken(shown, command)]
    return Message(kit.spoken(words), tuple(blocks))


def no_such_topic_message(missing: NoSuchTopic) -> Message:
    said = f"I know no topic called “{kit.clip(missing.words, 60)}”."
    some = ", ".join(kit.clip(topic.title, 60) for topic in missing.topics[:20])
    way = f"These are some: {some}." if some else "The bank has no topics yet."
    value = ids.BoardButton(BoardQuery()).pack()
    return kit.message(
        f"{said} {way}",
        [
            kit.section(f"{kit.escape(said)}\n{kit.escape(way)}"),
            kit.actions("no_topic", [kit.button("All topics", ids.BOARD, value)]),
        ],
    )


def _body(shown: Leaderboard, command: str) -> list[Block]:
    if shown.teams == ():
        return [kit.section(teams.no_teams(command))]
    if _is_empty(shown):
        return [kit.section(f"{_nobody(shown)} `{command}` starts a quiz.")]
    if shown.teams:
        return [tables.table(teams.COLUMNS, teams.cells(shown.teams, shown.viewer))]
    return [tables.table(PEOPLE, people_cells(shown.board))]


def _is_empty(shown: Leaderboard) -> bool:
    if shown.teams is None:
        return not shown.board.lines
    return not any(team.rank for team in shown.teams)


def _nobody(shown: Leaderboard) -> str:
    where = "" if shown.query.place == WORKSPACE else " in this channel"
    return f"Nobody has played {WHEN[shown.query.kind]}{where}."


def people_cells(board: Board) -> Rows:
    """Rank, name, points, right of answered, own streak."""
    return [_cells(line) for line in board.lines]


def _cells(line: BoardLine) -> list[str]:
    if isinstance(line, Gap):
        return ["…", f"{line.hidden:,} more", "", "", ""]
    row = line.placed.row
    return [
        str(line.placed.rank),
        _name(line),
        f"{row.points:,}",
        f"{row.right}/{row.answered}",
        f"🔥 {line.streak}" if line.streak else "",
    ]


def _name(row: BoardRow) -> str:
    if not row.is_own:
        return row.placed.row.name
    return "You (hidden)" if row.is_hidden else "You"


def corrections(corrected: Sequence[Corrected]) -> Iterator[str]:
    """Why points have moved without an answer: one line, however many keys were corrected."""
    if not corrected:
        return
    answers = sum(each.answers for each in corrected)
    were = "answer was" if answers == 1 else "answers were"
    said = f"{answers:,} {were} marked again."
    if len(corrected) == 1:
        stem = kit.clip(" ".join(corrected[0].stem.split()), STEM)
        yield f"✏️ The key of “{stem}” was corrected: {said}"
    else:
        yield f"✏️ The keys of {len(corrected)} questions were corrected: {said}"


def _small_print(shown: Leaderboard) -> str:
    if shown.teams is not None:
        return teams.HOW
    board = shown.board
    parts = [SCORING]
    if board.behind:
        behind = board.behind
        parts.insert(0, f"You are {kit.count(behind.points, 'point')} behind rank {behind.rank}.")
    if board.own and board.own.is_hidden:
        parts.append("Only you see your line, for you are hidden.")
    return " ".join(parts)


def _spoken(shown: Leaderboard, command: str) -> Iterator[str]:
    if shown.teams == ():
        yield teams.no_teams(command).replace("`", "")
    elif _is_empty(shown):
        yield f"{_nobody(shown)} {command} starts a quiz."
    elif shown.teams:
        yield from teams.spoken(shown.teams, shown.viewer)
        yield teams.HOW
    else:
        yield from map(_words, shown.board.lines)
        yield _small_print(shown)


def _words(line: BoardLine) -> str:
    if isinstance(line, Gap):
        return f"{kit.count(line.hidden, 'more place')}."
    row = line.placed.row
    points = kit.count(row.points, "point")
    streak = f", {kit.count(line.streak, 'working day')} in a row" if line.streak else ""
    right = f"{row.right} of {row.answered} right"
    return f"{line.placed.rank}. {_name(line)}: {points}, {right}{streak}."


def _ways(shown: Leaderboard, channel: str) -> Iterator[Block]:
    """Where one can turn to: other windows, then place, view and topic, then the channel."""
    query, packed = shown.query, ids.BoardButton(shown.query).pack()
    yield kit.actions(f"when:{packed}", [_window_button(query, kind) for kind in Kind])
    turns = [*_turns(shown, channel)]
    if shown.topics:
        turns.append(_topic_select(shown))
    if channel:
        turns.append(kit.button("Share in channel", ids.SHARE_BOARD, packed))
    if turns:
        yield kit.actions(f"{ids.BOARD}:{packed}", turns)


def _window_button(query: BoardQuery, kind: Kind) -> Element:
    is_shown = kind is query.kind
    return kit.button(
        WINDOWS[kind],
        f"{ids.BOARD}:{kind}",
        ids.BoardButton(replace(query, kind=kind)).pack(),
        style="primary" if is_shown else "",
        spoken=f"{WINDOWS[kind]}, shown now" if is_shown else "",
    )


def _turns(shown: Leaderboard, channel: str) -> Iterator[Element]:
    query = shown.query
    if query.place != WORKSPACE:
        whole = ids.BoardButton(replace(query, place=WORKSPACE)).pack()
        yield kit.button("Workspace", f"{ids.BOARD}:place", whole)
    elif channel:
        here = ids.BoardButton(replace(query, place=channel)).pack()
        yield kit.button("This channel", f"{ids.BOARD}:place", here)
    if shown.has_teams:
        other = View.PEOPLE if query.view is View.TEAMS else View.TEAMS
        value = ids.BoardButton(replace(query, view=other)).pack()
        yield kit.button(other.capitalize(), f"{ids.BOARD}:view", value)


def _topic_select(shown: Leaderboard) -> Element:
    """The topic that is shown is always among them."""
    options = {ALL_TOPICS: kit.option("All topics", ALL_TOPICS)}
    chosen = short_slug(Slug(shown.query.topic)) if shown.query.topic else ALL_TOPICS
    if chosen != ALL_TOPICS:
        options[chosen] = kit.option(shown.title or shown.query.topic, chosen)
    for topic in shown.topics:
        slug = short_slug(Slug(topic.slug))
        options.setdefault(slug, kit.option(topic.title, slug))
    listed = list(options.values())[: limits.SELECT_OPTIONS]
    return kit.static_select(ids.BOARD_TOPIC, "Topic", listed, options[chosen])
