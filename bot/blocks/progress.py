"""My progress: what a person has answered so far, and how well."""

from typing import Final

from bot.blocks import ids, kit, richtext
from bot.blocks.kit import Element, Message
from bot.blocks.question import heading
from bot.play.steps import MyProgress
from bot.quiz.question import Quiz
from bot.quiz.streaks import Streak

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


def _streak_words(streak: Streak) -> str:
    """Empty for who has never had one; a run that ended is not held up to anybody."""
    if not streak.best:
        return ""
    best = f"your best is {streak.best}"
    if not streak.length:
        return f"No streak right now; {best}"
    run = f"{kit.count(streak.length, 'working day')} in a row"
    return run if streak.length == streak.best else f"{run}; {best}"


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
    streak = _streak_words(mine.streak)
    blocks = [
        kit.context("My progress"),
        kit.section(f"*{head}*"),
        *([kit.context(f"🔥 {streak}")] if streak else []),
        kit.rich_text([*(_row(*row) for row in rows), *_more(len(mine.quizzes) - len(rows))])
        if rows
        else kit.context("The quizzes you played are no longer in the bank."),
        kit.actions(
            "progress",
            [
                kit.button("Pick a quiz", ids.MENU),
                kit.button("Leaderboard", ids.BOARD),
                kit.button("My data", ids.PRIVACY),
            ],
        ),
        kit.context("Only the first answer to a question counts here. Retries are practice."),
    ]
    lines = (f"My progress: {head}.", f"{streak}." if streak else "")
    words = "\n".join((*filter(None, lines), *(_line(*row) for row in rows)))
    return kit.message(words, blocks)
