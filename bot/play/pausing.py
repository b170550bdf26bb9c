"""Pauses the schedule of a channel where Slack will not let us post, and says so once."""

from dataclasses import dataclass, replace
from typing import Final

from bot.play.channel_ports import ChannelChat, DailyStore
from bot.play.ports import Chance, Clock
from bot.quiz.player import Workspace
from bot.quiz.schedule import Saved, Schedule

PAUSING: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "as_user_not_supported",
        "cannot_reply_to_message",
        "channel_not_found",
        "channel_type_not_supported",
        "invalid_auth",
        "is_archived",
        "is_inactive",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""What Slack says when it will say the same tomorrow: only a person can change it."""


@dataclass(frozen=True, slots=True)
class Pausing:
    store: DailyStore
    chat: ChannelChat
    now: Clock
    chance: Chance

    async def refused(self, workspace: Workspace, schedule: Schedule, code: str) -> None:
        """Pause for a reason that lasts; any other one only cost the channel one question, and
        its owner is told of that too.
        """
        if code in PAUSING:
            await self.pause(workspace, schedule, code)
        else:
            await self._tell(workspace, replace(schedule, paused=code))

    async def pause(self, workspace: Workspace, schedule: Schedule, code: str) -> None:
        """Whoever changes the schedule from running to paused tells its owner: nobody else does,
        and nobody if it was changed meanwhile.
        """
        paused = replace(schedule, paused=code)
        saved = await self.store.save_schedule(workspace, paused, self.chance.token(), self.now())
        if isinstance(saved, Saved):
            await self._tell(workspace, paused)

    async def _tell(self, workspace: Workspace, schedule: Schedule) -> None:
        if schedule.owner:
            await self.chat.tell_owner(workspace, schedule)
