"""Every key, what lies there, and how long.

All keys of a workspace begin with its id in braces, so that Redis Cluster keeps them in one slot
and one script may decide over several of them. The number is the version of the layout: a new
one starts beside the old.
"""

from datetime import date, timedelta
from typing import Final

from bot.quiz.live import RoundId
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.player import ChannelId, Player, UserId, Workspace
from bot.quiz.question import QuestionId
from bot.quiz.report import CaseId
from bot.quiz.session import KEPT_FOR, AttemptId, SessionId
from bot.quiz.suggestion import KEPT_FOR as SETTLED_KEPT_FOR, SuggestionId
from bot.quiz.teams import GroupId

LAYOUT: Final = "quiz:1"

KEEP_SESSION: Final = KEPT_FOR
KEEP_RESULT: Final = KEPT_FOR
KEEP_ATTEMPT: Final = timedelta(hours=25)
"""Slack repeats an event for up to a day when its delivery was delayed."""
KEEP_POST: Final = timedelta(days=35)
KEEP_ROUND: Final = timedelta(days=1)
KEEP_REPLY: Final = timedelta(minutes=30)
"""As long as Slack honours a response_url."""
KEEP_GROUP_LIST: Final = timedelta(days=1)
ASK_MEMBERS_EVERY: Final = timedelta(hours=1)
KEEP_MEMBERS: Final = timedelta(days=2)
"""Longer than they are fresh: an old list is better than none while Slack does not answer."""
KEEP_REMINDED: Final = timedelta(days=3)
"""Longer than any local date lasts somewhere on earth."""
KEEP_SETTLED: Final = SETTLED_KEPT_FOR
KEEP_NEWS: Final = timedelta(days=35)
KEEP_ITEM: Final = timedelta(days=400)
KEEP_PICTURE: Final = timedelta(days=90)
"""Then it is uploaded anew, if it is still shown: files do not live for ever everywhere."""
UPLOADING: Final = timedelta(minutes=1)
"""After so long whoever was uploading counts as gone."""
NUDGE_EVERY: Final = timedelta(days=7)


def _key(workspace: Workspace, *parts: str) -> str:
    return ":".join((f"{{{workspace.team}}}", LAYOUT, *parts))


def session(player: Player) -> str:
    """Hold a person's latest session: a hash, see `storage/snapshot.py`. `KEEP_SESSION`."""
    return _key(player.workspace, "session", player.user)


def hints(player: Player) -> str:
    """Hold the set of the questions whose hint a person took, in private or in a channel, and
    which they have never answered. `KEEP_SESSION`, from the last time that one was shown.
    """
    return _key(player.workspace, "hints", player.user)


def result(workspace: Workspace, session_id: SessionId) -> str:
    """Hold what is left of a finished session once another has begun: a hash. `KEEP_RESULT`."""
    return _key(workspace, "result", session_id)


def firsts(player: Player) -> str:
    """Hold a hash of question id to the first answer ever: `right:points:unix_ms`. No expiry."""
    return _key(player.workspace, "firsts", player.user)


def firsts_to(workspace: Workspace, question: QuestionId | None = None) -> str:
    """Hold a hash of user to their first answer to a question by its content, as JSON, see
    `storage/regrades.py`: some 160 bytes each. No expiry. Without a question it is the beginning
    of such keys.
    """
    return _key(workspace, "to", *([question] if question else []))


def question_keys(workspace: Workspace) -> str:
    """Hold a hash of question to the version of the key by which its answers count. No expiry."""
    return _key(workspace, "keys")


def corrections(workspace: Workspace) -> str:
    """Hold what became of corrected keys: a hash, see `storage/regrades.py`. No expiry."""
    return _key(workspace, "corrections")


def regrading(workspace: Workspace) -> str:
    """Hold a hash of the questions whose first answers are to be marked again to a number that
    grows whenever there is new reason to. No expiry.
    """
    return _key(workspace, "regrading")


