"""Which permission each method of the Web API asks for.

Source: the method pages of docs.slack.dev. Of several alternatives one is enough, since Slack
asks for the one that fits the kind of conversation.
"""

from collections.abc import Collection
from typing import Final

from bot.sandbox.refusal import Refused

_CONVERSATIONS: Final = ("channels:read", "groups:read", "im:read", "mpim:read")
PUBLIC: Final = "chat:write.public"
"""Lets a bot post in public channels that it is not in."""

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.info": _CONVERSATIONS,
    "conversations.list": _CONVERSATIONS,
    "conversations.members": _CONVERSATIONS,
    "conversations.open": ("im:write", "mpim:write"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "team.info": ("team:read",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.conversations": _CONVERSATIONS,
    "users.info": ("users:read",),
    "users.list": ("users:read",),
}
"""Methods that are not here need no scope."""

KNOWN: Final = frozenset(scope for scopes in NEEDED.values() for scope in scopes) | {
    "app_mentions:read",
    "commands",
    "im:history",
}
"""All scopes that matter here, but the one that would let a bot post where nobody wants it."""


class MissingScope(Refused):
    """Slack names what the method needs, and what the bot has."""

    def __init__(self, needed: Collection[str], provided: Collection[str]) -> None:
        super().__init__("missing_scope")
        self.needed = ",".join(needed)
        self.provided = ",".join(sorted(provided))


def demand(method: str, scopes: Collection[str]) -> None:
    """Raise MissingScope if the method is beyond these scopes."""
    needed = NEEDED.get(method, ())
    if needed and not set(needed) & set(scopes):
        raise MissingScope(needed, scopes)
