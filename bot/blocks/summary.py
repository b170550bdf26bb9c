"""The end of a session, and the card that tells a channel about it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.blocks import browse_ids, ids, kit, richtext
from bot.blocks.kit import Block, Element, Message
from bot.blocks.prompt import shortened
from bot.blocks.question import heading
from bot.blocks.result import given_words, key_words, study_guide
from bot.play.steps import Finished
from bot.quiz.prose import plain
from bot.quiz.question import LETTERS
from bot.quiz.session import Result, Session, State

MISSED_SHOWN: Final = 20
STEM_SHOWN: Final = 150


def duration(span: timedelta) -> str:
    """`40 s`, `4 min`, `2 h 5 min`, `3 days`: as precise as anybody cares."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return kit.count(days, "day")
    if hours:
        rest = minutes % 60
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{minutes} min" if minutes else f"{seconds} s"


def compared(session: Session) -> str:
    """How this run stands to the last one of the same length; empty without one."""
    if session.previous is None:
        return ""
    if session.right > session.previous:
        return f"better than your last time ({session.previous})"
    if session.right == session.previous:
        return "the same as last time"
    return f"your last time was {session.previous}"


def _score(session: Session) -> str:
    return f"{session.right} of {len(session.questions)} right"


def _details(session: Session) -> str:
    took = duration(session.finished - session.started) if session.finished else ""
    parts = (
        f"in {took}" if took else "",
        compared(session),
        "practice" if session.practice else f"{session.points:,} points",
    )
    return " · ".join(part for part in parts if part)


def _missed(session: Session) -> Iterator[tuple[int, str, str, str]]:
    for number in session.missed:
        question = session.questions[number]
        stem = shortened(question.prompt, STEM_SHOWN)
        you = kit.clip(given_words(session.answers[number].given), STEM_SHOWN)
        yield session.place(number), stem, you, _key(session, number)


def _key(session: Session, number: int) -> str:
    """`A Blue`, `A Red; C Green`, or what belongs into the gaps."""
    question = session.questions[number]
    texts = [
        f"{LETTERS[i]} {' '.join(plain(question.options[i].text).split())}"
        for i in sorted(question.key)
    ]
    return kit.clip("; ".join(texts) or key_words(question), STEM_SHOWN)


def _missed_list(session: Session) -> list[Element]:
    """The first of the missed questions under a headline; nothing where all was right."""
    found: list[Element] = []
    for place, stem, you, key in list(_missed(session))[:MISSED_SHOWN]:
        found.append(
            richtext.section(
                [
                    richtext.text(f"{place}  ", bold=True),
                    richtext.text(f"{stem}\n"),
                    richtext.text(f"you: {you} · right: {key}\n", italic=True),
                ]
            )
        )
    left = len(session.missed) - MISSED_SHOWN
    if left > 0:
        found.append(richtext.section([richtext.text(f"and {left} more")]))
    head = richtext.section([richtext.text("To look at again", bold=True)])
    return [head, *found] if found else []


def summary_words(session: Session) -> str:
    missed = [
        f"{place}: {stem} You: {you}. Right: {key}." for place, stem, you, key in _missed(session)
    ]
    title = heading(session.title, session.level)
    head = f"{title} is finished. {_score(session)}, {_details(session)}."
    return "\n".join((head, *(["To look at again:", *missed] if missed else [])))


def summary_message(finished: Finished, *, may_share: bool) -> Message:
    """`may_share` is False where there is no channel to share in, or it has been done."""
    session = finished.session
    if session.state is not State.DONE:
        return stopped_message(session)
    score = [
        richtext.text(_score(session), bold=True),
        richtext.text(f"  {kit.bar(session.right, len(session.questions))}"),
    ]
    top: list[Block] = [
        kit.context(f"🏁 {heading(session.title, session.level)}"),
        kit.rich_text([richtext.section(score)]),
        kit.context(_details(session)),
    ]
    may_share = may_share and not session.practice
    seen = "Only you can see this until you share it." if may_share else "Only you can see this."
    buttons = kit.actions("summary", _buttons(finished, may_share=may_share))
    bottom = [buttons, kit.context(seen)]
    parts = [_missed_list(session), study_guide(finished.quiz)]
    body = richtext.blocks(parts, [*top, *bottom])
    return kit.message(summary_words(session), [*top, *body, *bottom])


def _buttons(finished: Finished, *, may_share: bool) -> Sequence[Element]:
    session, quiz = finished.session, finished.quiz
    value = ids.SessionButton(session.id).pack()
    buttons = []
    if session.missed:
        n = len(session.missed)
        label = f"Retry these {n}" if n > 1 else "Retry this one"
        buttons.append(kit.button(label, ids.RETRY, value, style="primary"))
    buttons.append(kit.button("Another quiz", ids.MENU))
    if quiz and quiz.track:
        track = browse_ids.BrowseButton(quiz.track).pack()
        buttons.append(kit.button("Browse track", browse_ids.BROWSE, track))
    if may_share:
        buttons.append(kit.button("Share in channel", ids.SHARE, value))
    return buttons


def stopped_message(session: Session) -> Message:
    done = len(session.answers)
    title = heading(session.title, session.level)
    score = f"{session.right} right of {done} answered" if done else "nothing answered yet"
    said = f"Stopped: {title}, {score}."
    kept = ["Your answers so far count."] if done else []
    again = ids.StartButton(session.slug, len(session.questions)).pack()
    return kit.message(
        " ".join([said, *kept]),
        [
            kit.section("\n".join([f"*{kit.escape(said)}*", *kept])),
            kit.actions(
                "stopped",
                [
                    kit.button("Start again", ids.START, again),
                    kit.button("Another quiz", ids.MENU),
                ],
            ),
        ],
    )


def plain_name(name: str) -> str:
    """A name on one line, without signs that turn the direction of what follows."""
    kept = "".join(c for c in name if c.isprintable())
    return kit.clip(" ".join(kept.split()), 80) or "Somebody"


def shared_message(result: Result, name: str) -> Message:
    """What a channel sees: no question, no answer. `name` is a plain name, so nobody is pinged."""
    name = plain_name(name)
    title = heading(result.title, result.level)
    score = f"{result.right} of {result.total} right"
    words = f"{name} played {title}: {score}."
    value = ids.StartButton(result.slug, result.total).pack()
    return kit.message(
        words,
        [
            kit.rich_text(
                [
                    richtext.section(
                        [
                            richtext.text(name, bold=True),
                            richtext.text(" played "),
                            richtext.text(title, bold=True),
                            richtext.text(f"\n{score}  {kit.bar(result.right, result.total)}"),
                        ]
                    )
                ]
            ),
            kit.actions("shared", [kit.button("Try it", ids.START, value, spoken=f"Try {title}")]),
        ],
    )
