"""Behind the scenes of the local Slack: who is there, what goes wrong, what time it is."""

import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Unpack

from bot.blocks import limits
from bot.sandbox.bad_days import Limit
from bot.sandbox.clock import DomainClock
from bot.sandbox.delivery import Courier, Reply
from bot.sandbox.directory import GroupChange, PersonChange
from bot.sandbox.happenings import happening
from bot.sandbox.line import Line
from bot.sandbox.people import FIRST_CHANNELS, Channel, Facts, Person, UserGroup
from bot.sandbox.refusal import NotPossible
from bot.sandbox.socket_mode import Links
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Workspace


def random_token() -> str:
    return secrets.token_hex(8)


@dataclass(kw_only=True)
class Backstage:
    """What a test, a bench or an admin arranges, and the line to the bot.

    `now` rules triggers, reply addresses and timestamps; requests are signed by
    `signing_clock`, so that a test may stop the one while the bot's verifier reads the other.
    `clock` is the bot's own, which people may move on. `patience` is how many seconds the bot has
    to acknowledge.
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    command: str = "/quiz"
    now: Callable[[], float] = time.time
    token: Callable[[], str] = random_token
    signing_clock: Callable[[], float] = time.time
    clock: DomainClock | None = None
    patience: float = limits.ACK_SECONDS

    def __post_init__(self) -> None:
        self.workspace = Workspace(command=self.command, now=self.now, token=self.token)
        self.links = Links(self.token, self.workspace.signal.changed)
        self.courier = Courier(self.signing_secret, self.signing_clock, self.patience, self.links)
        self.web_api = WebApi(
            self.workspace, (self.bot_token, self.app_token), self._socket_address
        )
        self.line = Line(self.workspace, self.courier)
        if self.clock is not None:
            self.clock.moved.follow(self.workspace.signal.changed)

    def _socket_address(self) -> str:
        where = self.url.replace("http", "ws", 1)
        return f"{where}/link/?ticket={self.links.ticket()}&app_id=A1"

    # Where Slack and the bot are

    @property
    def url(self) -> str:
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """The `base_url` for slack_sdk."""
        return f"{self.url}/api/"

    @property
    def bot_url(self) -> str | None:
        """Where the bot takes HTTP requests; nothing goes there while Socket Mode is on."""
        return self.courier.bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.courier.bot_url = url

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are in turn."""
        return len(self.links)

    @property
    def scopes(self) -> set[str]:
        """What the bot may do: all that is known here, until it is set or changed."""
        return self.workspace.scopes

    @scopes.setter
    def scopes(self, scopes: Collection[str]) -> None:
        self.workspace.scopes = set(scopes)

    # Who and what is there

    def add_person(
        self,
        user: str,
        name: str,
        tz: str,
        *,
        channels: Collection[str] = FIRST_CHANNELS,
        **facts: Unpack[Facts],
    ) -> Person:
        """Somebody new in these channels, with a direct message of their own; see Facts."""
        return self.workspace.add_person(user, name, tz, channels=channels, **facts)

    def change_person(self, user: str, **changes: Unpack[PersonChange]) -> Person:
        """Rename, move, promote or deactivate; the bot hears of it by `event("user_change")`."""
        return self.workspace.change_person(user, **changes)

    def add_channel(
        self,
        channel: str,
        name: str,
        *,
        members: Collection[str] | None = None,
        is_private: bool = False,
    ) -> Channel:
        """With the bot and all full members in it, unless `members` says who."""
        return self.workspace.add_channel(channel, name, members=members, is_private=is_private)

    def archive(self, channel: str, *, archived: bool = True) -> None:
        self.workspace.archive(channel, archived=archived)

    def restrict(self, channel: str, *, restricted: bool = True) -> None:
        """Let only admins post there: the bot gets `restricted_action`."""
        self.workspace.restrict(channel, restricted=restricted)

    def rename(self, channel: str, name: str) -> None:
        self.workspace.rename(channel, name)

    def add_usergroup(
        self, group: str, handle: str, name: str, users: Collection[str]
    ) -> UserGroup:
        return self.workspace.add_usergroup(group, handle, name, users)

    def change_usergroup(self, group: str, **changes: Unpack[GroupChange]) -> UserGroup:
        """The bot hears of it by `event("subteam_updated")` or `"subteam_members_changed"`."""
        return self.workspace.change_usergroup(group, **changes)

    # What happens by itself

    async def event(self, kind: str, /, **fields: Any) -> Reply:
        """Tell the bot of something that nobody clicked; ids become the objects Slack sends."""
        return await self.line.event(None, happening(self.workspace, kind, fields))

    async def redeliver(self, index: int = -1) -> Reply:
        """Send one of the past deliveries again, word for word; an event as a retry."""
        return await self.courier.deliver(self.courier.sent[index], retry=1)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot's sockets to reconnect."""
        await self.links.disconnect(reason)

    async def move_clock(self, step: str) -> datetime:
        """Move the bot's clock an `hour`, a `day`, or to the `next` planned moment."""
        if self.clock is None:
            raise NotPossible("no_clock", "The bot runs on real time here.")
        return await self.clock.move(step)

    # What Slack does on a bad day; `response_url` counts as a method here

    def limit_rate(self, method: str, calls: int, seconds: float, *, per: str = "") -> None:
        """Answer 429 to more than `calls` of a method within `seconds` of `now`.

        `per` names an argument, such as channel: each of its values gets a rate of its own.
        """
        self.web_api.bad_days.limits[method] = Limit(calls, seconds, per)

    def fail_next(self, method: str, error: str, times: int = 1) -> None:
        """Answer the next calls of a method with this error."""
        self.web_api.bad_days.fail(method, error, times)

    def lose_next(self, method: str, times: int = 1) -> None:
        """Do what the next calls ask for, then break the connection instead of answering."""
        self.web_api.bad_days.lose(method, times)

    def hold(self, method: str) -> None:
        """Do what calls of a method ask for, but answer no sooner than `release` says."""
        self.web_api.bad_days.hold(method)

    def release(self, method: str = "") -> None:
        """Let the answers go; without a method, all of them."""
        self.web_api.bad_days.release(method)

    def held(self, method: str) -> int:
        """How many answers are being held back."""
        return self.web_api.bad_days.held(method)

    def revoke(self, error: str = "token_revoked") -> None:
        """The bot's token is worth nothing from now on; `account_inactive` is the other word."""
        self.web_api.bad_days.dead = error
