"""The Home tab: everything of one person on one page, and nothing of anybody else."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.blocks import forms, home_ids, ids, kit, limits, menu, richtext
from bot.blocks.badges import badge_lines
from bot.blocks.daily import closing_token
from bot.blocks.kit import Block, Element
from bot.blocks.privacy import zone_option
from bot.blocks.progress import percent
from bot.blocks.question import heading
from bot.blocks.suggestion import suggest_button
from bot.errors import MemoryAway
from bot.play.home import Asked, HomePage, NextAt, OfChannel, TrackScore
from bot.play.review import AT_ONCE
from bot.quiz.zones import Zone

TRACKS_SHOWN: Final = 20
TITLE_SHOWN: Final = 80
WROTE: Final = "I wrote to you: look at the Messages tab."
NOTHING_MISSED: Final = "There is nothing to review any more."
NO_SUCH_ZONE: Final = "I don't know that time zone, so nothing was changed. Choose another one."
NO_CHANNELS: Final = "None of your channels has a question of the day."
FORGET: Final = (
    "Answers, points, streak, places on leaderboards, settings and the quiz you are in are "
    "deleted at once. This cannot be undone."
)


def home_view(page: HomePage, zone: Zone, command: str, note: str = "") -> Block:
    """`zone` is the person's own as it is now; `note` is what came of their last press."""
    blocks = [
        *([kit.section(f"*{kit.escape(note)}*")] if note else []),
        *menu.menu_message(page.menu, command).blocks,
        *_today(page, command),
        *_week(page),
        *_tracks(page),
        *_badges(page),
        *_review(page),
        *_suggest(),
        *_settings(page, zone),
        *_my_data(),
    ]
    return {"type": "home", "callback_id": home_ids.HOME, "blocks": blocks}


def away_view() -> Block:
    """For the first visit, while our memory is away."""
    return {
        "type": "home",
        "callback_id": home_ids.HOME,
        "blocks": [kit.section(f"{MemoryAway.advice} Then open this tab again.")],
    }


def _header(words: str) -> Block:
    return {"type": "header", "text": kit.plain_text(words, limits.HEADER_TEXT)}


# Channels


def _today(page: HomePage, command: str) -> Iterator[Block]:
    yield _header("Today in my channels")
    if not page.channels:
        yield kit.section(f"{NO_CHANNELS} `{command} daily` in a channel sets one up.")
    for number, channel in enumerate(page.channels):
        yield {**_channel(channel), "block_id": f"channel:{number}"}
    if page.more:
        yield kit.context(f"and {kit.count(page.more, 'more channel')}")


def _channel(channel: OfChannel) -> Block:
    if isinstance(channel, NextAt):
        return kit.section(f"*<#{channel.channel}>*\nNext question {closing_token(channel.at)}")
    occurrence = channel.occurrence
    title = kit.clip(heading(occurrence.title, occurrence.level), TITLE_SHOWN)
    words = f"*<#{occurrence.channel}>* · {kit.escape(title)}\n{_state(channel)}"
    return kit.section(words, _open_button(channel))


def _state(asked: Asked) -> str:
    """It never says how good an answer is before everybody may know."""
    closes = closing_token(asked.occurrence.closes)
    if asked.is_open:
        return f"✅ Answered · closes {closes}" if asked.is_answered else f"⏳ Closes {closes}"
    if not asked.is_answered:
        return "Closed without your answer"
    return "✅ Closed, you were right" if asked.right else "❌ Closed, not quite this time"


def _open_button(asked: Asked) -> Element | None:
    """The rest of the way is Slack's: it opens the message."""
    if not asked.link:
        return None
    waits = asked.is_open and not asked.is_answered
    label = "Answer" if waits else "Open"
    spoken = f"{label} the question: {asked.occurrence.title}"
    button = kit.button(label, home_ids.OPEN_LINK, spoken=spoken)
    return {**button, "url": asked.link}


# What I have done


def _week(page: HomePage) -> Iterator[Block]:
    yield _header("This week")
    days = page.personal.streak.length
    streak = f"🔥 {kit.count(days, 'working day')} in a row" if days else "No streak yet"
    yield kit.section(f"*{' · '.join((streak, *_standing(page)))}*")
    best = page.personal.streak.best
    if best > days:
        yield kit.context(f"Your longest streak: {kit.count(best, 'working day')}.")


