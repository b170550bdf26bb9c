"""What is kept about a person, and what they can do about it."""

from collections.abc import Iterator
from typing import Final

from bot.blocks import forms, ids, kit, limits, richtext
from bot.blocks.kit import Element, Message
from bot.blocks.moments import offset_words
from bot.play.privacy import Export
from bot.quiz.people import Personal
from bot.quiz.zones import Zone

KEPT: Final = (
    "I keep the answers you gave first, the hints you took, your points and streak, the quiz you "
    "are in for 7 days, what you report and suggest until half a year after it is settled, and "
    "your name and time zone as Slack has them. Others see your name, points and streak on "
    "leaderboards, and what you share; the authors see what you report and suggest. Your answers "
    "nobody sees."
)
PAGE: Final = 9_000
"""Characters of an export in one message, where files cannot be sent."""

ON_ITS_WAY: Final = "Your data is in our direct conversation."
NO_SUCH_ZONE: Final = "I don't know that time zone. Please choose another one."


def privacy_message(mine: Personal, command: str) -> Message:
    hidden = mine.is_hidden
    state = "You are hidden from leaderboards." if hidden else "Leaderboards show you."
    toggle = kit.button(
        "Show me on boards" if hidden else "Hide me from boards",
        ids.HIDE,
        "show" if hidden else "hide",
    )
    zone = f"Your time zone: {mine.zone}"
    return kit.message(
        f"My data. {KEPT} {state} {zone}. {command} export sends you all of it, "
        f"{command} forget me deletes it.",
        [
            kit.context("My data"),
            kit.section(KEPT),
            kit.section(
                f"*{kit.escape(zone)}*\nYour streak counts working days there.", _zone_select(mine)
            ),
            kit.section(f"*{state}*"),
            kit.actions(
                "privacy",
                [
                    toggle,
                    kit.button("Export my data", ids.EXPORT),
                    kit.button("Forget me", ids.FORGET, spoken="Forget me, asks once more"),
                ],
            ),
            kit.context("Only you can see this."),
        ],
    )


def zone_option(zone: Zone) -> Element:
    return kit.option(f"{zone.key.replace('_', ' ')} ({offset_words(zone.offset)})", zone.key)


def zone_choices(zones: tuple[Zone, ...]) -> list[Element]:
    """The entries of a type-ahead, as one group."""
    options = [zone_option(zone) for zone in zones[: limits.SELECT_OPTIONS]]
    return [{"label": kit.plain_text("Time zones", limits.OPTION_GROUP_LABEL), "options": options}]


def _zone_select(mine: Personal) -> Element:
    chosen = kit.option(mine.zone.replace("_", " "), mine.zone)
    return {**forms.type_ahead("Search a city", chosen), "action_id": ids.MY_ZONE}


def forget_message(command: str) -> Message:
    said = "Forget everything about you?"
    what = (
        "Answers, points, streak, places on leaderboards, settings and the quiz you are in are "
        "deleted at once. This cannot be undone."
    )
    return kit.message(
        f"{said} {what} {command} export sends you a copy first.",
        [
            kit.section(f"*{said}*\n{what}"),
            kit.actions(
                "forget",
                [
                    kit.button("Forget me", ids.FORGET_ME, style="danger"),
                    kit.button("Export my data", ids.EXPORT),
                ],
            ),
            kit.hint(f"Changed your mind? Just leave this message. `{command}` plays on."),
        ],
    )


def forgotten_message(command: str) -> Message:
    said = "Done: I have forgotten you."
    way = "starts afresh whenever you like."
    return kit.message(
        f"{said} {command} {way}",
        [kit.section(f"*{said}*\n`{command}` {way}")],
    )


def export_message(export: Export) -> Message:
    said = "Here is all that I keep about you"
    return kit.message(f"{said}: {export.file_name}", [kit.section(f"{said}.")])


def export_pages(export: Export) -> tuple[Message, ...]:
    """The same in messages, cut between lines where that is possible."""
    pages = list(_pages(export.content))
    return tuple(
        kit.message(
            f"{export.file_name}, part {number} of {len(pages)}",
            [
                kit.context(f"{export.file_name} · {number} of {len(pages)}"),
                kit.rich_text(
                    [{"type": "rich_text_preformatted", "elements": [richtext.text(page)]}]
                ),
            ],
        )
        for number, page in enumerate(pages, 1)
    )


def _pages(text: str) -> Iterator[str]:
    page = ""
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), PAGE):
            part = line[start : start + PAGE]
            if page and len(page) + len(part) > PAGE:
                yield page
                page = ""
            page += part
    if page:
        yield page
