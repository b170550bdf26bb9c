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

    async def tell(self, person: Person, kind: Kind, payload: Mapping[str, Any]) -> Reply:
        reply = await self._courier.deliver(Delivery(kind, payload))
        if reply.why:
            self._workspace.tell(person.id, reply.why)
        self._workspace.signal.changed()
        return reply

    async def event(self, person: Person, body: Mapping[str, Any]) -> None:
        event_id = f"Ev{self._workspace.token()}"
        wrapped = payloads.event(body, event_id, self._workspace.now())
        await self.tell(person, "events_api", wrapped)