def resets(workspace: Workspace) -> str:
    """Hold a hash of place to how often its boards have begun anew. No expiry."""
    return _key(workspace, "resets")


def progress(player: Player) -> str:
    """Hold a hash of counters: `answered`, `right`, `points` of first answers, in all and as
    `answered/SLUG` and `right/SLUG`; `runs`; `perfect`, see `quiz/badges.py`; `last/TOTAL/SLUG`,
    the last score. No expiry.
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


def prefix(workspace: Workspace) -> str:
    """The beginning of all keys of a workspace."""
    return _key(workspace, "")


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


def people(workspace: Workspace) -> str:
    """The beginning of the keys of `person`, for scripts that look at several people."""
    return _key(workspace, "people")


def person(player: Player) -> str:
    """Hold a hash about a person: `hidden`, `gone` (deactivated), `zone` (chosen by them),
    `streak` (`streak.lua`), `team` (the own team they are in). No expiry.
    """
    return _key(player.workspace, "people", player.user)


def names(workspace: Workspace) -> str:
    """Hold a hash of user to their plain name and, from the roster, a line with their time zone.
    No expiry.
    """
    return _key(workspace, "names")


def workspace_settings(workspace: Workspace) -> str:
    """Hold a hash: `zone`, `schedulers` and `review`, the channel of the authors. No expiry."""
    return _key(workspace, "workspace")


def allowed(workspace: Workspace) -> str:
    """Hold the set of users who may schedule besides admins. No expiry."""
    return _key(workspace, "allowed")


# Teams


def groups(workspace: Workspace) -> str:
    """Hold a hash of the user groups on the leaderboard, id to name. No expiry."""
    return _key(workspace, "groups")


def own_teams(workspace: Workspace) -> str:
    """Hold a hash of the teams that people made, id to name. No expiry; one without members does
    not exist, whatever stands here.
    """
    return _key(workspace, "own_teams")


def members(workspace: Workspace, team: GroupId | None = None) -> str:
    """Hold the set of users of a group or own team. No expiry. Without a team it is the beginning
    of such keys.
    """
    return _key(workspace, "members", *([team] if team else []))


def group_list(workspace: Workspace) -> str:
    """Hold all user groups that can be chosen, without their members, as JSON.
    `KEEP_GROUP_LIST`.
    """
    return _key(workspace, "group_list")


# The daily question


def schedules(workspace: Workspace) -> str:
    """Hold a hash of channel to its schedule as JSON. No expiry."""
    return _key(workspace, "schedules")


def occurrence(workspace: Workspace, occurrence_id: OccurrenceId) -> str:
    """Hold a question that a channel was asked: a hash, see `storage/posts.py`. `KEEP_POST`."""
    return _key(workspace, "occ", occurrence_id)


def answers(workspace: Workspace, occurrence_id: OccurrenceId) -> str:
    """Hold a hash of user to their answer as JSON. `KEEP_POST`, from the last answer on."""
    return _key(workspace, "occ", occurrence_id, "answers")


def hinted(workspace: Workspace, occurrence_id: OccurrenceId) -> str:
    """Hold the set of users who took the hint of a channel's question before they answered it.
    `KEEP_POST`, from the last one on.
    """
    return _key(workspace, "occ", occurrence_id, "hinted")


def last_days(workspace: Workspace) -> str:
    """Hold a hash of channel to the newest local date that is decided: it was asked, refused or
    skipped. No expiry.
    """
    return _key(workspace, "last")


def days(workspace: Workspace, channel: ChannelId) -> str:
    """Hold a sorted set, all scores 0, of the dates that are due for streaks in a channel: working
    days on which a question certainly was in the channel. No expiry.
    """
    return _key(workspace, "days", channel)


def asked(workspace: Workspace, channel: ChannelId) -> str:
    """Hold a sorted set of the ids of questions by the unix ms at which a channel was asked them
    last. No expiry.
    """
    return _key(workspace, "asked", channel)


def known(workspace: Workspace, channel: ChannelId) -> str:
    """Hold a hash of counters, what people of a channel know: `answered/SLUG`, `right/SLUG`.
    No expiry.
    """
    return _key(workspace, "known", channel)


def streaks(workspace: Workspace, channel: ChannelId) -> str:
    """Hold a hash of user to their streak in a channel, see `daily_answers.py`. No expiry."""
    return _key(workspace, "streaks", channel)


def daily_counts(workspace: Workspace) -> str:
    """Hold a hash of counters over all channels: posts by what became of them, `suppressed`
    duplicates, and how many ms late posts were (`last_late`, `most_late`). No expiry.
    """
    return _key(workspace, "counts")


def open_posts(workspace: Workspace) -> str:
    """Hold a sorted set of `CHANNEL/OCCURRENCE` that are to be closed, by that moment in unix ms.
    No expiry.
    """
    return _key(workspace, "open")


def edits(workspace: Workspace) -> str:
    """Hold a sorted set of the edits of the last minute by unix ms. Twice its window."""
    return _key(workspace, "edits")


def weekly(workspace: Workspace, channel: ChannelId, week: str) -> str:
    """Hold what became of a channel's board of a week: a hash of `state`, `attempt` and
    `deadline`. `KEEP_POST`.
    """
    return _key(workspace, "weekly", channel, week)


def due(shard: int) -> str:
    """Hold a sorted set of jobs, see `storage/due.py`, by the unix ms at which they are due. It is
    a hint for all workspaces, that can be made anew from what each of them has. No expiry.
    """
    return f"{{due:{shard}}}:{LAYOUT}:due"


def teams() -> str:
    """Hold the set of workspaces that have had a schedule. No expiry."""
    return f"{{due:0}}:{LAYOUT}:teams"


def swept() -> str:
    """Hold who last made the hints anew from the truth. As long as that is not to be repeated."""
    return f"{{due:0}}:{LAYOUT}:swept"


# Live rounds


def live_rounds(workspace: Workspace) -> str:
    """Hold a hash of channel to the live round that is under way there. No expiry; a round that
    is over, or forgotten, stands in nobody's way.
    """
    return _key(workspace, "lives")


def live_round(workspace: Workspace, round_id: RoundId | None = None) -> str:
    """Hold a live round: a hash, see `storage/live_fields.py`. `KEEP_ROUND`, from the last change
    on. Without an id it is the beginning of such keys, for scripts that learn the id on the way.
    """
    return _key(workspace, "live", *([round_id] if round_id else []))


def live_host(workspace: Workspace, round_id: RoundId) -> str:
    """Hold the set of the one who opened a live round; empty once forgotten. `KEEP_ROUND`."""
    return _key(workspace, "live", round_id, "host")


def live_seats(workspace: Workspace, round_id: RoundId) -> str:
    """Hold a hash of user to their seat, see `live_fields.py`. `KEEP_ROUND`."""
    return _key(workspace, "live", round_id, "seats")


def live_answers(workspace: Workspace, round_id: RoundId, number: int) -> str:
    """Hold a hash of user to their answer to one question, as JSON. `KEEP_ROUND`."""
    return _key(workspace, "live", round_id, "answers", str(number))


# The Home tab and reminders


def review(player: Player) -> str:
    """Hold a sorted set of the questions that a person missed and has not answered right since, by
    the unix ms of the last miss. No expiry; `earn.lua` keeps the newest few hundred.
    """
    return _key(player.workspace, "review", player.user)


def channel_members(workspace: Workspace, channel: ChannelId) -> str:
    """Hold the set of users who are in a channel, as Slack told last. `KEEP_MEMBERS`."""
    return _key(workspace, "inside", channel)


def channel_members_fresh(workspace: Workspace, channel: ChannelId) -> str:
    """Be there while nobody needs to ask Slack for the members again. `ASK_MEMBERS_EVERY`."""
    return _key(workspace, "inside", channel, "fresh")


def link(workspace: Workspace, occurrence_id: OccurrenceId) -> str:
    """Hold the address of a channel's question, as Slack told. `KEEP_POST`."""
    return _key(workspace, "link", occurrence_id)


