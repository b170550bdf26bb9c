"""Tells the bot what a person did, and tells the person when the bot does not answer."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.delivery import Courier, Delivery, Kind, Reply
from bot.sandbox.people import Person
from bot.sandbox.workspace import Workspace


class Line:
    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self._workspace = workspace
        self._courier = courier

    async def tell(self, person: Person | None, kind: Kind, payload: Mapping[str, Any]) -> Reply:
        """Without a person, something has happened that nobody here has done."""
        reply = await self._courier.deliver(Delivery(kind, payload))
        if reply.why:
            self._workspace.tell(person.id if person else None, reply.why)
        self._workspace.signal.changed()
        return reply

    async def event(self, person: Person | None, body: Mapping[str, Any]) -> Reply:
        """An event; `channel` in its body is where it happened, if anywhere."""
        workspace = self._workspace
        wrapped = payloads.event(body, f"Ev{workspace.token()}", workspace.now())
        channel = body.get("channel")
        if isinstance(channel, str) and workspace.is_shared(channel):
            wrapped["is_ext_shared_channel"] = True
        return await self.tell(person, "events_api", wrapped)
