"""The arguments of a Web API call, whichever way they came: as JSON, as a form, in the query."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.refusal import Refused


class Arguments:
    """Reads what a method needs and refuses as Slack does when it is not there."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {name: value for name, value in given.items() if name != "token"}

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        if not (value := self.text(name)):
            raise Refused(error, [f"/{name}: is missing"])
        return value

    def number(self, name: str, default: int) -> int:
        text = self.text(name, str(default))
        if not text.isdecimal():
            raise Refused("invalid_arguments", [f"/{name}: must be a whole number"])
        return int(text)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON value; a form carries it as text. None if it is not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as mistake:
            raise Refused(error, [f"/{name}: is not JSON"]) from mistake
