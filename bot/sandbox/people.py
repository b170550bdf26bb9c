"""Who and what can be in the local Slack, and who is there at first: three people."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypedDict
from zoneinfo import ZoneInfo

TEAM: Final = {"id": "T1", "name": "Sandbox", "domain": "sandbox"}
APP_ID: Final = "A1"
BOT_ID: Final = "B1"
BOT_USER: Final = "UBOT"
BOT_NAME: Final = "Quiz Bot"
LONG_AGO: Final = 1_700_000_000


class Facts(TypedDict, total=False):
    """What may be unusual about a person.

    `guest` is one of several channels, `single_channel` of one only. `foreign_team` is the id of
    another workspace that the person came from through Slack Connect.
    """

    is_admin: bool
    guest: bool
    single_channel: bool
    deleted: bool
    foreign_team: str


@dataclass(frozen=True, slots=True)
class Person:
    """See Facts for the fields with a default."""

    id: str
    name: str
    real_name: str
    tz: str
    is_admin: bool = False
    is_bot: bool = False
    guest: bool = False
    single_channel: bool = False
    deleted: bool = False
    foreign_team: str = ""

    @property
    def team(self) -> str:
        return self.foreign_team or TEAM["id"]

    @property
    def is_full_member(self) -> bool:
        return not (self.guest or self.single_channel or self.deleted or self.foreign_team)

    def wire(self, now: float, *, is_stranger: bool = False) -> dict[str, Any]:
        """The user object of the Web API; a deactivated person has few fields left, as in Slack.

        A stranger is somebody from another workspace who shares no channel with the bot.
        """
        common: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower().replace(" ", ""),
            "deleted": self.deleted,
            "profile": {"real_name": self.real_name, "display_name": self.name},
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": LONG_AGO,
        }
        if self.foreign_team:
            common["is_stranger"] = is_stranger
        if self.deleted:
            return common
        offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
        return common | {
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": self.is_admin,
            "is_owner": self.is_admin,
            "is_restricted": self.guest or self.single_channel,
            "is_ultra_restricted": self.single_channel,
        }

    def brief(self) -> dict[str, str]:
        """The user object inside interactive payloads."""
        name = self.name.lower()
        return {"id": self.id, "username": name, "name": name, "team_id": self.team}


@dataclass(frozen=True, slots=True)
class Channel:
    """`kind` is channel or im; `members` are ids of people, the bot's among them.

    In a restricted channel only admins may post.
    """

    id: str
    name: str
    kind: str
    members: frozenset[str]
    is_private: bool = False
    is_archived: bool = False
    is_restricted: bool = False

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    @property
    def type(self) -> str:
        """The kind in the words of `types` arguments."""
        if self.is_im:
            return "im"
        return "private_channel" if self.is_private else "public_channel"

    def wire(self) -> dict[str, Any]:
        """The conversation object of the Web API."""
        common = {"id": self.id, "created": LONG_AGO, "is_archived": self.is_archived}
        if self.is_im:
            (person,) = self.members - {BOT_USER}
            return {**common, "is_im": True, "user": person, "is_org_shared": False}
        return {
            **common,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_private": self.is_private,
            "is_general": self.name == "general",
            "is_member": BOT_USER in self.members,
            "num_members": len(self.members),
        }


@dataclass(frozen=True, slots=True)
class UserGroup:
    """Several people under one handle; a disabled group is kept, but no longer used."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]
    disabled: bool = False

    def wire(self, *, with_users: bool = True, with_count: bool = True) -> dict[str, Any]:
        """The user group object of the Web API and of events."""
        wire: dict[str, Any] = {
            "id": self.id,
            "team_id": TEAM["id"],
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": LONG_AGO,
            "date_update": LONG_AGO,
            "date_delete": LONG_AGO if self.disabled else 0,
            "auto_type": None,
            "created_by": "U1",
            "updated_by": "U1",
            "deleted_by": "U1" if self.disabled else None,
            "prefs": {"channels": [], "groups": []},
        }
        if with_users:
            wire["users"] = list(self.users)
        if with_count:
            wire["user_count"] = len(self.users)
        return wire


PEOPLE: Final = (
    Person("U1", "Ana", "Ana Alves", "Europe/Berlin", is_admin=True),
    Person("U2", "Ben", "Ben Okoro", "America/New_York"),
    Person("U3", "Chi", "Chi Nakamura", "Asia/Tokyo"),
)
BOT: Final = Person(BOT_USER, BOT_NAME, BOT_NAME, "UTC", is_bot=True)

_EVERYBODY: Final = frozenset(person.id for person in PEOPLE) | {BOT_USER}
CHANNELS: Final = (
    Channel("C1", "general", "channel", _EVERYBODY),
    Channel("C2", "platform", "channel", _EVERYBODY),
    Channel("C3", "quiz-authors", "channel", _EVERYBODY),
)
FIRST_CHANNELS: Final = tuple(channel.id for channel in CHANNELS)
GROUPS: Final = (
    UserGroup("S1", "backend", "Backend", ("U1", "U2")),
    UserGroup("S2", "data", "Data", ("U3",)),
)
