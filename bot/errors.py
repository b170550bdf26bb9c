"""Every error of ours, grouped by who can act on it, with the words they are told."""

from typing import ClassVar


class ConfigError(Exception):
    """The operator can act: a setting, a file or a server is not as it must be.

    The message names the thing and the way out; it is printed as it is, without a trace.
    """


class QuizError(Exception):
    """The person in Slack can act. `advice` is the sentence they get, in private."""

    advice: ClassVar[str]


class MemoryAway(QuizError):
    """Redis did not answer in time; nothing was written, or it was written whole."""

    advice = (
        "I can't reach my memory right now. Your answers so far are safe. Try again in a minute."
    )


class StaleButton(QuizError):
    """The pressed button was drawn by an older version of the bot."""

    advice = "This button is from an older version of the bot. `/quiz` brings a fresh one."


class SlackRefused(Exception):
    """Slack answered a call with an error: `code` is Slack's own name for it."""

    def __init__(self, method: str, code: str, detail: str = "") -> None:
        super().__init__(f"{method}: {code}{f' ({detail})' if detail else ''}")
        self.method = method
        self.code = code


class SlackAway(Exception):
    """Slack did not answer; whether it did what was asked is unknown."""
