"""What is to do next in a live round.

Whoever runs a round looks at it, does the one thing that `next_step` names, and looks again. So
it does not matter which worker that is, nor how many, nor how often one of them dies: every
change is made only if the round is still what it was looked at (`turn`), and every message is
claimed before it is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from bot.quiz.live import END, LOBBY, Ending, Notice, Phase, Round, Sending, asked, told
from bot.quiz.live_moves import closed, go_on, opened, over, rest, turned

LONGEST_PAUSE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Send:
    """Post a message, if nobody else has claimed it."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Whoever claimed a message is gone: what became of it is unknown."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Draw:
    """Show something else in a message; `as_` names it, see `picture`. It must not be left out."""

    notice: Notice
    as_: str


@dataclass(frozen=True, slots=True)
class ShowResult:
    """Give what the answers earn, then show the result in place; then `rest`."""


@dataclass(frozen=True, slots=True)
class Become:
    """The round is this, from now on."""

    after: Round


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`, except that a message may be kept fresh: `fresh`."""

    until: datetime
    fresh: Notice | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing is left to do, ever."""


Step: TypeAlias = Send | GiveUp | Draw | ShowResult | Become | Wait | Rest


def _in_lobby(round_: Round, now: datetime) -> Step:
    until = round_.until or now
    if now >= until:
        why = Ending.NOT_STARTED if round_.seats else Ending.EMPTY
        return Become(over(round_, why))
    if step := _to_send(round_, LOBBY, now):
        return step
    if round_.sent[LOBBY].sending is Sending.REFUSED:
        return Become(over(round_, Ending.REFUSED))
    return Wait(until, LOBBY)


def _while_posting(round_: Round, now: datetime) -> Step:
    notice = asked(round_.number)
    if round_.ending and notice not in round_.sent:
        return Become(turned(round_, Phase.ENDING))
    if step := _to_send(round_, notice, now):
        return step
    sent = round_.sent[notice]
    if sent.sending is Sending.REFUSED:
        return Become(over(round_, Ending.REFUSED))
    return Become(opened(round_, sent.at))


def _while_asking(round_: Round, now: datetime) -> Step:
    until = round_.until or now
    if round_.ending or now >= until or round_.has_all_answers:
        return Become(closed(round_, now))
    return _to_draw(round_, [LOBBY]) or Wait(until, asked(round_.number))


def _while_closing(round_: Round, now: datetime) -> Step:
    if round_.face == asked(round_.number):
        return ShowResult()
    step = _to_send(round_, told(round_.number), now)
    if isinstance(step, Send):
        return ShowResult()
    return step or Become(rest(round_, now))


def _while_resting(round_: Round, now: datetime) -> Step:
    if round_.ending:
        return Become(turned(round_, Phase.ENDING))
    if step := _to_draw(round_, [round_.face, LOBBY]):
        return step
    until = round_.paused + LONGEST_PAUSE if round_.paused else round_.until or now
    if now < until:
        return Wait(until)
    if round_.paused:
        return Become(replace(turned(round_, Phase.ENDING), ending=Ending.FORGOTTEN, paused=None))
    return Become(go_on(round_))


def _before_the_end(round_: Round, now: datetime) -> Step:
    return _to_send(round_, END, now) or Become(over(round_, round_.ending))


def _afterwards(round_: Round, _: datetime) -> Step:
    return _to_draw(round_, [LOBBY]) or Rest()


STEPS: Final[Mapping[Phase, Callable[[Round, datetime], Step]]] = MappingProxyType(
    {
        Phase.LOBBY: _in_lobby,
        Phase.POSTING: _while_posting,
        Phase.ASKING: _while_asking,
        Phase.CLOSING: _while_closing,
        Phase.RESTING: _while_resting,
        Phase.ENDING: _before_the_end,
        Phase.OVER: _afterwards,
    }
)


def next_step(round_: Round, now: datetime) -> Step:
    return STEPS[round_.phase](round_, now)


def _to_send(round_: Round, notice: Notice, now: datetime) -> Send | GiveUp | Wait | None:
    """None when it is known what became of the message, or known that nobody knows."""
    sent = round_.sent.get(notice)
    if sent is None:
        return Send(notice)
    if sent.sending is not Sending.CLAIMED:
        return None
    return Wait(sent.until) if now < sent.until else GiveUp(notice)


def _to_draw(round_: Round, notices: Iterable[Notice]) -> Draw | None:
    for notice in notices:
        sent, wanted = round_.sent.get(notice), picture(round_, notice)
        if sent and sent.ts and wanted and sent.drawn != wanted:
            return Draw(notice, wanted)
    return None


def picture(round_: Round, notice: Notice) -> str:
    """A name for what a message has to show by now; empty for what changes as time goes by."""
    if notice == LOBBY and round_.phase is not Phase.LOBBY:
        called_off = {Ending.EMPTY, Ending.NOT_STARTED, Ending.CALLED_OFF}
        return "off" if round_.ending in called_off else "started"
    if notice == round_.face and round_.phase in {Phase.CLOSING, Phase.RESTING}:
        return "paused" if round_.paused else "result"
    return ""
