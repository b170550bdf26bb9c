"""How a name lies in Redis: on one line, and on a second one the time zone if Slack listed it."""

from dataclasses import dataclass

from bot.storage.wire import text


@dataclass(frozen=True, slots=True)
class Known:
    """`zone` is empty for a name that only came with a click."""

    name: str = ""
    zone: str = ""

    @property
    def is_listed(self) -> bool:
        return bool(self.zone)


def pack_name(name: str, zone: str = "") -> str:
    """`name` has no line feed."""
    return f"{name}\n{zone}" if zone else name


def unpack_name(packed: bytes | str | None) -> Known:
    name, _, zone = text(packed or b"").partition("\n")
    return Known(name, zone)
