"""The two ways in which something is not done here: Slack refuses a bot, or a person cannot."""

from collections.abc import Sequence


class Refused(Exception):
    """Slack refuses a call: `code` is its error, `details` say where and why."""

    def __init__(self, code: str, details: Sequence[str] = ()) -> None:
        super().__init__(f"{code}: {'; '.join(details)}" if details else code)
        self.code = code
        self.details = tuple(details)


class NotPossible(Exception):
    """A person cannot do this: the message, button or option is not (or no longer) there."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
