"""The menu, the choices on the way to a session, and the pieces they share."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.blocks import browse, browse_ids, home_ids, ids, kit, limits
from bot.blocks.kit import Block, Element, Message
from bot.blocks.question import TITLE_SHOWN, heading
from bot.play.review import REVIEW
from bot.play.solo import USUAL_COUNT
from bot.play.steps import ContinueOrReplace, Menu
from bot.quiz.question import Question, Quiz, short_slug
from bot.quiz.session import Standing

COUNTS: Final = (5, 10, 20, 50)
ALL: Final = 100
PICK: Final = "pick"
GONE: Final = "I no longer have this quiz."


def standing_words(standing: Standing) -> str:
    return f"{kit.clip(standing.title, TITLE_SHOWN)}, {standing.place} of {standing.total}"


def continue_button(standing: Standing, *, primary: bool = True) -> Element:
    return kit.button(
        "Continue",
        ids.RESUME,
        style="primary" if primary else "",
        spoken=f"Continue {standing_words(standing)}",
    )


def _count_option(number: int) -> Element:
    return kit.option("All" if number == ALL else str(number), str(number))


def menu_message(menu: Menu, command: str) -> Message:
    size = f"{menu.quizzes:,} quizzes · {menu.questions:,} questions"
    if menu.quizzes == 1:
        size = f"1 quiz · {kit.count(menu.questions, 'question')}"
    words = f"Quiz Bot. {size}."
    if menu.open:
        words += f" You can continue {standing_words(menu.open)}."
    words += f" Choose a quiz and press Start, or type {command} start and its name."
    return kit.message(words, _menu_blocks(menu, size, command))


def _menu_blocks(menu: Menu, size: str, command: str) -> Iterator[Block]:
    yield kit.context("Quiz Bot", size)
    if menu.open:
        yield kit.section(
            f"*You are in the middle of {kit.escape(standing_words(menu.open))}.*",
            continue_button(menu.open),
        )
    else:
        yield kit.section("*What shall we play?*")
    yield kit.actions(PICK, [_quiz_select(), _count_select()])
    style = "" if menu.open else "primary"
    yield kit.actions(
        "menu",
        [
            kit.button("Start", ids.START_PICKED, style=style),
            browse.browse_button(),
            kit.button("My progress", ids.PROGRESS),
            kit.button("Leaderboard", ids.BOARD),
            kit.button("Help", ids.HELP),
        ],
    )
    yield kit.hint(f"Tip: `{command} start docker 5` starts at once.")


def _quiz_select() -> Element:
    return {
        "type": "external_select",
        "action_id": ids.PICK_QUIZ,
        "placeholder": kit.plain_text("Search quizzes and questions", limits.PLACEHOLDER),
        "min_query_length": 0,
    }


def _count_select() -> Element:
    options = [_count_option(number) for number in (*COUNTS, ALL)]
    usual = _count_option(USUAL_COUNT)
    return kit.static_select(ids.PICK_COUNT, "Questions", options, usual)


def quiz_option(quiz: Quiz) -> Element:
    """An entry of the type-ahead; the number of questions stands in the description."""
    described = kit.option(heading(quiz.title, quiz.level), short_slug(quiz.slug))
    size = kit.count(len(quiz), "question")
    return {**described, "description": kit.plain_text(size, limits.OPTION_DESCRIPTION)}


def quiz_groups(groups: Sequence[tuple[str, Sequence[Quiz]]]) -> list[Element]:
    """Entries of the type-ahead by track; typing finds what a long track does not show."""
    return [
        {
            "label": kit.plain_text(title or "Quizzes", limits.OPTION_GROUP_LABEL),
            "options": [quiz_option(quiz) for quiz in quizzes[: limits.SELECT_OPTIONS]],
        }
        for title, quizzes in groups[: limits.OPTION_GROUPS]
    ]


def found_groups(
    quizzes: Sequence[Quiz], questions: Sequence[tuple[Quiz, Question]]
) -> list[Element]:
    """Entries of the type-ahead for words: what is called so, and what asks about it."""
    return browse.result_groups([quiz_option(quiz) for quiz in quizzes], questions)


def continue_or_replace_message(choice: ContinueOrReplace) -> Message:
    """With the level of both, for two quizzes of a track may have one title."""
    where = replace(choice.open, title=heading(choice.open.title, choice.open_level))
    title = heading(choice.title, choice.level)
    size = kit.count(choice.count, "question")
    if choice.is_same:
        here = f"You are already in {standing_words(where)}."
        lost = "Starting over ends this run; answers already given still count."
        ask, label, new = "Continue, or start over?", "Start over", f"From the start: {size}."
    else:
        here = f"You are still in {standing_words(where)}."
        lost = "Starting another quiz ends it; answers already given still count."
        ask, label = f"Continue, or start {title}?", "Start the other one"
        new = f"The other one: {title}, {size}."
    return kit.message(
        f"{here} {lost} {ask}",
        [
            kit.section(f"*{kit.escape(here)}*\n{lost}"),
            kit.hint(kit.escape(new)),
            kit.actions("replace", [continue_button(where), _instead(choice, label)]),
        ],
    )


def _instead(choice: ContinueOrReplace, label: str) -> Element:
    if choice.question:
        ask = browse_ids.AskButton(choice.question, choice.open_id).pack()
        return kit.button(label, browse_ids.ASK, ask)
    if choice.missed_of:
        retry = ids.SessionButton(choice.missed_of, choice.open_id).pack()
        return kit.button(label, ids.RETRY, retry)
    if choice.slug == REVIEW:
        return kit.button(label, home_ids.REVIEW, choice.open_id)
    value = ids.StartButton(choice.slug, choice.count, choice.open_id).pack()
    return kit.button(label, ids.START, value)


def closest_message(words: str, closest: Sequence[Quiz], count: int, command: str) -> Message:
    """Unknown or ambiguous words: the closest quizzes, each with its button. Without words it was
    a button, of a quiz that has left the bank since.
    """
    asked = kit.clip(" ".join(words.split()), 60)
    way = kit.hint(f"`{command}` shows all quizzes.")
    if not closest:
        said = f"I know no quiz called “{asked}”." if asked else GONE
        spoken = f"{said} {command} shows all quizzes."
        pick = kit.actions("unknown", [kit.button("Pick a quiz", ids.MENU)])
        return kit.message(spoken, [kit.section(kit.escape(said)), pick, way])
    said = f"Which quiz do you mean by “{asked}”?" if asked else f"{GONE} Is it one of these now?"
    names = ", ".join(heading(quiz.title, quiz.level) for quiz in closest)
    quizzes = [_closest(quiz, count) for quiz in closest]
    spoken = f"{said} Closest: {names}."
    return kit.message(spoken, [kit.section(kit.escape(said)), *quizzes, way])


def _closest(quiz: Quiz, count: int) -> Block:
    name = heading(quiz.title, quiz.level)
    value = ids.StartButton(quiz.slug, count).pack()
    start = kit.button("Start", ids.START, value, spoken=f"Start {name}")
    size = kit.count(len(quiz), "question")
    return kit.section(
        f"*{kit.escape(name)}*\n{kit.escape(short_slug(quiz.slug))} · {size}", start
    )
