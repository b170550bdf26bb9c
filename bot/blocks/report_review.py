"""A reported question as its authors see it: the Markdown, where it stands, how it is answered,
and what people say; with the answers, and so for nobody else's eyes.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.blocks import kit, report_ids as ids, richtext
from bot.blocks.kit import Block, Element, Message
from bot.blocks.progress import percent
from bot.blocks.prompt import shortened
from bot.blocks.question import heading
from bot.blocks.report import COMPLAINTS, STEM_SHOWN
from bot.blocks.result import OTHER, RIGHT
from bot.play.permissions import NotAllowed
from bot.play.report_ports import CaseView, Standing
from bot.quiz.item import LEAST_SHARE, ItemFigures
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS, Kind, Place, Question
from bot.quiz.report import (
    AlreadySettled,
    Case,
    HeldReport,
    NoSuchCase,
    Pooled,
    Report,
    Settled,
    Settling,
    Verdict,
    named_options,
)

REPORTS_SHOWN: Final = 5
WORDS_SHOWN: Final = 200
OPTION_SHOWN: Final = 60
SOMEBODY: Final = "Somebody"
THEIR_LETTERS: Final = "Seen with these letters:"
STANDINGS: Final = {
    Standing.SAME: "",
    Standing.CHANGED: "The bank has another version of it by now.",
    Standing.GONE: "It is not in the bank any more.",
}
OUT: Final = "It is out of the daily pool until one of you decides."
OUT_BY_HAND: Final = "It is out of the daily pool."
OUT_AFTER: Final = (
    "This version stays out of the daily pool. A corrected one takes part as soon as I have it."
)
NO_CASE: Final = (
    "This report is over: it was settled long ago, or a newer message about it is further down."
)
NOT_ALLOWED: Final = (
    "Only admins of this workspace, and people they have put on the list, decide about questions. "
    "An admin can change that with {command} settings."
)
UNSURE: Final = "I could not find out whether you may do that. Try again in a minute."
BACK: Final = "Back in the daily pool."
TAKEN_OUT: Final = "Taken out of the daily pool. Private quizzes still ask it."
SETTLED: Final = {
    Verdict.FIXED: "Marked as fixed.",
    Verdict.KEPT: "Kept as it is.",
}


def case_message(view: CaseView) -> Message:
    case = view.case
    top = kit.context(
        "Report",
        heading(case.title, case.question.level),
        _people(case.people),
    )
    status = _status(view)
    bottom = [*([kit.context(status)] if status else []), *_buttons(case)]
    parts = [
        [richtext.section([richtext.text(line, bold=True)]) for line in _headline(case)],
        _source(view.source.markdown),
        _place(view),
        _figures(case.question, view.figures),
        list(_said(view)),
    ]
    body = richtext.blocks(parts, [top, *bottom])
    return Message(kit.spoken(list(_words(view, status))), (top, *body, *bottom))


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _headline(case: Case) -> list[str]:
    """What most of them say."""
    counts = [held.report.complaint for held in case.reports]
    if not counts:
        return []
    most = max(counts, key=counts.count)
    return [COMPLAINTS[most]]


def _source(markdown: str) -> list[Element]:
    return [{"type": "rich_text_preformatted", "elements": [richtext.text(markdown)]}]


def place_words(place: Place) -> str:
    return f"{place.inside or place.path}:{place.line}"


def _place(view: CaseView) -> list[Element]:
    """`git/basics.md:42 · Edit this question`."""
    found = [richtext.text(place_words(view.source.place), code=True)]
    if view.source.edit:
        found += [richtext.text(" · "), richtext.link("Edit this question", view.source.edit)]
    return [richtext.section(found)]


# Statistics


def _figures(question: Question, figures: ItemFigures) -> list[Element]:
    lines = [richtext.section([richtext.text(" ".join(figure_words(question, figures)))])]
    if question.kind is not Kind.BLANK and figures.answered:
        picks = "\n".join(_picks(question, figures))
        lines.append({"type": "rich_text_preformatted", "elements": [richtext.text(picks)]})
    return lines


def figure_words(question: Question, figures: ItemFigures) -> Iterator[str]:
    """In sentences, honest about how little few answers say."""
    if not figures.answered:
        yield "Nobody has answered this version yet."
        return
    answers = kit.count(figures.answered, "first answer")
    if figures.answered < LEAST_SHARE:
        yield f"{answers}, {figures.right:,} right: too few to judge it by."
        return
    yield f"{answers}, {percent(figures.right, figures.answered)} % right."
    if rival := _rival(question, figures):
        yield f"More people choose {rival} than the right answer."
    if figures.discrimination is not None:
        yield f"Discrimination {figures.discrimination:.2f}{_judged(figures.discrimination)}."


def _judged(discrimination: float) -> str:
    """Usual readings: a quarter is good, and below zero those who know more are wrong more."""
    if discrimination < 0:
        return ", below zero: those who know more get it wrong more often"
    return "" if discrimination >= 0.15 else ", which is low"  # noqa: PLR2004  as in Moodle's report


def _rival(question: Question, figures: ItemFigures) -> str:
    """The letter of a wrong option that is picked more than any right one."""
    best = max((figures.picks[i] for i in question.key), default=0)
    wrong = [i for i in range(len(figures.picks)) if i not in question.key]
    most = max(wrong, key=lambda i: figures.picks[i], default=None)
    return LETTERS[most] if most is not None and figures.picks[most] > best else ""


def _picks(question: Question, figures: ItemFigures) -> Iterator[str]:
    """Without shares while they would say more than is known."""
    width = len(f"{max(figures.picks):,}")
    for i, option in enumerate(question.options):
        chosen = figures.picks[i]
        sign = RIGHT if option.correct else OTHER
        text = kit.clip(" ".join(plain(option.text).split()), OPTION_SHOWN)
        share = ""
        if figures.answered >= LEAST_SHARE:
            bar = kit.bar(chosen, figures.answered)
            share = f"{bar}  {percent(chosen, figures.answered):>3} %  "
        yield f"{sign} {LETTERS[i]}  {share}{chosen:>{width},}  {text}"


# What people say


def _said(view: CaseView) -> Iterator[Element]:
    for line in _said_lines(view):
        yield richtext.section([richtext.text(line)])


def _said_lines(view: CaseView) -> Iterator[str]:
    reports = view.case.reports
    for held in reports[-REPORTS_SHOWN:]:
        yield _report_line(view, held)
    if len(reports) > REPORTS_SHOWN:
        yield f"and {len(reports) - REPORTS_SHOWN:,} more, in the thread"


def _report_line(view: CaseView, held: HeldReport) -> str:
    report = held.report
    name = view.names.get(report.user, SOMEBODY)
    words = kit.clip(" ".join(report.words.split()), WORDS_SHOWN)
    return f"{name}: {COMPLAINTS[report.complaint].lower()}" + (f" · “{words}”" if words else "")


def _status(view: CaseView) -> str:
    case = view.case
    standing = STANDINGS[view.standing]
    if case.verdict:
        name = view.names.get(case.decider, "") if case.decider else ""
        by = f" by {name}" if name else ""
        out = OUT_AFTER if case.out else ""
        settled = SETTLED[case.verdict].rstrip(".")
        return " ".join(filter(None, (f"✅ {settled}{by}.", out)))
    out = (OUT_BY_HAND if case.by_hand else OUT) if case.out else ""
    return " ".join(filter(None, (out, standing)))


def _buttons(case: Case) -> Iterator[Block]:
    """What can still be decided; a new turn has buttons of its own."""
    value = ids.CaseButton(case.id, case.turn).pack()
    pool = (
        kit.button("Put back", ids.PUT_BACK, value, spoken="Put back into the daily pool")
        if case.out
        else kit.button("Take out of the daily pool", ids.TAKE_OUT, value)
    )
    decide = [
        kit.button("Mark fixed", ids.FIXED, value, style="primary"),
        kit.button("Keep as it is", ids.KEPT, value),
    ]
    buttons = [
        *([] if case.verdict else decide),
        *([] if case.verdict and not case.out else [pool]),
    ]
    if buttons:
        yield kit.actions(f"case:{case.turn}:{case.id}", buttons)


def _words(view: CaseView, status: str) -> Iterator[str]:
    case = view.case
    title = heading(case.title, case.question.level)
    stem = shortened(case.question.prompt, STEM_SHOWN)
    yield f"Report by {_people(case.people)}. {title}: {stem}"
    yield place_words(view.source.place)
    yield " ".join(figure_words(case.question, view.figures))
    yield from _said_lines(view)
    yield status


def reply_message(report: Report, question: Question, name: str) -> Message:
    """In the thread, whole. Whoever wrote something may mean the letters that they saw: those are
    explained where they are not the letters of the authors.
    """
    said = f"{name or SOMEBODY}: {COMPLAINTS[report.complaint].lower()}"
    words = [kit.section(kit.escape(f"{said}\n{report.words}".strip()))]
    if report.words and report.options not in {(), named_options(question)}:
        seen = (
            f"{LETTERS[i]} {kit.clip(text, OPTION_SHOWN)}" for i, text in enumerate(report.options)
        )
        words.append(kit.context(f"{THEIR_LETTERS} {' · '.join(seen)}"))
    return kit.message(f"{said}. {report.words}", words)


# What whoever decides is told


def refused_words(why: NotAllowed, command: str) -> str:
    """For suggestions too."""
    return UNSURE if why.unsure else NOT_ALLOWED.format(command=command)


def settling_words(outcome: Settling | Pooled) -> str:
    match outcome:
        case Settled(verdict, people):
            return f"{SETTLED[verdict]} {_people(people)} will hear of it."
        case AlreadySettled(verdict):
            return f"It was settled before: {SETTLED[verdict].lower()}"
        case Pooled(out):
            return TAKEN_OUT if out else BACK
        case NoSuchCase():
            return NO_CASE
        case _:
            assert_never(outcome)
