"""The question of a channel: one message for its whole life, from the question to the result."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.blocks import ids, kit, limits, richtext
from bot.blocks.answering import (
    CHOOSE_ALL,
    HINT_COSTS,
    hint_button,
    letter_button,
    rows_of_buttons,
    ways_to_answer,
)
from bot.blocks.authors import report_button
from bot.blocks.kit import Block, Element, Message
from bot.blocks.moments import moment_words
from bot.blocks.progress import percent
from bot.blocks.question import asking_bold, heading, letter
from bot.blocks.result import OTHER, RIGHT, because, key_words, study_guide
from bot.play.reporting import InChannel
from bot.quiz.board import BoardQuery
from bot.quiz.occurrence import Occurrence, Resolved, Runner
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind

NAME: Final = "Question of the day"
SPOKEN_ROOM: Final = 300
"""Bytes of the spoken text that are kept for what is said in markup."""

USUAL_COUNT: Final = 10


def closing_token(closes: datetime) -> str:
    """The moment as mrkdwn, in the zone of whoever reads it: `today at 17:00`."""
    unix = int(closes.timestamp())
    fallback = moment_words(closes, "UTC", now=closes)
    return f"<!date^{unix}^{{date_short_pretty}} at {{time}}|{fallback} UTC>"


def _title(occurrence: Occurrence) -> str:
    return f"{NAME} · {heading(occurrence.title, occurrence.level)}"


def _top(occurrence: Occurrence, status: str) -> Block:
    """`status` is mrkdwn of our own."""
    title = kit.plain_text(_title(occurrence), limits.TEXT)
    return {"type": "context", "elements": [title, kit.mrkdwn(status)]}


def _spoken(lines: list[str], markup: str) -> str:
    """Plain lines, and one of markup below them."""
    said = kit.clip_bytes(kit.spoken(lines), limits.EPHEMERAL_TEXT_BYTES - SPOKEN_ROOM)
    return f"{said}\n{markup}"


# While it is open


def question_message(occurrence: Occurrence, answered: int) -> Message:
    """Says nothing about which answer is right, to nobody who looks at it in any way."""
    question = occurrence.question
    status = f"closes {closing_token(occurrence.closes)}"
    top = _top(occurrence, status)
    price = HINT_COSTS if question.has_hint else ""
    bottom = [*_answering(occurrence), kit.context(_counted(answered), price)]
    parts = [
        richtext.elements(asking_bold(question.prompt)),
        *(richtext.labelled(letter(i), option.text) for i, option in enumerate(question.options)),
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(_spoken(_question_words(occurrence), f"It {status}."), (top, *body, *bottom))


def _question_words(occurrence: Occurrence) -> list[str]:
    question = occurrence.question
    options = [f"{LETTERS[i]}: {plain(option.text)}" for i, option in enumerate(question.options)]
    ask = {
        Kind.SINGLE: "",
        Kind.SEVERAL: CHOOSE_ALL,
        Kind.BLANK: "Press Fill in to answer.",
    }[question.kind]
    return [f"{_title(occurrence)}. {question.stem}", *options, ask]


def _counted(answered: int) -> str:
    return f"⏳ {answered:,} answered" if answered else "⏳ No answers yet"


def _answering(occurrence: Occurrence) -> Iterator[Block]:
    value = ids.DailyButton(occurrence.id).pack()
    above, buttons = ways_to_answer(
        occurrence.question, value, _letters(occurrence), ids.DAILY_SUBMIT, ids.DAILY_FILL_IN
    )
    yield from above
    if occurrence.question.has_hint:
        buttons.append(hint_button(ids.DAILY_HINT, value))
    yield from rows_of_buttons("daily", value, buttons)


def _letters(occurrence: Occurrence) -> Iterator[Element]:
    for i, option in enumerate(occurrence.question.options):
        value = ids.DailyAnswerButton(occurrence.id, i).pack()
        yield letter_button(i, option, ids.DAILY, value)


# Afterwards


def result_message(resolved: Resolved, edit: str = "") -> Message:
    """The result, in the message of the question or, as a new one, where that is not known. `edit`
    as in `study_guide`.
    """
    occurrence, question = resolved.occurrence, resolved.occurrence.question
    top = _top(occurrence, "closed")
    bottom = [_practice(resolved)]
    parts = [
        richtext.elements(asking_bold(question.prompt)),
        *(_option(resolved, i) for i in range(len(question.options))),
        [richtext.section([richtext.text(_verdict(resolved), bold=True)])],
        because(question),
        _runners(resolved.runners),
        study_guide(resolved.quiz, edit),
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(kit.spoken(_result_words(resolved)), (top, *body, *bottom))


def _option(resolved: Resolved, i: int) -> list[Element]:
    option = resolved.occurrence.question.options[i]
    lines = richtext.labelled(letter(i, RIGHT if option.correct else OTHER), option.text)
    chosen, answered = resolved.tally.per_option[i], resolved.tally.answered
    figures = f"{kit.bar(chosen, answered)}  {chosen:,}  {percent(chosen, answered)} %"
    return [*lines, richtext.section([richtext.text(figures, code=True)])]


def _verdict(resolved: Resolved) -> str:
    """`Right: B · 14 of 24 right`."""
    tally = resolved.tally
    score = f"{tally.right:,} of {tally.answered:,} right" if tally.answered else "nobody answered"
    return f"Right: {key_words(resolved.occurrence.question)} · {score}"


def _runners(runners: tuple[Runner, ...]) -> list[Element]:
    if not runners:
        return []
    return [richtext.section([richtext.text(f"🔥 {_runs(runners)}")])]


def _runs(runners: tuple[Runner, ...]) -> str:
    return " · ".join(f"{runner.name} {kit.count(runner.days, 'day')}" for runner in runners)


def _result_words(resolved: Resolved) -> list[str]:
    question, tally = resolved.occurrence.question, resolved.tally
    reasons = plain(question.explanation)
    options = [
        f"{LETTERS[i]}{' (right)' if option.correct else ''}: {plain(option.text)}: "
        f"{tally.per_option[i]}, {percent(tally.per_option[i], tally.answered)} %"
        for i, option in enumerate(question.options)
    ]
    return [
        f"{_title(resolved.occurrence)} is closed. {question.stem}",
        *options,
        f"{_verdict(resolved)}.",
        f"Why: {reasons}" if reasons else "",
        f"In a row: {_runs(resolved.runners)}." if resolved.runners else "",
    ]


def _practice(resolved: Resolved) -> Block:
    occurrence, quiz = resolved.occurrence, resolved.quiz
    board = ids.BoardButton(BoardQuery(place=occurrence.channel)).pack()
    buttons = [kit.button("Leaderboard", ids.BOARD, board)]
    if quiz:
        value = ids.StartButton(quiz.slug, min(len(quiz), USUAL_COUNT)).pack()
        spoken = f"Practise {heading(quiz.title, quiz.level)}"
        buttons.insert(0, kit.button("Practise", ids.START, value, spoken=spoken))
    buttons.append(report_button(InChannel(occurrence.id, occurrence.question.id)))
    return kit.actions(f"closed:{occurrence.id}", buttons)


def withdrawn_message(occurrence: Occurrence) -> Message:
    """What is left of a question that should not have been asked."""
    said = "This question was withdrawn: something was wrong with it. Its points do not count."
    stem = richtext.cut(richtext.elements(occurrence.question.prompt), kit.ROOM // 2)
    return Message(
        kit.spoken([f"{_title(occurrence)}. {said}", occurrence.question.stem]),
        (
            _top(occurrence, "withdrawn"),
            *richtext.in_blocks([stem], limits.MESSAGE_BLOCKS - 2),
            kit.context(said),
        ),
    )
