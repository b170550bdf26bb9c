"""The catalogue: a page of a track, and what a search has found. Nothing here tells an answer."""

from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Final

from bot.blocks import browse_ids, ids, kit, limits, richtext
from bot.blocks.browse_ids import AskButton, BrowseButton
from bot.blocks.kit import Block, Element, Message
from bot.blocks.question import heading
from bot.play.browsing import Entry, QuizEntry, Results, TrackEntry, TrackPage
from bot.play.solo import USUAL_COUNT
from bot.quiz.prose import plain
from bot.quiz.question import Question, Quiz

TITLE_SHOWN: Final = 80
ABOUT_SHOWN: Final = 120
TITLE_AT_LEAST: Final = 25
LEVELS_SHOWN: Final = 50
WAY_SHOWN: Final = 150
STEM_SHOWN: Final = 200
WORDS_SHOWN: Final = 60
INTRO_ROOM: Final = 1_500
LINKS_SHOWN: Final = 12
LINKS_ROOM: Final = 2_500
ALL: Final = "All tracks"
ONLY_TEXT: Final = "Questions are found by their text, not by their options."
GONE: Final = "I no longer have this question."


def track_message(page: TrackPage) -> Message:
    """One page of a track: what is below it, its quizzes in their order, its study guide."""
    title = page.track.title or ALL
    below = [*_bottom(page)]
    head = [*_head(page, title)]
    room = kit.ROOM - kit.weight([*head, *below])
    return kit.message(_spoken(page, title), [*head, *_entries(page, room), *below])


def _entries(page: TrackPage, room: int) -> list[Block]:
    """As much of them as there is room for: signs that are escaped take a lot of it."""
    found: list[Block] = []
    for title, about in ((TITLE_SHOWN, ABOUT_SHOWN), (TITLE_SHOWN, 0), (TITLE_AT_LEAST, 0)):
        found = [_entry(entry, title, about) for entry in page.entries]
        if kit.weight(found) <= room:
            break
    return found


def _spoken(page: TrackPage, title: str) -> str:
    lines = [f"{title}: {_size(page.quizzes, page.questions)}.", plain(page.intro)]
    return "\n".join(filter(None, [*lines, *map(_entry_words, page.entries)]))


def _size(quizzes: int, questions: int) -> str:
    plural = "quiz" if quizzes == 1 else "quizzes"
    return f"{quizzes:,} {plural} · {kit.count(questions, 'question')}"


def _head(page: TrackPage, title: str) -> Iterator[Block]:
    where = [each or ALL for each in page.above]
    part = [f"page {page.number + 1} of {page.pages}"] if page.pages > 1 else []
    way = kit.clip(" › ".join(where), WAY_SHOWN)  # noqa: RUF001  one step down
    yield kit.context(way, " · ".join([_size(page.quizzes, page.questions), *part]))
    yield kit.section(f"*{kit.escape(kit.clip(title, TITLE_SHOWN))}*")
    if intro := richtext.elements(page.intro):
        yield kit.rich_text(richtext.cut(intro, INTRO_ROOM))
    if not page.entries:
        yield kit.context("There is no quiz here yet.")


def _bottom(page: TrackPage) -> Iterator[Block]:
    if guide := _guide(page):
        yield kit.rich_text(guide)
    buttons = []
    if page.back is not None:
        buttons.append(_to("Back", browse_ids.BACK, *page.back))
    if page.number:
        buttons.append(_to("Earlier", browse_ids.EARLIER, page.track.slug, page.number - 1))
    if page.number < page.pages - 1:
        buttons.append(_to("More", browse_ids.LATER, page.track.slug, page.number + 1))
    yield kit.actions("browsing", [*buttons, kit.button("Menu", ids.MENU)])


def _to(label: str, action_id: str, track: str, number: int) -> Element:
    return kit.button(label, action_id, BrowseButton(track, number).pack())


