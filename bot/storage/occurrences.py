"""How a question that a channel was asked lies in Redis: the fields of its hash, there and back.

`q` is the question as it is shown, `i` its id and `w` what it earns; `o:N` counts who chose the
option N. `attempt`, `deadline`, `closer` and `closing_until` say who is at work on it. Moments are
unix ms.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from bot.quiz.occurrence import (
    Busy,
    Claim,
    Claimed,
    Occurrence,
    OccurrenceId,
    OccurrenceState,
    Outdated,
    PostNote,
    Stands,
    Tally,
    blank_tally,
)
from bot.quiz.player import ChannelId, Workspace
from bot.quiz.question import Slug
from bot.storage import keys
from bot.storage.snapshot import milliseconds, moment_of, pack_question, unpack_question
from bot.storage.wire import text

Fields: TypeAlias = Mapping[Any, Any]
"""Bytes to bytes, as our client gives them; the library's types say otherwise."""


def keys_of(workspace: Workspace, channel: ChannelId, occurrence_id: OccurrenceId) -> list[str]:
    """The KEYS of every script on posts, in the order of `fate.lua`."""
    return [
        keys.occurrence(workspace, occurrence_id),
        keys.last_days(workspace),
        keys.days(workspace, channel),
        keys.asked(workspace, channel),
        keys.daily_counts(workspace),
        keys.open_posts(workspace),
        keys.schedules(workspace),
        keys.answers(workspace, occurrence_id),
    ]


def pack_occurrence(occurrence: Occurrence) -> list[str | bytes | int]:
    """Names and values of the fields that `claim_post.lua` does not write itself."""
    fields: dict[str, str | bytes | int] = {
        "id": occurrence.id,
        "slug": occurrence.slug,
        "title": occurrence.title,
        "level": occurrence.level,
        "track": occurrence.track,
        "planned": milliseconds(occurrence.planned),
        "instant": int(occurrence.instant),
        "counts": int(occurrence.counts),
        "i": occurrence.question.id,
        "w": occurrence.question.worth,
        "q": pack_question(occurrence.question),
    }
    return [part for pair in fields.items() for part in pair]


def unpack_occurrence(fields: Fields) -> Occurrence | None:
    """None for an empty hash, and for a date that was skipped: there is no question."""
    if b"q" not in fields:
        return None
    known = {text(name): value for name, value in fields.items()}
    return Occurrence(
        id=OccurrenceId(known["id"].decode()),
        channel=ChannelId(known["channel"].decode()),
        day=date.fromisoformat(known["day"].decode()),
        question=unpack_question(known["q"]),
        slug=Slug(known["slug"].decode()),
        title=known["title"].decode(),
        planned=moment_of(known["planned"]),
        closes=moment_of(known["closes"]),
        level=known["level"].decode(),
        track=known["track"].decode(),
        instant=known["instant"] == b"1",
        counts=known["counts"] == b"1",
        posted=known.get("ts", b"").decode(),
        state=OccurrenceState(known["state"].decode()),
    )


def unpack_tally(occurrence: Occurrence, fields: Fields) -> Tally:
    options = range(len(blank_tally(occurrence.question).per_option))
    return Tally(
        answered=int(fields.get(b"answered", 0)),
        right=int(fields.get(b"right", 0)),
        per_option=tuple(int(fields.get(b"o:%d" % n, 0)) for n in options),
    )


_PLAIN: Final[dict[bytes, Claim]] = {b"claimed": Claimed(), b"outdated": Outdated()}


def unpack_claim(reply: list[bytes]) -> Claim:
    """The reply of `claim_post.lua` and `skip_post.lua`."""
    if reply[0] == b"busy":
        return Busy(moment_of(reply[1]))
    if reply[0] == b"stands":
        return Stands(OccurrenceState(reply[1].decode()))
    return _PLAIN[reply[0]]


def unpack_note(day: date, fields: Fields) -> PostNote | None:
    if b"state" not in fields:
        return None
    return PostNote(
        day=day,
        state=OccurrenceState(text(fields[b"state"])),
        reason=text(fields.get(b"reason", b"")),
        late=timedelta(milliseconds=int(fields.get(b"late", 0))),
        suppressed=int(fields.get(b"suppressed", 0)),
    )
