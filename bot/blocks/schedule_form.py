"""The form that sets up the question of the day: its fields, how it is read, what it can offer."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from bot.blocks import forms, kit, limits, moments, schedule_ids as ids
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Element
from bot.blocks.privacy import zone_option
from bot.blocks.question import heading
from bot.errors import StaleButton
from bot.play.proposal import (
    LONGEST_DAYS_OFF,
    MOST_LEVELS,
    MOST_TOPICS,
    Entry,
    Fault,
    Field,
    Mistake,
    Mistakes,
)
from bot.play.topics import Topic
from bot.quiz.days_off import BadLine, Country, Flaw
from bot.quiz.player import ChannelId
from bot.quiz.question import Slug, short_slug
from bot.quiz.zones import described

TITLE: Final = "Question of the day"
NO_BOARD: Final = "none"
AT_ONCE, AT_CLOSE = "at_once", "at_close"

BLOCKS: Final = {
    Field.AT: ids.AT,
    Field.CLOSES: ids.CLOSES,
    Field.WEEKDAYS: ids.WEEKDAYS,
    Field.ZONE: ids.ZONE,
    Field.TOPICS: ids.TOPICS,
    Field.DAYS_OFF: ids.DAYS_OFF,
}
"""Where each mistake is shown."""

FAULTS: Final = {
    (Field.AT, Fault.MISSING): "Please choose a time.",
    (Field.WEEKDAYS, Fault.MISSING): "Please choose at least one day.",
    (Field.ZONE, Fault.MISSING): "Please choose a time zone.",
    (Field.ZONE, Fault.UNKNOWN): "I don't know that time zone. Please choose another one.",
    (Field.CLOSES, Fault.TOO_SHORT): "People need at least 10 minutes. Please close it later.",
    (Field.TOPICS, Fault.NO_QUESTION): (
        "I have no question on these topics and levels. Choose others, or none for all."
    ),
    (Field.DAYS_OFF, Fault.NO_DAY_LEFT): (
        "With these days off no day is left to ask on. Take some of them out."
    ),
}
FLAWS: Final = {
    Flaw.UNREADABLE: "is no date I can read. Write 2026-12-24, or 2026-12-24 to 2027-01-02",
    Flaw.AMBIGUOUS: "could be two dates. Write it as 2026-12-24",
    Flaw.NO_SUCH_DATE: "is not in the calendar",
    Flaw.BACKWARDS: "ends before it begins",
    Flaw.TOO_LONG: "is longer than a year",
    Flaw.TOO_MANY: "is too much: I can keep 1,000 days",
}
FLAWS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to choose from; `chosen` are the topics of the schedule, by name."""

    chosen: tuple[Topic, ...]
    levels: tuple[str, ...]
    countries: tuple[Country, ...]


def loading_view() -> Block:
    """Shown at once: Slack waits three seconds for a form, and finding out may take longer."""
    return forms.modal(TITLE, [kit.section("One moment…")], close="Close")


def form_view(
    entry: Entry,
    top: Sequence[Block],
    offer: Offer,
    now: datetime,
) -> Block:
    """`top` stands above the fields: how it is going, and what can be done at once."""
    fields = [
        forms.field(ids.AT, "Ask at", forms.time_picker(entry.at)),
        forms.field(
            ids.CLOSES,
            "Close at",
            forms.time_picker(entry.closes),
            hint="On the next day if that is not later. Empty: after a whole day.",
            optional=True,
        ),
        forms.field(ids.WEEKDAYS, "On these days", _weekdays(entry)),
        forms.field(ids.ZONE, "Time zone", _zone(entry, now)),
        *_choices(entry, offer),
        forms.field(ids.FEEDBACK, "Tell people whether they are right", _feedback(entry)),
        forms.field(ids.BOARD_DAY, "Leaderboard of the week", _board_day(entry)),
        forms.field(
            ids.COUNTRY,
            "Skip the public holidays of",
            _country(entry, offer),
            hint="Those of the whole country. Add regional ones below.",
            optional=True,
        ),
        forms.field(
            ids.DAYS_OFF,
            "Days off of your own",
            forms.text_box(entry.days_off, LONGEST_DAYS_OFF, placeholder="2026-12-24"),
            hint="One date or range on each line, such as 2026-12-24 to 2027-01-02.",
            optional=True,
        ),
    ]
    view = forms.modal(
        TITLE,
        [*top, *fields],
        callback_id=ids.FORM,
        metadata=pack_origin(entry.channel, entry.version),
        close="Cancel",
    )
    return forms.sends(view, "Next")


def _weekdays(entry: Entry) -> Element:
    options = [kit.option(name, str(number)) for number, name in enumerate(moments.DAYS)]
    return forms.some_of("checkboxes", options, [str(day) for day in entry.weekdays])


def _zone(entry: Entry, now: datetime) -> Element:
    return forms.type_ahead("Search a city", zone_option(described(entry.zone, now)))


def _choices(entry: Entry, offer: Offer) -> list[Block]:
    topics = [topic_option(topic) for topic in offer.chosen]
    picked = forms.type_ahead_several("All topics", topics[:MOST_TOPICS], MOST_TOPICS)
    hint = "Tracks and quizzes. Empty: all."
    blocks = [forms.field(ids.TOPICS, "Ask about", picked, hint=hint, optional=True)]
    if len(offer.levels) > 1:
        options = [kit.option(level, _level(level)) for level in offer.levels]
        chosen = [_level(level) for level in entry.levels]
        element = {
            **forms.some_of("multi_static_select", options, chosen),
            "placeholder": kit.plain_text("All levels", limits.PLACEHOLDER),
            "max_selected_items": MOST_LEVELS,
        }
        blocks.append(forms.field(ids.LEVELS, "On these levels", element, optional=True))
    return blocks


