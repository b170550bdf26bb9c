"""Short words of the bot: help, welcome, and the sentence for a press that came too late."""

from typing import Final

from bot.blocks import board, ids, kit, report_ids, teams
from bot.blocks.kit import Element, Message
from bot.blocks.menu import continue_button
from bot.blocks.question import TITLE_SHOWN, heading
from bot.quiz.question import Quiz
from bot.quiz.session import Stale

APOLOGY: Final = (
    "Something broke on my side, and your answers so far are safe. "
    "Try again; if it stays, give this reference to whoever runs the bot:"
)
PICK_SOMETHING: Final = "Please tick at least one answer, then press Submit."
PICK_QUIZ: Final = "Please choose a quiz or a question first, then press Start."
ALREADY_SHARED: Final = "You have shared this result already."
NOT_SHARED: Final = "Slack did not take the message, so nothing was shared. Try once more."
MAYBE_SHARED: Final = (
    "Slack did not say whether it took your result. Please look in the channel: "
    "to be safe, I don't post it a second time."
)
MODAL_LATE: Final = "Slack was too slow to open the form. Press Fill in once more."
NOT_SHOWN: Final = "Slack did not take my message. Your answers are safe; try the menu again."
FILL_EVERY_GAP: Final = "Please write something here."


def _help_lines(command: str) -> tuple[str, ...]:
    return (
        f"`{command}` pick a quiz from the menu",
        f"`{command} start docker basics 5` start at once, five questions",
        f"`{command} browse docker` tracks and study guides, `{command} search git rebase` finds",
        f"`{command} resume` go on where you were",
        f"`{command} stop` end the quiz you are in",
        f"`{command} stats` your progress, `{command} leaderboard week docker` who leads",
        f"`{command} leaderboard teams` teams against each other, `{command} team` yours",
        f"`{command} daily` in a channel: a question every day, for whoever may set it up",
        f"`{command} suggest` a question of your own; “Something wrong?” is below every answer",
        f"`{command} doctor` for admins: how I am; also `{command} void` and `{command} reset`",
        f"`{command} privacy` what I keep about you, and how to hide, export or delete it",
    )


def help_message(command: str, preface: str = "", beside: Element | None = None) -> Message:
    """`beside` is a button beside the preface."""
    lines = _help_lines(command)
    scoring = f"{board.SCORING} A retry earns none."
    parts = (preface, *lines, scoring, teams.HOW)
    words = "\n".join(part for part in parts if part).replace("`", "")
    blocks = [
        *([kit.section(kit.escape(preface), beside)] if preface else []),
        kit.section("\n".join(lines)),
        kit.actions(
            "help",
            [
                kit.button("Pick a quiz", ids.MENU),
                kit.button("Leaderboard", ids.BOARD),
                kit.button("My data", ids.PRIVACY),
                kit.button("Suggest a question", report_ids.SUGGEST),
            ],
        ),
        kit.context(scoring, teams.HOW),
    ]
    return kit.message(words, blocks)


def not_understood(asked: str, command: str) -> Message:
    said = kit.clip(" ".join(asked.split()), 60)
    return help_message(command, f"I don't know “{said}” yet. This is what I can do:")


def start_it(quiz: Quiz, count: int, command: str) -> Message:
    """For somebody who typed the name of a quiz and nothing else."""
    name = heading(quiz.title, quiz.level)
    value = ids.StartButton(quiz.slug, count).pack()
    start = kit.button("Start", ids.START, value, style="primary", spoken=f"Start {name}")
    return help_message(command, f"Start {name}?", start)


def stale_message(stale: Stale, command: str) -> Message:
    """A click on something outdated: one sentence and the way on."""
    if stale.open is None:
        return with_menu("That quiz is finished.", command)
    said = "That question is finished."
    where = f"number {stale.open.place} of {kit.clip(stale.open.title, TITLE_SHOWN)}"
    return kit.message(
        f"{said} {command} resume brings you to {where}.",
        [
            kit.section(f"{said} `{command} resume` brings you to {kit.escape(where)}."),
            kit.actions("stale", [continue_button(stale.open)]),
        ],
    )


def nothing_open(command: str) -> Message:
    return with_menu("No quiz is open.", command)


def missed_are_gone(command: str) -> Message:
    """The missed questions have left the bank, or their session is older than a week."""
    return with_menu("I no longer have these questions.", command)


def too_old(command: str) -> Message:
    return with_menu("This result is older than a week, so I no longer have it.", command)


def with_menu(said: str, command: str, what: str = "a quiz") -> Message:
    """What is over, and the way to something new."""
    return kit.message(
        f"{said} {command} starts {what}.",
        [
            kit.section(f"{said} `{command}` starts {what}."),
            kit.actions("over", [kit.button("Pick a quiz", ids.MENU)]),
        ],
    )


def welcome(command: str) -> Message:
    said = "Hello, I am the quiz bot. I ask short quizzes, in private, whenever you like."
    way = "in any channel or here, and pick one. Nobody sees your answers."
    return kit.message(
        f"{said} Type {command} {way}",
        [
            kit.section(f"{said}\nType `{command}` {way}"),
            kit.actions(
                "welcome", [kit.button("Pick a quiz", ids.MENU), kit.button("Help", ids.HELP)]
            ),
        ],
    )


def sentence(words: str) -> Message:
    """Plain words as a message."""
    return kit.message(words, [kit.section(kit.escape(words))])


def advice(markup: str) -> Message:
    """A sentence of ours in mrkdwn, as errors carry it."""
    return Message(markup, (kit.section(markup),))


def apology(reference: str) -> Message:
    return advice(f"{APOLOGY} `{reference}`")
