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


# Leaderboards, names and people's settings


def boards(workspace: Workspace) -> str:
    """Hold a sorted set of the names of all boards, `WINDOW:PLACE:TOPIC`, by the unix ms at which
    they are forgotten. No expiry; what is forgotten is taken out when it is walked through.
    """
    return _key(workspace, "boards")


def board(workspace: Workspace, name: str = "") -> str:
    """Hold a sorted set of users by points. As long as its window, see `storage/ledger.py`.

    The place is `ws` or a channel; the topic is empty for all or the slug of a track. Without a
    name it is the beginning of such keys, for scripts that learn the topic on the way.
    """
    return _key(workspace, "board", *([name] if name else []))


def shade(workspace: Workspace, name: str = "") -> str:
    """Hold those of a board who are hidden or have left, as `board`."""
    return _key(workspace, "shade", *([name] if name else []))


def tally(workspace: Workspace, name: str = "") -> str:
    """Hold a hash of user to answered * 2^20 + right, for a board and its shade, as `board`."""
    return _key(workspace, "tally", *([name] if name else []))


def person(player: Player) -> str:
    """Hold a hash about a person: `hidden`, `gone` (deactivated), `zone` (chosen by them),
    `streak` (`streak.lua`). No expiry.
    """
    return _key(player.workspace, "people", player.user)


def names(workspace: Workspace) -> str:
    """Hold a hash of user to their plain name and, from the roster, a line with their time zone.
    No expiry.
    """
    return _key(workspace, "names")


def workspace_settings(workspace: Workspace) -> str:
    """Hold a hash: `zone`, `may_schedule`, and `roster`, the date of the last list. No expiry."""
    return _key(workspace, "workspace")


def allowed(workspace: Workspace) -> str:
    """Hold the set of users who may schedule besides admins. No expiry."""
    return _key(workspace, "allowed")