def _feedback(entry: Entry) -> Element:
    options = [
        kit.option("When it closes, all at once", AT_CLOSE),
        kit.option("At once, each in private", AT_ONCE),
    ]
    return forms.one_of("radio_buttons", options, AT_ONCE if entry.instant else AT_CLOSE)


def _board_day(entry: Entry) -> Element:
    days = [kit.option(f"On {name}s", str(number)) for number, name in enumerate(moments.DAYS)]
    chosen = NO_BOARD if entry.board_day is None else str(entry.board_day)
    element = forms.one_of("static_select", [kit.option("Not posted", NO_BOARD), *days], chosen)
    return {**element, "placeholder": kit.plain_text("Choose a day", limits.PLACEHOLDER)}


def _country(entry: Entry, offer: Offer) -> Element:
    chosen = next((c for c in offer.countries if c.code == entry.country), None)
    return forms.type_ahead("Search a country", country_option(chosen) if chosen else None)


# Entries of the type-aheads


def topic_option(topic: Topic) -> Element:
    what = "Track" if topic.is_track else "Quiz"
    option = kit.option(heading(topic.title, topic.level), short_slug(Slug(topic.slug)))
    words = f"{what}, {kit.count(topic.questions, 'question')}"
    return {**option, "description": kit.plain_text(words, limits.OPTION_DESCRIPTION)}


def topic_groups(topics: Sequence[Topic]) -> list[Element]:
    """Tracks before quizzes; typing finds what a long list does not show."""
    groups = {
        "Tracks": [topic for topic in topics if topic.is_track],
        "Quizzes": [topic for topic in topics if not topic.is_track],
    }
    return [_group(label, map(topic_option, found)) for label, found in groups.items() if found]


def country_option(country: Country) -> Element:
    return kit.option(country.name, country.code)


def country_groups(countries: Sequence[Country], words: str) -> list[Element]:
    wanted = words.strip().casefold()
    found = [c for c in countries if wanted in c.name.casefold() or wanted == c.code.casefold()]
    found.sort(key=lambda country: not country.name.casefold().startswith(wanted))
    return [_group("Countries", map(country_option, found))] if found else []


def _group(label: str, options: Iterable[Element]) -> Element:
    shown = list(islice(options, limits.SELECT_OPTIONS))
    return {"label": kit.plain_text(label, limits.OPTION_GROUP_LABEL), "options": shown}


def _level(level: str) -> str:
    return level[: limits.OPTION_VALUE]


# Reading it


def pack_origin(channel: ChannelId, version: str) -> str:
    """What the form is about, for when it is sent."""
    return json.dumps([channel, version])


def pack_entry(entry: Entry) -> str:
    """All that was filled in, for the step that confirms it."""
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))


def unpack_entry(packed: str) -> Entry:
    try:
        told = json.loads(packed)
        lists = {name: tuple(told[name]) for name in ("weekdays", "topics", "levels")}
        return Entry(**{**told, **lists})
    except (ValueError, TypeError, KeyError) as error:
        raise StaleButton(packed) from error


def read_entry(state: FormState, origin: str) -> Entry:
    """What a sent form says. Its fields are checked by `play/proposal.py`."""
    try:
        channel, version = json.loads(origin)
        days = tuple(int(day) for day in forms.ticked(state, ids.WEEKDAYS))
        board = forms.picked(state, ids.BOARD_DAY)
        board_day = None if board in {"", NO_BOARD} else int(board)
    except (ValueError, TypeError) as error:
        raise StaleButton(origin) from error
    return Entry(
        channel=ChannelId(channel),
        version=version,
        at=forms.typed(state, ids.AT),
        closes=forms.typed(state, ids.CLOSES),
        weekdays=days,
        zone=forms.picked(state, ids.ZONE),
        topics=forms.ticked(state, ids.TOPICS),
        levels=forms.ticked(state, ids.LEVELS),
        instant=forms.picked(state, ids.FEEDBACK) == AT_ONCE,
        board_day=board_day,
        country=forms.picked(state, ids.COUNTRY),
        days_off=forms.typed(state, ids.DAYS_OFF),
    )


# What is wrong


def complaints(mistakes: Mistakes) -> dict[str, str]:
    """A sentence for each field with a mistake, by its block id."""
    return {BLOCKS[mistake.field]: _complaint(mistake) for mistake in mistakes.found}


def _complaint(mistake: Mistake) -> str:
    if mistake.fault is Fault.BAD_LINES:
        shown = [_line(bad) for bad in mistake.lines[:FLAWS_SHOWN]]
        more = len(mistake.lines) - len(shown)
        rest = [f"{kit.count(more, 'more line')} like that."] if more else []
        return " ".join([*shown, *rest])
    return FAULTS[mistake.field, mistake.fault]


def _line(bad: BadLine) -> str:
    return f"Line {bad.number}: “{kit.clip(bad.text, 40)}” {FLAWS[bad.flaw]}."