def _standing(page: HomePage) -> Iterator[str]:
    if page.own is None:
        yield "no points yet"
        return
    yield f"{page.own.placed.row.points:,} points"
    if page.own.is_hidden:
        yield "hidden from boards"
    else:
        yield f"rank {page.own.placed.rank:,} of {page.people:,}"


def _tracks(page: HomePage) -> Iterator[Block]:
    yield _header("How well I know the topics")
    shown = page.tracks[:TRACKS_SHOWN]
    if not shown:
        yield kit.section("Nothing answered yet. Pick a quiz above to begin.")
        return
    lines = [_track(track) for track in shown]
    if left := len(page.tracks) - len(shown):
        lines.append(richtext.section([richtext.text(f"and {left} more")]))
    yield kit.rich_text(lines)


def _track(track: TrackScore) -> Element:
    share = f"{percent(track.right, track.answered)} %"
    title = kit.clip(track.title or "Other quizzes", TITLE_SHOWN)
    return richtext.section(
        [
            richtext.text(f"{kit.bar(track.right, track.answered)}  {share:>5}", code=True),
            richtext.text(f"  {title}", bold=True),
            richtext.text(f" · {track.right:,} of {track.answered:,} right"),
        ]
    )


def _badges(page: HomePage) -> Iterator[Block]:
    yield _header("Badges")
    yield kit.rich_text(badge_lines(page.merits))


def _review(page: HomePage) -> Iterator[Block]:
    yield _header(f"To review ({page.to_review:,})")
    if not page.to_review:
        yield kit.section("Questions that you miss wait here until you get them right.")
        return
    now = min(page.to_review, AT_ONCE)
    label = f"Practise {now}" if now > 1 else "Practise it"
    button = kit.button(label, home_ids.REVIEW, spoken=f"Practise {now} missed questions")
    missed = kit.count(page.to_review, "missed question")
    words = f"{missed} to get right. Practice earns no points."
    yield {**kit.section(words, button), "block_id": "review"}


def _suggest() -> Iterable[Block]:
    words = "Do you know a question that is missing?"
    return ({**kit.section(words, suggest_button()), "block_id": "suggest"},)


# What I decide


def _settings(page: HomePage, zone: Zone) -> Iterator[Block]:
    yield _header("Settings")
    hidden, reminds = page.personal.is_hidden, page.reminds
    yield _choice(
        "You are hidden from leaderboards." if hidden else "Leaderboards show you.",
        "Show me on boards" if hidden else "Hide me from boards",
        home_ids.HOME_HIDE,
        home_ids.OFF if hidden else home_ids.ON,
    )
    yield _choice(
        "I remind you once a day, an hour before a question closes without your answer."
        if reminds
        else "I send you no reminders.",
        "Turn reminders off" if reminds else "Turn reminders on",
        home_ids.HOME_REMIND,
        home_ids.OFF if reminds else home_ids.ON,
    )
    search = forms.type_ahead("Search a city", zone_option(zone))
    select = {**search, "action_id": home_ids.HOME_ZONE}
    words = "*Your time zone*\nYour streak counts working days there."
    yield {**kit.section(words, select), "block_id": f"{home_ids.HOME_ZONE}:{zone.key}"}


def _choice(state: str, label: str, action_id: str, value: str) -> Block:
    return {**kit.section(state, kit.button(label, action_id, value)), "block_id": action_id}


def _my_data() -> Iterable[Block]:
    confirm = {
        "title": kit.plain_text("Forget everything about you?", limits.CONFIRM_TITLE),
        "text": kit.plain_text(FORGET, limits.CONFIRM_TEXT),
        "confirm": kit.plain_text("Forget me", limits.CONFIRM_BUTTON),
        "deny": kit.plain_text("Keep it", limits.CONFIRM_BUTTON),
        "style": "danger",
    }
    forget = kit.button("Forget me", ids.FORGET_ME, style="danger")
    return (
        _header("My data"),
        kit.actions(
            "my_data",
            [
                kit.button("What is kept", ids.PRIVACY),
                kit.button("Export my data", ids.EXPORT),
                {**forget, "confirm": confirm},
            ],
        ),
        kit.context("Only you can see this tab."),
    )
