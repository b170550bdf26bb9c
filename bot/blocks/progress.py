"""My progress: what a person has answered so far, and how well."""

from typing import Final

from bot.blocks import ids, kit, richtext
from bot.blocks.kit import Element, Message
from bot.blocks.question import heading
from bot.play.solo import MyProgress
from bot.quiz.question import Quiz

QUIZZES_SHOWN: Final = 25


def percent(right: int, answered: int) -> int:
    """Rounded, but 100 only where all is right."""
    share = round(100 * right / answered) if answered else 0
    return share if right == answered else min(share, 99)


def _line(quiz: Quiz, answered: int, right: int) -> str:
    name = kit.clip(heading(quiz.title, quiz.level), 60)
    return f"{name}: {right} right of {answered} answered, {len(quiz)} in all"


def _row(quiz: Quiz, answered: int, right: int) -> Element:
    share = f"{percent(right, answered)} %"
    return richtext.section(
        [
            richtext.text(f"{kit.bar(right, answered)}  {share:>5}", code=True),
            richtext.text(f"  {kit.clip(heading(quiz.title, quiz.level), 60)}", bold=True),
            richtext.text(f" · {answered} of {len(quiz)} answered"),
        ]
    )


def _more(left: int) -> list[Element]:
    return [richtext.section([richtext.text(f"and {left} more")])] if left else []


def progress_message(mine: MyProgress, command: str) -> Message:
    progress = mine.progress
    if not progress.answered:
        way = f"Nothing answered yet. {command} starts your first quiz."
        return kit.message(
            way,
            [
                kit.section(f"*Nothing answered yet.* `{command}` starts your first quiz."),
                kit.actions("progress", [kit.button("Pick a quiz", ids.MENU, style="primary")]),
            ],
        )
    share = percent(progress.right, progress.answered)
    head = (
        f"{progress.right:,} right of {kit.count(progress.answered, 'question')} "
        f"({share} %), {progress.points:,} points, {kit.count(progress.runs, 'quiz run')}"
    )
    rows = mine.quizzes[:QUIZZES_SHOWN]
    blocks = [
        kit.context("My progress"),
        kit.section(f"*{head}*"),
        kit.rich_text([*(_row(*row) for row in rows), *_more(len(mine.quizzes) - len(rows))])
        if rows
        else kit.context("The quizzes you played are no longer in the bank."),
        kit.actions("progress", [kit.button("Pick a quiz", ids.MENU)]),
        kit.context("Only the first answer to a question counts here. Retries are practice."),
    ]
    words = "\n".join((f"My progress: {head}.", *(_line(*row) for row in rows)))
    return kit.message(words, blocks)