def reminders(workspace: Workspace) -> str:
    """Hold the set of users who want to be reminded of open questions. No expiry."""
    return _key(workspace, "reminders")


def reminded(workspace: Workspace, day: date) -> str:
    """Hold the set of users who were reminded on a date of their own calendar. `KEEP_REMINDED`."""
    return _key(workspace, "reminded", day.isoformat())


def bank_news(workspace: Workspace, to: ChannelId | UserId) -> str:
    """Hold what a channel or a person was told about broken pages: a hash of `latest`, the name of
    the trouble, and of `told/NAME`: `unix_ms:token:latest before`. `KEEP_NEWS`, from the last news
    on.
    """
    return _key(workspace, "bank_news", to)


# What people report and suggest


def case(workspace: Workspace, case_id: CaseId) -> str:
    """Hold the reports of one version of a question: a hash, see `storage/reports.py`. No expiry
    while it is open or out of the daily pool, then `KEEP_SETTLED`.
    """
    return _key(workspace, "case", case_id)


def reports(workspace: Workspace, case_id: CaseId) -> str:
    """Hold a hash of user to what they reported last, as JSON. No expiry while the case is open,
    then `KEEP_SETTLED`.
    """
    return _key(workspace, "case", case_id, "reports")


def case_decider(workspace: Workspace, case_id: CaseId) -> str:
    """Hold the set of the one who settled a case; empty once forgotten. `KEEP_SETTLED`."""
    return _key(workspace, "case", case_id, "decider")


