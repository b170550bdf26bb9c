"""A live round as a channel sees it: the lobby, and each question up to its result."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.blocks import kit, live_ids, richtext
from bot.blocks.answering import CHOOSE_ALL, letter_button, rows_of_buttons, ways_to_answer
from bot.blocks.authors import report_button
from bot.blocks.kit import Block, Element, Message
from bot.blocks.live_end import end_message
from bot.blocks.progress import percent
from bot.blocks.question import asking_bold, fill_view, heading, letter
from bot.blocks.result import OTHER, RIGHT, because, key_words, study_guide
from bot.play.live_ports import LiveView
from bot.play.reporting import InLive
from bot.quiz.editing import NO_LINKS, EditLinks
from bot.quiz.live import END, LOBBY, Ending, Notice, Phase, Round
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind
from bot.quiz.standings import Placed

NAME: Final = "Live round"
TOP: Final = 5
ROUGHLY: Final = 5
"""Seconds that a countdown is rounded up to: it is never fresher than that."""

OFF: Final = {
    Ending.EMPTY: "Nobody joined this time, so the lobby is closed.",
    Ending.NOT_STARTED: "The round was not started in time, so the lobby is closed.",
    Ending.CALLED_OFF: "The round was called off.",
}
OPEN: Final = frozenset({Phase.POSTING, Phase.ASKING})


def notice_message(view: LiveView, notice: Notice, edits: EditLinks = NO_LINKS) -> Message:
    """What a message of the round has to show by now."""
    if notice == LOBBY:
        return lobby_message(view)
    if notice == END:
        return end_message(view)
    number = int(notice[1:])
    if number == view.round.number and view.round.phase in OPEN:
        return question_message(view)
    return result_message(view, number, edits.of(view.round.questions[number].place))


def _title(round_: Round) -> str:
    return f"{NAME} · {heading(round_.title, round_.level)}"


# The lobby


def lobby_message(view: LiveView) -> Message:
    round_ = view.round
    if round_.phase is Phase.LOBBY:
        return _open_lobby(view)
    if round_.ending in OFF:
        return _closed_lobby(round_, OFF[round_.ending])
    said = f"The round has started. {_joined(round_)}. Whoever answers plays along."
    return kit.message(
        f"{_title(round_)}. {said}", [kit.context(_title(round_)), kit.section(kit.escape(said))]
    )


def _open_lobby(view: LiveView) -> Message:
    round_ = view.round
    host = view.host or "Somebody"
    said = f"{host} opens a round: {kit.count(len(round_.questions), 'question')}"
    limit = f"{_seconds(round_.limit)} each"
    rules = "The first answer counts. Right answers earn points, speed only decides ties."
    if round_.fast:
        rules = "The first answer counts. A right one earns up to 50 points more for speed."
    value = live_ids.RoundButton(round_.id).pack()
    buttons = [
        kit.button("Join", live_ids.JOIN, value, style="primary"),
        kit.button("Start", live_ids.START, value),
        _more(round_, [("Call it off", live_ids.STOP)]),
    ]
    wait = "Whoever opened it starts it; after two minutes anybody who joined can."
    words = f"{_title(round_)}. {said}, {limit}. {rules} {_joined(round_)}. Press Join to play."
    return kit.message(
        words,
        [
            kit.context(_title(round_)),
            kit.section(f"*{kit.escape(said)}, {limit}*\n{rules}"),
            kit.actions(f"lobby:{round_.id}", buttons),
            kit.context(f"👥 {_joined(round_)}"),
            kit.context(wait),
        ],
    )


def _closed_lobby(round_: Round, said: str) -> Message:
    value = live_ids.RoundButton(round_.id).pack()
    return kit.message(
        f"{_title(round_)}. {said}",
        [
            kit.context(_title(round_)),
            kit.section(said),
            kit.actions(f"off:{round_.id}", [kit.button("Open again", live_ids.AGAIN, value)]),
        ],
    )


def _joined(round_: Round) -> str:
    return f"{len(round_.seats):,} joined" if round_.seats else "Nobody has joined yet"


def _seconds(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return kit.count(seconds // 60, "minute") if seconds % 60 == 0 else f"{seconds} seconds"


# A question while it is open


def question_message(view: LiveView) -> Message:
    """Says nothing about which answer is right, to nobody who looks at it in any way."""
    round_, question = view.round, view.round.question
    top = _top(round_, round_.number)
    bottom = [*_answering(round_), kit.context(_countdown(view))]
    parts = [
        richtext.elements(asking_bold(question.prompt)),
        *(richtext.labelled(letter(i), option.text) for i, option in enumerate(question.options)),
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(kit.spoken([*_question_words(round_)]), (top, *body, *bottom))


def _top(round_: Round, number: int) -> Block:
    total = len(round_.questions)
    return kit.context(_title(round_), f"{number + 1} of {total}  {kit.bar(number, total)}")


def _question_words(round_: Round) -> Iterator[str]:
    question = round_.question
    place = f"Question {round_.number + 1} of {len(round_.questions)}"
    yield f"{_title(round_)}. {place}. {question.stem}"
    for i, option in enumerate(question.options):
        yield f"{LETTERS[i]}: {plain(option.text)}"
    if question.kind is Kind.SEVERAL:
        yield CHOOSE_ALL
    if question.kind is Kind.BLANK:
        yield "Press Fill in to answer."
    yield f"There are {_seconds(round_.limit)} to answer."


def _countdown(view: LiveView) -> str:
    round_ = view.round
    left = round_.until - view.now if round_.until else round_.limit
    seconds = -(-max(int(left.total_seconds()), 1) // ROUGHLY) * ROUGHLY
    answered = f"{round_.tally.answered:,} answered" if round_.tally.answered else "no answers yet"
    paused = "pause after this one" if round_.paused else ""
    return " · ".join(filter(None, (f"⏳ {seconds} s left", answered, paused)))


def _answering(round_: Round) -> Iterator[Block]:
    value = live_ids.LiveQuestionButton(round_.id, round_.number).pack()
    above, buttons = ways_to_answer(
        round_.question, value, _letters(round_), live_ids.SUBMIT, live_ids.FILL_IN
    )
    yield from above
    pause = ("Go on after it", live_ids.GO_ON) if round_.paused else _PAUSE_AFTER
    buttons.append(_more(round_, [("Close it now", live_ids.SKIP), pause, _STOP], Phase.ASKING))
    yield from rows_of_buttons("live", value, buttons)


_PAUSE_AFTER: Final = ("Pause after it", live_ids.PAUSE)
_STOP: Final = ("Stop the round", live_ids.STOP)


def _letters(round_: Round) -> Iterator[Element]:
    for i, option in enumerate(round_.question.options):
        value = live_ids.LiveAnswerButton(round_.id, round_.number, i).pack()
        yield letter_button(i, option, live_ids.ANSWER, value)


def _more(round_: Round, moves: list[tuple[str, str]], phase: Phase | None = None) -> Element:
    """Who may is asked on the press; everybody sees the same message."""
    phase = phase or round_.phase
    return {
        "type": "overflow",
        "action_id": live_ids.MORE,
        "options": [
            kit.option(label, live_ids.MoveOption(round_.id, action, round_.number, phase).pack())
            for label, action in moves
        ],
    }


# Its result


def result_message(view: LiveView, number: int, edit: str = "") -> Message:
    """In the message of the question or, as a new one, where that is not known. `edit` is where
    the question can be changed, if that is known.
    """
    round_ = view.round
    question = round_.questions[number]
    top = _top(round_, number)
    bottom = [*_what_next(round_, number)]
    parts = [
        richtext.elements(asking_bold(question.prompt)),
        *(_option(round_, number, i) for i in range(len(question.options))),
        [richtext.section([richtext.text(_verdict(round_, number), bold=True)])],
        because(question),
        study_guide(None, edit),
        _best(view) if number == round_.number else [],
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(kit.spoken([*_result_words(view, number)]), (top, *body, *bottom))


def _option(round_: Round, number: int, i: int) -> list[Element]:
    option, tally = round_.questions[number].options[i], round_.tallies[number]
    lines = richtext.labelled(letter(i, RIGHT if option.correct else OTHER), option.text)
    chosen = tally.per_option[i]
    share = f"{percent(chosen, tally.answered)} %"
    figures = f"{kit.bar(chosen, tally.answered)}  {chosen:,}  {share}"
    return [*lines, richtext.section([richtext.text(figures, code=True)])]


def _verdict(round_: Round, number: int) -> str:
    tally = round_.tallies[number]
    score = f"{tally.right:,} of {tally.answered:,} right" if tally.answered else "nobody answered"
    return f"Right: {key_words(round_.questions[number])} · {score}"


def _best(view: LiveView) -> list[Element]:
    lines = "\n".join(map(_place_words, view.scores.placed[:TOP]))
    if not lines:
        return []
    head = richtext.text("Standings\n", bold=True)
    return [richtext.section([head, richtext.text(lines)])]


def _place_words(place: Placed) -> str:
    return f"{place.rank}. {place.row.name} · {kit.count(place.row.points, 'point')}"


def _result_words(view: LiveView, number: int) -> Iterator[str]:
    round_ = view.round
    question, tally = round_.questions[number], round_.tallies[number]
    yield f"{_title(round_)}. Question {number + 1} is closed. {question.stem}"
    for i, option in enumerate(question.options):
        sign = " (right)" if option.correct else ""
        yield (
            f"{LETTERS[i]}{sign}: {plain(option.text)}: "
            f"{tally.per_option[i]}, {percent(tally.per_option[i], tally.answered)} %"
        )
    yield f"{_verdict(round_, number)}."
    if question.explanation:
        yield f"Why: {plain(question.explanation)}"
    if number == round_.number:
        yield from map(_place_words, view.scores.placed[:TOP])


def _what_next(round_: Round, number: int) -> Iterator[Block]:
    block_id = f"next:{number}:{round_.id}"
    report = report_button(InLive(round_.id, number, round_.questions[number].id))
    if number != round_.number or round_.phase not in {Phase.CLOSING, Phase.RESTING}:
        yield kit.actions(block_id, [report])
        return
    if round_.paused:
        value = live_ids.RoundButton(round_.id).pack()
        resume = kit.button("Resume", live_ids.RESUME, value, style="primary")
        yield kit.actions(block_id, [resume, report, _more(round_, [_STOP], Phase.RESTING)])
        yield kit.context("Paused. Whoever opened the round goes on with Resume.")
    elif round_.ending:
        yield kit.actions(block_id, [report])
        yield kit.context("The round ends here. The podium follows.")
    else:
        moves = [("Go on now", live_ids.SKIP), ("Pause", live_ids.PAUSE), _STOP]
        yield kit.actions(block_id, [report, _more(round_, moves, Phase.RESTING)])
        last = "That was the last question. The podium follows."
        yield kit.context(
            last if number == len(round_.questions) - 1 else "The next one comes in a moment."
        )


def live_blanks_view(round_: Round) -> Block:
    """The modal that takes what belongs into the gaps."""
    value = live_ids.LiveQuestionButton(round_.id, round_.number).pack()
    return fill_view(live_ids.BLANKS, value, round_.question)
