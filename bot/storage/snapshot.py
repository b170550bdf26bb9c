"""How a session lies in Redis: the fields of its hash, there and back.

`q:N` is the question as the person sees it, `k:N` its key, `w:N` what it earns, `i:N` its id,
`a:N` the answer that stands, `s:N` that it was skipped, `h:N` that its hint was taken. Questions
are compressed JSON: a quiz of twenty is then about 10 KB instead of 60.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from pydantic import TypeAdapter

from bot.quiz.grading import normalise
from bot.quiz.item import pick_name
from bot.quiz.question import Kind, Question, Slug
from bot.quiz.regrading import key_of
from bot.quiz.report import case_of
from bot.quiz.session import (
    Answer,
    Answered,
    AttemptId,
    Choice,
    Fill,
    Given,
    Session,
    SessionId,
    Stale,
    Standing,
    State,
)

QUESTION = TypeAdapter(Question)
Fields = Mapping[bytes, bytes]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND


def moment_of(value: bytes) -> datetime:
    return EPOCH + timedelta(milliseconds=int(value))


def pack_question(question: Question) -> bytes:
    return zlib.compress(QUESTION.dump_json(question))


@lru_cache(maxsize=4096)  # the same few questions are shown again and again
def unpack_question(packed: bytes) -> Question:
    return QUESTION.validate_json(zlib.decompress(packed))


def pack_key(question: Question) -> str:
    """What `answer.lua` compares an answer with, and under which names it counts it."""
    item, version = case_of(question), key_of(question).version
    hint = {"hint": True} if question.has_hint else {}
    if question.kind is Kind.BLANK:
        blanks = [[normalise(text) for text in blank.answers] for blank in question.blanks]
        return json.dumps({"blanks": blanks, "item": item, "version": version, **hint})
    return json.dumps(
        {
            "right": sorted(question.key),
            "options": len(question.options),
            "single": question.kind is Kind.SINGLE,
            "item": item,
            "version": version,
            "names": [pick_name(option) for option in question.options],
            **hint,
        }
    )


def pack_given(given: Given) -> tuple[str, str]:
    """An answer as it was given, and as `answer.lua` judges it."""
    match given:
        case Choice(chosen):
            text = json.dumps(sorted(chosen))
            return text, text
        case Fill(filled):
            return json.dumps(filled), json.dumps([whole(normalise(text)) for text in filled])


def whole(text: str) -> str:
    """Half of a surrogate pair is no text for Lua; no author's answer has one either."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unpack_answer(packed: bytes) -> Answer:
    """One that is not judged yet counts as wrong."""
    fields = json.loads(packed)
    given = json.loads(fields["given"])
    is_choice = all(isinstance(part, int) for part in given)
    return Answer(
        given=Choice(frozenset(given)) if is_choice else Fill(tuple(given)),
        right=fields.get("right", False),
        points=fields["points"],
        attempt=AttemptId(fields["attempt"]),
        hinted=fields.get("hinted", False),
    )


def pack_session(session: Session) -> list[str | bytes | int]:
    """Names and values of the fields of a session that begins now, one after the other."""
    fields: dict[str, str | bytes | int] = {
        "id": session.id,
        "slug": session.slug,
        "title": session.title,
        "level": session.level,
        "track": session.track,
        "started": milliseconds(session.started),
        "state": session.state.value,
        "practice": int(session.practice),
        "total": len(session.questions),
        "queue": ",".join(map(str, session.queue)),
        "answered": 0,
        "right": 0,
        "points": 0,
    }
    for number, question in enumerate(session.questions):
        fields[f"i:{number}"] = question.id
        fields[f"w:{number}"] = question.worth
        fields[f"k:{number}"] = pack_key(question)
        fields[f"q:{number}"] = pack_question(question)
    return [part for pair in fields.items() for part in pair]


def unpack_session(fields: Fields) -> Session | None:
    """The session of a hash; None for an empty hash."""
    if not fields:
        return None
    numbers = range(int(fields[b"total"]))
    finished = fields.get(b"finished")
    previous = fields.get(b"previous")
    return Session(
        id=SessionId(fields[b"id"].decode()),
        slug=Slug(fields[b"slug"].decode()),
        title=fields[b"title"].decode(),
        level=fields[b"level"].decode(),
        track=fields.get(b"track", b"").decode(),
        questions=tuple(unpack_question(fields[b"q:%d" % n]) for n in numbers),
        queue=_queue(fields[b"queue"]),
        started=moment_of(fields[b"started"]),
        answers=MappingProxyType(
            {n: unpack_answer(fields[b"a:%d" % n]) for n in numbers if b"a:%d" % n in fields}
        ),
        skipped=frozenset(n for n in numbers if b"s:%d" % n in fields),
        hinted=frozenset(n for n in numbers if b"h:%d" % n in fields),
        state=State(fields[b"state"].decode()),
        finished=moment_of(finished) if finished else None,
        practice=fields[b"practice"] == b"1",
        previous=int(previous) if previous else None,
    )


def _queue(value: bytes) -> tuple[int, ...]:
    return tuple(map(int, value.split(b",")))


def unpack_answered(
    session_id: SessionId, number: int, reply: Sequence[bytes]
) -> Answered | Stale:
    """The reply of `answer.lua`."""
    if reply[0] == b"stale":
        return _unpack_stale(reply)
    status, answer, question, slug, title, level, queue, total, answered, right, points = reply[
        :11
    ]
    state, practice = reply[11:]
    return Answered(
        session_id=session_id,
        slug=Slug(slug.decode()),
        title=title.decode(),
        level=level.decode(),
        number=number,
        question=unpack_question(question),
        answer=unpack_answer(answer),
        place=_queue(queue).index(number) + 1,
        total=int(total),
        answered=int(answered),
        right=int(right),
        points=int(points),
        done=state == State.DONE.value.encode(),
        practice=practice == b"1",
        again=status == b"already",
    )


def _unpack_stale(reply: Sequence[bytes]) -> Stale:
    _, state, title, place, total = reply
    if state != State.OPEN.value.encode():
        return Stale(None)
    return Stale(Standing(title.decode(), int(place), int(total)))
