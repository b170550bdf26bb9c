"""How a live round lies in Redis: the fields of its hash, there and back.

`q:N` is question N as it is shown, `i:N` its id and `w:N` what it earns on boards; `t:N` counts
the answers to it, `r:N` the right ones, `o:N:I` who chose the option I. `p:NOTICE` is what became
of a message (`live_message.lua`), `d:NOTICE` what it shows. Moments are unix ms, empty for none.
A seat is `since:last:points:right:answered:swift`.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from bot.quiz.live import Ending, Notice, Phase, Round, RoundId, Seat, Sending, Sent
from bot.quiz.live_moves import HeldAnswer, LiveAnswer
from bot.quiz.occurrence import Tally, blank_tally
from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import Question, Slug
from bot.quiz.session import AttemptId, Choice, Fill
from bot.storage.snapshot import (
    MILLISECOND,
    milliseconds,
    moment_of,
    pack_question,
    unpack_question,
)
from bot.storage.wire import text

Fields: TypeAlias = Mapping[Any, Any]
"""Bytes to bytes, as our client gives them; the library's types say otherwise."""
Packed: TypeAlias = list[str | bytes | int]


def _packed_moment(moment: datetime | None) -> str | int:
    return milliseconds(moment) if moment else ""


def _moment(value: bytes) -> datetime | None:
    return moment_of(value) if value else None


def _flat(fields: Mapping[str, str | bytes | int]) -> Packed:
    return [part for pair in fields.items() for part in pair]


def pack_moves(round_: Round) -> Packed:
    """Names and values of the fields that a change may change."""
    return _flat(
        {
            "phase": round_.phase.value,
            "number": round_.number,
            "opened": _packed_moment(round_.opened),
            "until": _packed_moment(round_.until),
            "paused": _packed_moment(round_.paused),
            "ending": round_.ending.value if round_.ending else "",
            "quiet": round_.quiet,
            "turn": round_.turn,
        }
    )


def pack_round(round_: Round) -> Packed:
    """Names and values of all fields of a new round."""
    fields: dict[str, str | bytes | int] = {
        "id": round_.id,
        "channel": round_.channel,
        "slug": round_.slug,
        "title": round_.title,
        "level": round_.level,
        "track": round_.track,
        "limit": round_.limit // MILLISECOND,
        "began": milliseconds(round_.began),
        "fast": int(round_.fast),
        "total": len(round_.questions),
    }
    for number, question in enumerate(round_.questions):
        fields[f"i:{number}"] = question.id
        fields[f"w:{number}"] = question.worth
        fields[f"q:{number}"] = pack_question(question)
    return _flat(fields) + pack_moves(round_)


def unpack_round(fields: Fields, seats: Fields, hosts: Collection[Any]) -> Round | None:
    """None for an empty hash. The host lies apart, where forgetting people finds them."""
    if b"total" not in fields:
        return None
    known = {text(name): value for name, value in fields.items()}
    numbers = range(int(known["total"]))
    questions = tuple(unpack_question(known[f"q:{n}"]) for n in numbers)
    return Round(
        id=RoundId(known["id"].decode()),
        channel=ChannelId(known["channel"].decode()),
        host=UserId(next(map(text, hosts), "")),
        slug=Slug(known["slug"].decode()),
        title=known["title"].decode(),
        questions=questions,
        limit=int(known["limit"]) * MILLISECOND,
        began=moment_of(known["began"]),
        fast=known["fast"] == b"1",
        level=known["level"].decode(),
        track=known["track"].decode(),
        phase=Phase(known["phase"].decode()),
        number=int(known["number"]),
        opened=_moment(known["opened"]),
        until=_moment(known["until"]),
        paused=_moment(known["paused"]),
        ending=Ending(known["ending"].decode()) if known["ending"] else None,
        quiet=int(known["quiet"]),
        turn=int(known["turn"]),
        seats=MappingProxyType({UserId(text(u)): _unpack_seat(s) for u, s in seats.items()}),
        tallies=tuple(_tally(known, n, questions[n]) for n in numbers),
        sent=MappingProxyType(
            {
                Notice(name[2:]): _unpack_sent(value, known.get(f"d:{name[2:]}", b""))
                for name, value in known.items()
                if name.startswith("p:")
            }
        ),
    )


def _tally(known: Mapping[str, Any], number: int, question: Question) -> Tally:
    options = range(len(blank_tally(question).per_option))
    return Tally(
        answered=int(known.get(f"t:{number}", 0)),
        right=int(known.get(f"r:{number}", 0)),
        per_option=tuple(int(known.get(f"o:{number}:{i}", 0)) for i in options),
    )


def _unpack_seat(packed: bytes | str) -> Seat:
    return Seat(*map(int, text(packed).split(":")))


def _unpack_sent(packed: bytes, drawn: bytes) -> Sent:
    fields = json.loads(packed)
    return Sent(
        sending=Sending(fields["sending"]),
        at=moment_of(fields["at"]),
        until=moment_of(fields["until"]),
        ts=fields["ts"],
        drawn=drawn.decode(),
    )


def unpack_held(user: bytes | str, packed: bytes | str) -> HeldAnswer:
    fields = json.loads(packed)
    return HeldAnswer(
        user=UserId(text(user)),
        answer=unpack_live_answer(packed),
        at=moment_of(fields["ms"]),
        earned=bool(fields.get("earned")),
    )


def unpack_live_answer(packed: bytes | str) -> LiveAnswer:
    fields = json.loads(packed)
    given = json.loads(fields["given"])
    is_choice = all(isinstance(part, int) for part in given)
    return LiveAnswer(
        given=Choice(frozenset(given)) if is_choice else Fill(tuple(given)),
        right=fields["right"],
        points=fields["points"],
        left=fields["left"],
        attempt=AttemptId(fields["attempt"]),
    )
