"""The word in private that a question is about to close."""

from typing import Final

from bot.blocks import home_ids, kit
from bot.blocks.daily import closing_token
from bot.blocks.kit import Message
from bot.blocks.question import heading
from bot.play.home_ports import Reminder

TITLE_SHOWN: Final = 80
STOPPED: Final = "Reminders are off. The Home tab turns them on again."
BOTTOM: Final = "One a day at most, because you asked for it."


def reminder_message(reminder: Reminder) -> Message:
    """It says nothing about the question but what it is about."""
    occurrence = reminder.occurrence
    title = kit.escape(kit.clip(heading(occurrence.title, occurrence.level), TITLE_SHOWN))
    where = f"<#{occurrence.channel}>"
    said = f"⏳ The question in {where} closes {closing_token(occurrence.closes)}."
    stop = kit.button("Turn reminders off", home_ids.STOP_REMINDERS)
    buttons = [stop]
    if reminder.link:
        answer = kit.button("Answer", home_ids.OPEN_LINK, style="primary")
        buttons = [{**answer, "url": reminder.link}, stop]
    return Message(
        f"{said} It is about {title}, and your answer is missing. {BOTTOM}",
        (
            kit.section(f"{said}\nIt is about {title}, and your answer is missing."),
            kit.actions("reminder", buttons),
            kit.context(BOTTOM),
        ),
    )