def suggestion(workspace: Workspace, suggestion_id: SuggestionId) -> str:
    """Hold what became of a suggested question: a hash, see `storage/suggestions.py`. No expiry
    while it is open, then `KEEP_SETTLED`.
    """
    return _key(workspace, "suggestion", suggestion_id)


def suggested(workspace: Workspace, suggestion_id: SuggestionId) -> str:
    """Hold a hash of the one user to what they suggested, as JSON. As the suggestion."""
    return _key(workspace, "suggestion", suggestion_id, "wish")


def suggestion_decider(workspace: Workspace, suggestion_id: SuggestionId) -> str:
    """Hold the set of the one who answered a suggestion. As the suggestion."""
    return _key(workspace, "suggestion", suggestion_id, "decider")


def filings(player: Player) -> str:
    """Hold a sorted set of the presses with which a person reported or suggested something, by
    unix ms. As long as they count.
    """
    return _key(player.workspace, "filings", player.user)


def withheld(workspace: Workspace) -> str:
    """Hold a hash of question to the version of it that is out of the daily pool. No expiry."""
    return _key(workspace, "withheld")


def in_review(workspace: Workspace) -> str:
    """Hold the set of the cases and suggestions whose messages have something to show, or of whom
    somebody is to hear, as `KIND/ID`. No expiry.
    """
    return _key(workspace, "in_review")


def nudged(workspace: Workspace) -> str:
    """Hold who told last that something waits for a channel of the authors. `NUDGE_EVERY`."""
    return _key(workspace, "nudged")


def item(workspace: Workspace, case_id: CaseId | None = None) -> str:
    """Hold what first answers say about one version of a question: a hash, see
    `storage/items.py`. `KEEP_ITEM`, from the last answer on. Without an id it is the beginning of
    such keys, for scripts that learn the id on the way.
    """
    return _key(workspace, "item", *([case_id] if case_id else []))


# Images


def picture(workspace: Workspace, name: str) -> str:
    """Hold the file that an image became in Slack, by the name of its content: a hash of `file`,
    or while it is uploaded of `attempt` and `until`. `KEEP_PICTURE`, from the upload on.
    """
    return _key(workspace, "picture", name)
