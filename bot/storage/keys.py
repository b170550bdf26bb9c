"""Every key, what lies there, and how long.

All keys of a workspace begin with its id in braces, so that Redis Cluster keeps them in one slot
and one script may decide over several of them. The number is the version of the layout: a new
one starts beside the old.
"""

from datetime import timedelta
from typing import Final

from bot.quiz.player import Player, Workspace
from bot.quiz.session import KEPT_FOR, AttemptId, SessionId

LAYOUT: Final = "quiz:1"

KEEP_SESSION: Final = KEPT_FOR
KEEP_RESULT: Final = KEPT_FOR
KEEP_ATTEMPT: Final = timedelta(hours=25)
"""Slack repeats an event for up to a day when its delivery was delayed."""
KEEP_REPLY: Final = timedelta(minutes=30)
"""As long as Slack honours a response_url."""


def _key(workspace: Workspace, *parts: str) -> str:
    return ":".join((f"{{{workspace.team}}}", LAYOUT, *parts))


def session(player: Player) -> str:
    """Hold a person's latest session: a hash, see `storage/snapshot.py`. `KEEP_SESSION`."""
    return _key(player.workspace, "session", player.user)


def result(workspace: Workspace, session_id: SessionId) -> str:
    """Hold what is left of a finished session once another has begun: a hash. `KEEP_RESULT`."""
    return _key(workspace, "result", session_id)


def firsts(player: Player) -> str:
    """Hold a hash of question id to the first answer ever: `right:points:unix_ms`. No expiry."""
    return _key(player.workspace, "firsts", player.user)


def progress(player: Player) -> str:
    """Hold a hash of counters: `answered`, `right`, `points` of first answers, in all and as
    `answered/SLUG` and `right/SLUG`; `runs`; `last/TOTAL/SLUG`, the last score. No expiry.
    """
    return _key(player.workspace, "progress", player.user)


def once(workspace: Workspace, attempt: AttemptId) -> str:
    """Hold the session that a press began or stopped, empty where there was none to stop, for
    when the press is delivered again. `KEEP_ATTEMPT`.
    """
    return _key(workspace, "once", attempt)


def event(workspace: Workspace, event_id: AttemptId) -> str:
    """Hold which delivery of an event was the first. `KEEP_ATTEMPT`."""
    return _key(workspace, "event", event_id)


def reply(player: Player, session_id: SessionId, number: int) -> str:
    """Hold the response_url of the click that opened a blank's modal. `KEEP_REPLY`."""
    return _key(player.workspace, "reply", player.user, session_id, str(number))


def welcomed(workspace: Workspace) -> str:
    """Hold the set of users who have had their welcome message. No expiry."""
    return _key(workspace, "welcomed")
