"""What is due at a moment, in a channel of a workspace, and what comes of having done it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from bot.quiz.player import ChannelId, Workspace


class JobKind(StrEnum):
    POST = "post"
    CLOSE = "close"
    EDIT = "edit"
    VOID = "void"
    BOARD = "board"
    REMIND = "remind"
    LIVE = "live"
    GROUPS = "groups"
    REPORT = "report"
    SUGGESTION = "suggestion"
    REGRADE = "regrade"


REMIND_BEFORE: Final = timedelta(hours=1)
"""How long before the close of a question people are reminded of it."""


@dataclass(frozen=True, slots=True)
class Job:
    """`subject` names what it is about, where a channel has several: an occurrence, a live round.
    Without a channel it is about the whole workspace.

    A job is a hint, no permission: it may run twice, late, on two workers at once, or for
    something that is long done. Who carries it out looks at the truth first.
    """

    kind: JobKind
    workspace: Workspace
    channel: ChannelId
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Again:
    """The same job is due once more at that moment."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """Slack wants no calls of this kind from the workspace for so long; then the job again."""

    span: timedelta


Next: TypeAlias = Done | Again | Parked
