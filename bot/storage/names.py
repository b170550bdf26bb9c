"""How a name lies in Redis: on a line of its own, and under it the time zone if Slack listed it."""

from dataclasses import dataclass


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


def unpack_name(packed: bytes | None) -> Known:
    name, _, zone = (packed or b"").decode().partition("\n")
    return Known(name, zone)
