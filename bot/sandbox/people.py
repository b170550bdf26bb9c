"""Who and what there is in the local Slack: three people, two channels, a direct message each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

TEAM: Final = {"id": "T1", "name": "Sandbox", "domain": "sandbox"}
APP_ID: Final = "A1"
BOT_ID: Final = "B1"
BOT_USER: Final = "UBOT"
BOT_NAME: Final = "Quiz Bot"


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    real_name: str
    tz: str
    is_admin: bool = False
    is_bot: bool = False

    def wire(self, now: float) -> dict[str, Any]:
        """The user object of the Web API."""
        offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
        return {
            "id": self.id,
            "team_id": TEAM["id"],
            "name": self.name.lower().replace(" ", ""),
            "deleted": False,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {"real_name": self.real_name, "display_name": self.name},
            "is_admin": self.is_admin,
            "is_owner": self.is_admin,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "updated": 1_700_000_000,
        }

    def brief(self) -> dict[str, str]:
        """The user object inside interactive payloads."""
        name = self.name.lower()
        return {"id": self.id, "username": name, "name": name, "team_id": TEAM["id"]}


@dataclass(frozen=True, slots=True)
class Channel:
    """`kind` is channel or im; `members` are ids of people, the bot's among them."""

    id: str
    name: str
    kind: str
    members: frozenset[str]

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    def wire(self) -> dict[str, Any]:
        """The conversation object of the Web API."""
        common = {"id": self.id, "created": 1_700_000_000, "is_archived": False}
        if self.is_im:
            (person,) = self.members - {BOT_USER}
            return {**common, "is_im": True, "user": person, "is_org_shared": False}
        return {
            **common,
            "name": self.name,
            "is_channel": True,
            "is_im": False,
            "is_private": False,
            "is_general": self.name == "general",
            "is_member": BOT_USER in self.members,
            "num_members": len(self.members),
        }


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
    *(
        Channel(f"D{number}", BOT_NAME, "im", frozenset({person.id, BOT_USER}))
        for number, person in enumerate(PEOPLE, 1)
    ),
)