def _guide(page: TrackPage) -> list[Element]:
    """A list of links; what is too long for a message is left out at its end."""
    links = [
        richtext.section([richtext.link(kit.clip(link.title, TITLE_SHOWN), link.url)])
        for link in page.links[:LINKS_SHOWN]
    ]
    while links and kit.weight(links) > LINKS_ROOM:
        links.pop()
    if not links:
        return []
    title = richtext.section([richtext.text("📖 Study guide", bold=True)])
    return [title, {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": links}]


# Entries


def _entry(entry: Entry, title_room: int, about_room: int) -> Block:
    title, details, button = _parts(entry)
    about = f"{entry.about[:1].upper()}{entry.about[1:]}"
    bold = f"*{kit.escape(kit.clip(title, title_room))}*"
    short = shorten(about, about_room, placeholder="…") if about_room else ""
    lines = (bold, kit.escape(short), details)
    return kit.section("\n".join(filter(None, lines)), button)


def _parts(entry: Entry) -> tuple[str, str, Element]:
    if isinstance(entry, TrackEntry):
        value = BrowseButton(entry.slug).pack()
        title = kit.clip(entry.title, TITLE_SHOWN)
        button = kit.button("Open", browse_ids.BROWSE, value, spoken=f"Open {title}")
        return title, kit.escape(_track_details(entry)), button
    name = _name(entry.quiz)
    details = f"{_quiz_size(entry)}{_done(entry)}"
    return name, details, _start(entry.quiz, "Start", "primary" if entry.is_next else "")


def _name(quiz: Quiz) -> str:
    return kit.clip(heading(quiz.title, quiz.level), TITLE_SHOWN)


def _start(quiz: Quiz, label: str, style: str = "") -> Element:
    value = ids.StartButton(quiz.slug, USUAL_COUNT).pack()
    return kit.button(label, ids.START, value, style=style, spoken=f"Start {_name(quiz)}")


def _track_details(entry: TrackEntry) -> str:
    levels = kit.clip(", ".join(entry.levels), LEVELS_SHOWN)
    done = f"{entry.answered:,} answered" if entry.answered else ""
    return " · ".join(filter(None, (_size(entry.quizzes, entry.questions), levels, done)))


def _quiz_size(entry: QuizEntry) -> str:
    return kit.count(len(entry.quiz), "question")


def _done(entry: QuizEntry) -> str:
    """How far somebody is; nothing for who has not begun."""
    if not entry.answered:
        return ""
    total = len(entry.quiz)
    far = "all" if entry.answered == total else f"{entry.answered:,} of {total:,}"
    return f" · {kit.bar(entry.answered, total)} {far} answered, {entry.right:,} right"


def _entry_words(entry: Entry) -> str:
    if isinstance(entry, TrackEntry):
        return f"{entry.title}: {_track_details(entry)}"
    done = f", {entry.answered:,} answered, {entry.right:,} right" if entry.answered else ""
    return f"{_name(entry.quiz)}: {_quiz_size(entry)}{done}"


# Search


def results_message(results: Results, command: str) -> Message:
    asked = kit.clip(results.words, WORDS_SHOWN)
    if not asked:
        return _unasked(command)
    if not (results.quizzes or results.questions):
        return _nothing(asked)
    blocks = [
        kit.context("Search", ONLY_TEXT),
        _said(_found(asked), bold=True),
        *(_found_quiz(quiz) for quiz in results.quizzes),
        *([{"type": "divider"}] if results.quizzes and results.questions else []),
        *(block for found in results.questions for block in _found_question(*found)),
        *([kit.context("There are more. Another word makes it fewer.")] * results.more),
        kit.actions("searched", _ways()),
    ]
    return kit.message("\n".join(_results_words(results, asked)), blocks)


def _found(asked: str) -> str:
    return f"Found for “{asked}”"


def _results_words(results: Results, asked: str) -> Iterator[str]:
    yield f"{_found(asked)}:"
    for quiz in results.quizzes:
        yield f"Quiz {_name(quiz)}, {kit.count(len(quiz), 'question')}"
    for quiz, question in results.questions:
        yield f"Question of {_name(quiz)}: {_stem(question, STEM_SHOWN)}"


def _stem(question: Question, limit: int) -> str:
    """From its beginning: many questions end with the same few words."""
    return kit.clip(" ".join(question.stem.split()), limit)


def _unasked(command: str) -> Message:
    said = "What are you looking for?"
    way = "finds questions and quizzes by their words."
    return kit.message(
        f"{said} {command} search git rebase {way}",
        [
            kit.section(f"*{said}*\n`{command} search git rebase` {way}"),
            kit.actions("searched", _ways()),
        ],
    )


def _nothing(asked: str) -> Message:
    said = f"I found nothing for “{asked}”. Fewer or other words may do."
    return kit.message(said, [_said(said), kit.actions("searched", _ways())])


def _said(words: str, *, bold: bool = False) -> Block:
    """A sentence with what somebody typed: its stars and underscores are no markup of ours."""
    return kit.rich_text([richtext.section([richtext.text(words, bold=bold)])])


def _ways() -> list[Element]:
    return [browse_button(), kit.button("Menu", ids.MENU)]


def browse_button() -> Element:
    return kit.button("Browse", browse_ids.BROWSE, spoken="Browse tracks and quizzes")


def _found_quiz(quiz: Quiz) -> Block:
    words = f"*{kit.escape(_name(quiz))}*\n{kit.count(len(quiz), 'question')}"
    return kit.section(words, _start(quiz, "Start this quiz"))


def _found_question(quiz: Quiz, question: Question) -> Iterator[Block]:
    """The text as it is, without markup: it may be full of stars and underscores."""
    stem = _stem(question, STEM_SHOWN)
    value = AskButton(question.id).pack()
    spoken = f"Ask me: {stem}"
    button = kit.button("Ask me this one", browse_ids.ASK, value, spoken=spoken)
    text = {**kit.plain_text(stem, STEM_SHOWN), "emoji": False}
    yield kit.context(_name(quiz))
    yield {"type": "section", "text": text, "accessory": button}


# The type-ahead of the menu


def question_option(quiz: Quiz, question: Question) -> Element:
    """An entry that is a question; its quiz stands in the description."""
    stem = _stem(question, limits.OPTION_TEXT)
    option = kit.option(stem, f"{browse_ids.QUESTION}{question.id}")
    return {**option, "description": kit.plain_text(_name(quiz), limits.OPTION_DESCRIPTION)}


def picked_question(value: str) -> str:
    """The id of the question that an entry stands for; empty for a quiz."""
    return value.removeprefix(browse_ids.QUESTION) if value[:1] == browse_ids.QUESTION else ""


def result_groups(
    quizzes: Sequence[Element], questions: Sequence[tuple[Quiz, Question]]
) -> list[Element]:
    groups = (("Quizzes", quizzes), ("Questions", [question_option(*each) for each in questions]))
    return [
        {"label": kit.plain_text(label, limits.OPTION_GROUP_LABEL), "options": list(options)}
        for label, options in groups
        if options
    ]
